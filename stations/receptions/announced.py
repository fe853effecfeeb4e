"""Which reception days anybody may read of: those to come, and for a while those that were."""

from datetime import date, timedelta

from liaison.rulebook.office import served_office
from stations.receptions.models import Reception, ReceptionQuerySet

RECENT = timedelta(days=30)


def served() -> ReceptionQuerySet:
    """Of the stations in the division served."""
    office = served_office()
    return Reception.objects.within(office.division_id) if office else Reception.objects.all()


def public(rows: ReceptionQuerySet, today: date) -> ReceptionQuerySet:
    """Of open stations, not long past."""
    return rows.filter(station__status="operating", date__gte=today - RECENT)
