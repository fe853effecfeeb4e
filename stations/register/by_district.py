"""The stations of an area laid out by what lies right below it: a city's by district, a district's by street."""

from dataclasses import dataclass, field

from liaison.divisions.codes import SIGNIFICANT
from liaison.divisions.models import Division
from stations.register.models import Station

COUNTY = 3


@dataclass
class District:
    code: str
    name: str
    stations: list[Station] = field(default_factory=list)


def by_district(stations, served: Division | None) -> list[District]:
    """In the order of their codes; one more question than the stations' own."""
    level = served.level + 1 if served else COUNTY
    found: dict[str, list[Station]] = {}
    for station in stations:
        found.setdefault(_district_of(station.division.heir, level), []).append(station)
    names = dict(Division.objects.filter(pk__in=found).values_list("code", "name"))
    return [District(code, names.get(code, ""), rows) for code, rows in sorted(found.items())]


def _district_of(division, level) -> str:
    """The code of its ancestor on the level; a code without a level of its own (`X…`) and a higher one stay."""
    if not division.code.isdecimal() or division.level <= level:
        return division.code
    stem = division.code[: SIGNIFICANT[level]]
    return stem if level > COUNTY else stem.ljust(6, "0")
