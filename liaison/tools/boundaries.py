"""Boundaries an operator supplies (GeoJSON), drawn by the server: outlines by division code, no service of others.

A map of China may be shown only with its approval number (审图号), which stands beneath it.
"""

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

WIDTH = 1000  # of the drawing, in its own units; the page scales it
LEAST_STEP = 1.0  # units; points closer to the last one are left out
CODES = ("code", "adcode")  # properties under which the official code is found
Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Outline:
    code: str
    rings: tuple[Ring, ...]


@dataclass(frozen=True)
class Drawn:
    """`path` is the data of an SVG path; x and y lie in the middle of its largest ring."""

    code: str
    path: str
    x: int
    y: int


@dataclass(frozen=True)
class Drawing:
    width: int
    height: int
    shapes: tuple[Drawn, ...]


def read(file: str) -> tuple[Outline, ...]:
    """The outlines of a file, read again once it has changed. ValueError or OSError where it cannot be read."""
    return _read(file, Path(file).stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _read(file, _changed):
    try:
        features = json.loads(Path(file).read_text(encoding="utf-8"))["features"]
        found = tuple(Outline(_code(feature), tuple(_rings(feature["geometry"]))) for feature in features)
    except (KeyError, TypeError, IndexError, json.JSONDecodeError) as error:
        raise ValueError(file) from error
    if not any(outline.rings for outline in found):
        raise ValueError(file)
    return found


def _code(feature) -> str:
    facts = feature.get("properties") or {}
    return next((str(facts[name]) for name in CODES if facts.get(name)), str(feature.get("id", "")))


def _rings(geometry):
    pieces = {"Polygon": lambda: [geometry["coordinates"]], "MultiPolygon": lambda: geometry["coordinates"]}
    for polygon in pieces.get(geometry["type"], list)():
        for ring in polygon:
            yield tuple((float(point[0]), float(point[1])) for point in ring)


def draw(outlines) -> Drawing | None:
    """To one scale, north up; None of nothing. A degree of longitude is as long as it is in the middle of them."""
    points = [point for outline in outlines for ring in outline.rings for point in ring]
    if not points:
        return None
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    south, north = min(y for _x, y in points), max(y for _x, y in points)
    shrink = math.cos(math.radians((south + north) / 2))
    scale = WIDTH / max((east - west) * shrink, 1e-9)

    def place(point):
        return (point[0] - west) * shrink * scale, (north - point[1]) * scale

    return Drawing(WIDTH, math.ceil((north - south) * scale), tuple(_drawn(outline, place) for outline in outlines))


def _drawn(outline, place) -> Drawn:
    rings = [_thinned([place(point) for point in ring]) for ring in outline.rings]
    x, y = _middle(max(rings, key=_extent, default=[(0, 0)]))
    path = "".join("M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in ring) + "Z" for ring in rings if ring)
    return Drawn(outline.code, path, round(x), round(y))


def _thinned(points):
    kept = points[:1]
    for point in points[1:]:
        if math.dist(point, kept[-1]) >= LEAST_STEP:
            kept.append(point)
    return kept


def _extent(ring) -> float:
    return (max(x for x, _y in ring) - min(x for x, _y in ring)) * (max(y for _x, y in ring) - min(y for _x, y in ring))


def _middle(ring):
    return sum(x for x, _y in ring) / len(ring), sum(y for _x, y in ring) / len(ring)
