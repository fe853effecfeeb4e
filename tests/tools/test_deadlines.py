from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison.tools.deadlines import UNITS, days_late, due_on, is_overdue, working_days_between

# National Day 2026 as announced: 1 to 7 October free, Sunday 20 September and Saturday 10 October worked.
FREE = {date(2026, 10, day) for day in range(1, 8)}
WORKED = {date(2026, 9, 20), date(2026, 10, 10)}


def is_working_day(day):
    return day in WORKED or (day.weekday() < 5 and day not in FREE)


def is_weekday(day):
    return day.weekday() < 5


@pytest.mark.parametrize(
    ("start", "amount", "unit", "due"),
    [
        (date(2026, 3, 31), 3, "months", date(2026, 6, 30)),
        (date(2026, 6, 30), 1, "months", date(2026, 7, 30)),
        (date(2026, 11, 30), 3, "months", date(2027, 2, 28)),
        (date(2027, 11, 30), 3, "months", date(2028, 2, 29)),
        (date(2026, 12, 15), 1, "months", date(2027, 1, 15)),
        (date(2026, 1, 31), 25, "months", date(2028, 2, 29)),
        (date(2026, 5, 5), 0, "months", date(2026, 5, 5)),
        (date(2026, 2, 26), 7, "days", date(2026, 3, 5)),
        (date(2026, 5, 5), 0, "days", date(2026, 5, 5)),
        (date(2026, 9, 30), 1, "working_days", date(2026, 10, 8)),  # the week of the feast between
        (date(2026, 9, 30), 3, "working_days", date(2026, 10, 10)),  # a worked Saturday counts
        (date(2026, 9, 18), 1, "working_days", date(2026, 9, 20)),
        (date(2026, 10, 3), 5, "working_days", date(2026, 10, 13)),  # begun on a free day
        (date(2026, 5, 5), 0, "working_days", date(2026, 5, 5)),
    ],
)
def test_a_clock_ends_on(start, amount, unit, due):
    assert due_on(start, amount, unit, is_working_day) == due


def test_a_due_day_on_a_feast_stays_there():
    assert due_on(date(2026, 7, 1), 3, "months", is_working_day) == date(2026, 10, 1)


@pytest.mark.parametrize(("amount", "unit", "words"), [(-1, "days", "never negative"), (1, "weeks", "unknown unit")])
def test_a_clock_that_makes_no_sense_is_refused(amount, unit, words):
    with pytest.raises(ValueError, match=words):
        due_on(date(2026, 5, 5), amount, unit, is_weekday)


def test_a_calendar_without_working_days_is_refused_not_searched_for_ever():
    with pytest.raises(ValueError, match="no working days"):
        due_on(date(2026, 5, 5), 5, "working_days", lambda day: False)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 120))
def test_working_days_counted_forward_count_back_the_same(start, amount):
    due = due_on(start, amount, "working_days", is_working_day)
    assert working_days_between(start, due, is_working_day) == amount
    assert amount == 0 or is_working_day(due)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 60), st.sampled_from(UNITS))
def test_more_time_is_never_due_sooner(start, amount, unit):
    sooner, later = (due_on(start, extra, unit, is_weekday) for extra in (amount, amount + 1))
    assert start <= sooner < later


def test_the_start_day_is_not_counted_and_the_end_day_is():
    monday = date(2026, 11, 23)
    ends = [monday - timedelta(days=7), monday, monday + timedelta(days=1), monday + timedelta(days=7)]
    assert [working_days_between(monday, end, is_weekday) for end in ends] == [0, 0, 1, 5]


@pytest.mark.parametrize(
    ("due", "overdue", "late"),
    [(None, False, 0), (date(2026, 11, 23), False, 0), (date(2026, 11, 22), False, 0), (date(2026, 11, 19), True, 3)],
)
def test_the_due_day_itself_is_in_time(due, overdue, late):
    today = date(2026, 11, 22)
    assert (is_overdue(due, today), days_late(due, today)) == (overdue, late)
