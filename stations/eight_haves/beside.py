"""What apps above say beside what was worked out, on the pages of the eight haves."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Remark:
    """Beside one item: who says it (`label`), how it stands by that, in which words; `address` is a page to open."""

    label: str
    standing: str
    standing_words: str
    words: str
    address: str = ""
    action: str = ""


@dataclass
class Beside:
    """By the key of the item its remarks, and what may be done there; `ways` lead to further pages of the station.

    What may be done and the ways are (words, address).
    """

    remarks: dict[str, list[Remark]] = field(default_factory=dict)
    steps: dict[str, tuple[str, str]] = field(default_factory=dict)
    ways: list[tuple[str, str]] = field(default_factory=list)

    def join(self, other: "Beside") -> None:
        for key, remarks in other.remarks.items():
            self.remarks.setdefault(key, []).extend(remarks)
        self.steps |= other.steps
        self.ways += other.ways


_sources: list[Callable] = []
_counts: list[Callable] = []


def add(source: Callable) -> None:
    """`source(card, user) -> Beside`: what is said of one station's scorecard."""
    _sources.append(source)


def add_counts(source: Callable) -> None:
    """`source(cards, user) -> {key of an item: words}`: what is counted beside each rate of a table."""
    _counts.append(source)


def beside(card, user) -> Beside:
    found = Beside()
    for source in _sources:
        found.join(source(card, user))
    return found


def counts_beside(cards, user) -> dict[str, str]:
    return {key: words for source in _counts for key, words in source(cards, user).items()}
