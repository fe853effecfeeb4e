"""Whether what happened was written down in time."""

from collections import defaultdict

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liaison.tools.figures import TO_CONFIRM, Reading
from liaison.tools.sheets import Column
from stations.eight_haves.measures.activities import VISIT, visits
from stations.eight_haves.measuring import Measure
from stations.eight_haves.mending import see
from stations.eight_haves.months import last_day_to_enter, month_and_day

ENTERED = (*VISIT, Column("entered_at", gettext_lazy("entered at")))


def entered_late(records, options):
    """How many visits were entered after the 10th of the next month."""
    return {pk: _late(pk, rows) for pk, rows in visits(records, options).items()}


def _late(pk, rows):
    mend = see("visits_visit_changelist", "visits.view_visit", station__id__exact=pk)
    if not rows:
        return Reading(None, _("No activity on record in this period"), (), mend, TO_CONFIRM)
    late = [row for row in rows if timezone.localdate(row.entered_at) > last_day_to_enter(row.date)]
    return Reading(len(late), _late_words(late) if late else "", tuple(late), mend)


def _late_words(late):
    by_month = defaultdict(list)
    for row in late:
        by_month[row.date.replace(day=1)].append(timezone.localdate(row.entered_at))
    said = [_month_words(month, days) for month, days in sorted(by_month.items())]
    return _("%(late)s (due by the 10th of the next month)") % {"late": _("、").join(said)}


def _month_words(month, days):
    facts = {"month": month.month, "count": len(days), "day": month_and_day(max(days))}
    return _("%(count)s activities of month %(month)s entered only on %(day)s") % facts


MEASURES = [
    Measure(
        "visits_entered_late",
        gettext_lazy("Visits entered late"),
        gettext_lazy("Visits of the period entered after the 10th of the next month."),
        gettext_lazy("visits"),
        entered_late,
        ENTERED,
    ),
]
