"""What the form of a rule asks besides ordinary fields: ticks of numbers, a month and day, days one a line."""

import re
from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from liaison.tools.dates import parse_day
from liaison.tools.text import clean_text

LEAP_SUMMER = date(2024, 6, 30)  # every day of a year lies within half a year of it, 29 February too
MOST_DAYS, LONGEST = 200, 5_000
FURTHEST = timedelta(days=2 * 366)
MOST_ERRORS = 5


class Ticks(forms.TypedMultipleChoiceField):
    """Numbers to be ticked; nothing ticked is an empty list."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options):
        super().__init__(coerce=int, empty_value=[], required=False, **options)


class MonthDayField(forms.CharField):
    """A day of every year, typed as 10-20, 10.20 or 10月20日, kept as 10-20."""

    def __init__(self, **options):
        super().__init__(max_length=20, **options)

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"autocomplete": "off", "size": "10"}

    def to_python(self, value):
        text = super().to_python(value)
        return f"{_month_day(text):%m-%d}" if text else ""


def _month_day(text) -> date:
    """Looked for on both sides of a summer, since a typed day is that of the nearest year."""
    why = ""
    for ahead in (True, False):
        try:
            found = parse_day(text, LEAP_SUMMER, ahead)
        except ValueError as error:
            why = str(error)
            continue
        if found.year == LEAP_SUMMER.year:
            return found
        why = _("Please write month and day, such as 10-20.")
    raise ValidationError(why, code="invalid")


class DaysField(forms.Field):
    """Single days, one a line, spelled as everywhere; kept as a sorted list of YYYY-MM-DD, each once."""

    widget = forms.Textarea

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        if len(value or "") > LONGEST:
            raise ValidationError(_("At most %(count)s days.") % {"count": MOST_DAYS})
        typed = [words.strip() for words in re.split(r"[\n、,，;；]", clean_text(value or ""))]
        return self._days([words for words in typed if words])

    def _days(self, typed) -> list[str]:
        if len(typed) > MOST_DAYS:
            raise ValidationError(_("At most %(count)s days.") % {"count": MOST_DAYS})
        found, wrong = set(), []
        for words in typed:
            try:
                found.add(_single_day(words).isoformat())
            except ValueError as error:
                wrong.append(_("“%(typed)s”: %(why)s") % {"typed": words[:30], "why": error})
        if wrong:
            raise ValidationError(wrong[:MOST_ERRORS])
        return sorted(found)


def _single_day(typed) -> date:
    today = timezone.localdate()
    day = parse_day(typed, today, ahead=True)
    if day > today + FURTHEST:
        raise ValueError(_("More than two years away, please check it."))
    return day
