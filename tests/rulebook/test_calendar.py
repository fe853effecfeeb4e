"""Working days: the shipped rows against a second source, and years nobody has announced yet."""

from datetime import date, timedelta

import holidays
import pytest

from liaison.rulebook import calendar
from liaison.rulebook.models import CalendarDay, CalendarYear
from liaison.tools import deadlines


def days_of(year):
    first = date(year, 1, 1)
    return [first + timedelta(days=number) for number in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", [2025, 2026])
def test_every_day_is_what_the_state_council_announced(year):
    second = holidays.country_holidays("CN", years=year)
    is_working = calendar.working_days()
    assert [day for day in days_of(year) if is_working(day) != second.is_working_day(day)] == []


@pytest.mark.parametrize(
    ("year", "working_days", "made_up"),
    [(2025, 248, 5), (2026, 248, 6)],
)
def test_the_years_have_their_number_of_working_days(year, working_days, made_up):
    is_working = calendar.working_days()
    assert sum(map(is_working, days_of(year))) == working_days
    assert CalendarDay.objects.filter(year=year, is_working=True).count() == made_up


@pytest.mark.parametrize(
    ("day", "is_working"),
    [
        (date(2025, 1, 26), True),  # a Sunday made up for the Spring Festival
        (date(2025, 1, 28), False),
        (date(2025, 10, 8), False),
        (date(2025, 10, 9), True),
        (date(2025, 10, 11), True),  # a Saturday made up for the National Day
        (date(2026, 2, 14), True),
        (date(2026, 2, 23), False),
        (date(2026, 10, 30), True),
        (date(2026, 10, 31), False),
    ],
)
def test_one_day_and_many_days_are_answered_alike(day, is_working):
    assert calendar.is_working_day(day) is is_working
    assert calendar.working_days()(day) is is_working


def test_a_year_without_notice_is_weekdays_and_provisional():
    assert not CalendarYear.objects.filter(year=2027).exists()
    assert [calendar.is_provisional(year) for year in (2025, 2026, 2027)] == [False, False, True]
    is_working = calendar.working_days()
    assert all(is_working(day) == (day.weekday() < 5) for day in days_of(2027))
    assert calendar.is_working_day(date(2027, 1, 1)) is True


def test_a_year_entered_before_its_notice_stays_provisional():
    year = CalendarYear.objects.create(year=2027)
    assert calendar.is_provisional(2027)
    year.is_official = True
    year.save()
    assert not calendar.is_provisional(2027)


def test_a_day_entered_later_counts_at_once():
    year = CalendarYear.objects.create(year=2027, is_official=True)
    CalendarDay.objects.create(date=date(2027, 1, 1), year=year, is_working=False, name="元旦")
    assert calendar.is_working_day(date(2027, 1, 1)) is False
    assert calendar.working_days()(date(2027, 1, 1)) is False


def test_many_days_are_answered_from_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        is_working = calendar.working_days()
        assert [day.day for day in days_of(2026)[:10] if is_working(day)] == [4, 5, 6, 7, 8, 9]


def test_five_working_days_pass_over_the_spring_festival():
    assert deadlines.due_on(date(2026, 2, 13), 5, "working_days", calendar.working_days()) == date(2026, 2, 27)
