"""The demo's texts: everything in `texts/` is invented, in the voice of residents of Harbin."""

import csv
from datetime import date
from functools import cache
from pathlib import Path

TEXTS = Path(__file__).resolve().parent / "texts"


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The lines of one file of `texts/`, in its order."""
    with (TEXTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def phrases(kind: str) -> list[str]:
    return [row["text"] for row in rows("phrases") if row["kind"] == kind]


def phrase(kind: str, **facts) -> str:
    """The one text of its kind, with the facts in their places."""
    (text,) = phrases(kind)
    return text.format(**facts)


def in_season(months: str, day: date) -> bool:
    """Whether `months` ('10-4', or nothing for all year) holds the day's month."""
    if not months:
        return True
    first, last = map(int, months.split("-"))
    return first <= day.month <= last if first <= last else day.month >= first or day.month <= last


def pieces(text: str, mark: str) -> list[list[str]]:
    """'a/b/c;d/e/f' as [[a, b, c], [d, e, f]] when the mark is '/'."""
    return [part.split(mark) for part in text.split(";") if part]
