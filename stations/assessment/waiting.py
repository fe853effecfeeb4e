"""What is to be rectified, and what waits for the recheck: lines on the first page of whoever has to do it."""

from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stations.assessment import workflow
from stations.assessment.models import Rectification
from stations.assessment.models.rectifications import OVERDUE, TO_RECHECK, order_on

LATE = 2  # of the ranks, as the overdue of other matters
MOST = 5


def to_rectify(user):
    yield from _lines(user, workflow.MEND, lambda rows: rows.filter(done_on=None))


def to_recheck(user):
    yield from _lines(user, workflow.RECHECK, lambda rows: rows.how_far(TO_RECHECK, timezone.localdate()))


def _lines(user, move, narrow):
    if not user.has_perm(move.permission):
        return
    today = timezone.localdate()
    rows = narrow(Rectification.objects.visible_to(user, move.permission)).order_by(*order_on(today))
    for item in rows.select_related("assessment__station")[:MOST]:
        yield _line(item, move, today)


def _line(item, move, today) -> dict:
    step = reverse("admin:assessment_move", args=(item.assessment_id, move.key))
    late = (today - item.due_on).days if item.how_far(today) == OVERDUE else 0
    return {
        "rank": (LATE, -late, item.due_on, item.pk),
        "name": item.assessment.station.name,
        "href": reverse("admin:assessment_rectification_change", args=(item.pk,)),
        "gist": item.what,
        "why": _("thing to be rectified"),
        "word": "",
        "late": late,
        "due": item.due_on,
        "step": move.label,
        "step_href": f"{step}?item={item.pk}",
    }


admin.site.add_to_do(to_rectify)
admin.site.add_to_do(to_recheck)
