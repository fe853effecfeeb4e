"""A measure: a figure of a station worked out from ordinary records, with the rows behind it.

Any app may have some, in a module named by EIGHT_HAVES_MEASURES that lists them as MEASURES; stations import none.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from django.conf import settings

from liaison.tools.figures import Reading
from liaison.tools.sheets import Column
from stations.eight_haves.records import Records

PERCENT = "%"


@dataclass(frozen=True)
class Option:
    """Something a criterion may set: a number, a switch (True, False) or, with `choices`, some of them."""

    key: str
    name: str
    usual: int | bool | str | tuple
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Measure:
    """`read(records, options)` gives the reading of each station by its key; `options` has a value for every option."""

    key: str
    name: str
    definition: str
    unit: str
    read: Callable[[Records, dict], dict[int, Reading]]
    columns: tuple[Column, ...]
    options: tuple[Option, ...] = ()
    may_exceed_all: bool = False  # percent of what is wanted, not of what there is
    counts_chosen: str = ""  # the option of whose choices it reads how many hold
    rows_name: str = ""  # what the rows are, where they are not what is counted
    rows_for: str = ""  # the permission without which nobody reads the rows, where their own kind's is not enough

    @property
    def is_percent(self) -> bool:
        return self.unit == PERCENT

    @property
    def decimals(self) -> int:
        """How finely it reads: percent to one decimal, all else is counted."""
        return 1 if self.is_percent else 0

    def most(self, chosen: dict) -> int | None:
        """The largest value there is; None where there is none."""
        if self.counts_chosen:
            return len(self._settings(chosen)[self.counts_chosen])
        return 100 if self.is_percent and not self.may_exceed_all else None

    @property
    def rows_title(self) -> str:
        return self.rows_name or self.name

    def readings(self, records: Records, chosen: dict) -> dict[int, Reading]:
        return self.read(records, self._settings(chosen))

    def _settings(self, chosen):
        return {option.key: chosen.get(option.key, option.usual) for option in self.options}


@cache
def all_measures() -> dict[str, Measure]:
    """By key, in the order of the setting."""
    rooms = [import_module(name) for name in settings.EIGHT_HAVES_MEASURES]
    return {measure.key: measure for room in rooms for measure in room.MEASURES}
