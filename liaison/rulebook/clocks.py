"""Which time limit holds where, and the day it gives."""

from collections.abc import Callable
from datetime import date
from functools import cache

from django.db.models import Q

from liaison.audit.keeping import Past
from liaison.divisions.codes import SIGNIFICANT
from liaison.rulebook.calendar import working_days
from liaison.rulebook.models import Clock
from liaison.tools import deadlines


def clock_for(key: str, division_code: str) -> Clock:
    """The clock of the nearest division upward from `division_code`, else everybody's. Raises Clock.DoesNotExist."""
    clocks = Clock.objects.filter(Q(division=None) | Q(division_id__in=upward(division_code)), key=key)
    return _nearest(clocks, key)


def upward(division_code: str) -> set[str]:
    """The codes of a division and of all above it."""
    stems = {division_code[:digits] for digits in SIGNIFICANT.values()}
    return stems | {stem.ljust(6, "0") for stem in stems if len(stem) < 6}


def _nearest(clocks, key):
    nearest = max(clocks, key=lambda clock: len((clock.division_id or "").rstrip("0")), default=None)
    if nearest is None:
        raise Clock.DoesNotExist(key)
    return nearest


def reckoners(
    is_working: Callable[[date], bool] | None = None, past: Past | None = None
) -> Callable[[str, str, date], date]:
    """`due_on` for whoever asks it many times: (key, division_code, start) -> last day in time, from two queries.

    From one where the calendar was read already (`is_working`); by the clocks as they were known at a past moment.
    """
    clocks = past.known(Clock, Clock.objects.all()) if past else list(Clock.objects.all())
    is_working = is_working or working_days(past)

    @cache
    def clock_of(key, division_code):
        codes = {None} | upward(division_code)
        return _nearest([clock for clock in clocks if clock.key == key and clock.division_id in codes], key)

    def reckon(key, division_code, start):
        clock = clock_of(key, division_code)
        return deadlines.due_on(start, clock.amount, clock.unit, is_working)

    return reckon


def due_on(key: str, division_code: str, start: date) -> date:
    """The last day on which what `key` limits, begun on `start`, is in time."""
    clock = clock_for(key, division_code)
    return deadlines.due_on(start, clock.amount, clock.unit, working_days())
