"""What a value becomes in a cell: words for people, numbers and days for Excel, never a formula."""

import re
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext

from liaison.tools.text import clean_line, clean_text

FORMULA = tuple("=+-@＝＋－＠")
CELL_LIMIT = 32_767  # Excel counts in UTF-16 units
CUT = "…"
EXACT_INTEGER = 10**15  # beyond it Excel rounds
EXCEL_BEGINS = date(1900, 3, 1)  # before it Excel counts a day that never was
NAME_LIMIT = 31
WIDEST = 60
NAMES = re.compile(r"[^\s、，。；：]{2,6}(、[^\s、，。；：]{2,6})+")
UNBROKEN = re.compile(r"\d{4}-\d\d-\d\d|\d\d?:\d\d|-?\d[\d,]{0,6}(\.\d{1,2})?%?", re.ASCII)


def words_of(value) -> str:
    """As a person reads it: days in ISO form, moments in local time to the minute, nothing for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, datetime):
        return local(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return clean_text(str(value))


class Words(str):
    """What stands in a cell of a page. A day, an hour, a number or a name in a list is not broken over two lines."""

    __slots__ = ()

    @property
    def stays_whole(self) -> bool:
        return bool(UNBROKEN.fullmatch(self))

    @property
    def are_names(self) -> bool:
        return bool(NAMES.fullmatch(self))


def local(moment: datetime) -> datetime:
    return timezone.make_naive(moment) if timezone.is_aware(moment) else moment


def is_number(value) -> bool:
    """What Excel holds exactly; the rest, and what is not finite, is written as text."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return False
    if isinstance(value, Decimal) and not value.is_finite():
        return False
    return -EXACT_INTEGER < value < EXACT_INTEGER  # false for a float that is not a number


def plain_number(value):
    return float(value) if isinstance(value, Decimal) else value


def is_excel_day(value) -> bool:
    day = value.date() if isinstance(value, datetime) else value
    return isinstance(day, date) and day >= EXCEL_BEGINS


def could_run(text: str) -> bool:
    """A spreadsheet would take it for a formula, perhaps after dropping blanks in front."""
    return text[:1] in ("\t", "\r", "\n") or text.lstrip().startswith(FORMULA)


def harmless(text: str) -> str:
    """For formats that know no types: the apostrophe makes it a text."""
    return f"'{text}" if could_run(text) else text


def fitting(text: str) -> str:
    """Cut where Excel would cut, with a mark that it was."""
    if len(text) * 2 <= CELL_LIMIT:
        return text
    units = text.encode("utf-16-le")
    if len(units) // 2 <= CELL_LIMIT:
        return text
    return units[: (CELL_LIMIT - 1) * 2].decode("utf-16-le", "ignore") + CUT


def width(text: str) -> int:
    """Of its longest line, in narrow characters; a Chinese one counts two."""
    longest = max(text.split("\n"), key=len)[:WIDEST]
    return sum(2 if unicodedata.east_asian_width(mark) in "WF" else 1 for mark in longest)


def aligned(rows: list[list[str]], gap: str = "  ") -> list[str]:
    """The lines of a table on a terminal, where a Chinese character is two columns wide."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return [gap.join(_padded(cell, wide) for cell, wide in zip(row, widths, strict=True)).rstrip() for row in rows]


def _padded(cell, wide):
    return cell + " " * (wide - width(cell))


def sheet_name(title) -> str:
    """Excel's own rules for the name of a sheet."""
    name = re.sub(r"[\[\]:*?/\\]", " ", clean_line(str(title)))
    name = name.encode("utf-16-le")[: NAME_LIMIT * 2].decode("utf-16-le", "ignore").strip("' ")
    return name if name and name.lower() != "history" else "Sheet1"
