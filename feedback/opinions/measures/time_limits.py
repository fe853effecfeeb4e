"""Whether a station kept the time limits that are its own: to verify, to assign, to tell the resident."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from feedback.opinions import workflow
from feedback.opinions.as_known import last_days
from feedback.opinions.measures.rows import OPINION, in_period, list_of, part_of, tell_by, way_to
from liaison.tools.sheets import Column
from stations.eight_haves.measuring import Measure

DECIDED = (
    *OPINION[:3],
    Column("accept_due_on", gettext_lazy("to be verified by"), "row.accept_due_on"),
    Column("decided_on", gettext_lazy("verified on")),
)
GIVEN = (*OPINION[:4], Column("given_on", gettext_lazy("assigned on")))


def accepted_in_time(records, options):
    """Accepted, refused or merged by the day it had to be; a resident who withdrew asked for nothing."""
    received = in_period(records, "received_on")
    return {pk: _accepted(pk, rows, records.known_by) for pk, rows in received.items()}


def _accepted(pk, rows, known_by):
    waiting = [known for known in rows if known.state == workflow.BEGINS and known.row.accept_due_on < known_by]
    asked = [known for known in rows if known.decided_on] + waiting
    late = [known for known in asked if _after(known.decided_on, known.row.accept_due_on)]
    words = _("%(all)s opinions to be verified in this period, %(lacking)s not within the time limit")
    nothing = _("No opinion had to be verified in this period")
    return part_of(asked, late, words, nothing, _list(pk, waiting, pgettext("to mend", "verify")))


def assigned_in_time(records, options):
    """Given to a department, passed on, merged or answered on the spot within the time limit."""
    last_day = records.once(last_days)
    taken_on = in_period(records, "accepted_on")

    def due_on(known):
        return last_day("assign", known.row.division_id, known.accepted_on)

    return {pk: _assigned(pk, rows, due_on, records.known_by) for pk, rows in taken_on.items()}


def _assigned(pk, rows, due_on, known_by):
    waiting = [each for each in rows if not each.given_on and each.state == "accepted" and due_on(each) < known_by]
    asked = [known for known in rows if known.given_on] + waiting
    late = [known for known in asked if _after(known.given_on, due_on(known))]
    words = _("%(all)s opinions to be assigned in this period, %(lacking)s not within the time limit")
    nothing = _("No opinion had to be assigned in this period")
    return part_of(asked, late, words, nothing, _list(pk, waiting, pgettext("to mend", "assign")))


def told_in_time(records, options):
    """The resident was told within the time limit from the reply."""
    due_on, replied = tell_by(records), in_period(records, "replied_on")
    return {pk: _told(pk, rows, due_on, records.known_by) for pk, rows in replied.items()}


def _told(pk, rows, due_on, known_by):
    waiting = [known for known in rows if not known.fed_back_on and due_on(known) < known_by]
    asked = [known for known in rows if known.fed_back_on] + waiting
    late = [known for known in asked if _after(known.fed_back_on, due_on(known))]
    words = _("%(all)s residents to be told in this period, %(lacking)s not within the time limit")
    nothing = _("No resident had to be told in this period")
    return part_of(asked, late, words, nothing, _list(pk, waiting, pgettext("to mend", "tell them")))


def _after(day, due_on) -> bool:
    return day is None or day > due_on


def _list(pk, waiting, action):
    """Those that can still be moved on; what was late once is only looked at."""
    if not waiting:
        return list_of(pk, pgettext("to mend", "see"))
    return way_to(waiting, pk, action, state=waiting[0].state)


MEASURES = [
    Measure(
        "accepted_in_time",
        gettext_lazy("Verified in time"),
        gettext_lazy(
            "Percent of the opinions received in the period that were accepted or refused within the time limit, "
            "of those decided or overdue."
        ),
        "%",
        accepted_in_time,
        DECIDED,
    ),
    Measure(
        "assigned_in_time",
        gettext_lazy("Assigned in time"),
        gettext_lazy(
            "Percent of the opinions accepted in the period that were assigned, passed on or answered on the spot "
            "within the time limit, of those given on or overdue."
        ),
        "%",
        assigned_in_time,
        GIVEN,
    ),
    Measure(
        "told_in_time",
        gettext_lazy("Residents told in time"),
        gettext_lazy(
            "Percent of the opinions replied to in the period whose resident was told within the time limit, "
            "of those told or overdue."
        ),
        "%",
        told_in_time,
        OPINION,
    ),
]
