"""What is wrong with the rows of a file, told line by line: a file is taken whole or not at all."""

from contextlib import contextmanager

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from liaison.tools.sheets import SheetRefused

SHOWN = 50


class RowRefused(Exception):
    """One row that cannot be taken; `reason` is a sentence for whoever made the file, `column` what it is about."""

    def __init__(self, reason, column: str = ""):
        super().__init__(str(reason))
        self.reason, self.column = reason, column


class RowErrors:
    """Collects refusals, so that a file is mended in one go: read each row `with errors.of(line)`, then `check()`."""

    def __init__(self):
        self.found: list[tuple[int, str]] = []

    @contextmanager
    def of(self, line: int):
        try:
            yield
        except RowRefused as refusal:
            self.add(line, refusal.reason)

    def add(self, line: int, reason) -> None:
        self.found.append((line, str(reason)))

    def check(self) -> None:
        """Raises SheetRefused with a sentence for each wrong line."""
        if self.found:
            raise SheetRefused("\n".join([*self._lines(), self._count()]))

    def _lines(self):
        shown = sorted(self.found)[:SHOWN]
        return [_("Line {line}: {reason}").format(line=line, reason=reason) for line, reason in shown]

    def _count(self):
        count = len({line for line, _reason in self.found})
        words = ngettext(
            "{count} line cannot be taken, so nothing was saved.",
            "{count} lines cannot be taken, so nothing was saved.",
            count,
        )
        return words.format(count=count)
