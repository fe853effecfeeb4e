"""A figure taken apart: each part has a name in the address, words for people, and its own rows of the figure."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from liaison.tools.figures import Figure

NOTHING_SAID = "none"  # stands in the address for rows whose column is empty


@dataclass(frozen=True)
class ByColumn:
    """Every row in one part, by what stands in `column`. `words` is the path of its words or a table of them.

    `figure` is the key of the figure taken apart, `name` the parameter in the address.
    """

    figure: str
    name: str
    title: str
    headings: list[str]
    column: str
    words: str | dict

    def counts(self, rows: QuerySet) -> list[tuple[str, str, int]]:
        """(value in the address, words, number of rows), the most frequent first."""
        return [(_in_address(value), words, size) for value, words, size in self._found(rows)]

    def narrow(self, figure: Figure, chosen: str) -> Figure:
        """The same figure of one part only; empty where nothing stands under the value."""
        for value, words, _size in self._found(figure.rows):
            if _in_address(value) == chosen:
                return figure.part(words, **{self.column: value})
        return figure.part("", pk__in=[])

    def _found(self, rows) -> Iterator[tuple]:
        paths = [self.column] if isinstance(self.words, dict) else [self.column, self.words]
        groups = rows.prefetch_related(None).order_by().values_list(*paths).annotate(size=Count("pk"))
        for value, *words, size in groups.order_by("-size", self.column):
            yield value, self._words_of(value, *words), size

    def _words_of(self, value, words=None):
        known = self.words.get(value) if isinstance(self.words, dict) else words
        return known or _("not stated")


@dataclass(frozen=True)
class ByClaim:
    """Parts that may overlap: `claims` says under each value of the address its words and the claim's column."""

    figure: str
    name: str
    title: str
    headings: list[str]
    claims: dict[str, tuple[str, str]]

    def counts(self, rows: QuerySet) -> list[tuple[str, str, int]]:
        sizes = {value: Count("pk", filter=Q(**{column: True})) for value, (_words, column) in self.claims.items()}
        found = rows.order_by().aggregate(**sizes)
        return [(value, words, found[value]) for value, (words, _column) in self.claims.items()]

    def narrow(self, figure: Figure, chosen: str) -> Figure:
        if chosen not in self.claims:
            return figure.part("", pk__in=[])
        words, column = self.claims[chosen]
        return figure.part(words, **{column: True})


def _in_address(value) -> str:
    return NOTHING_SAID if value is None else str(value)
