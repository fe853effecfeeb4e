"""What is counted of stations: how far they reach, how many work, and which representatives belong to one."""

import operator
from functools import reduce

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liaison.divisions.models import Division
from liaison.tools.figures import Figure
from liaison.tools.parts import ByColumn
from liaison.tools.sheets import Column
from representatives.models import LEVEL_CHOICES, Mandate
from stations.register.models import KIND_CHOICES, Station, StationAssignment

WORDS = {
    "street_coverage": (
        _("Streets and townships covered"),
        _(
            "Streets and townships with a station in normal operation ÷ all streets and townships; development zones, "
            "farms and other quasi-township units stand apart. As it stands today, whatever the period."
        ),
    ),
    "quasi_coverage": (
        _("Quasi-township units covered"),
        _(
            "Development zones, farms and other quasi-township units with a station in normal operation ÷ all of them. "
            "As it stands today, whatever the period."
        ),
    ),
    "stations_operating": (
        _("Stations operating"),
        _("Stations in normal operation, of every kind. As it stands today, whatever the period."),
    ),
    "mandates_assigned": (
        _("Mandates assigned to stations"),
        _(
            "Mandates with a place at a station ÷ mandates in office of the congresses here; those of higher "
            "congresses count where they have a place at a station here. As it stands today, whatever the period."
        ),
    ),
}
PARTS = [
    ByColumn(
        "stations_operating",
        "kind",
        _("Stations operating, by kind"),
        [_("kind"), WORDS["stations_operating"][0]],
        "kind",
        dict(KIND_CHOICES),
    ),
    ByColumn(
        "mandates_assigned",
        "level",
        _("Mandates in office, by level"),
        [_("level"), _("Mandates in office")],
        "term__congress__level",
        dict(LEVEL_CHOICES),
    ),
]
DIVISION = [
    Column("code", _("code")),
    Column("name", _("division")),
    Column("kind", _("kind"), "get_kind_display"),
    Column("parent", _("parent division"), "parent.name"),
]
STATION = [
    Column("code", _("code")),
    Column("name", _("station")),
    Column("kind", _("kind"), "get_kind_display"),
    Column("division", _("division"), "division.name"),
    Column("opened_on", _("opened on")),
]
MANDATE = [
    Column("representative", _("representative"), "person.name"),
    Column("level", _("level"), "term.congress.get_level_display"),
    Column("term", _("term")),
    Column("elected_by", _("electoral district"), lambda mandate: mandate.electoral_district or mandate.electing_unit),
]
# Where a street finds a station of its own: in it, in a village below it, or in what it succeeds.
INSIDE = ("division", "division__parent", "division__successor", "division__parent__successor")


def figures(rows, period, today) -> list[Figure]:
    """`rows(Model)` gives the rows that may be counted. All of these are as they stand today."""
    working = rows(Station).operating().select_related("division")
    return [
        *_of_divisions(rows(Division).current().select_related("parent"), working),
        Figure("stations_operating", *WORDS["stations_operating"], working, STATION, of_today=True),
        _of_mandates(rows, today),
    ]


def _of_divisions(divisions, working):
    inside = reduce(operator.or_, (Q(pk__in=working.order_by().values(path)) for path in INSIDE))
    streets, quasi = divisions.covered(), divisions.filter(kind="quasi")
    return [
        _rate("street_coverage", streets.filter(inside), streets, DIVISION),
        _rate("quasi_coverage", quasi.filter(inside), quasi, DIVISION),
    ]


def _of_mandates(rows, today):
    """A division's own congresses, and whoever of a higher one has a place there."""
    places = rows(StationAssignment).in_force(today).order_by()
    placed = Q(pk__in=places.values("mandate"))
    here = Q(term__congress__division__in=rows(Division).order_by().values("pk"))
    mandates = Mandate.objects.active(today).filter(placed | here)
    mandates = mandates.select_related("person", "term__congress").order_by("term__congress__level", "id")
    return _rate("mandates_assigned", mandates.filter(placed), mandates, MANDATE)


def _rate(key, numerator, denominator, columns):
    return Figure(key, *WORDS[key], None, columns, numerator=numerator, denominator=denominator, of_today=True)
