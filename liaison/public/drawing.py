"""Where what stands on a plate stands: a drawing in millimetres, the same for the picture, the page and the PDF.

The page to print, the SVG and the PDF all show this one drawing, so they cannot disagree. Text is measured by rule of
thumb, on the wide side, and made smaller until it fits; nothing is ever cut off.
"""

from dataclasses import dataclass, field
from unicodedata import combining, east_asian_width

RED, GOLD, INK, SOFT, WHITE = "#8c1c1f", "#b8892b", "#211c18", "#5b534b", "#fff"
NARROW = 0.62  # of a letter's height: Latin letters and digits, on the average
NEVER_FIRST = "，。、；：？！）》」』”’—…,.;:?!)-"  # no line begins with one of these
STEP, SMALLEST = 0.94, 0.2
LEADING = 1.3


@dataclass(frozen=True)
class Line:
    """Words on one line; x is their middle, or where they begin."""

    text: str
    x: float
    y: float
    size: float
    fill: str = INK
    weight: int = 400
    anchor: str = "middle"


@dataclass(frozen=True)
class Box:
    """A rectangle on the paper, filled or framed."""

    x: float
    y: float
    width: float
    height: float
    fill: str = "none"
    stroke: str = "none"
    thick: float = 0


@dataclass
class Drawing:
    width: float
    height: float
    qr: Box
    boxes: list[Box] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    def write(self, text: str, room: Box, size: float, *, rows: int = 1, **look) -> None:
        """The text in the room, in its middle from top to bottom, as large as fits but no larger than `size`."""
        if not text:
            return
        size, broken = fitted(text, room, size, rows)
        left = look.get("anchor") == "start"
        x = room.x if left else room.x + room.width / 2
        first = room.y + room.height / 2 - (len(broken) - 1) * size * LEADING / 2 + size * 0.36
        for number, words in enumerate(broken):
            y = first + number * size * LEADING
            self.lines.append(Line(words, round(x, 2), round(y, 2), round(size, 2), **look))


def units(text: str) -> float:
    """How wide the text is, in heights of its letters."""
    return sum(0 if combining(mark) else 1 if east_asian_width(mark) in "WFA" else NARROW for mark in text)


def fitted(text: str, room: Box, size: float, rows: int) -> tuple[float, list[str]]:
    """(size, lines): fewer lines come first as long as their letters need not shrink by more than a third."""
    for wanted in range(1, rows + 1):
        least = size * 0.67 if wanted < rows else SMALLEST
        if found := _as_large_as(text, room, size, least, wanted):
            return found
    return SMALLEST, [text]


def _as_large_as(text, room, size, least, rows):
    while size >= least:
        width = room.width / size
        lines = broken(text, width, rows)
        is_low_enough = ((len(lines) - 1) * LEADING + 1) * size <= room.height
        if len(lines) <= rows and is_low_enough and all(units(line) <= width for line in lines):
            return size, lines
        size *= STEP
    return None


def broken(text: str, width: float, rows: int) -> list[str]:
    """The text in lines of about the same length; a line may be longer than `width` only where rows are too few."""
    total = units(text)
    if total <= width or rows == 1:
        return [text]
    even, lines = min(width, total / rows + 1), [""]
    for mark in text:
        if units(lines[-1] + mark) > even and mark not in NEVER_FIRST and not combining(mark):
            lines.append("")
        lines[-1] += mark
    return [line.strip() for line in lines]
