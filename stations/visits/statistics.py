"""What is counted of visits: how often who came in, and how many residents were received."""

from django.utils.translation import gettext_lazy as _

from liaison.tools.figures import Figure
from liaison.tools.parts import ByClaim
from liaison.tools.sheets import Column
from stations.visits.models import ENTRY_TYPES, Attendance, Visit

WORDS = {
    "visits_held": (
        _("Visits held"),
        _("Visits on a day of the period, voided ones left out."),
    ),
    "entries_representatives": (
        _("Representatives entered"),
        _("Visits held in the period at which representatives entered the station."),
    ),
    "entries_departments": (
        _("Government departments entered"),
        _("Visits held in the period at which government departments entered the station."),
    ),
    "entries_leaders": (
        _("Leaders entered"),
        _("Visits held in the period at which leaders entered the station."),
    ),
    "entries_congress_work": (
        _("Congress work entered"),
        _("Visits held in the period at which congress work entered the station."),
    ),
    "representative_attendances": (
        _("Attendances of representatives"),
        _("Representatives marked present at the visits held in the period; each visit counts anew."),
    ),
    "residents_received": (
        _("Residents received"),
        _("The residents received, added up over the visits held in the period."),
    ),
}
ENTERED = {key: (Visit._meta.get_field(column).verbose_name, column) for key, column in ENTRY_TYPES.items()}
PARTS = [
    ByClaim(
        "visits_held",
        "entry",
        _("Visits, by who entered"),
        [_("who entered"), WORDS["visits_held"][0]],
        ENTERED,
    ),
    ByClaim(
        "representative_attendances",
        "entry",
        _("Attendances of representatives, by who entered"),
        [_("who entered"), WORDS["representative_attendances"][0]],
        {key: (words, f"visit__{column}") for key, (words, column) in ENTERED.items()},
    ),
]


def who_entered(visit) -> str:
    return " / ".join(str(words) for words, column in ENTERED.values() if getattr(visit, column))


VISIT = [
    Column("date", _("date")),
    Column("station", _("station"), "station.name"),
    Column("form", _("form of the visit"), "get_form_display"),
    Column("entered", _("who entered"), who_entered),
    Column("residents_received", _("residents received")),
]
ATTENDANCE = [
    Column("date", _("date"), "visit.date"),
    Column("representative", _("representative"), "mandate.person.name"),
    Column("level", _("level"), "mandate.term.congress.get_level_display"),
    Column("station", _("station"), "visit.station.name"),
    Column("entered", _("who entered"), lambda attendance: who_entered(attendance.visit)),
]


def figures(rows, period, today) -> list[Figure]:
    """`rows(Model)` gives the rows that may be counted. What happened does not depend on today."""
    visits = rows(Visit).held(period).select_related("station")
    visits = visits.only("date", "form", "residents_received", "station__name", *ENTRY_TYPES.values())
    present = rows(Attendance).filter(status="present", **period.days("visit__date"), visit__voided_on=None)
    return [
        _count("visits_held", visits, VISIT),
        *[_count(key, visits.filter(**{column: True}), VISIT) for key, column in ENTRY_TYPES.items()],
        _count("residents_received", visits, VISIT, total="residents_received"),
        _count("representative_attendances", _with_names(present), ATTENDANCE),
    ]


def _with_names(attendances):
    attendances = attendances.select_related("visit__station", "mandate__person", "mandate__term__congress")
    return attendances.defer("visit__content", "visit__results").order_by("-visit__date", "-visit_id", "id")


def _count(key, rows, columns, **kind):
    return Figure(key, *WORDS[key], rows, columns, **kind)
