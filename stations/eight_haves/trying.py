"""What a draft would change (试评): stations as they stand today, by the standards in force and by the draft."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from liaison.tools.figures import MET, NOT_APPLICABLE, NOTHING
from liaison.tools.periods import Period
from stations.eight_haves.evaluation import Line, Scorecard, evaluate, haves_of
from stations.eight_haves.models import Have, Standard
from stations.register.models import Station

AT_EASE = (MET, NOT_APPLICABLE)


@dataclass(frozen=True)
class Change:
    """One item of one station that would stand otherwise; a line is None where a standard has no such item."""

    have: Have
    now: Line | None
    then: Line | None

    @property
    def is_one(self) -> bool:
        """What was met and is asked no longer is a change; what is new and met at once is none."""
        return self._loses_what_is_met or _weight(self.now) != _weight(self.then)

    @property
    def _loses_what_is_met(self):
        return self.then is None and self.now is not None and self.now.standing == MET

    @property
    def now_words(self) -> str:
        return _words(self.now)

    @property
    def then_words(self) -> str:
        return _words(self.then)


@dataclass(frozen=True)
class Trial:
    """The same stations twice, in the same order."""

    now: list[Scorecard]
    then: list[Scorecard]

    @property
    def haves(self) -> list[Have]:
        found = {have.key: have for cards in (self.then, self.now) if cards for have in haves_of(cards)}
        return list(found.values())

    def counts(self) -> list[dict]:
        """All items together, then each: how many stations have it met, and how many lack something, now and then.

        A dash where no station has such an item: nobody fails what is not asked.
        """
        whole = {"name": _("all items"), "now": _of_all(self.now), "then": _of_all(self.then)}
        each = [{"name": have.name, "now": _of(self.now, have), "then": _of(self.then, have)} for have in self.haves]
        return [whole, *each]

    def changes(self) -> list[dict]:
        """The stations that would stand otherwise, each with its items."""
        pairs = zip(self.now, self.then, strict=True)
        found = [{"station": now.station, "changes": self._changes(now, then)} for now, then in pairs]
        return [row for row in found if row["changes"]]

    def _changes(self, now, then):
        each = [Change(have, _line(now, have), _line(then, have)) for have in self.haves]
        return [change for change in each if change.is_one]


def try_out(draft: Standard, stations: Iterable[Station], today: date) -> Trial:
    """Of this year as far as it has come, by what is known today."""
    stations, period = list(stations), Period(date(today.year, 1, 1), today)
    return Trial(evaluate(stations, period, today), evaluate(stations, period, today, standard=draft))


def _line(card, have):
    return next((line for line in card.lines if line.have.key == have.key), None)


def _weight(line):
    """An item that is not there weighs as much as one that is met: nothing is to be mended."""
    return MET if line is None or line.standing in AT_EASE else line.standing


def _words(line):
    return _("no such item") if line is None else line.label


def _of_all(cards):
    judged = [card for card in cards if card.lines]
    return _counted(judged, sum(card.is_met for card in judged), sum(not card.is_met for card in judged))


def _of(cards, have):
    lines = [line for card in cards if (line := _line(card, have))]
    return _counted(lines, sum(line.standing == MET for line in lines), sum(line.is_lacking for line in lines))


def _counted(judged, met, lacking):
    return {"met": met, "lacking": lacking} if judged else {"met": NOTHING, "lacking": NOTHING}
