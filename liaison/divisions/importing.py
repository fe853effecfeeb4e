"""Divisions in files: looked up by their codes by everybody, and a file of divisions itself through the pages.

`load.py` does the work; the pages see it as a plan like any other (`liaison.tools.importing`).
"""

from collections.abc import Callable, Iterable
from pathlib import Path

from django.db import transaction

from liaison.divisions import load
from liaison.divisions.models import Division
from liaison.tools.importing.basket import Basket
from liaison.tools.importing.columns import Columns
from liaison.tools.importing.plan import CHANGED, NEW, UNCHANGED, Change, Plan, Subject

COLUMNS = Columns(Path(__file__).parent / "data" / "import_divisions.csv", {})
STATUS = {
    "added": NEW,
    "renamed": CHANGED,
    "changed": CHANGED,
    "restored": CHANGED,
    "retired": CHANGED,
    "unchanged": UNCHANGED,
}


def _everywhere(user, permission):
    """Until accounts are ready nobody's reach is known."""
    return Division.objects.none()


_within: Callable = _everywhere


def set_reach(within: Callable) -> None:
    """Called by accounts when ready: `within(user, permission)` gives the divisions on which it holds."""
    global _within
    _within = within


def within(user, permission: str):
    """The divisions somebody may write on; for the system (None) all."""
    return Division.objects.all() if user is None else _within(user, permission)


def spellings(code: str) -> list[str]:
    """A code, and its shorter form where it is written with the zeros of twelve digits (230102001000)."""
    if len(code) != 12 or not code.isascii() or not code.isdigit():
        return [code]
    short = code[:6] if code.endswith("000000") else code[:9] if code.endswith("000") else code
    return list(dict.fromkeys([code, short]))


def found(divisions, wanted: Iterable[str]) -> dict[str, Division]:
    """Those of the queryset by the codes as they are written in a file."""
    wanted = set(filter(None, wanted))
    known = divisions.in_bulk({spelling for code in wanted for spelling in spellings(code)})
    hits = {code: next((known[each] for each in spellings(code) if each in known), None) for code in wanted}
    return {code: division for code, division in hits.items() if division}


class DivisionFile(Subject):
    """A file of divisions: what it lists is made so, and what it no longer lists is retired (`load.load`)."""

    name = "divisions"
    model = Division
    columns = COLUMNS
    permission = "divisions.load_division"

    def plan(self, source, name=""):
        with transaction.atomic():
            report = self._load(source)
            transaction.set_rollback(True)
        plan = _Loading(Basket(()), self, source)
        changes = [Change(0, words, status) for key, status in STATUS.items() for words in getattr(report, key)]
        plan.changes, plan.rows = changes, len(changes)
        return plan

    def _load(self, source):
        return load.load(source, on=self.today)


class _Loading(Plan):
    """Saved by loading once more."""

    def __init__(self, basket, subject, source):
        super().__init__(basket)
        self.subject, self.source = subject, source

    def save(self):
        self.subject._load(self.source)
