"""Working days by the official calendar, make-up workdays included."""

from collections.abc import Callable
from datetime import date

from django.db.models import Exists, OuterRef
from django.db.models.functions import ExtractYear

from liaison.audit.keeping import Past
from liaison.rulebook.models import CalendarDay, CalendarYear

SATURDAY = 5


def is_working_day(day: date) -> bool:
    """As the calendar's rows say; a day without a row is what its weekday says."""
    row = CalendarDay.objects.filter(date=day).values_list("is_working", flat=True).first()
    return day.weekday() < SATURDAY if row is None else row


def working_days(past: Past | None = None) -> Callable[[date], bool]:
    """The same question answered from one query, for whoever asks it many times; as it was known at a past moment."""
    rows = CalendarDay.objects.only("date", "is_working", "entered_at")
    days = {row.date: row.is_working for row in (past.known(CalendarDay, rows) if past else rows)}
    return lambda day: days.get(day, day.weekday() < SATURDAY)


def is_provisional(year: int) -> bool:
    """Whether the year still lacks its official notice: its days are weekdays only and may change."""
    return not _official().filter(year=year).exists()


def year_is_provisional(field: str):
    """The same of the day in the field, for the database."""
    return ~Exists(_official().filter(year=ExtractYear(OuterRef(field))))


def _official():
    return CalendarYear.objects.filter(is_official=True)
