"""The ledgers this installation keeps, each with its shipped columns: the apps above say which when they are loaded."""

from collections.abc import Callable
from dataclasses import dataclass

from liaison.tools.sheets import Column


@dataclass(frozen=True)
class Ledger:
    """`columns(user)` are the shipped ones; `fixed` the headings of those that no layout touches, `leading` those that
    a layout may rename and not move or hide.
    """

    key: str
    title: str
    columns: Callable
    fixed: tuple[str, ...] = ()
    leading: tuple[Column, ...] = ()


SHIPPED: dict[str, Ledger] = {}


def ship(ledger: Ledger) -> None:
    """Called by the apps above for each ledger they keep."""
    SHIPPED[ledger.key] = ledger


def title_of(key: str) -> str:
    """The shipped title; the bare key of a ledger that is no longer kept."""
    return str(SHIPPED[key].title) if key in SHIPPED else key
