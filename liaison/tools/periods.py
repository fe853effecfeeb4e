"""A stretch of whole days, first and last included."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)  # beyond these, databases and time zones give way
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    starts_on: date
    ends_on: date

    def __post_init__(self):
        if self.ends_on < self.starts_on:
            raise ValueError(_("The last day is before the first."))
        if self.starts_on < EARLIEST or self.ends_on > LATEST:
            raise ValueError(_("Please choose days between 1900 and 2199."))

    def contains(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on

    @property
    def start_moment(self) -> datetime:
        return _midnight(self.starts_on)

    @property
    def end_moment(self) -> datetime:
        """The first moment that is no longer part of it."""
        return _midnight(self.ends_on + ONE_DAY)

    def days(self, field: str) -> dict:
        """Look-ups that keep a date field within this period."""
        return {f"{field}__gte": self.starts_on, f"{field}__lte": self.ends_on}

    def moments(self, field: str) -> dict:
        """Look-ups that keep a date-and-time field within this period."""
        return {f"{field}__gte": self.start_moment, f"{field}__lt": self.end_moment}

    def previous(self) -> "Period":
        """As many whole months before, or else as many days before; always ends the day before this one starts."""
        ends_on = self.starts_on - ONE_DAY
        months = self._whole_months()
        if months:
            return Period(_first_of_month(self.starts_on, -months), ends_on)
        return Period(self.starts_on - (self.ends_on - ends_on), ends_on)

    def last_year(self) -> "Period":
        """The same days a year before; whole months stay whole, so 28 February may become the 29th."""
        months = self._whole_months()
        if months:
            starts_on = _first_of_month(self.starts_on, -12)
            return Period(starts_on, _first_of_month(starts_on, months) - ONE_DAY)
        return Period(_year_before(self.starts_on), _year_before(self.ends_on))

    @property
    def words(self) -> str:
        year, month = self.starts_on.year, self.starts_on.month
        months = self._whole_months()
        if months == 12 and month == 1:
            return _("Year {year}").format(year=year)
        if months == 3 and month % 3 == 1:
            return _("Quarter {quarter} of {year}").format(quarter=(month + 2) // 3, year=year)
        if months == 1:
            return date_format(self.starts_on, "YEAR_MONTH_FORMAT")
        return self._words_of_days()

    def _words_of_days(self):
        first, last = date_format(self.starts_on), date_format(self.ends_on)
        return first if first == last else _("{first} to {last}").format(first=first, last=last)

    def _whole_months(self):
        after = self.ends_on + ONE_DAY
        if self.starts_on.day != 1 or after.day != 1:
            return 0
        return (after.year - self.starts_on.year) * 12 + after.month - self.starts_on.month


def this_month(today: date) -> Period:
    return _months(today.replace(day=1), 1)


def this_quarter(today: date) -> Period:
    return _months(date(today.year, today.month - (today.month - 1) % 3, 1), 3)


def this_year(today: date) -> Period:
    return year_of(today.year)


def year_of(year: int) -> Period:
    return _months(date(year, 1, 1), 12)


def custom(starts_on: date, ends_on: date) -> Period:
    """ValueError in words when the days are the wrong way round or out of reach."""
    return Period(starts_on, ends_on)


def _months(first, count):
    return Period(first, _first_of_month(first, count) - ONE_DAY)


def _first_of_month(day, months):
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last of that month: six before 31 August is the end of February."""
    first = _first_of_month(day, -months)
    return min(first.replace(day=1) + timedelta(days=day.day - 1), _first_of_month(first, 1) - ONE_DAY)


def _year_before(day):
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if is_leap_day else day.day)


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))
