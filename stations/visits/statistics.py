"""What is counted of visits: how often who came in, and how many residents were received."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from liaison.tools.figures import Figure
from liaison.tools.parts import ByClaim, ByColumn
from liaison.tools.sheets import Column
from representatives.models import Person
from stations.register.models import StationAssignment
from stations.visits.models import ENTRY_TYPES, FORM_CHOICES, Attendance, Visit

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
    "reception_residents": (
        _("Residents received on reception days"),
        _("The residents received, added up over the reception days held in the period."),
    ),
    "representatives_entered": (
        _("Representatives who entered"),
        _("Representatives present at one visit or more in the period ÷ representatives with a place at a station."),
    ),
    "duty_records": (
        _("Records of duty"),
        _("Representatives marked present at the visits held in the period, by the form of the visit."),
    ),
    "representatives_without_record": (
        _("Representatives without a record in the period"),
        _("Representatives with a place at a station and present at no visit of the period; for reminding in private."),
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
    ByColumn(
        "duty_records",
        "form",
        _("Records of duty, by form"),
        [_("form of the visit"), WORDS["duty_records"][0]],
        "visit__form",
        dict(FORM_CHOICES),
    ),
]


def who_entered(visit) -> str:
    return " / ".join(str(words) for words, column in ENTERED.values() if getattr(visit, column))


def levels_of(person) -> str:
    congresses = {mandate.term.congress.level: mandate.term.congress for mandate in person.mandates.all()}
    return " / ".join(str(congresses[level].get_level_display()) for level in sorted(congresses))


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
DUTY = [*ATTENDANCE[:-1], Column("form", _("form of the visit"), "visit.get_form_display")]


PERSON = [
    Column("representative", _("representative"), "name"),
    Column("work", _("work unit and post")),
    Column("levels", _("level"), levels_of),
]


def figures(rows, period, today) -> list[Figure]:
    """`rows(Model)` gives the rows that may be counted. What happened does not depend on today."""
    visits = rows(Visit).held(period).select_related("station")
    visits = visits.only("date", "form", "residents_received", "station__name", *ENTRY_TYPES.values())
    present = _present(rows, period)
    return [
        _count("visits_held", visits, VISIT),
        *[_count(key, visits.filter(**{column: True}), VISIT) for key, column in ENTRY_TYPES.items()],
        _count("residents_received", visits, VISIT, total="residents_received"),
        _count("reception_residents", visits.filter(form="reception"), VISIT, total="residents_received"),
        _count("representative_attendances", _with_names(present), ATTENDANCE),
        _count("duty_records", _with_names(present), DUTY),
        _entered(_placed(rows, period, today), present),
    ]


def figures_of_persons(rows, period, today) -> list[Figure]:
    """For the officers of representatives' work alone: whom to remind in private."""
    idle = _placed(rows, period, today).exclude(_is_in(_present(rows, period)))
    return [_count("representatives_without_record", idle, PERSON)]


def _present(rows, period):
    return rows(Attendance).filter(status="present", **period.days("visit__date"), visit__voided_on=None)


def _is_in(attendances):
    return Exists(attendances.order_by().filter(mandate__person=OuterRef("pk")))


def _placed(rows, period, today):
    """Who had a place at a station on the last day of the period, or has one today."""
    places = rows(StationAssignment).in_force(min(period.ends_on, today)).order_by()
    return Person.objects.filter(pk__in=places.values("mandate__person")).prefetch_related("mandates__term__congress")


def _entered(placed, present):
    entered = placed.filter(_is_in(present))
    key = "representatives_entered"
    return Figure(key, *WORDS[key], None, PERSON, numerator=entered, denominator=placed)


def _with_names(attendances):
    attendances = attendances.select_related("visit__station", "mandate__person", "mandate__term__congress")
    return attendances.defer("visit__content", "visit__results").order_by("-visit__date", "-visit_id", "id")


def _count(key, rows, columns, **kind):
    return Figure(key, *WORDS[key], rows, columns, **kind)
