"""How a representative's own days stand: to be confirmed, confirmed, on leave, being swapped."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liaison.duty.reach import Own
from representatives.models import Mandate
from stations.receptions import turn_words, turning
from stations.receptions.models import PLANNED, Confirmation, Reception, TurnRequest
from stations.receptions.turn_moves import AGREED, ASKED, LEAVE
from stations.register.placements import Expected, assignments_on

MOST_DATES = 100

WORDS = {
    "to_confirm": pgettext_lazy("turn", "to be confirmed"),
    "confirmed": pgettext_lazy("turn", "confirmed"),
    "asking_leave": pgettext_lazy("turn", "leave asked, the station has not answered"),
    "swapping": pgettext_lazy("turn", "being swapped"),
    "on_leave": pgettext_lazy("turn", "on leave"),
}


@dataclass
class Turn:
    """One own day: `seat` is the mandate they receive with, None for who does not receive; `asked` their request."""

    reception: Reception
    seat: Mandate | None
    key: str
    asked: TurnRequest | None = None

    @property
    def words(self) -> str:
        """How it stands: once it has begun there is nothing left to confirm or to answer."""
        return WORDS.get(self.key, "") if self.is_open or self.key == "on_leave" else ""

    @property
    def waits_for(self) -> list[str]:
        """What was asked and has not been answered."""
        return turn_words.with_reason(self.asked) if self.key in ("asking_leave", "swapping") else []

    @property
    def is_open(self) -> bool:
        """Whether anything can still be said to it."""
        return self.reception.status == PLANNED and turning.begins_at(self.reception) > timezone.now()


def turns_of(own: Own, receptions) -> list[Turn]:
    """In the order given; asks as much for one as for many. The receptions come `with_names()`."""
    keys = [reception.pk for reception in receptions]
    confirmed = set(
        Confirmation.objects.filter(reception__in=keys, mandate__in=own.seats).values_list("reception", "day")
    )
    requests = TurnRequest.objects.filter(reception__in=keys, mandate__in=own.seats)
    by_day = defaultdict(list)
    for request in requests.with_names().prefetch_related("steps").order_by("pk"):
        by_day[request.reception_id].append(request)
    return [_turn(own, reception, confirmed, by_day[reception.pk]) for reception in receptions]


def _turn(own, reception, confirmed, requests) -> Turn:
    seat = next((mandate for mandate in reception.mandates.all() if mandate in own.seats), None)
    request = requests[-1] if requests else None
    if reception.is_cancelled:
        return Turn(reception, seat, "", request)
    if seat is None:
        is_away = any((row.kind, row.state) == (LEAVE, AGREED.key) for row in requests)
        return Turn(reception, None, "on_leave" if is_away else "", request)
    if request is not None and request.state == ASKED.key:
        return Turn(reception, seat, "asking_leave" if request.kind == LEAVE else "swapping", request)
    is_confirmed = (reception.pk, reception.date) in confirmed
    return Turn(reception, seat, "confirmed" if is_confirmed else "to_confirm", request)


def others_of(turn: Turn) -> list[Mandate]:
    """Who could come instead: of the station on that day, and not receiving then anyway."""
    receiving = {mandate.person_id for mandate in turn.reception.mandates.all()}
    placed = assignments_on(turn.reception.station, turn.reception.date).select_related("mandate__person__user")
    return [row.mandate for row in placed if row.mandate.person_id not in receiving]


def dates_of(others: list[Mandate], turn: Turn, on) -> list[tuple[Reception, Mandate]]:
    """Days of theirs that could be taken over in return, each with whose it is."""
    theirs = Reception.mandates.through.objects.filter(mandate__in=others)
    coming = Reception.objects.upcoming(on).filter(pk__in=theirs.values("reception"))
    coming = coming.exclude(mandates__person=turn.seat.person_id)
    known, found = {mandate.pk: mandate for mandate in others}, []
    belongs: dict[int, Expected] = {}
    for reception in coming.with_names()[:MOST_DATES]:
        expected = belongs.setdefault(reception.station_id, Expected(reception.station))
        is_there = turn.seat.pk in {row.mandate_id for row in expected.on(reception.date)}
        if is_there and turning.begins_at(reception) > timezone.now():
            found += [(reception, known[row.pk]) for row in reception.mandates.all() if row.pk in known]
    return found


@dataclass
class Given:
    """A day that was theirs, and who took it, when."""

    reception: Reception
    taker: Mandate
    on: date

    @property
    def words(self) -> str:
        said = {"name": self.taker.person.name, "day": date_format(self.on, "DATE_FORMAT")}
        return _("Taken over by %(name)s, agreed on %(day)s.") % said


def given_away(own: Own) -> list[Given]:
    """Days to come that another took over, the last swap of each; not those that have come back."""
    found: dict[int, Given] = {}
    rows = own.given_away().with_names().select_related("in_return__station").prefetch_related("steps")
    for row in rows.order_by("pk"):
        agreed_on = timezone.localtime(list(row.steps.all())[-1].at).date()
        is_mine = row.mandate.person_id == own.person.pk
        reception, taker = (row.reception, row.to) if is_mine else (row.in_return, row.mandate)
        found[reception.pk] = Given(reception, taker, agreed_on)
    back = set(own.receptions().filter(pk__in=found).order_by().values_list("pk", flat=True))
    return sorted((given for key, given in found.items() if key not in back), key=lambda given: given.reception.date)


def asked_in_words(own: Own) -> list[dict]:
    """What others ask of this representative, with the day in question."""
    rows = own.asked_of_me().with_names().order_by("reception__date", "pk")
    return [
        {"request": row, "reception": row.reception, "asks": turn_words.asks(row), "reason": row.reason} for row in rows
    ]


def what_became_of(turn: Turn) -> str:
    """Of the last request, where it is answered: the answer and what was noted with it."""
    request = turn.asked
    if request is None or request.state == ASKED.key:
        return ""
    said = {"kind": request.get_kind_display(), "state": request.state_label, "note": turn_words.answer_of(request)}
    return (_("%(kind)s: %(state)s. %(note)s") if said["note"] else _("%(kind)s: %(state)s.")) % said
