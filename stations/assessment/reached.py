"""Stations by the divisions within reach: what is offered, and which lie there."""

from django.utils.translation import gettext_lazy as _

EVERYWHERE = "all"


def choices_of(stations) -> list[tuple[str, str]]:
    """All in reach, then the divisions of the stations and those right above; `stations` with division and parent."""
    places = {place.pk: place.name for station in stations for place in _around(station.division)}
    return [(EVERYWHERE, _("everything in my reach")), *sorted(places.items())]


def _around(division):
    return filter(None, (division.parent, division))


def lies_in(station, chosen: str) -> bool:
    return chosen in (EVERYWHERE, station.division_id, station.division.parent_id)
