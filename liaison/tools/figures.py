"""A figure carries its rows: the number on the page, the list behind it and the download are one object.

A count is the number of its rows, a total the sum of one of their fields, a span the median number of days between two
of them. A rate lists its denominator, each row marked whether it is in the numerator, so that a reader can count the
percentage again from the list alone.
"""

from bisect import bisect
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import cached_property
from itertools import accumulate
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from liaison.tools.sheets import Column

COUNTED = "counted"
NOTHING = "—"


@dataclass(frozen=True, eq=False)
class Figure:
    """For a rate leave `rows` None: they are the denominator's. The numerator is part of it: same model, not sliced."""

    key: str
    name: str
    definition: str
    rows: Any  # a queryset or a list
    columns: list[Column]
    numerator: QuerySet | list | None = None
    denominator: QuerySet | list | None = None
    unit: str = ""
    total: str = ""  # the field of the rows whose sum is the value; empty for a count
    span: tuple[str, str] | None = None  # two day fields of the rows; the value is the median of the days between
    of_today: bool = False  # as it stands today, whatever the period: there is no other period to compare it with

    def __post_init__(self):
        if (self.numerator is None) != (self.denominator is None):
            raise ValueError(f"{self.key}: a rate needs numerator and denominator")
        if self.is_rate:
            rows, mark = _marked(self.numerator, self.denominator)
            self.__dict__.update(rows=rows, columns=[*self.columns, mark], unit=self.unit or "%")

    @property
    def is_rate(self) -> bool:
        return self.denominator is not None

    @cached_property
    def numerator_count(self) -> int | None:
        return None if self.numerator is None else size_of(self.numerator)

    @property
    def denominator_count(self) -> int | None:
        return self._size if self.is_rate else None

    def count(self) -> int:
        """Rows in the list behind the number."""
        return self._size

    @property
    def value(self) -> int | float | None:
        """A count, a total, or a percentage with one decimal; None when there is nothing to take a part of."""
        if self.is_rate:
            return percent(self.numerator_count or 0, self._size)
        if self.span:
            return self._median
        return self._sum if self.total else self._size

    @property
    def shown(self) -> str:
        return NOTHING if self.value is None else str(self.value)

    def recount(self) -> int | float | None:
        """The value again, from nothing but the listed rows: what a suspicious reader does."""
        if self.span:
            return middle((days_between(row, *self.span), 1) for row in self.rows)
        if not self.is_rate:
            return sum(getattr(row, self.total) if self.total else 1 for row in self.rows)
        marks = [self.columns[-1].of(row) for row in self.rows]
        return percent(sum(marks), len(marks))

    def part(self, words: str, **claim) -> "Figure":
        """The same figure of those rows only for which the claim holds."""
        name = f"{self.name} · {words}" if words else self.name
        if not self.is_rate:
            return replace(self, name=name, rows=self.rows.filter(**claim))
        numerator, denominator = self.numerator.filter(**claim), self.denominator.filter(**claim)
        return replace(
            self, name=name, rows=None, columns=self.columns[:-1], numerator=numerator, denominator=denominator
        )

    @cached_property
    def _size(self):
        return size_of(self.denominator if self.is_rate else self.rows)

    @cached_property
    def _sum(self):
        return self.rows.aggregate(sum=Sum(self.total, default=0))["sum"]

    @cached_property
    def _median(self):
        """Asked as one line for each pair of days: there are far fewer of these than rows."""
        pairs = self.rows.prefetch_related(None).order_by().values_list(*self.span).annotate(size=Count("pk"))
        return middle(((last - first).days, size) for first, last, size in pairs)


@dataclass(frozen=True)
class Bar:
    label: str
    value: int
    share: float  # percent of all bars together
    href: str = ""
    note: str = ""


@dataclass(frozen=True)
class Breakdown:
    """A number taken apart; drawn as bars and written as a table with these two or three column headings."""

    title: str
    columns: list[str]
    rows: list[Bar]


def breakdown(title: str, columns: list[str], counts: Iterable[tuple]) -> Breakdown:
    """`counts` holds (label, value), (label, value, href) or (label, value, href, note)."""
    bars = [Bar(label, value, 0.0, *more) for label, value, *more in counts]
    total = sum(bar.value for bar in bars)
    return Breakdown(title, columns, [replace(bar, share=percent(bar.value, total) or 0.0) for bar in bars])


MET, BASICALLY_MET, NOT_MET, TO_CONFIRM, NOT_APPLICABLE = "met", "basically", "not_met", "to_confirm", "not_applicable"


@dataclass(frozen=True)
class Mend:
    """Where what is lacking is mended: what is done there, the page, and who may."""

    action: str
    address: str
    permission: str
    is_form: bool = True  # else what is looked at, from where one goes on

    def back_to(self, address: str) -> str:
        """The page, which leads back to the address once its form is saved."""
        if not self.is_form:
            return self.address
        return f"{self.address}{'&' if '?' in self.address else '?'}{urlencode({'back': address})}"


@dataclass(frozen=True)
class Reading:
    """What a measure read at one station: a value to compare, or how it stands where there is nothing to compare.

    Where the value does not reach what is met, `standing` says how it stands, instead of a comparison.
    `words` say what is lacking, without the final stop; where they name the threshold, they are a function of it.
    `rows` are the records behind the value.
    """

    value: Decimal | int | float | None = None
    words: str | Callable[[Decimal], str] = ""
    rows: tuple = ()
    mend: Mend | None = None
    standing: str = ""


def percent(part: int, whole: int) -> float | None:
    """One decimal, halves upward, as it is taught; None of nothing."""
    if not whole:
        return None
    return float((Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP))


def share(part, whole) -> float | None:
    """Percent with one decimal, never rounded up: to compare with what is wanted. None of nothing."""
    return float((Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_DOWN)) if whole else None


def without_idle_zeros(value) -> str:
    """Without idle zeros: the same on both databases."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def days_between(row, first: str, last: str) -> int:
    return (getattr(row, last) - getattr(row, first)).days


def middle(counted: Iterable[tuple[int, int]]) -> int | float | None:
    """The median of (value, how often); None of nothing. Halfway between the middle two where their number is even."""
    ordered = sorted(counted)
    if not ordered:
        return None
    values, times = zip(*ordered, strict=True)
    upto = list(accumulate(times))
    low, high = (values[bisect(upto, place)] for place in ((upto[-1] - 1) // 2, upto[-1] // 2))
    return low if low == high else (low + high) / 2


def size_of(rows: QuerySet | list) -> int:
    """Asked once of each queryset, however many figures take a part of it."""
    if not isinstance(rows, QuerySet):
        return len(rows)
    if not hasattr(rows, "size_asked"):
        rows.size_asked = rows.count()
    return rows.size_asked


def _marked(numerator, denominator):
    """The denominator's rows, and the column that says of each whether it is in the numerator.

    Asked together only when somebody looks at them: most pages show one figure out of dozens.
    """
    heading = _("Counted in")
    if isinstance(denominator, QuerySet):
        rows = SimpleLazyObject(lambda: denominator.annotate(**{COUNTED: Exists(numerator.filter(pk=OuterRef("pk")))}))
        return rows, Column(COUNTED, heading)
    members = _members(numerator)
    return denominator, Column(COUNTED, heading, lambda row: row in members)


def _members(rows):
    try:
        return frozenset(rows)
    except TypeError:  # rows that cannot be hashed, such as dictionaries
        return rows
