"""On which days a station means to receive residents, and what becomes of a day of rest (domain.md 3.5).

Pure: no clock, no database. A rhythm gives the days first meant; `plan` lays them on the calendar.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from lunardate import LunarDate

WEEKLY, MONTHLY, NTH, LUNAR, DATES = "weekly", "monthly", "nth", "lunar", "dates"
STAY, NEXT_DAY, NEXT_WEEK, SKIP = "stay", "next_day", "next_week", "skip"
EVERY_MONTH = frozenset(range(1, 13))
ODD, EVEN = frozenset(range(1, 13, 2)), frozenset(range(2, 13, 2))
LAST = -1
DAY, WEEK = timedelta(days=1), timedelta(days=7)
LONGEST_REST = 31  # days; the longest holiday has nine


@dataclass(frozen=True)
class Rhythm:
    """`numbers` are weekdays (1 is Monday), days of the month or lunar days; `nth` which of a month's weekdays.

    `season` is ((month, day), (month, day)), both inclusive, and may reach over the new year.
    """

    kind: str
    numbers: tuple[int, ...] = ()
    nth: tuple[int, ...] = ()
    months: frozenset[int] = EVERY_MONTH
    season: tuple[tuple[int, int], tuple[int, int]] | None = None
    dates: tuple[date, ...] = ()

    def days(self, first: date, last: date) -> list[date]:
        """The days first meant, both ends included, each once."""
        candidates = _DAYS_OF[self.kind](self, first, last)
        return sorted({day for day in candidates if first <= day <= last and self._is_in_season(day)})

    def _is_in_season(self, day):
        if day.month not in self.months:
            return False
        if self.season is None:
            return True
        begins, ends = self.season
        here = (day.month, day.day)
        return begins <= here <= ends if begins <= ends else here >= begins or here <= ends


def _every_day(first, last) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _weekly(rhythm, first, last):
    return (day for day in _every_day(first, last) if day.isoweekday() in rhythm.numbers)


def _monthly(rhythm, first, last):
    """A month without such a day has none: the 31st does not become the 30th."""
    return (day for day in _every_day(first, last) if day.day in rhythm.numbers)


def _nth(rhythm, first, last):
    return (day for day in _weekly(rhythm, first, last) if {1 + (day.day - 1) // 7, _from_the_end(day)} & {*rhythm.nth})


def _from_the_end(day) -> int:
    return LAST - (monthrange(day.year, day.month)[1] - day.day) // 7


def _lunar(rhythm, first, last):
    return (day for day in _every_day(first, last) if lunar_day(day) in rhythm.numbers)


def _dates(rhythm, first, last):
    return rhythm.dates


_DAYS_OF = {WEEKLY: _weekly, MONTHLY: _monthly, NTH: _nth, LUNAR: _lunar, DATES: _dates}


def lunar_day(day: date) -> int:
    """The day of the lunar month, 1 to 30."""
    return LunarDate.from_solar_date(day.year, day.month, day.day).day


@dataclass(frozen=True)
class Planned:
    """A reception as it will be: on `date`, first meant for `meant_for`."""

    date: date
    meant_for: date


def plan(meant: Iterable[date], policy: str, works: Callable[[date], bool]) -> list[Planned]:
    """The days as they will be. A moved one never falls onto another: the day that is meant for itself stands."""
    meant = sorted(set(meant))
    settled = {day: Planned(day, day) for day in meant if policy == STAY or works(day)}
    if policy in _MOVES:
        for day in meant:
            if day not in settled and (moved := _MOVES[policy](day, works)) and moved not in settled:
                settled[moved] = Planned(moved, day)
    return sorted(settled.values(), key=lambda planned: planned.date)


def next_working_day(day: date, works: Callable[[date], bool]) -> date | None:
    """The day itself, or the first after it on which people work."""
    return next(filter(works, _every_day(day, day + LONGEST_REST * DAY)), None)


def same_weekday_later(day: date, works: Callable[[date], bool]) -> date | None:
    """顺延一周: a week later, or two where that is a day of rest too."""
    return next((later for later in (day + WEEK, day + 2 * WEEK, day + 3 * WEEK) if works(later)), None)


_MOVES = {NEXT_DAY: next_working_day, NEXT_WEEK: same_weekday_later}
