"""Rhythms as they occur, for two years, against lists made by other libraries and looked over by hand."""

import csv
from datetime import date
from pathlib import Path

import pytest

from liaison.rulebook.calendar import working_days
from stations.receptions import rhythm
from stations.receptions.rhythm import EVEN, NEXT_DAY, NEXT_WEEK, ODD, SKIP, STAY, Planned, Rhythm, plan

FIRST, LAST = date(2025, 1, 1), date(2026, 12, 31)
LUNAR_DAYS = tuple(day for day in range(1, 31) if day % 10 in (2, 5, 8))
SINGLE = tuple(date(year, month, day) for year in (2025, 2026) for month, day in ((3, 8), (6, 18), (10, 1)))
RHYTHMS = {
    "the 10th": Rhythm("monthly", (10,)),
    "the 15th of odd months": Rhythm("monthly", (15,), months=ODD),
    "first Friday": Rhythm("nth", (5,), nth=(1,)),
    "every Monday": Rhythm("weekly", (1,)),
    "every Tuesday": Rhythm("weekly", (2,)),
    "the 9th and 19th": Rhythm("monthly", (9, 19)),
    "lunar 2-5-8": Rhythm("lunar", LUNAR_DAYS),
    "Wednesdays of the heating season": Rhythm("weekly", (3,), season=((10, 20), (4, 20))),
    "the 20th of odd months": Rhythm("monthly", (20,), months=ODD),
    "the 20th of even months": Rhythm("monthly", (20,), months=EVEN),
    "three single dates": Rhythm("dates", dates=SINGLE),
}


def listed(name) -> list[Planned]:
    with (Path(__file__).parent / "data" / "rhythms.csv").open() as lines:
        rows = [row for row in csv.DictReader(lines) if row["rhythm"] == name]
    return [Planned(date.fromisoformat(row["date"]), date.fromisoformat(row["meant_for"])) for row in rows]


@pytest.mark.parametrize("name", RHYTHMS)
def test_two_years_of_a_rhythm_are_as_listed(name):
    found = plan(RHYTHMS[name].days(FIRST, LAST), NEXT_DAY, working_days())
    assert found == listed(name)
    assert found


def test_a_saturday_on_which_people_work_is_no_day_of_rest():
    moved = {day.meant_for: day.date for day in listed("the 10th") if day.date != day.meant_for}
    assert {day for day in moved if day.year == 2026} == {date(2026, 1, 10), date(2026, 5, 10)}
    assert Planned(date(2026, 10, 10), date(2026, 10, 10)) in listed("the 10th")


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (STAY, [date(2026, 10, 5), date(2026, 10, 12)]),
        (NEXT_DAY, [date(2026, 10, 8), date(2026, 10, 12)]),
        (NEXT_WEEK, [date(2026, 10, 12)]),
        (SKIP, [date(2026, 10, 12)]),
    ],
)
def test_a_day_of_rest_is_kept_moved_or_left_out(policy, expected):
    meant = Rhythm("weekly", (1,)).days(date(2026, 10, 1), date(2026, 10, 14))
    assert [day.date for day in plan(meant, policy, working_days())] == expected


def test_a_month_without_its_31st_or_fifth_friday_has_none():
    assert Rhythm("monthly", (31,), months=frozenset({2})).days(FIRST, LAST) == []
    assert {day.month for day in Rhythm("monthly", (31,)).days(date(2026, 1, 1), LAST)} == {1, 3, 5, 7, 8, 10, 12}
    assert [day.month for day in Rhythm("nth", (5,), nth=(5,)).days(date(2026, 1, 1), LAST)] == [1, 5, 7, 10]
    lasts = Rhythm("nth", (5,), nth=(rhythm.LAST,)).days(date(2026, 1, 1), LAST)
    assert [day.day for day in lasts] == [30, 27, 27, 24, 29, 26, 31, 28, 25, 30, 27, 25]


def test_the_lunar_new_year_is_the_first():
    days = (date(2025, 1, 29), date(2026, 2, 17), date(2027, 2, 6))
    assert [rhythm.lunar_day(day) for day in days] == [1, 1, 1]


def test_a_calendar_without_working_days_moves_nothing_for_ever():
    assert plan([date(2026, 1, 1)], NEXT_DAY, lambda _day: False) == []
    assert plan([date(2026, 1, 1)], NEXT_WEEK, lambda _day: False) == []
