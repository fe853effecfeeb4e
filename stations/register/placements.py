"""Which representatives belong to a station on a day: the tick boxes of every page about one."""

from django.db.models import Q

from stations.register.models import StationAssignment


def assignments_on(station, day):
    """Placed there, and their mandate not over."""
    placed = StationAssignment.objects.in_force(day).filter(station=station)
    in_office = Q(mandate__ends_on=None) | Q(mandate__ends_on__gte=day)
    return placed.filter(in_office).select_related("mandate__person", "mandate__term__congress").order_by("id")
