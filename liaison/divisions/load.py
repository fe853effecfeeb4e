"""Divisions from a file with at least `code,name,parent_code` (contract.md, load_divisions).

A file speaks for what it lists: the levels it holds, below its tops. What stands there and is not listed is retired;
a province's file that ends with townships says nothing about villages, and a list of villages without their townships
has no top, so it retires only what it is told it is the whole of (`under`).
"""

import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from liaison.divisions import codes
from liaison.divisions.models import KIND_CHOICES, Division
from liaison.tools.dates import parse_day
from liaison.tools.row_errors import RowErrors, RowRefused
from liaison.tools.sheets import SheetRefused, read_rows
from liaison.tools.text import clean_line, looks_misread

REQUIRED = ("code", "name", "parent_code")
MAX_ROWS, MAX_BYTES = 1_000_000, 200 * 1024 * 1024  # the country has some 600,000 villages
LONGEST_NAME = 100
WORDS_OF_KINDS = {
    "街道": "street",
    "镇": "town",
    "乡": "township",
    "类似乡级单位": "quasi",
    "村委会": "village",
    "居委会": "community",
    "类似村委会": "quasi_village",
    "类似居委会": "quasi_community",
} | {kind: kind for kind, _label in KIND_CHOICES}
LEVELS_WITH_KINDS = (4, 5)
YES = ("1", "yes", "y", "true", "是", "已撤销", "撤销")
FIELDS = ("name", "level", "kind", "parent_id", "retired_on", "successor_id")


@dataclass
class Row:
    """One line of the file. Without a code it is a division that was retired before it ever had one.

    `successor` is the code of what a retired division became part of: what belongs to it is found there.
    """

    line: int
    code: str
    name: str
    parent: str
    kind: str
    retired_on: date | None
    successor: str = ""
    level: int = 0

    @property
    def stands_for_its_county(self) -> bool:
        """A city without counties is listed twice in the bureau's tables, the second time as its own only county."""
        return self.code != "" and self.code == self.parent


@dataclass
class Report:
    """What a file changed, each list in the order of the codes."""

    added: list[str] = field(default_factory=list)
    renamed: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    restored: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)


def load(source, *, on: date, under: str = "") -> Report:
    """Make the divisions what the file says. Raises SheetRefused, and then nothing was changed.

    What disappears is retired on the day `on`. `under` names a division of whose levels in the file the file is the
    whole list, where the file itself does not list that division.
    """
    with transaction.atomic():
        rows, twice = _once(read(source, on))
        named = {code for row in rows for code in (row.code, row.parent, row.successor)}
        known = Division.objects.in_bulk(named - {""})
        if under and not Division.objects.filter(pk=under).exists():
            raise SheetRefused(_("There is no division {code}.").format(code=under))
        _place(rows, known)
        report = _Change(rows, known, _absent(rows, under), on).make()
        report.twice = twice
        return report


# Reading


def read(source, on: date) -> list[Row]:
    rows, errors = [], RowErrors()
    for line, cells in read_rows(source, required=REQUIRED, max_rows=MAX_ROWS, max_bytes=MAX_BYTES):
        with errors.of(line):
            rows.append(_row(line, cells, on))
    _refuse_repeats(rows, errors)
    errors.check()
    if not rows:
        raise SheetRefused(_("The file has headings and no rows."))
    return rows


def _row(line, cells, on) -> Row:
    row = Row(
        line=line,
        code=_plain(cells["code"]),
        name=_name(cells["name"]),
        parent=_plain(cells["parent_code"]),
        kind=cells.get("kind", ""),
        retired_on=_retired_on(cells.get("retired_on") or cells.get("retired", ""), on),
        successor=_plain(cells.get("successor_code", "")),
    )
    if row.successor and not row.retired_on:
        raise RowRefused(_("only a retired division has a successor"))
    if row.code:
        row.level = _level(row.code, "" if row.stands_for_its_county else cells.get("level", ""))
        row.parent = row.parent or codes.parent_of(row.code)
    elif not (row.parent and row.retired_on):
        raise RowRefused(_("only a retired division with a parent may lack its code"))
    return row


def _plain(text) -> str:
    return unicodedata.normalize("NFKC", clean_line(text))


def _name(text) -> str:
    name = clean_line(text)
    if not name:
        raise RowRefused(_("the name is missing"))
    if looks_misread(name):
        raise RowRefused(_("some characters cannot be read, please save the file in UTF-8"))
    if len(name) > LONGEST_NAME:
        raise RowRefused(_("the name is longer than {count} characters").format(count=LONGEST_NAME))
    return name


def _level(code, told) -> int:
    try:
        level = codes.level_of(code)
    except ValueError:
        raise RowRefused(_("{code} is not a code of 2, 6, 9 or 12 digits").format(code=code)) from None
    if told not in ("", str(level)):
        raise RowRefused(_("level {level} does not fit the code {code}").format(level=told, code=code))
    return level


def _retired_on(told, on) -> date | None:
    """The column holds a day, or only says yes."""
    if not told:
        return None
    try:
        return on if told.lower() in YES else parse_day(told, on)
    except ValueError as error:
        raise RowRefused(error) from None


def _refuse_repeats(rows, errors):
    first = {}
    for row in rows:
        key = row.code or (row.parent, row.name)
        if not row.stands_for_its_county and first.setdefault(key, row) is not row:
            repeated = _("{name} stands in line {line} already").format(name=row.code or row.name, line=first[key].line)
            errors.add(row.line, repeated)


def _once(rows):
    """The rows without the second mention of a city as its own county, and those mentions in words."""
    mentions = Counter(row.code for row in rows)
    twice = [row for row in rows if row.stands_for_its_county and mentions[row.code] > 1]
    return [row for row in rows if row not in twice], [_words(row) for row in twice]


def _place(rows, known):
    """Find each row's parent, in the file or among the divisions known before."""
    errors, listed = RowErrors(), {row.code: row for row in rows if row.code}
    for row in rows:
        with errors.of(row.line):
            _put_below(row, listed.get(row.parent) or known.get(row.parent))
            _follow(row, listed.get(row.successor) or known.get(row.successor))
    errors.check()


def _put_below(row, parent):
    if parent is None and row.parent:
        raise RowRefused(_("its parent {code} is neither in the file nor known").format(code=row.parent))
    if not row.code:
        row.level = parent.level + 1
    if parent and not _is_above(parent, row):
        raise RowRefused(_("{code} does not lie below {parent}").format(code=row.code or row.name, parent=row.parent))


def _follow(row, successor):
    if row.successor and successor is None:
        raise RowRefused(_("its successor {code} is neither in the file nor known").format(code=row.successor))
    if row.successor and row.successor == row.code:
        raise RowRefused(_("a division is not its own successor"))


def _is_above(parent, row) -> bool:
    low, high = codes.code_range(parent.code)
    return parent.level < row.level <= max(codes.SIGNIFICANT) and (not row.code or low <= row.code < high)


def _absent(rows, under) -> list[Division]:
    """What stands where the file speaks, and is not listed. A row cannot stand below such a one."""
    listed, levels = {row.code for row in rows}, {row.level for row in rows}
    standing = [
        division
        for top in ([under] if under else _tops(rows, listed))
        for division in Division.objects.current().below(top).filter(level__in=levels).exclude(pk=top)
    ]
    absent = [division for division in standing if division.code not in listed]
    _refuse_orphans(rows, {division.code for division in absent})
    return absent


def _tops(rows, listed):
    """What the file lists together with something below it, and nothing above it."""
    parents = {row.parent for row in rows}
    return [row.code for row in rows if row.code in parents and row.parent not in listed]


def _refuse_orphans(rows, absent):
    errors = RowErrors()
    for row in rows:
        if row.parent in absent:
            errors.add(row.line, _("its parent {code} is missing from the file").format(code=row.parent))
    errors.check()


# Writing


class _Change:
    """From what is known to what the file says, in a few statements."""

    def __init__(self, rows, known, absent, on):
        self.rows = sorted(rows, key=lambda row: (row.code, row.line))
        self.known, self.absent, self.on = known, absent, on
        self.report, self.new, self.saved = Report(), [], []

    def make(self) -> Report:
        for row in self.rows:
            self._code(row)
            division = self.known.get(row.code)
            if division is None:
                self._add(row)
            else:
                self._update(division, row)
        for division in self.absent:
            self._retire(division)
        Division.objects.bulk_create(self.new, batch_size=1000)
        Division.objects.bulk_update(self.saved, FIELDS, batch_size=500)
        return self.report

    def _code(self, row):
        """A division retired without a code gets the next one of its parent that begins with X."""
        if row.code:
            return
        siblings = {each.code: each for each in self._without_code(row.parent)}
        self.known |= siblings
        taken = [int(code.removeprefix(f"X{row.parent}")) for code in siblings]
        own = [code for code, each in siblings.items() if each.name == row.name]
        row.code = own[0] if own else f"X{row.parent}{max(taken, default=0) + 1:03d}"

    def _without_code(self, parent):
        kept = Division.objects.filter(code__startswith="X", parent_id=parent)
        return [*kept, *(new for new in self.new if new.code.startswith("X") and new.parent_id == parent)]

    def _add(self, row):
        new = Division(
            code=row.code,
            name=row.name,
            level=row.level,
            kind=_kind(row),
            parent_id=row.parent or None,
            retired_on=row.retired_on,
            successor_id=row.successor or None,
        )
        self.new.append(new)
        self.report.added.append(_words(new))

    def _update(self, division, row):
        before = [getattr(division, name) for name in FIELDS]
        name, was_retired = division.name, division.retired_on
        division.name, division.level, division.parent_id = row.name, row.level, row.parent or None
        division.kind = _kind(row) or division.kind
        division.retired_on = row.retired_on and (was_retired or row.retired_on)
        if row.successor or not row.retired_on:  # a file that does not say leaves what is known
            division.successor_id = row.successor or None
        is_same = before == [getattr(division, name) for name in FIELDS]
        self._tell(division, name, was_retired, is_same)
        if not is_same:
            self.saved.append(division)

    def _tell(self, division, name, was_retired, is_same):
        words = _words(division) if division.name == name else f"{division.code} {name} → {division.name}"
        report = self.report
        if is_same:
            report.unchanged.append(words)
        elif bool(was_retired) != bool(division.retired_on):
            (report.restored if was_retired else report.retired).append(words)
        else:
            (report.changed if division.name == name else report.renamed).append(words)

    def _retire(self, division):
        division.retired_on = self.on
        self.saved.append(division)
        self.report.retired.append(_words(division))


def _kind(row) -> str:
    if row.level not in LEVELS_WITH_KINDS:
        return ""
    own = "" if row.code.startswith("X") else codes.kind_of(row.code)
    return WORDS_OF_KINDS.get(row.kind, own)


def _words(division) -> str:
    """Of a division or its row."""
    return f"{division.code} {division.name}"
