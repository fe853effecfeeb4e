"""What was held at a station: receptions and other visits."""

from datetime import date

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from liaison.tools.figures import NOT_APPLICABLE, Reading, share, without_idle_zeros
from liaison.tools.sheets import Column
from stations.eight_haves.measuring import Measure, Option
from stations.eight_haves.mending import enter_visit
from stations.eight_haves.months import month_and_day, months_due, range_words
from stations.receptions.models import CANCELLED, Reception
from stations.visits.models import FORM_CHOICES, Guest, Visit

VISIT = (
    Column("date", gettext_lazy("date")),
    Column("form", gettext_lazy("form of the visit"), "get_form_display"),
    Column("residents_received", gettext_lazy("residents received")),
    Column("recorder", gettext_lazy("recorded by")),
)
VISITS_HELD = gettext_lazy("Visits held")
WITH_POINTS = Option("with_points", gettext_lazy("those of its linked points count"), False)


def visits(records, options):
    """The visits of the period that stand, those of linked points among them where the setting says so."""
    found = records.once(_standing)
    return records.rolled_up(found) if options.get("with_points") else found


def _standing(records):
    """Each with `has_guests`: whether others than representatives are on record."""
    guests = Guest.objects.filter(visit=OuterRef("pk"), entered_at__lt=records.moment)
    rows = Visit.objects.annotate(has_guests=Exists(guests)).only("entered_at", *Visit.kept_fields)
    return records.by_station(row for row in records.read(rows, "date") if not row.voided_on)


def receptions(records, options):
    """Percent of the months that are over with a reception on record."""
    held = visits(records, options)
    return {station.pk: _receptions(station, records, held[station.pk]) for station in records.stations}


def _receptions(station, records, rows):
    due = months_due(records.period, records.known_by, station, records.shut[station.pk])
    if not due:
        return Reading(words=_("No month of this period is over yet"), standing=NOT_APPLICABLE)
    held = tuple(row for row in rows if row.form == "reception" and row.date.replace(day=1) in due)
    missing = sorted(set(due) - {row.date.replace(day=1) for row in held})
    words = _("%(months)s: %(due)s receptions due, %(held)s on record, missing in %(missing)s") % {
        "months": range_words(due),
        "due": len(due),
        "held": len(held),
        "missing": _("、").join(str(month.month) for month in missing),
    }
    mend = enter_visit(station.pk, form="reception")
    return Reading(share(len(due) - len(missing), len(due)), words, held, mend)


def planned(records, options):
    """Percent of the reception days of the plan that are over on which a reception is on record."""
    plan, held = records.of(Reception, "date"), visits(records, options)
    return {
        station.pk: _planned(station, _days_due(station, plan[station.pk], records), held[station.pk])
        for station in records.stations
    }


def _days_due(station, rows, records):
    """By day, one of its receptions. Today is not over yet; before it opens and while shut a station owes none."""
    first, last = station.opened_on or date.min, min(station.closed_on or date.max, records.known_by)
    shut = records.shut[station.pk]
    held = [row for row in rows if row.status != CANCELLED and first <= row.date < last]
    due = [row for row in held if not any(days.contains(row.date) for days in shut)]
    return {row.date: row for row in sorted(due, key=lambda row: (row.date, row.pk))}


def _planned(station, due, rows):
    if not due:
        return Reading(words=_("No planned reception day of this period is over yet"), standing=NOT_APPLICABLE)
    held = tuple(row for row in rows if row.form == "reception" and row.date in due)
    missing = sorted(set(due) - {row.date for row in held})
    words = _("%(due)s reception days were planned, %(held)s are on record, missing %(missing)s") % {
        "due": len(due),
        "held": len(due) - len(missing),
        "missing": _("、").join(map(month_and_day, missing)),
    }
    first = {"reception": due[missing[0]].pk} if missing else {}
    return Reading(share(len(due) - len(missing), len(due)), words, held, enter_visit(station.pk, **first))


def of_forms(records, options):
    """How many visits were held in the forms chosen."""
    chosen = [form for form, _name in FORM_CHOICES if form in options["forms"]]
    names, query = _names(chosen), {"form": chosen[0]} if chosen else {}

    def reading(pk, rows):
        counted = tuple(row for row in rows if row.form in chosen)
        words = with_wanted(_("%(what)s: %(count)s on record, %(wanted)s wanted"), len(counted), what=names)
        return Reading(len(counted), words, counted, enter_visit(pk, **query))

    return {pk: reading(pk, rows) for pk, rows in visits(records, options).items()}


def forms(records, options):
    """In how many different forms visits were held."""
    return {pk: _forms(pk, rows) for pk, rows in visits(records, options).items()}


def _forms(pk, rows):
    used = [form for form, _name in FORM_CHOICES if form in {row.form for row in rows}]
    if used:
        words = with_wanted(
            _("%(count)s forms of activity (%(what)s), %(wanted)s wanted"), len(used), what=_names(used)
        )
    else:
        words = with_wanted(_("No activity on record in this period, %(wanted)s forms wanted"), 0)
    return Reading(len(used), words, tuple(rows), enter_visit(pk))


def held(records, options):
    return {pk: _held(pk, rows) for pk, rows in visits(records, options).items()}


def _held(pk, rows):
    words = with_wanted(_("%(count)s activities on record in this period, %(wanted)s wanted"), len(rows))
    return Reading(len(rows), words, tuple(rows), enter_visit(pk))


def with_wanted(words, count, **facts):
    """Words that name what is wanted."""
    return lambda wanted: words % ({"count": count, "wanted": without_idle_zeros(wanted)} | facts)


def _names(forms):
    return _("、").join(str(name) for form, name in FORM_CHOICES if form in forms)


MEASURES = [
    Measure(
        "months_with_reception",
        gettext_lazy("Months with a reception"),
        gettext_lazy("Percent of the months of the period that are over in which a reception is on record."),
        "%",
        receptions,
        VISIT,
        (WITH_POINTS,),
    ),
    Measure(
        "planned_receptions_held",
        gettext_lazy("Planned receptions held"),
        gettext_lazy(
            "Percent of the planned reception days of the period that are over on which a reception is on record."
        ),
        "%",
        planned,
        VISIT,
        (WITH_POINTS,),
    ),
    Measure(
        "visits_of_forms",
        gettext_lazy("Visits of chosen forms"),
        gettext_lazy("Visits of the period in the forms chosen."),
        pgettext_lazy("unit", "visits"),
        of_forms,
        VISIT,
        (Option("forms", gettext_lazy("which forms"), ("training",), tuple(FORM_CHOICES)), WITH_POINTS),
    ),
    Measure(
        "forms_of_activity",
        gettext_lazy("Forms of activity"),
        gettext_lazy("How many different forms the visits of the period had."),
        pgettext_lazy("unit", "forms"),
        forms,
        VISIT,
        (WITH_POINTS,),
        rows_name=VISITS_HELD,
    ),
    Measure(
        "visits_held",
        VISITS_HELD,
        gettext_lazy("Visits of the period, whatever their form; voided ones left out."),
        pgettext_lazy("unit", "visits"),
        held,
        VISIT,
        (WITH_POINTS,),
    ),
]
