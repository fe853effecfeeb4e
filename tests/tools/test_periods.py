from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from liaison.tools.periods import EARLIEST, LATEST, Period, custom, months_before, this_month, this_quarter, this_year

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(1950, 1, 1), date(2150, 1, 1))


@pytest.mark.parametrize(
    ("make", "today", "period"),
    [
        (this_month, TODAY, Period(date(2026, 11, 1), date(2026, 11, 30))),
        (this_month, date(2028, 2, 29), Period(date(2028, 2, 1), date(2028, 2, 29))),
        (this_month, date(2026, 12, 31), Period(date(2026, 12, 1), date(2026, 12, 31))),
        (this_quarter, TODAY, Period(date(2026, 10, 1), date(2026, 12, 31))),
        (this_quarter, date(2026, 1, 1), Period(date(2026, 1, 1), date(2026, 3, 31))),
        (this_quarter, date(2026, 6, 30), Period(date(2026, 4, 1), date(2026, 6, 30))),
        (this_year, TODAY, Period(date(2026, 1, 1), date(2026, 12, 31))),
    ],
)
def test_the_period_around_a_day(make, today, period):
    assert make(today) == period


@given(DAYS)
def test_a_day_lies_in_its_own_month_quarter_and_year(today):
    assert [make(today).contains(today) for make in (this_month, this_quarter, this_year)] == [True] * 3


def test_both_ends_belong_to_it():
    period = custom(date(2026, 3, 5), date(2026, 3, 7))
    assert [period.contains(date(2026, 3, day)) for day in (4, 5, 6, 7, 8)] == [False, True, True, True, False]


@pytest.mark.parametrize(
    ("period", "before"),
    [
        (this_month(date(2026, 3, 31)), Period(date(2026, 2, 1), date(2026, 2, 28))),
        (this_month(date(2026, 1, 1)), Period(date(2025, 12, 1), date(2025, 12, 31))),
        (this_quarter(date(2026, 2, 1)), Period(date(2025, 10, 1), date(2025, 12, 31))),
        (this_year(TODAY), Period(date(2025, 1, 1), date(2025, 12, 31))),
        (custom(date(2026, 7, 1), date(2026, 12, 31)), Period(date(2026, 1, 1), date(2026, 6, 30))),
        (custom(date(2026, 3, 5), date(2026, 3, 14)), Period(date(2026, 2, 23), date(2026, 3, 4))),
        (custom(TODAY, TODAY), Period(date(2026, 11, 21), date(2026, 11, 21))),
    ],
)
def test_the_period_before(period, before):
    assert period.previous() == before


@given(DAYS, st.integers(0, 800))
def test_the_period_before_ends_where_this_one_begins(start, days):
    period = custom(start, start + timedelta(days=days))
    assert period.previous().end_moment == period.start_moment


def test_moments_are_local_midnights_the_last_one_no_longer_inside():
    period = this_month(TODAY)
    assert period.start_moment == datetime(2026, 10, 31, 16, tzinfo=UTC)
    assert period.end_moment == datetime(2026, 11, 30, 16, tzinfo=UTC)


def test_moments_follow_the_time_zone_and_its_summer():
    with timezone.override("Europe/Berlin"):
        period = custom(date(2026, 3, 29), date(2026, 3, 29))
        assert period.end_moment - period.start_moment == timedelta(hours=24)  # on the wall
        assert period.end_moment.astimezone(UTC) - period.start_moment.astimezone(UTC) == timedelta(hours=23)


def test_look_ups_for_days_and_for_moments():
    period = custom(date(2026, 3, 5), date(2026, 3, 7))
    assert period.days("date") == {"date__gte": date(2026, 3, 5), "date__lte": date(2026, 3, 7)}
    wanted = {"received_at__gte": period.start_moment, "received_at__lt": period.end_moment}
    assert period.moments("received_at") == wanted


@pytest.mark.parametrize(
    ("period", "words", "chinese"),
    [
        (this_month(TODAY), "November 2026", "2026年11月"),
        (this_quarter(TODAY), "Quarter 4 of 2026", None),
        (this_year(TODAY), "Year 2026", None),
        (custom(TODAY, TODAY), "Nov. 22, 2026", "2026年11月22日"),
        (custom(date(2026, 3, 5), date(2026, 4, 4)), "March 5, 2026 to April 4, 2026", None),
        (custom(date(2026, 4, 1), date(2027, 3, 31)), "April 1, 2026 to March 31, 2027", None),
        (custom(date(2026, 2, 1), date(2026, 4, 30)), "Feb. 1, 2026 to April 30, 2026", None),
    ],
)
def test_a_period_in_words(period, words, chinese):
    assert period.words == words
    with translation.override("zh-hans"):
        assert chinese is None or period.words == chinese


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2028, 3, 31), 1, date(2028, 2, 29)),
        (date(2026, 3, 28), 1, date(2026, 2, 28)),
        (date(2026, 2, 28), 1, date(2026, 1, 28)),
        (date(2026, 7, 31), 1, date(2026, 6, 30)),
        (date(2026, 8, 31), 1, date(2026, 7, 31)),
        (date(2026, 1, 31), 1, date(2025, 12, 31)),
        (date(2026, 8, 31), 6, date(2026, 2, 28)),
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
        (date(2026, 12, 1), 12, date(2025, 12, 1)),
    ],
)
def test_months_before_the_end_of_a_month_end_with_theirs(day, months, before):
    assert months_before(day, months) == before


def test_days_the_wrong_way_round_are_refused_in_words():
    with pytest.raises(ValueError, match=r"^The last day is before the first\.$"):
        custom(date(2026, 3, 2), date(2026, 3, 1))


@pytest.mark.parametrize("day", [date.min, date(1899, 12, 31), date(2200, 1, 1), date.max])
def test_days_out_of_reach_are_refused_in_words(day):
    with pytest.raises(ValueError, match="between 1900 and 2199"):
        custom(day, day)


def test_the_longest_period_has_moments():
    assert custom(EARLIEST, LATEST).end_moment.year == 2200
