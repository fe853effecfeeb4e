"""Months of a period: which are over, and how a run of them is said."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from liaison.tools.periods import ONE_DAY, Period

TENTH = 10


def months_due(period: Period, known_by: date, station, shut: Iterable[Period] = ()) -> list[date]:
    """The first days of the whole months within the period that are over on `known_by`, while the station was open.

    A month in which it was `shut`, if only for a day, is none.
    """
    last = min(period.ends_on, known_by, (station.closed_on or date.max - ONE_DAY) - ONE_DAY)
    first = max(period.starts_on, station.opened_on or period.starts_on)
    month = first if first.day == 1 else next_month(first)
    found = []
    while next_month(month) - ONE_DAY <= last:
        found.append(month)
        month = next_month(month)
    return [month for month in found if not any(_meet(month, next_month(month) - ONE_DAY, days) for days in shut)]


def _meet(first, last, days):
    return days.starts_on <= last and first <= days.ends_on


def next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def last_day_to_enter(day: date) -> date:
    """What happened on `day` is entered by the 10th of the next month."""
    return next_month(day).replace(day=TENTH)


def range_words(months: list[date]) -> str:
    first, last = months[0].month, months[-1].month
    return str(first) if len(months) == 1 else _("%(first)s to %(last)s") % {"first": first, "last": last}


def month_and_day(day: date) -> str:
    return _("%(month)s-%(day)s") % {"month": day.month, "day": day.day}
