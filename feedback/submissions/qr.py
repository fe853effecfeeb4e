"""QR codes as SVG that needs no inline style (our CSP allows none)."""

import io
from dataclasses import dataclass
from itertools import groupby

import segno
from django.utils.safestring import SafeString, mark_safe

BORDER = 4  # squares, as the standard asks


def svg(address: str) -> SafeString:
    """An `<svg class="qr">` of the address, black on white, drawn with attributes only."""
    out = io.BytesIO()
    segno.make(address, error="m").save(
        out, kind="svg", xmldecl=False, svgns=True, border=3, svgclass="qr", lineclass=None, omitsize=True, light="#fff"
    )
    return mark_safe(out.getvalue().decode())  # noqa: S308 - segno's own drawing, our own address


@dataclass(frozen=True)
class Squares:
    """A code as part of a larger drawing: strokes one unit wide on a square of `side` units."""

    side: int
    path: str


def on_a_plate(address: str) -> Squares:
    """To hang on a wall: read with a quarter of it scratched, the quiet border included."""
    rows = list(segno.make(address, error="q").matrix_iter(border=BORDER))
    return Squares(len(rows), "".join(stroke for number, row in enumerate(rows) for stroke in _strokes(number, row)))


def _strokes(number, row):
    place = 0
    for is_dark, squares in groupby(row):
        length = len(list(squares))
        if is_dark:
            yield f"M{place} {number}.5h{length}"
        place += length
