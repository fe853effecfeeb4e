"""A matter changes its state through one door, and every change leaves a step.

A workflow is two tables: states and moves. A matter (an opinion, later a proposal) names its workflow and its step
model and gets `matter.move(MOVE, by=user, note=...)`. The door checks state, actor, note, takes the row by a
conditional update (which holds on databases without row locks), lets the matter act on it, and writes the step.
Refusals carry a reason in words; they are told to the recorder too, after the transaction has ended.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

ANY = "*"


@dataclass(frozen=True)
class State:
    key: str
    label: str


@dataclass(frozen=True)
class Move:
    """One way from a state to another. `permission` is a Django permission, or None where only `actor` may.

    `may_stay`: the matter decides after the effect whether its target is reached, or it stays where it was.
    """

    key: str
    label: str
    sources: tuple[str, ...]
    target: str | None
    permission: str | None = None
    actor: str = "user"
    needs_note: bool = False
    may_stay: bool = False


@dataclass(frozen=True)
class Actor:
    """Who moves a matter when it is not somebody with an account."""

    kind: str
    name: str
    pk: int | None = None
    is_active: bool = True


RESIDENT = Actor("resident", "resident")
SYSTEM = Actor("system", "system")


class MoveRefused(Exception):
    """A move that may not be; `reason` is a sentence for the person on the other side."""

    def __init__(self, reason):
        super().__init__(str(reason))
        self.reason = reason


def _record_nothing(action, matter, *, actor, result, detail) -> None:
    """Until the audit trail is ready nobody listens."""


_recorder: Callable = _record_nothing


def set_recorder(recorder: Callable) -> None:
    """Called by the audit trail when it is ready: tools know no app."""
    global _recorder
    _recorder = recorder


class Step(models.Model):
    """What happened to a matter, when and by whom: history, timeline and work queue at once."""

    move = models.CharField(_("move"), max_length=40)
    from_state = models.CharField(_("from state"), max_length=40, blank=True)
    to_state = models.CharField(_("to state"), max_length=40)
    at = models.DateTimeField(_("time"))
    actor_kind = models.CharField(_("kind of actor"), max_length=20)
    actor_id = models.BigIntegerField(_("actor's account"), null=True, editable=False)
    actor_name = models.CharField(_("by whom"), max_length=100)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        abstract = True
        ordering = ["at", "id"]


class Matter(models.Model):
    """Something with a state. A concrete matter gives `moves`, `step_model` and `effects`."""

    state = models.CharField(_("state"), max_length=40, editable=False)

    moves: dict[str, Move] = {}
    effects: dict[str, Callable] = {}

    class Meta:
        abstract = True

    def begin(self, *, by, at=None, note: str = "") -> None:
        """The first step of a matter just saved in its first state."""
        self._leave_step("begin", "", by, note, at or timezone.now())
        _recorder("begin", self, actor=by, result="done", detail={"to": self.state})

    def note(self, key: str, *, by, note: str = "", at=None, **more) -> None:
        """A plain step: something happened around the matter, and its state stays. `more`: columns of the step."""
        self._leave_step(key, self.state, by, note, at or timezone.now(), **more)
        _recorder(key, self, actor=by, result="done", detail={"note": note})

    def move(self, move: Move, *, by, note: str = "", at=None, **facts):
        """Make `move` or raise MoveRefused. `facts` go to the move's effect; `at` dates it (default now).

        An effect may return a dictionary: further columns of the step, also its note in other words.

        Returns the Step. Nothing is half done: effect, state and step stand or fall together.
        """
        before = self.state
        try:
            with transaction.atomic():
                return self._make(move, by, note, at or timezone.now(), facts)
        except MoveRefused as refusal:
            self.state = before
            _recorder(move.key, self, actor=by, result="refused", detail={"reason": str(refusal.reason)})
            raise

    def _make(self, move, by, note, at, facts):
        self._check(move, by, note)
        before = self.state
        self._take(before, before if move.may_stay else move.target or before)
        effect = self.effects.get(move.key)
        more = effect(self, at=at, by=by, note=note, **facts) if effect else None
        if move.may_stay and self.has_reached(move.target):
            self._take(before, move.target)
        step = self._leave_step(move.key, before, by, at=at, **{"note": note} | (more or {}))
        _recorder(move.key, self, actor=by, result="done", detail={"from": before, "to": self.state})
        return step

    def _check(self, move, by, note):
        if move.actor != actor_kind(by) or (move.permission and not by.has_perm(move.permission, self)):
            raise MoveRefused(_("you may not do this here"))
        if not _starts(move, self.state):
            raise MoveRefused(_("its state does not allow this now"))
        if move.needs_note and not note.strip():
            raise MoveRefused(_("please say why"))

    def has_reached(self, target: str) -> bool:
        """Whether a move that may stay has brought the matter to its target."""
        return True

    def _take(self, before, after):
        """Claim the row: of two at once exactly one finds it still in the state it saw."""
        taken = type(self)._base_manager.filter(pk=self.pk, state=before).update(state=after)
        if not taken:
            raise MoveRefused(_("somebody else has just changed it, please look again"))
        self.state = after

    def _leave_step(self, key, before, by, note, at, **more):
        said = {"move": key, "from_state": before, "to_state": self.state, "at": at, "note": note}
        who = {"actor_kind": actor_kind(by), "actor_id": by.pk, "actor_name": actor_name(by)}
        return self.steps.create(**said | who | more)

    def moves_open_to(self, user) -> list[Move]:
        """The moves this user may make from here, in the order of the table."""
        return [move for move in self.moves_from_here("user") if user.has_perm(move.permission, self)]

    def moves_from_here(self, actor: str) -> list[Move]:
        """The moves a kind of actor has from the present state."""
        return [move for move in self.moves.values() if move.actor == actor and _starts(move, self.state)]


def _starts(move: Move, state: str) -> bool:
    return move.sources == (ANY,) or state in move.sources


def actor_kind(actor) -> str:
    return actor.kind if isinstance(actor, Actor) else "user"


def actor_name(actor) -> str:
    return actor.name or getattr(actor, "username", "")
