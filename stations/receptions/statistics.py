"""What is counted of reception days: planned, held, moved because of a day of rest, cancelled."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from liaison.tools.figures import Figure
from liaison.tools.parts import ByColumn
from liaison.tools.sheets import Column
from stations.receptions.models import CANCELLED, HELD, Reception

WORDS = {
    "receptions_planned": (
        _("Reception days planned"),
        _("Reception days entered for a day of the period, cancelled ones among them."),
    ),
    "receptions_held": (
        _("Reception days held"),
        _("Reception days of the period that a station has marked as held."),
    ),
    "receptions_shifted": (
        _("Reception days moved"),
        _("Reception days of the period that were first meant for a day of rest before it."),
    ),
    "receptions_cancelled": (
        _("Reception days cancelled"),
        _("Reception days of the period that a station has cancelled."),
    ),
}
PARTS = [
    ByColumn(
        "receptions_held",
        "station",
        _("Reception days held, by station"),
        [_("station"), WORDS["receptions_held"][0]],
        "station__code",
        "station__name",
    ),
]
RECEPTION = [
    Column("date", _("date")),
    Column("planned_on", _("day first meant")),
    Column("station", _("station"), "station.name"),
    Column("status", _("status"), "get_status_display"),
    Column("reason", _("reason")),
]


def figures(rows, period, today) -> list[Figure]:
    """`rows(Model)` gives the rows that may be counted. What was planned does not depend on today."""
    planned = rows(Reception).during(period).select_related("station")
    planned = planned.only("date", "planned_on", "status", "reason", "station__name")
    return [
        _count("receptions_planned", planned),
        _count("receptions_held", planned.filter(status=HELD)),
        _count("receptions_shifted", planned.exclude(date=F("planned_on"))),
        _count("receptions_cancelled", planned.filter(status=CANCELLED)),
    ]


def _count(key, rows):
    return Figure(key, *WORDS[key], rows, RECEPTION)
