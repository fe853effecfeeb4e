"""Where a proposal stands, in words: the state, the next steps and the past ones."""

from datetime import datetime, time

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from feedback.proposals import workflow


def state_in_house(proposal) -> str:
    """The state as the house reads it, with the days it is late."""
    days = proposal.days_late(timezone.localdate())
    late = _("late by %(days)s days") % {"days": days} if days else ""
    return f"{proposal.state_label} {late}".strip()


def for_house(proposal, user) -> dict:
    """The next steps and the past ones, for the change page."""
    moves = [
        {"key": move.key, "label": move.label, "url": reverse("admin:proposals_move", args=(proposal.pk, move.key))}
        for move in proposal.moves_open_to(user)
    ]
    return {"moves": moves, "timeline": _timeline(proposal)}


def _timeline(proposal) -> list[dict]:
    labels = {"begin": _("registered")} | {key: move.label for key, move in workflow.MOVES.items()}
    return [
        {"at": step.at, "words": labels.get(step.move, step.move), "who": step.actor_name, "note": step.note}
        for step in proposal.steps.all()
    ]


def moment_of(day):
    """When a move of that day happened: now if it is today, else at noon of it, the hour being nobody's."""
    if day == timezone.localdate():
        return timezone.now()
    return timezone.make_aware(datetime.combine(day, time(12)))
