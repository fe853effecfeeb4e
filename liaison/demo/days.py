"""The year the demo tells of. It ends on the eve of `today`, so nothing lies in the future of whoever loads it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Year:
    today: date
    is_working: Callable[[date], bool]

    @property
    def last(self) -> date:
        return self.today - DAY

    @property
    def first(self) -> date:
        """The month of `today` is told twice, so that a year ago can be laid beside it."""
        return date(self.today.year - 1, self.today.month, 1)

    @property
    def days(self) -> list[date]:
        return [self.first + number * DAY for number in range((self.today - self.first).days)]

    @property
    def working_days(self) -> list[date]:
        return [day for day in self.days if self.is_working(day)]

    def reception_days(self, day_of_month: int) -> list[date]:
        """That day of every month, or the next working day after it where it is a day of rest (遇节假日顺延)."""
        planned = [day for day in self.days if day.day == day_of_month]
        return [day for day in map(self.working_from, planned) if day <= self.last]

    def months_ago(self, day: date) -> int:
        return (self.today.year - day.year) * 12 + self.today.month - day.month

    def working_from(self, day: date) -> date:
        while not self.is_working(day):
            day += DAY
        return day

    def settled(self, day: date, earliest: date) -> date:
        """The working day on or before `day`, but not before `earliest`."""
        settled = day
        while not self.is_working(settled) and settled > earliest:
            settled -= DAY
        return settled


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))
