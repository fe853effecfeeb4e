"""What stands in a cell, read as what it is meant to be; RowRefused says in words why not.

Every reader takes the cell's text, which is never empty, and gives a value.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal, InvalidOperation
from functools import cache

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from liaison.tools.dates import ordinal_of, parse_day
from liaison.tools.row_errors import RowRefused
from liaison.tools.text import clean_line, clean_text, looks_misread

Reader = Callable[[str], object]
CLOCK = re.compile(r"(\d{1,2})[:.点时](?:(\d{1,2})(?::\d{2}(?:\.\d+)?)?分?|(半))?", re.ASCII)
AFTERNOON = ("下午", "晚上", "中午")
TURNED_BY_EXCEL = re.compile(r"\d(?:\.\d+)?[eE]\+\d+", re.ASCII)
FILE_LANGUAGES = ("zh-hans", "en")
YES = {"是", "有", "对", "公开", "1", "yes", "y", "true", "√", "✓"}
NO = {"否", "无", "没有", "不", "不公开", "0", "no", "n", "false", "×"}
BETWEEN = re.compile(r"[、，,；;\n]+")
SHOWN = 30  # characters of a wrong cell told again


def readable(text: str) -> str:
    if looks_misread(text):
        raise RowRefused(_("some characters cannot be read, please save the file in UTF-8"))
    return text


def words(most: int) -> Reader:
    """One line of at most so many characters."""

    def read(text):
        return _fitting(readable(clean_line(text)), most)

    return read


def lines(most: int) -> Reader:
    """Many lines."""

    def read(text):
        return _fitting(readable(clean_text(text).strip()), most)

    return read


def _fitting(text, most):
    if len(text) > most:
        raise RowRefused(_("longer than {most} characters").format(most=most))
    return text


def several(most: int) -> Reader:
    """Names or codes divided by 、，；, each once."""

    def read(text):
        found = [_fitting(readable(clean_line(part)), most) for part in BETWEEN.split(text)]
        return list(dict.fromkeys(filter(None, found)))

    return read


def code(text: str) -> str:
    """A code, as typed or as Excel made a number of it; one whose digits Excel dropped is no code any more."""
    plain = unicodedata.normalize("NFKC", readable(clean_line(text))).replace(" ", "")
    if TURNED_BY_EXCEL.fullmatch(plain):
        raise RowRefused(_("Excel made a number of it, please format the column as text"))
    return plain.removesuffix(".0")


def codes(text: str) -> list[str]:
    return [code(part) for part in several(100)(text)]


def day(text: str) -> date:
    """A day as people write it; a clock behind it, as Excel shows it, is dropped."""
    return _day(text, ahead=False)


def _day(text, ahead):
    plain = re.sub(r"[T ]+\d{1,2}:\d{2}(:\d{2})?(\.\d+)?$", "", text.strip())
    try:
        return parse_day(plain, timezone.localdate(), ahead)
    except ValueError as error:
        raise RowRefused(error) from None


def month(text: str) -> date:
    """The first day of a month: 1970-05, 1970.5, 1970年5月, 197005; a whole day gives its month."""
    plain = unicodedata.normalize("NFKC", text.strip())
    found = re.fullmatch(r"(\d{4})(?:[./-](\d{1,2})|年(\d{1,2})月?|(\d{2}))", plain, re.ASCII)
    if not found:
        return day(text).replace(day=1)
    return day(f"{found[1]}-{next(filter(None, found.groups()[1:]))}-1")


def clock(text: str) -> time:
    """9:00, 09：30, 9点, 9点半, 下午2点30分."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    is_afternoon = plain.startswith(AFTERNOON)
    found = CLOCK.fullmatch(plain.removeprefix("上午").removeprefix("早上") if not is_afternoon else plain[2:])
    try:
        hour, minute = int(found[1]), 30 if found[3] else int(found[2] or 0)
        return time(hour + 12 if is_afternoon and hour < 12 else hour, minute)
    except (TypeError, ValueError):
        raise RowRefused(_("please write the time like 9:00")) from None


def whole(most: int) -> Reader:
    """A number of things or yuan: 30000, 18,000元, 3万."""

    def read(text):
        plain = re.sub(r"[\s,]|人次|人|元$", "", unicodedata.normalize("NFKC", text))
        number = _decimal(plain.removesuffix("万")) * (10_000 if plain.endswith("万") else 1)
        if number != int(number) or number < 0:
            raise RowRefused(_("please write a whole number"))
        if number > most:
            raise RowRefused(_("more than {most}").format(most=most))
        return int(number)

    return read


def _decimal(text) -> Decimal:
    try:
        number = Decimal(text) if text.isascii() and len(text) < SHOWN else None
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite():
        raise RowRefused(_("please write a whole number"))
    return number


def ordinal(text: str) -> int:
    """第十八届, 十八届, 18."""
    try:
        return ordinal_of(text)
    except ValueError:
        raise RowRefused(_("please write it like 18")) from None


def is_so(text: str) -> bool:
    plain = text.strip().lower()
    if plain not in YES | NO:
        raise RowRefused(_("please write yes or no"))
    return plain in YES


def since(text: str) -> date | bool:
    """The day since when it is so, or only that it is or is not."""
    return is_so(text) if text.strip().lower() in YES | NO else day(text)


def one_of(choices, **also: str) -> Reader:
    """One of a model's choices, by its words in either language or its key; `also` gives more words for keys."""

    @cache
    def known():
        labels = [(words, key) for language in FILE_LANGUAGES for words, key in _labels(choices, language)]
        return dict(labels) | {str(key): key for key, _label in choices} | also

    def read(text):
        plain = clean_line(text)
        if plain not in known():
            offered = "、".join(str(label) for _key, label in choices)
            raise RowRefused(_("{text} is none of: {choices}").format(text=plain[:SHOWN], choices=offered))
        return known()[plain]

    return read


def some_of(choices, **also: str) -> Reader:
    """Several of them, divided by 、，；."""
    read_one = one_of(choices, **also)

    def read(text):
        return list(dict.fromkeys(read_one(part) for part in several(100)(text)))

    return read


def _labels(choices, language):
    with translation.override(language):
        return [(str(label), key) for key, label in choices]


def plain_name(name: str) -> str:
    """A name without what people write in two ways: blanks, and the dot within a name (阿依古丽·买买提)."""
    return "".join(mark for mark in unicodedata.normalize("NFKC", name) if mark.isalnum()).lower()
