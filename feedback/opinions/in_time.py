"""The last day in time, worked out inside the database, so that a rate needs no look at each row.

The day a time limit ends depends on the working-day calendar, which no database knows. But it depends on nothing else
than the day it began: so it is written down as a tree of comparisons, one leaf for each day that a limit can end on.
"""

from datetime import date, timedelta
from itertools import groupby

from django.db.models import DateField, F, Func

from liaison.divisions.codes import code_range
from liaison.rulebook.calendar import working_days
from liaison.rulebook.models import Clock
from liaison.tools import deadlines

ONE_DAY = timedelta(days=1)
LONGEST = 400  # days; no time limit is longer
MOST = 11_000  # days of beginning that are told apart, thirty years


class DueDay(Func):
    """The last day in time of what the clock `key` limits, begun on the day `began`, where the division's clock holds.

    The calendar and the clocks are read only when the database is asked. Right for whatever ended within first..last.
    """

    output_field = DateField()

    def __init__(self, key: str, began: str, division: str, first: date, last: date, **extra):
        super().__init__(F(began), F(division), **extra)
        self.limit = (key, max(first - timedelta(days=LONGEST), last - timedelta(days=MOST)), last)

    def as_sql(self, compiler, connection, **context):
        (began, _none), (division, _none) = (compiler.compile(each) for each in self.get_source_expressions())
        key, first, last = self.limit
        days = [first + ONE_DAY * number for number in range((last - first).days + 1)]
        clocks = list(Clock.objects.filter(key=key).values_list("division_id", "amount", "unit"))
        if not clocks:
            return "NULL", []
        return _by_division(began, division, days, clocks, connection.ops.adapt_datefield_value)


def _by_division(began, division, days, clocks, adapt):
    """The nearest clock upward is the one with the longest code, so the longest are asked first."""
    is_working_day, sql, params = working_days(), [], []
    for code, amount, unit in sorted(clocks, key=lambda clock: -len((clock[0] or "").rstrip("0"))):
        ends = [(day, deadlines.due_on(day, amount, unit, is_working_day)) for day in days]
        tree, values = _tree(began, [next(same) for _end, same in groupby(ends, key=lambda pair: pair[1])], adapt)
        where, bounds = ("1 = 1", []) if code is None else (f"{division} >= %s AND {division} < %s", code_range(code))
        sql.append(f"WHEN {where} THEN {tree}")
        params += [*bounds, *values]
    return f"CASE {' '.join(sql)} END", params


def _tree(began, ends, adapt):
    """`ends` holds (first day of beginning, last day in time), in order."""
    if len(ends) == 1:
        return "%s", [adapt(ends[0][1])]
    half = len(ends) // 2
    (before, low), (after, high) = _tree(began, ends[:half], adapt), _tree(began, ends[half:], adapt)
    return f"CASE WHEN {began} < %s THEN {before} ELSE {after} END", [adapt(ends[half][0]), *low, *high]
