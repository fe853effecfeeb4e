"""Which streets and townships have a station and which have none: a tile for each, by district, and a map if supplied.

A tile is taken from the rows of the two figures of coverage, so that page and figures cannot disagree.
"""

from collections import Counter
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from liaison.dashboard.layout import card, figures_of
from liaison.divisions.codes import code_range
from liaison.divisions.models import Division
from liaison.tools import boundaries
from stations.register.models import Station
from stations.register.statistics import INSIDE

FIGURES = ("street_coverage", "quasi_coverage")
ALL, PART, NONE = "all", "part", "none"
SYMBOLS = {ALL: "●", PART: "◐", NONE: "○"}


@dataclass(frozen=True)
class Tile:
    """`stations` is how many work there."""

    code: str
    name: str
    has: bool
    stations: int
    href: str

    @property
    def standing(self) -> str:
        return ALL if self.has else NONE

    @property
    def symbol(self) -> str:
        return SYMBOLS[self.standing]


@dataclass(frozen=True)
class District:
    name: str
    tiles: list[Tile]
    quasi: list[Tile]

    @property
    def covered(self) -> int:
        return sum(tile.has for tile in self.tiles)


def coverage_of(asked) -> dict:
    """What the page shows, in a fixed number of questions."""
    figures = figures_of(asked, FIGURES)
    sizes = _stations_of(asked)
    streets, quasi = (_tiles(figures[key], sizes) for key in FIGURES)
    return {
        "figures": [card(figures[key], asked) for key in FIGURES],
        "districts": _districts(streets, quasi),
        "map": _map(list(streets)),
        "approval": settings.BOUNDARY_APPROVAL,
    }


def _tiles(figure, sizes) -> dict[Division, Tile]:
    rows = figure.rows.select_related("parent__parent").order_by("code")
    return {row: _tile(row, sizes[row.pk]) for row in rows}


def _tile(division, stations) -> Tile:
    return Tile(division.pk, division.name, division.counted, stations, stations_at(division.pk))


def stations_at(code: str) -> str:
    return f"{reverse('admin:stations_station_changelist')}?area={code}&status__exact=operating"


def _stations_of(asked) -> Counter:
    """How many working stations stand in each division, or stood in one that it succeeds."""
    rows = asked.rows(Station).operating().order_by().values_list(*INSIDE)
    return Counter(code for row in rows for code in set(row) - {None})


def _districts(streets, quasi) -> list[District]:
    """In the order of their codes; with the city's name where there is more than one city."""
    parents = {each.parent_id: each.parent for each in [*streets, *quasi]}
    cities = {parent.parent_id for parent in parents.values() if parent}
    return [
        District(_name(parents[code], len(cities) > 1), _below(code, streets), _below(code, quasi))
        for code in sorted(parents, key=str)
    ]


def _below(code, tiles):
    return [tile for division, tile in tiles.items() if division.parent_id == code]


def _name(county, with_city) -> str:
    if county is None:
        return ""
    return f"{county.parent.name} {county.name}" if with_city and county.parent else county.name


# The map


def _map(streets):
    """The outlines of the divisions shown, each with how far it is covered; None without an approved file."""
    if not (settings.BOUNDARY_FILE and settings.BOUNDARY_APPROVAL):
        return None
    outlines = {outline.code: outline for outline in boundaries.read(settings.BOUNDARY_FILE)}
    claims = {code: claim for code in outlines if (claim := _claim(code, streets))}
    drawing = boundaries.draw([outlines[code] for code in claims])
    if drawing is None:
        return None
    names = dict(Division.objects.filter(pk__in=claims).values_list("code", "name"))
    shapes = [claims[shape.code] | {"name": names.get(shape.code, ""), "shape": shape} for shape in drawing.shapes]
    return {"width": drawing.width, "height": drawing.height, "shapes": shapes}


def _claim(code, streets) -> dict | None:
    """How many of the streets within have a station; None where none is shown within."""
    try:
        low, high = code_range(code)
    except ValueError:
        return None
    within = [street.counted for street in streets if low <= street.pk < high]
    if not within:
        return None
    covered, size = sum(within), len(within)
    standing = ALL if covered == size else PART if covered else NONE
    return {
        "standing": standing,
        "symbol": SYMBOLS[standing],
        "covered": covered,
        "size": size,
        "href": stations_at(code),
    }
