"""Which open station to turn to where one is shut: by division, as people know their way, not by distance."""

from collections.abc import Iterator

from liaison.rulebook.office import served_office
from stations.register.models import ENTITLED_KINDS, Station


def instead_of(station) -> Station | None:
    """The upper station; else one of the same street, then of the wider areas up to the one served; or none."""
    if station.parent and station.parent.status == "operating":
        return station.parent
    others = Station.objects.operating().exclude(pk=station.pk).order_by("code")
    found = (_best(others.within(code)) for code in _areas(station.division.heir))
    return next(filter(None, found), None)


def _best(stations):
    """Rather one with staff of its own than a contact point."""
    return stations.filter(kind__in=ENTITLED_KINDS).first() or stations.first()


def _areas(division) -> Iterator[str]:
    office = served_office()
    while division is not None:
        yield division.code
        if office and division.code == office.division_id:
            return
        division = division.parent
