"""The ledgers this installation keeps, each with its shipped columns: the apps above say which when they are loaded."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Ledger:
    """`columns(user)` are the shipped ones; `fixed` the headings of those that no layout touches."""

    key: str
    title: str
    columns: Callable
    fixed: tuple[str, ...] = ()


SHIPPED: dict[str, Ledger] = {}


def ship(ledger: Ledger) -> None:
    """Called by the apps above for each ledger they keep."""
    SHIPPED[ledger.key] = ledger


def title_of(key: str) -> str:
    """The shipped title; the bare key of a ledger that is no longer kept."""
    return str(SHIPPED[key].title) if key in SHIPPED else key
