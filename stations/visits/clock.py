"""Hours as a clerk types them, in a plain text box: one Tab, and no mouse."""

import re
import unicodedata
from datetime import time

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST = 20
WITH_MARK = re.compile(r"(上午|早上|下午|晚上)?(\d{1,2})(?:[:.点时](\d{1,2})?分?)?(半)?", re.ASCII)
DIGITS = re.compile(r"(\d{1,2})(\d{2})", re.ASCII)
AFTER_NOON = ("下午", "晚上")


def parse_clock(text: str) -> time:
    """9, 9:00, 9：30, 9.30, 930, 0930, 9点, 9点半, 下午2点. ValueError in words for anything else."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)) if len(text) <= LONGEST else ""
    if found := DIGITS.fullmatch(plain):
        return _time(int(found[1]), int(found[2]))
    if (found := WITH_MARK.fullmatch(plain)) and not (found[3] and found[4]):
        hour = int(found[2]) + (12 if found[1] in AFTER_NOON and int(found[2]) < 12 else 0)
        return _time(hour, 30 if found[4] else int(found[3] or 0))
    raise ValueError(_("Please write the time like 9:00."))


def _time(hour, minute):
    try:
        return time(hour, minute)
    except ValueError:
        raise ValueError(_("There is no such time, please check it.")) from None


class ClockField(forms.TimeField):
    widget = forms.TimeInput(format="%H:%M")

    def widget_attrs(self, widget):
        return {"autocomplete": "off", "class": "vTimeField"}

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, time):
            return value or None
        try:
            return parse_clock(str(value))
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from None
