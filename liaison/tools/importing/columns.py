"""The columns of a file: a table beside the app that reads them, one line a column.

`key,heading,also,needed,explained,example`: `also` lists other headings in use, divided by `|`; `needed` is `1` where
every row must fill it and `-` where it is looked over (offices keep such a column; we do not, or elsewhere).
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liaison.tools.importing.cells import Reader, words
from liaison.tools.row_errors import RowRefused
from liaison.tools.sheets import SheetRefused, read_rows

EXAMPLE = ("示例", "例：", "例:")  # begins the first column of the row that only shows how
LONGEST = 200


@dataclass(frozen=True)
class ImportColumn:
    key: str
    heading: str
    names: frozenset[str]
    is_needed: bool
    is_read: bool
    explained: str
    example: str


@dataclass
class Line:
    """A row of the file: `facts` by column, without the empty ones; `wrong` what cannot be read, by heading."""

    number: int
    facts: dict
    wrong: list[tuple[str, str]] = field(default_factory=list)

    def told(self, names) -> dict:
        """Of these facts those the row tells."""
        return {name: self.facts[name] for name in names if name in self.facts}

    def __getattr__(self, name):
        """A fact the row does not tell is None."""
        if name.startswith("__"):
            raise AttributeError(name)
        return self.facts.get(name)


class Columns:
    """The columns of one kind of file and how each is read (`readers`, by key; the rest is short text)."""

    def __init__(self, table: Path, readers: Mapping[str, Reader]):
        self.table, self.own_readers = table, readers

    @cached_property
    def all(self) -> list[ImportColumn]:
        with self.table.open(encoding="utf-8", newline="") as file:
            return [_column(row) for row in csv.DictReader(file)]

    @cached_property
    def readers(self) -> dict[str, Reader]:
        return {column.key: self.own_readers.get(column.key, words(LONGEST)) for column in self.all}

    @cached_property
    def by_name(self) -> dict[str, ImportColumn]:
        return {name: column for column in self.all for name in column.names}

    def heading(self, key: str) -> str:
        return next(column.heading for column in self.all if column.key == key)

    def read(self, source, name: str = "", **limits) -> list[Line]:
        """Every row but the example. Raises SheetRefused where the file as a whole cannot be read."""
        rows = read_rows(source, name, check=self.check, **limits)
        lines = [self._line(number, cells) for number, cells in rows if not self._is_example(cells)]
        if not lines:
            raise SheetRefused(_("The file has headings and no rows."))
        return lines

    def check(self, headings: list[str]) -> None:
        """Refuses, in words, headings that are none of ours, twice the same column, or a needed one missing."""
        if not set(headings) & set(self.by_name):
            raise SheetRefused(gettext_lazy("The first row must hold the headings, as in the form to download."))
        unknown = [name for name in headings if name not in self.by_name]
        if unknown:
            raise _refusal(gettext_lazy("These columns are not known: {columns}"), unknown)
        keys = [self.by_name[name].key for name in headings]
        twice = [name for name, key in zip(headings, keys, strict=True) if keys.count(key) > 1]
        if twice:
            raise _refusal(gettext_lazy("These columns say the same, please keep one: {columns}"), twice)
        missing = [column.heading for column in self.all if column.is_needed and column.key not in keys]
        if missing:
            raise _refusal(gettext_lazy("These columns are missing: {columns}"), missing)

    def _is_example(self, cells) -> bool:
        first = self.all[0]
        return any(cells.get(name, "").startswith(EXAMPLE) for name in first.names)

    def _line(self, number, cells) -> Line:
        line = Line(number, {})
        for name, text in cells.items():
            column = self.by_name[name]
            if text and column.is_read:
                self._read_cell(line, column, text)
            elif column.is_needed:
                line.wrong.append((column.heading, _("is missing")))
        return line

    def _read_cell(self, line, column, text):
        try:
            line.facts[column.key] = self.readers[column.key](text)
        except RowRefused as refusal:
            line.wrong.append((column.heading, str(refusal.reason)))


def _refusal(sentence, names):
    return SheetRefused(format_lazy(sentence, columns="、".join(names)))


def _column(row) -> ImportColumn:
    names = frozenset(filter(None, [row["key"], row["heading"], *row["also"].split("|")]))
    needed = row["needed"]
    return ImportColumn(
        row["key"], row["heading"], names, needed == "1", needed != "-", row["explained"], row["example"]
    )
