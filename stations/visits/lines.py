"""Several rows typed as lines: who presses Enter at the end of a line needs neither mouse nor a dozen tabs.

A formset with a text area `<prefix>-lines` turns each line into a row before anything is checked, so that what is
wrong is told in the row, and nothing typed is lost.
"""

import re

from django.forms.models import BaseInlineFormSet
from django.utils import timezone

from liaison.tools.dates import parse_day
from liaison.tools.text import clean_text

MOST_LINES = 50  # of one page; what is more stays in the text area
UNTOUCHED = "restored"  # in the data: a page that is shown again as it was typed, not sent


class TypedLines(BaseInlineFormSet):
    """`read_line(line)` gives the fields of the row a line stands for; `sent` is what came with its lines unread."""

    read_line = None
    sent = None

    def __init__(self, data=None, *args, prefix=None, **kwargs):
        if data is not None and UNTOUCHED not in data:
            self.sent = data
            data = with_rows(data, prefix, type(self).read_line, lines_of(data, prefix))
        super().__init__(data, *args, prefix=prefix, **kwargs)

    def show_wrong_lines(self) -> None:
        """On a page that is shown again, what was right stands as lines again; only a wrong one is a row to mend."""
        lines = lines_of(self.sent, self.prefix) if self.sent is not None else []
        first = len(self.errors) - len(lines[:MOST_LINES])
        if not lines or first < 0:
            return
        wrong = [number for number, line in enumerate(lines[:MOST_LINES]) if self.errors[first + number]]
        told, right = [lines[n] for n in wrong], [line for n, line in enumerate(lines) if n not in wrong]
        data = self.sent.copy()
        if wrong:
            data[f"{self.prefix}-TOTAL_FORMS"] = str(self._last_in_use(first))
        self.data = with_rows(data, self.prefix, type(self).read_line, told, right)
        self._errors = None
        for kept in ("forms", "management_form"):
            self.__dict__.pop(kept, None)

    def _last_in_use(self, number) -> int:
        """How many of the first rows there are when the empty ones at their end are left out."""
        while number > self.initial_form_count() and not self.forms[number - 1].has_changed():
            number -= 1
        return number

    @property
    def lines(self) -> str:
        return self.data.get(f"{self.prefix}-lines", "") if self.is_bound else ""


def lines_of(data, prefix) -> list[str]:
    """The lines that were typed; none where the page cannot say how many rows it has."""
    total = data.get(f"{prefix}-TOTAL_FORMS", "")
    if not total.isdecimal() or len(total) > 4:
        return []
    return [line for line in clean_text(data.get(f"{prefix}-lines", "")).split("\n") if line.strip()]


def with_rows(data, prefix, read_line, lines, more=()):
    """The data with a row more for each line; `more` and what is too many stay lines."""
    if not lines and not more:
        return data
    name, total = f"{prefix}-lines", f"{prefix}-TOTAL_FORMS"
    data = data.copy()
    number = int(data[total])
    for line in lines[:MOST_LINES]:
        for field, value in read_line(line.strip()).items():
            data[f"{prefix}-{number}-{field}"] = value
        number += 1
    data[total], data[name] = str(number), "\n".join([*lines[MOST_LINES:], *more])
    return data


def guest(line: str) -> dict:
    """单位 姓名 职务; two words are unit and name, one is a name."""
    parts = re.split(r"[\s,，、;；]+", line, maxsplit=2)
    if len(parts) == 1:
        return {"organisation": "", "name": parts[0], "post": ""}
    return dict(zip(("organisation", "name", "post"), [*parts, ""], strict=False))


def commitment(line: str) -> dict:
    """谁 什么事 什么时候前; the last word is a day only where it can be read as one."""
    who, _blank, rest = line.partition(" ") if " " in line else _parted(line)
    what, _blank, last = rest.strip().rpartition(" ")
    if what and is_day(without_by(last)):
        return {"who": who, "what": what.strip(), "due_on": without_by(last)}
    return {"who": who, "what": rest.strip(), "due_on": ""}


def _parted(line):
    found = re.match(r"([^\s,，:：]+)[\s,，:：]+(.*)", line)
    return (found[1], " ", re.sub(r"[\s,，]+", " ", found[2])) if found else ("", " ", line)


def without_by(word: str) -> str:
    return re.sub(r"(之?前)$", "", word)


def is_day(word: str) -> bool:
    try:
        parse_day(word, timezone.localdate(), ahead=True)
    except ValueError:
        return False
    return True


def opinion(line: str) -> dict:
    """地点：事情; without a place the line is the matter, and the place is asked for."""
    place, colon, body = re.sub(":", "：", line, count=1).partition("：")
    return {"place": place.strip(), "body": body.strip()} if colon and body.strip() else {"place": "", "body": line}
