"""Which time limit holds where, and the day it gives."""

from datetime import date

from django.db.models import Q

from liaison.divisions.codes import SIGNIFICANT
from liaison.rulebook.calendar import working_days
from liaison.rulebook.models import Clock
from liaison.tools import deadlines


def clock_for(key: str, division_code: str) -> Clock:
    """The clock of the nearest division upward from `division_code`, else everybody's. Raises Clock.DoesNotExist."""
    stems = {division_code[:digits] for digits in SIGNIFICANT.values()}
    codes = stems | {stem.ljust(6, "0") for stem in stems if len(stem) < 6}
    clocks = Clock.objects.filter(Q(division=None) | Q(division_id__in=codes), key=key)
    nearest = max(clocks, key=lambda clock: len((clock.division_id or "").rstrip("0")), default=None)
    if nearest is None:
        raise Clock.DoesNotExist(key)
    return nearest


def due_on(key: str, division_code: str, start: date) -> date:
    """The last day on which what `key` limits, begun on `start`, is in time."""
    clock = clock_for(key, division_code)
    return deadlines.due_on(start, clock.amount, clock.unit, working_days())
