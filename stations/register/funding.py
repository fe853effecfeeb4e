"""What is counted of the register: stations whose activity funds reach the floor of their division."""

from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from liaison.tools.figures import Figure
from liaison.tools.sheets import Column
from stations.register.models import ENTITLED_KINDS, ActivityFunds, FundFloor, Station

WORDS = {
    "stations_funded": (
        _("Stations funded to the standard"),
        _(
            "Stations whose activity funds of the year, from the budget of the same level, reach the standard of their "
            "division, among the operating stations that have one; contact points of villages and communities do not."
        ),
    ),
}
PARTS = []
STATION = [
    Column("station", _("station"), "name"),
    Column("division", _("division"), "division.name"),
    Column("funds", _("activity funds (budget of the same level, yuan)"), "year_amount"),
    Column("floor", _("yearly standard (yuan)"), "year_floor"),
]


def figures(rows, period, today) -> list[Figure]:
    """The year is that of the period's last day; `rows(Model)` gives the rows that may be counted."""
    stations = rows(Station).standing(period.ends_on).filter(kind__in=ENTITLED_KINDS)
    entitled = with_funds(stations, period.ends_on.year).exclude(year_floor=None)
    funded = entitled.filter(year_amount__gte=F("year_floor"))
    return [Figure("stations_funded", *WORDS["stations_funded"], None, STATION, numerator=funded, denominator=entitled)]


def with_funds(stations, year: int):
    """Each with its `year_amount` and the `year_floor` of its division, None where there is none."""
    floors = FundFloor.objects.filter(division_kind=OuterRef("division__kind"), year_from__lte=year)
    funds = ActivityFunds.objects.filter(station=OuterRef("pk"), year=year)
    return stations.select_related("division").annotate(
        year_amount=Subquery(funds.values("amount")[:1]),
        year_floor=Subquery(floors.order_by("-year_from").values("amount")[:1]),
    )
