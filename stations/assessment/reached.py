"""Stations by the divisions within reach: what is offered, and which lie there."""

from django.utils.translation import gettext_lazy as _

from stations.eight_haves.forms import divisions_of

EVERYWHERE = "all"


def choices_of(stations) -> list[tuple[str, str]]:
    """All in reach, then the divisions of the stations and those right above; `stations` with division and parent."""
    return [(EVERYWHERE, _("everything in my reach")), *divisions_of(stations)]


def lies_in(station, chosen: str) -> bool:
    return chosen in (EVERYWHERE, station.division_id, station.division.parent_id)
