"""Opinions from a file: what residents told another platform and what they were answered (contract.md).

Every row goes through the doors everybody uses, `intake.take` and `opinion.move`; a file is taken whole or not at all.
A row is known by its message_id, and without one by its words, region and time. A row with neither message_id nor time
is always somebody new.
"""

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import cached_property

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from feedback.opinions import intake, workflow
from feedback.opinions.models import Opinion
from liaison.audit.trail import record
from liaison.rulebook.models import Category
from liaison.rulebook.office import served_division
from liaison.tools.dates import YEARS, parse_day
from liaison.tools.row_errors import RowErrors, RowRefused
from liaison.tools.sheets import SheetRefused, read_rows
from liaison.tools.text import clean_line, clean_text, looks_misread
from liaison.tools.workflow import SYSTEM, MoveRefused

MOST = 10_000  # characters of an opinion, as in the residents' form
LENGTHS = {"message_id": 50, "region": 100, "category": 50, "phone": 50, "name": 50}
CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?", re.ASCII)
MARK = "words:"  # begins the message_id of a row that came without one


@dataclass
class Row:
    """One line of the file, cleaned and checked."""

    line: int
    body: str
    message_id: str
    region: str
    category: str
    phone: str
    name: str
    received_at: datetime | None
    reply: str
    replied_at: datetime | None

    @property
    def reporter(self) -> dict | None:
        """Nobody is kept where nobody is named; who is named is confidential."""
        return {"name": self.name, "phone": self.phone} if self.name or self.phone else None


@dataclass
class Tally:
    """What a file brought. Every row added an opinion, completed one, or changed nothing."""

    rows: int = 0
    added: int = 0
    completed: int = 0
    replies: int = 0
    unchanged: int = 0
    nameless: list[int] = field(default_factory=list)  # lines that another import would add again


def import_file(source, *, station=None, is_rehearsal: bool = False) -> Tally:
    """Take in the file, or, as a rehearsal, only say what that would bring. Raises SheetRefused."""
    rows = read(source)
    with transaction.atomic(), transaction.atomic(using="keys"):
        tally = _Import(rows, station).run()
        if is_rehearsal:
            transaction.set_rollback(True)
            transaction.set_rollback(True, using="keys")
    return tally


# Reading


def read(source) -> list[Row]:
    rows, errors = [], RowErrors()
    for line, cells in read_rows(source):
        _require_words(cells)
        with errors.of(line):
            rows.append(_row(line, cells))
    errors.check()
    if not rows:
        raise SheetRefused(_("The file has headings and no rows."))
    _know_by_their_words(rows)
    return rows


def _require_words(cells):
    if not {"title", "body"} & set(cells):
        raise SheetRefused(_("The file needs a column title or body."))


def _row(line, cells) -> Row:
    cells = cells | {"category": cells.get("category") or cells.get("label", "")}
    return Row(
        line=line,
        body=_body(cells),
        received_at=_moment(cells.get("time", "")),
        reply=_readable(clean_text(cells.get("reply", ""))),
        replied_at=_moment(cells.get("reply_time", "")),
        **{name: _short(name, cells.get(name, ""), most) for name, most in LENGTHS.items()},
    )


def _body(cells) -> str:
    """Title and body, one below the other."""
    body = "\n".join(filter(None, (clean_text(cells.get(name, "")).strip() for name in ("title", "body"))))
    if not body:
        raise RowRefused(_("there is neither a title nor a body"))
    if len(body) > MOST:
        raise RowRefused(_("title and body have {count} characters, {most} at most").format(count=len(body), most=MOST))
    return _readable(body)


def _short(column, text, most) -> str:
    text = clean_line(text)
    if len(text) > most:
        raise RowRefused(_("{column} is longer than {most} characters").format(column=column, most=most))
    return _readable(text)


def _readable(text) -> str:
    if looks_misread(text):
        raise RowRefused(_("some characters cannot be read, please save the file in UTF-8"))
    return text


def _moment(text) -> datetime | None:
    """A moment in ISO form, or a day as people write it and perhaps a clock; midnight without one."""
    if not text:
        return None
    try:
        moment = _iso(text) or _day_and_clock(text)
    except ValueError:
        wrong = _("the time {text} cannot be read, please write it like 2026-03-10 14:30")
        raise RowRefused(wrong.format(text=text[:30])) from None
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


def _iso(text) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.year not in YEARS:
        raise ValueError(text)
    return moment


def _day_and_clock(text) -> datetime:
    day, _blank, clock = text.partition(" ")
    found = CLOCK.fullmatch(clock.strip() or "0:00")
    if not found:
        raise ValueError(text)
    hour, minute, second = (int(part or 0) for part in found.groups())
    return datetime.combine(parse_day(day, timezone.localdate()), time(hour, minute, second))


def _know_by_their_words(rows):
    """Where a row has a time and no message_id, the same file again must add nothing; nor do equal rows become one."""
    seen = Counter()
    for row in rows:
        if row.received_at and not row.message_id:
            said = f"{row.received_at.isoformat()}\n{row.region}\n{row.body}"
            seen[said] += 1
            row.message_id = MARK + hashlib.sha256(f"{seen[said]}\n{said}".encode()).hexdigest()[:40]


# Taking in


class _Import:
    """One file on its way through the doors, inside one transaction."""

    def __init__(self, rows, station):
        self.rows, self.station = rows, station
        self.tally, self.now = Tally(), timezone.now()
        ids = {row.message_id for row in rows} - {""}
        self.known = Opinion.objects.select_for_update().in_bulk(ids, field_name="message_id")
        self.categories: dict[str, Category] = {}

    @cached_property
    def division(self):
        """Of all of them, asked for once: of thousands of rows that was a third of the time."""
        return self.station.division if self.station else served_division()

    def run(self) -> Tally:
        errors = RowErrors()
        for row in self.rows:
            with errors.of(row.line):
                self._take(row)
        errors.check()
        return self.tally

    def _take(self, row):
        self.tally.rows += 1
        opinion = self.known.get(row.message_id)
        if opinion is None:
            self._add(row)
        elif self._complete(opinion, row):
            self.tally.completed += 1
        else:
            self.tally.unchanged += 1

    def _add(self, row):
        said = intake.Said(
            body=row.body,
            place=row.region or _("place not stated"),
            station=self.station,
            division=self.division,
            channel="import",
            reporter=row.reporter,
            received_at=row.received_at or self.now,
            entered_at=self.now,
            facts={"message_id": row.message_id or None, **self._facts(row)},
        )
        opinion = intake.take(said, by=SYSTEM).opinion
        self._reply(opinion, row)
        self._remember(opinion, row)

    def _remember(self, opinion, row):
        self.tally.added += 1
        if row.message_id:
            self.known[row.message_id] = opinion
        else:
            self.tally.nameless.append(row.line)

    def _facts(self, row) -> dict:
        return {"region": row.region, "category": self._category(row.category)}

    def _complete(self, opinion, row) -> bool:
        """Give it what it lacked; what it has stays."""
        lacked = {name: value for name, value in self._facts(row).items() if value and not getattr(opinion, name)}
        for name, value in lacked.items():
            setattr(opinion, name, value)
        if lacked:
            opinion.save(update_fields=list(lacked))
            record("complete", opinion, actor=SYSTEM, detail={"fields": sorted(lacked)})
        return self._reply(opinion, row) or bool(lacked)

    def _reply(self, opinion, row) -> bool:
        if not row.reply or opinion.replied_on:
            return False
        try:
            opinion.move(workflow.IMPORT_REPLY, by=SYSTEM, at=row.replied_at or self.now, text=row.reply)
        except MoveRefused as refusal:
            raise RowRefused(f"{opinion.number}: {refusal.reason}") from refusal
        self.tally.replies += 1
        return True

    def _category(self, name) -> Category | None:
        if name and name not in self.categories:
            self.categories[name] = _category_named(name)
        return self.categories.get(name)


def _category_named(name) -> Category:
    """Of that name on any level. An unknown one is made, to be placed by somebody; renamed, it is still found."""
    code = f"IMP-{hashlib.sha256(name.encode()).hexdigest()[:12]}"
    known = Category.objects.filter(name=name).first() or Category.objects.filter(code=code).first()
    return known or Category.objects.create(code=code, name=name, is_mapped=False)
