"""A person's duty record of some days, worked out and never stored: counts by kind with the rows behind them, and the
year's checklist. So many questions for fifty persons as for one; no order by counts, nothing added up over kinds."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from liaison.divisions.codes import code_range
from liaison.duty.sources import Row, rows_of
from liaison.tools.periods import Period
from representatives.models import ChecklistItem, DutyKind, Mandate
from representatives.models.duty import GROUP_CHOICES

NATIONAL = ""  # the congress that has no division


@dataclass(frozen=True)
class Line:
    """A kind and what was done of it while the congress met, or between; `rows` hold leave and absence too."""

    kind: DutyKind
    group: str
    rows: list[Row]

    @property
    def key(self) -> str:
        """Of a kind told on two lines each has its own."""
        return self.kind.pk if self.group == self.kind.group else f"{self.kind.pk}-{self.group}"

    @property
    def group_words(self) -> str:
        return str(dict(GROUP_CHOICES)[self.group])

    @property
    def count(self) -> int:
        return sum(row.counts for row in self.rows)


@dataclass(frozen=True)
class Ticked:
    """A line of the checklist in a year: how much was done of how much."""

    year: int
    item: ChecklistItem
    done: int

    @property
    def is_met(self) -> bool:
        return self.done >= self.item.at_least


@dataclass
class Record:
    person: int
    period: Period
    rows: list[Row]
    seats: list[Mandate]
    kinds: list[DutyKind]
    items: list[ChecklistItem]

    @property
    def lines(self) -> list[Line]:
        """Kinds in use for these seats, with or without rows, and those put out of use that have some."""
        by_kind = defaultdict(list)
        for row in self.rows:
            by_kind[row.kind].append(row)
        shown = [kind for kind in self.kinds if by_kind[kind.pk] or (kind.is_active and self._is_for_them(kind))]
        return [line for kind in shown for line in _lines(kind, by_kind[kind.pk])]

    @property
    def counts(self) -> dict[str, int]:
        """By kind, its lines together."""
        found = Counter()
        for line in self.lines:
            found[line.kind.pk] += line.count
        return dict(found)

    @property
    def checklist(self) -> list[Ticked]:
        years = range(self.period.starts_on.year, self.period.ends_on.year + 1)
        return [Ticked(year, item, self._done(item, year)) for year in years for item in self._items(year)]

    def row(self, key: str) -> Row | None:
        return next((row for row in self.rows if row.key == key), None)

    def _is_for_them(self, kind) -> bool:
        return any(_holds_at(kind.division_id, seat) for seat in self.seats)

    def _items(self, year):
        seats = [seat for seat in self.seats if _was_held_in(seat, year)]
        return [item for item in self.items if _is_of(item, year) and any(_asks(item, seat) for seat in seats)]

    def _done(self, item, year) -> int:
        return sum(row.counts and row.kind == item.kind_id and row.date.year == year for row in self.rows)


def _lines(kind, rows) -> list[Line]:
    """One for each group that has rows, in the order of the groups; without rows one in the kind's own."""
    by_group = defaultdict(list)
    for row in rows:
        by_group[row.group or kind.group].append(row)
    groups = [group for group, _words in GROUP_CHOICES if by_group[group]] or [kind.group]
    return [Line(kind, group, by_group[group]) for group in groups]


def _was_held_in(seat, year) -> bool:
    return seat.starts_on.year <= year and (seat.ends_on is None or seat.ends_on >= date(year, 1, 1))


def _is_of(item, year) -> bool:
    return item.first_year <= year and (item.last_year is None or year <= item.last_year)


def _asks(item, seat) -> bool:
    return item.level in (None, seat.term.congress.level) and _holds_at(item.division_id, seat)


def _holds_at(division, seat) -> bool:
    """Without a division everywhere, else in the congresses of the division and below."""
    if division is None:
        return True
    low, high = code_range(division)
    return low <= (seat.term.congress.division_id or NATIONAL) < high


def records_of(persons: Iterable[int], period: Period) -> dict[int, Record]:
    """The records of all these persons, by the person's key."""
    persons = list(persons)
    kinds, items = list(DutyKind.objects.all()), list(ChecklistItem.objects.select_related("kind"))
    rows, seats = defaultdict(list), defaultdict(list)
    for row in rows_of(persons, period):
        rows[row.person].append(row)
    for seat in Mandate.objects.filter(person__in=persons).select_related("term__congress"):
        seats[seat.person_id].append(seat)
    return {person: Record(person, period, rows[person], seats[person], kinds, items) for person in persons}


def record_of(person: int, period: Period) -> Record:
    return records_of([person], period)[person]
