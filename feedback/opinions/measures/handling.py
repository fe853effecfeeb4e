"""Whether what was taken on is with somebody, and with whom it stays too long."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from feedback.opinions import workflow
from feedback.opinions.as_known import last_days
from feedback.opinions.measures.rows import OPINION, in_period, list_of, those, way_to
from liaison.tools.figures import Reading
from liaison.tools.sheets import Column
from stations.eight_haves.measuring import Measure

DUE = (*OPINION[:4], Column("reply_due_on", gettext_lazy("reply due on")))


def without_handler(records, options):
    """How many taken on in the period were given to nobody, though the time to assign them is over."""
    last_day = records.once(last_days)

    def is_waiting(known):
        return (
            known.state == "accepted"
            and last_day("assign", known.row.division_id, known.accepted_on) < records.known_by
        )

    taken_on = in_period(records, "accepted_on")
    return {pk: _waiting(pk, tuple(filter(is_waiting, rows))) for pk, rows in taken_on.items()}


def _waiting(pk, rows):
    words = _("%(count)s opinions without a handling department") % {"count": len(rows)}
    return Reading(len(rows), words, rows, way_to(rows, pk, pgettext("to mend", "see"), state="accepted"))


def department_late(records, options):
    """How many are with a department whose day to reply was over on the last day, and is."""

    def is_late(known):
        due_on = known.reply_due_on if known.state in workflow.WITH_DEPARTMENT else None
        return due_on is not None and due_on <= records.on and due_on < records.known_by

    return {pk: _late(pk, tuple(rows)) for pk, rows in those(records, is_late).items()}


def _late(pk, rows):
    words = _("%(count)s opinions are overdue at their handling departments") % {"count": len(rows)}
    return Reading(len(rows), words, rows, list_of(pk, pgettext("to mend", "urge"), late=1))


MEASURES = [
    Measure(
        "opinions_without_handler",
        gettext_lazy("Opinions without a handling department"),
        gettext_lazy("Opinions taken on in the period and given to nobody, though the time to assign them is over."),
        pgettext_lazy("unit", "opinions"),
        without_handler,
        OPINION,
    ),
    Measure(
        "department_late",
        gettext_lazy("Opinions overdue at a department"),
        gettext_lazy("Opinions with a department whose day to reply is over. The department is late, not the station."),
        pgettext_lazy("unit", "opinions"),
        department_late,
        DUE,
    ),
]
