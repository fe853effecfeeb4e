"""Which columns a ledger shows, in what order and under what names: an office's own layout over the shipped one.

The shipped columns stay in code, where an upgrade changes them. A layout keeps only keys, headings and what is hidden:
a key that is no longer shipped is passed over, a column shipped since then stands behind the others, and what an
office has renamed stays renamed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from liaison.rulebook.clocks import upward
from liaison.rulebook.models import SheetLayout
from liaison.tools.sheets import Column


@dataclass(frozen=True)
class Placed:
    """A shipped column where a layout puts it; without a heading of the office's own it has the shipped one."""

    column: Column
    heading: str = ""
    is_hidden: bool = False

    @property
    def shown(self) -> Column:
        return replace(self.column, heading=self.heading) if self.heading else self.column


def placed(shipped: Iterable[Column], kept: Iterable[dict]) -> list[Placed]:
    """All shipped columns in the layout's order, hidden ones among them."""
    known = {column.key: column for column in shipped}
    said = {row["key"]: row for row in kept if row["key"] in known}
    return [
        Placed(known[key], said.get(key, {}).get("heading", ""), said.get(key, {}).get("hidden", False))
        for key in [*said, *(key for key in known if key not in said)]
    ]


def renamed(column: Column, kept: Iterable[dict]) -> Column:
    """A column that keeps its place, under the office's own heading where it has one."""
    return Placed(column, next((row["heading"] for row in kept if row["key"] == column.key), "")).shown


def arranged(shipped: Iterable[Column], kept: Iterable[dict]) -> list[Column]:
    """The columns as they are shown; as shipped where an upgrade took away the last one that was."""
    shipped = list(shipped)
    return [one.shown for one in placed(shipped, kept) if not one.is_hidden] or shipped


def layout_for(key: str, division_code: str) -> SheetLayout | None:
    """The layout in use of the nearest division upward from `division_code`; None where the shipped one holds."""
    rows = SheetLayout.objects.filter(ledger=key, division_id__in=upward(division_code), is_used=True)
    return max(rows, key=lambda row: len(row.division_id.rstrip("0")), default=None)
