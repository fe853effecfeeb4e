"""When something is due. A due date never moves by itself: no rolling to the next working day, no pauses."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

IsWorkingDay = Callable[[date], bool]
UNITS = ("months", "days", "working_days")


def due_on(start: date, amount: int, unit: str, is_working_day: IsWorkingDay) -> date:
    """The last day in time; the start day itself does not count (Civil Code, articles 201 and 202)."""
    if amount < 0:
        raise ValueError("an amount of time is never negative")
    if unit == "months":
        return _months_after(start, amount)
    if unit == "days":
        return start + timedelta(days=amount)
    if unit == "working_days":
        return _working_days_after(start, amount, is_working_day)
    raise ValueError(f"unknown unit {unit!r}")


def working_days_between(start: date, end: date, is_working_day: IsWorkingDay) -> int:
    """Working days after start, up to and with end: what due_on counts, counted back."""
    return sum(is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def is_overdue(due: date | None, today: date) -> bool:
    """The due day itself is still in time, until midnight."""
    return due is not None and today > due


def days_late(due: date | None, today: date) -> int:
    return max(0, (today - due).days) if due else 0


def _months_after(start, amount):
    """31 March and three months is 30 June; 30 June and one month is 30 July."""
    years, month = divmod(start.month - 1 + amount, 12)
    year, month = start.year + years, month + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def _working_days_after(start, amount, is_working_day):
    day, last = start, start + timedelta(days=366 + 10 * amount)
    while amount:
        day += timedelta(days=1)
        if day > last:
            raise ValueError("this calendar has no working days")
        amount -= is_working_day(day)
    return day
