"""A reception's day and hours as residents read them: 5月11日（周一） 9:00—11:00."""

from datetime import date, time

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

WEEKDAYS = [
    pgettext_lazy("short", "Mon"),
    pgettext_lazy("short", "Tue"),
    pgettext_lazy("short", "Wed"),
    pgettext_lazy("short", "Thu"),
    pgettext_lazy("short", "Fri"),
    pgettext_lazy("short", "Sat"),
    pgettext_lazy("short", "Sun"),
]


def day_words(day: date) -> str:
    return date_format(day, _("F j"))


def day_with_weekday(day: date, said: str = "") -> str:
    return _("%(day)s (%(weekday)s)") % {"day": said or day_words(day), "weekday": WEEKDAYS[day.weekday()]}


def hours(starts_at: time, ends_at: time) -> str:
    return f"{clock(starts_at)}—{clock(ends_at)}"


def clock(moment):
    return f"{moment.hour}:{moment.minute:02d}"
