"""What was held at a station: receptions and other visits."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liaison.tools.figures import NOT_APPLICABLE, Reading, percent
from liaison.tools.sheets import Column
from stations.eight_haves.measuring import Measure, Option
from stations.eight_haves.mending import enter_visit
from stations.eight_haves.months import months_due, range_words
from stations.visits.models import Visit

VISIT = (
    Column("date", gettext_lazy("date")),
    Column("form", gettext_lazy("form of the visit"), "get_form_display"),
    Column("residents_received", gettext_lazy("residents received")),
    Column("recorder", gettext_lazy("recorded by")),
)
WITH_POINTS = Option("with_points", gettext_lazy("those of its linked points count"), False)


def visits(records, options):
    """The visits of the period that stand, those of linked points among them where the setting says so."""
    found = {pk: [row for row in rows if not row.voided_on] for pk, rows in records.of(Visit, "date").items()}
    return records.rolled_up(found) if options.get("with_points") else found


def receptions(records, options):
    """Percent of the months that are over with a reception on record."""
    held = visits(records, options)
    return {station.pk: _receptions(station, records, held[station.pk]) for station in records.stations}


def _receptions(station, records, rows):
    due = months_due(records.period, records.known_by, station)
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
    share = percent(len(due) - len(missing), len(due))
    return Reading(share, words, held, enter_visit(station.pk))


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
]
