"""Whether what happened was written down in time."""

from collections import defaultdict
from functools import cache

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from liaison.tools.deadlines import due_on
from liaison.tools.figures import TO_CONFIRM, Reading
from liaison.tools.sheets import Column
from stations.eight_haves.measures.activities import VISIT, WITH_POINTS, visits
from stations.eight_haves.measures.roll import attendances, with_guests
from stations.eight_haves.measuring import Measure, Option
from stations.eight_haves.mending import complete_visit, see
from stations.eight_haves.months import last_day_to_enter, month_and_day

ENTERED = (*VISIT, Column("entered_at", gettext_lazy("entered at")))


def entered_late(records, options):
    """How many visits were entered after the 10th of the next month."""
    words = _("%(late)s (due by the 10th of the next month)")
    return {pk: _late(pk, rows, last_day_to_enter, words) for pk, rows in visits(records, options).items()}


def slow_to_enter(records, options):
    """How many visits were entered more than so many working days after they were held."""
    days = int(options["days"])
    words = _("%(late)s (due within %(days)s working days)") % {"late": "%(late)s", "days": days}

    @cache
    def last_day(held_on):
        return due_on(held_on, days, "working_days", records.is_working_day)

    return {pk: _late(pk, rows, last_day, words) for pk, rows in visits(records, options).items()}


def _late(pk, rows, last_day, words):
    if not rows:
        return _without_visits(pk)
    late = [row for row in rows if timezone.localdate(row.entered_at) > last_day(row.date)]
    return Reading(len(late), words % {"late": _late_words(late)}, tuple(late), _see(pk))


def _without_visits(pk):
    return Reading(None, _("No activity on record in this period"), (), _see(pk), TO_CONFIRM)


def _see(pk):
    return see("visits_visit_changelist", "visits.view_visit", station__id__exact=pk)


def _late_words(late):
    by_month = defaultdict(list)
    for row in late:
        by_month[row.date.replace(day=1)].append(timezone.localdate(row.entered_at))
    return _("、").join(_month_words(month, days) for month, days in sorted(by_month.items()))


def _month_words(month, days):
    facts = {"month": month.month, "count": len(days), "day": month_and_day(max(days))}
    return _("%(count)s activities of month %(month)s entered only on %(day)s") % facts


def incomplete(records, options):
    """How many visits have no recorder, or nobody who was there."""
    came = {row.visit_id for row in records.once(attendances)} | records.once(with_guests)
    return {pk: _incomplete(pk, rows, came) for pk, rows in visits(records, options).items()}


def _incomplete(pk, rows, came):
    if not rows:
        return _without_visits(pk)
    unsigned = [row for row in rows if not row.recorder.strip()]
    empty = [row for row in rows if row.pk not in came]
    found = sorted({*unsigned, *empty}, key=lambda row: (row.date, row.pk))
    said = [_("without a recorder: %(days)s") % _days(unsigned)] if unsigned else []
    said += [_("without anybody who was there: %(days)s") % _days(empty)] if empty else []
    words = _("%(count)s activities are incomplete (%(what)s)") % {"count": len(found), "what": _("; ").join(said)}
    return Reading(len(found), words, tuple(found), complete_visit(found[0].pk) if found else None)


def _days(rows):
    return {"days": _("、").join(map(month_and_day, sorted({row.date for row in rows})))}


MEASURES = [
    Measure(
        "visits_entered_late",
        gettext_lazy("Visits entered late"),
        gettext_lazy("Visits of the period entered after the 10th of the next month."),
        pgettext_lazy("unit", "visits"),
        entered_late,
        ENTERED,
        (WITH_POINTS,),
    ),
    Measure(
        "days_to_enter",
        gettext_lazy("Visits not entered within some working days"),
        gettext_lazy("Visits of the period entered more than so many working days after they were held."),
        pgettext_lazy("unit", "visits"),
        slow_to_enter,
        ENTERED,
        (Option("days", gettext_lazy("within so many working days"), 3), WITH_POINTS),
    ),
    Measure(
        "visits_incomplete",
        gettext_lazy("Incomplete records of visits"),
        gettext_lazy("Visits of the period without a recorder, or without anybody on record as there."),
        pgettext_lazy("unit", "visits"),
        incomplete,
        VISIT,
        (WITH_POINTS,),
    ),
]
