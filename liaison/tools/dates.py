"""Days and codes as people write them in China."""

import re
import unicodedata
from datetime import date, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

SPELLINGS = ("〇零○oO", "一壹幺lI", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
DIGITS = {mark: str(value) for value, marks in enumerate(SPELLINGS) for mark in marks}
DROPPED = {"Zs", "Pd", "Cc", "Cf"}  # blanks, dashes, controls and marks without width
WRITTEN = re.compile("[〇零○一二三四五六七八九十廿卅]+")
MARKS = str.maketrans({"。": ".", "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "号": "日"})
WITH_YEAR = (r"(\d{4})([./-])(\d{1,2})\2(\d{1,2})", r"(\d{4})(年)(\d{1,2})月(\d{1,2})日?", r"(\d{4})()(\d{2})(\d{2})")
WITHOUT_YEAR = (r"(\d{1,2})[./-](\d{1,2})", r"(\d{1,2})月(\d{1,2})日?")
LONGEST = 100  # nobody's day or code is longer, and NFKC is slow on what was made to be
YEARS = range(1900, 2200)
LEAP_GAP = 8  # 29 February may be eight years away, around 2100
FAR = 300  # days; a day without its year that lies farther away was more likely meant on the other side of today
SOON = 31  # days of this year that are still to come and yet belong to a period asked for


def parse_day(text: str, today: date, ahead: bool | None = False) -> date:
    """2026.3.10, 2026-03-10, 2026/3/10, 20260310, 2026年3月10日, 二〇二六年三月十日, 3月10日, 3.10; full-width too.

    A day without its year is the latest one not after today: what is entered has usually happened. With `ahead` it is
    the first one not before today, for what is promised; where that is the better part of a year away, the year is
    asked for. With `ahead` None it is this year's, or last year's where that is more than a month off, for the ends of
    a period. ValueError in words for anything else; nothing is guessed.
    """
    plain = _plain(text) if len(text) <= LONGEST else ""
    for pattern in WITH_YEAR:
        if found := re.fullmatch(pattern, plain, re.ASCII):
            return _day(*map(int, found.group(1, 3, 4)))
    for pattern in WITHOUT_YEAR:
        if found := re.fullmatch(pattern, plain, re.ASCII):
            return _without_year(today, ahead, *map(int, found.groups()))
    raise ValueError(_("Please write the day like 2026-03-10."))


def plain_digits(text: str) -> str:
    """A code as typed, in plain digits: O and o are 0, l and I are 1, 二 and ２ are 2; spaces and dashes are dropped.

    What is none of these stays, for the check of the code to refuse.
    """
    if len(text) > LONGEST:
        return text
    plain = unicodedata.normalize("NFKC", text)
    return "".join(_digit(mark) for mark in plain if unicodedata.category(mark) not in DROPPED)


def ordinal_of(text: str) -> int:
    """第十八届, 十八届, 18届, 18: the number of a term or a session; ValueError for anything else."""
    plain = _plain(text) if len(text) <= LONGEST else ""
    found = re.fullmatch(r"第?(\d{1,3})[届次]?", plain, re.ASCII)
    if not found:
        raise ValueError(text)
    return int(found[1])


class DayField(forms.DateField):
    """A day in a plain text box: a clerk types 9.24 faster than any calendar opens. `ahead` as in `parse_day`."""

    widget = forms.TextInput

    def __init__(self, *, ahead=False, **options):
        self.ahead = ahead
        super().__init__(**options)

    def widget_attrs(self, widget):
        return {"autocomplete": "off", "inputmode": "decimal"}

    def prepare_value(self, value):
        return value.isoformat() if isinstance(value, date) else value

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value.date() if isinstance(value, datetime) else value
        try:
            return parse_day(str(value), timezone.localdate(), self.ahead)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from None


def _plain(text):
    """One spelling for all: ASCII digits, no spaces, no weekday."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", text).translate(MARKS))
    text = re.sub(r"\(?(周|星期|礼拜)[一二三四五六日天]\)?$", "", text)
    return WRITTEN.sub(lambda found: _number(found[0]), text)


def _number(written):
    """二〇二六 is 2026, digit by digit; 二十二 is 22, by tens."""
    tens = re.fullmatch("([一二三]?)(十|廿|卅)([一二三四五六七八九]?)", written)
    if not tens:
        return "".join(DIGITS.get(mark, mark) for mark in written)
    first = {"廿": "2", "卅": "3"}.get(tens[2]) or DIGITS.get(tens[1], "1")
    return first + DIGITS.get(tens[3], "0")


def _without_year(today, ahead, month, day):
    if ahead is None:
        found = _day(today.year, month, day)
        return found if (found - today).days <= SOON else _day(today.year - 1, month, day)
    found = _nearest(today, ahead, month, day)
    if abs((found - today).days) > FAR:
        other = _nearest(today, not ahead, month, day)
        raise ValueError(_("Please write the year as well, like %(day)s.") % {"day": other.isoformat()})
    return found


def _nearest(today, ahead, month, day):
    step = 1 if ahead else -1
    for year in range(today.year, today.year + step * (LEAP_GAP + 1), step):
        try:
            found = _day(year, month, day)
        except ValueError:
            continue
        if found == today or (found > today) == ahead:
            return found
    return _day(today.year, month, day)  # such as 31 June: refused in words


def _day(year, month, day):
    try:
        if year in YEARS:
            return date(year, month, day)
    except ValueError:
        pass
    raise ValueError(_("There is no such day, please check it."))


def _digit(mark):
    plain = DIGITS.get(mark, mark)
    return str(unicodedata.decimal(plain, plain))
