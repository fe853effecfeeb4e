"""A backlog of visits pasted from a spreadsheet: read row by row, told row by row what is wrong, saved all or none."""

import csv
import io
import re
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from liaison.tools.dates import parse_day
from liaison.tools.text import clean_line, clean_text
from stations.receptions.models import Reception
from stations.register.placements import Expected
from stations.visits import lines
from stations.visits.clock import parse_clock
from stations.visits.forms import check_day
from stations.visits.models import ENTRY_TYPES, FORM_CHOICES, Attendance, Commitment, Guest, Visit

MOST = 1_000
COLUMNS = {
    "date": gettext_lazy("date"),
    "starts_at": pgettext_lazy("time of day", "from"),
    "ends_at": gettext_lazy("until"),
    "place": gettext_lazy("place"),
    "types": gettext_lazy("entry types"),
    "form": gettext_lazy("form of the visit"),
    "present": gettext_lazy("representatives present"),
    "leave": gettext_lazy("representatives on leave"),
    "guests": gettext_lazy("other participants"),
    "residents_received": gettext_lazy("residents received"),
    "content": gettext_lazy("what was said and done"),
    "results": gettext_lazy("results"),
    "commitments": pgettext_lazy("of a visit", "commitments"),
    "recorder": gettext_lazy("recorded by"),
}
LONG = {"content", "results"}
LENGTHS = {"place": 100, "recorder": 50, "content": 10_000, "results": 10_000}
EVERYBODY = ("全部", "全部到齐", "全体")
BETWEEN_NAMES = re.compile(r"[、,，;；/\n]+")
BETWEEN_WORDS = re.compile(r"[\s、,，;；/]+")
BETWEEN_ROWS = re.compile(r"[;；\n]+")


@dataclass
class Row:
    """One line of the sheet: its cells as they were typed, what they mean, and what is wrong with them."""

    line: int
    cells: dict[str, str]
    is_another: bool = False
    facts: dict = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def identity(self) -> tuple:
        return self.facts.get("date"), self.facts.get("form"), self.facts.get("starts_at")


# Reading


def read(text: str) -> list[Row]:
    """Rows of what a spreadsheet puts on the clipboard; a first row of headings says which column is which."""
    sheet = [row for row in csv.reader(io.StringIO(clean_text(text)), dialect="excel-tab") if any(map(str.strip, row))]
    keys = _keys_of(sheet[0]) if sheet else None
    body = sheet[1:] if keys else sheet
    keys = keys or list(COLUMNS)
    return [Row(line, _cells(keys, row)) for line, row in enumerate(body, start=2 if len(body) < len(sheet) else 1)]


def _keys_of(first) -> list[str] | None:
    """The columns that a row of headings names, or None where it is a row like the others."""
    known = {_plain(heading): key for key, heading in COLUMNS.items()}
    keys = [known.get(_plain(cell), "") for cell in first]
    return keys if "date" in keys else None


def _plain(heading) -> str:
    return re.sub(r"[\s*（(].*", "", str(heading).strip())


def _cells(keys, row) -> dict:
    cells = dict.fromkeys(COLUMNS, "")
    return cells | {key: cell.strip() for key, cell in zip(keys, row, strict=False) if key}


def write(rows) -> str:
    """The rows as they would be pasted: how the page carries them. Every row keeps the number it was pasted with."""
    out = io.StringIO()
    writer = csv.writer(out, dialect="excel-tab", lineterminator="\n")
    if rows[0].line > 1:
        writer.writerow([str(heading) for heading in COLUMNS.values()])
    writer.writerows([[row.cells[key] for key in COLUMNS] for row in rows])
    return out.getvalue()


# Checking


class Checker:
    """Checks rows against one station: its representatives of the day, and what has been entered already."""

    def __init__(self, station):
        self.station = station
        held = Visit.objects.filter(station=station, voided_on=None)
        self.entered = set(held.values_list("date", "form", "starts_at"))
        self.expected = Expected(station)

    def called(self, day) -> dict[str, list[int]]:
        names: dict[str, list[int]] = {}
        for row in self.expected.on(day):
            names.setdefault(row.mandate.person.name, []).append(row.mandate_id)
        return names

    def check(self, rows) -> None:
        seen = set()
        for row in rows:
            for key in ("date", "starts_at", "ends_at", "form", "types", "residents_received", "roll", "rows", "texts"):
                getattr(self, f"_{key}")(row)
            if not row.errors and not row.is_another and (row.identity in self.entered or row.identity in seen):
                row.errors["date"] = _("This visit seems to have been entered already.")
            seen.add(row.identity)

    def _read(self, row, key, reader):
        try:
            row.facts[key] = reader(row.cells[key])
        except ValidationError as error:
            row.errors[key] = error.messages[0]
        except ValueError as error:
            row.errors[key] = str(error)

    def _date(self, row):
        self._read(row, "date", self._day)

    def _day(self, text):
        day = parse_day(text, timezone.localdate())
        check_day(day, self.station)
        return day

    def _starts_at(self, row):
        self._read(row, "starts_at", _clock)

    def _ends_at(self, row):
        self._read(row, "ends_at", _clock)
        start, end = row.facts.get("starts_at"), row.facts.get("ends_at")
        if start and end and end < start:
            row.errors["ends_at"] = _("The end lies before the beginning.")

    def _form(self, row):
        self._read(row, "form", _form)

    def _types(self, row):
        self._read(row, "types", _types)

    def _residents_received(self, row):
        self._read(row, "residents_received", _number)

    def _roll(self, row):
        for key in ("leave", "present"):
            self._read(row, key, lambda text: self._mandates(row, text))
        if set(row.facts.get("leave", ())) & set(row.facts.get("present", ())):
            if row.cells["present"] in EVERYBODY:
                row.facts["present"] = [pk for pk in row.facts["present"] if pk not in row.facts["leave"]]
            else:
                row.errors["leave"] = _("Somebody is ticked both as there and as on leave.")

    def _mandates(self, row, text) -> list[int]:
        called = self.called(row.facts["date"]) if "date" in row.facts else {}
        if text in EVERYBODY:
            return [pk for keys in called.values() for pk in keys]
        return [_only(called, name) for name in _names(text, called) if "date" in row.facts]

    def _rows(self, row):
        for key, reader, model in (("guests", lines.guest, Guest), ("commitments", lines.commitment, Commitment)):
            self._read(row, key, lambda text, reader=reader, model=model: _rows_of(text, reader, model))

    def _texts(self, row):
        for key, longest in LENGTHS.items():
            self._read(row, key, lambda text, longest=longest: _text(text, longest))
        if not row.cells["content"]:
            row.errors["content"] = _("Please write what was said and done.")


def _clock(text):
    return parse_clock(text) if text else None


def _form(text) -> str:
    known = {str(label): key for key, label in FORM_CHOICES}
    if text not in known:
        raise ValueError(_("There is no such form of a visit."))
    return known[text]


def _types(text) -> list[str]:
    """The fields of the entry types; representatives where nothing is written."""
    known = {str(Visit._meta.get_field(name).verbose_name): name for name in ENTRY_TYPES.values()}
    words = [word for word in BETWEEN_WORDS.split(text) if word]
    if unknown := [word for word in words if word not in known]:
        raise ValueError(_("There is no entry type {word}.").format(word=unknown[0][:10]))
    return [known[word] for word in words] or ["enters_representatives"]


def _number(text) -> int:
    plain = text.removesuffix("人").strip() or "0"
    if not (plain.isascii() and plain.isdigit() and len(plain) <= 4):
        raise ValueError(_("Please write a number from 0 to 9999."))
    return int(plain)


def _names(text, called):
    """Parted by marks or by blanks; a blank may also stand inside a name of two characters (张　三)."""
    for part in filter(None, map(str.strip, BETWEEN_NAMES.split(text))):
        close = re.sub(r"\s", "", part)
        yield from [part] if part in called else [close] if close in called else part.split()


def _only(called, name) -> int:
    keys = called.get(name, [])
    if len(keys) != 1:
        words = _("Two are called {name} here.") if keys else _("{name} is no representative of this station then.")
        raise ValueError(words.format(name=name[:10]))
    return keys[0]


def _rows_of(text, reader, model) -> list[dict]:
    found = [reader(clean_line(part)) for part in BETWEEN_ROWS.split(text) if part.strip()]
    for facts in found:
        for name, value in facts.items():
            longest = model._meta.get_field(name).max_length
            if longest and len(value) > longest:
                raise ValueError(_("Too long, at most {most} characters.").format(most=longest))
        if "due_on" in facts:
            facts["due_on"] = parse_day(facts["due_on"], timezone.localdate(), ahead=True) if facts["due_on"] else None
    return found


def _text(text, longest) -> str:
    if len(text) > longest:
        raise ValueError(_("Too long, at most {most} characters.").format(most=longest))
    return text


# Saving


@transaction.atomic
def save(rows, station, by) -> int:
    """All of them; none is wrong."""
    expected = Expected(station)
    for row in rows:
        _save(row, station, by, expected)
    return len(rows)


def _save(row, station, by, expected):
    facts = row.facts
    names = ("date", "starts_at", "ends_at", "place", "form", "residents_received", "content", "results", "recorder")
    visit = Visit(station=station, entered_by=by, **{name: facts[name] for name in names})
    for name in facts["types"]:
        setattr(visit, name, True)
    visit.save(force_insert=True)
    Attendance.objects.bulk_create(_attendances(visit, facts, expected.on(visit.date)))
    Guest.objects.bulk_create(Guest(visit=visit, **guest) for guest in facts["guests"])
    Commitment.objects.bulk_create(Commitment(visit=visit, **promised) for promised in facts["commitments"])
    if visit.form == "reception":
        Reception.objects.took_place(station, visit.date)


def _attendances(visit, facts, expected):
    """Everybody expected that day, where anybody is named at all."""
    if not facts["present"] and not facts["leave"]:
        return
    for mandate_id in dict.fromkeys(row.mandate_id for row in expected):
        status = "leave" if mandate_id in facts["leave"] else "present" if mandate_id in facts["present"] else "absent"
        yield Attendance(visit=visit, mandate_id=mandate_id, status=status)
