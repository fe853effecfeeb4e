"""On the first page of whoever has to do it: checks that wait to be moved on, how many wait for a decision or a recheck
or are overdue, what is to be rectified, and what waits for the recheck.
"""

from datetime import date
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stations.assessment import workflow
from stations.assessment.models import Assessment, Rectification
from stations.assessment.models.rectifications import HOW_FAR, OVERDUE, TO_RECHECK, conditions, order_on

LATE = 2  # of the ranks, as the overdue of other matters
NOT_DUE = 3  # behind them
MOST = 5
STEPS = {  # the last first: whoever confirms may also review, and waits for the township all the same
    workflow.CONFIRMS: (workflow.CONFIRM, workflow.FINISH),
    workflow.REVIEWS: (workflow.REVIEW,),
    workflow.HANDS_IN: (workflow.HAND_IN,),
}
DECIDED = {workflow.CONFIRMS: workflow.COUNTY_REVIEW, workflow.REVIEWS: workflow.TOWNSHIP_REVIEW}
LOOKED_AFTER = (OVERDUE, TO_RECHECK)  # by whoever confirms
PLACE = 21  # of the tile, behind that of what the eight haves lack


def to_move_on(user):
    """A check has no day; the one opened first comes first."""
    permission = _last_step(user)
    states = [state for move in STEPS.get(permission, ()) for state in move.sources]
    if states:
        rows = Assessment.objects.visible_to(user, permission).filter(state__in=states)
        for check in rows.select_related("station").order_by("opened_on", "pk")[:MOST]:
            yield _check(check)


def to_decide(user):
    """Tiles, for the lines of an office with many opinions end before its checks; one question for all of them."""
    permission = _last_step(user)
    state = DECIDED.get(permission)
    if state is None:
        return
    rows = Assessment.objects.visible_to(user, permission)
    counts = rows.aggregate(checks=Count("pk", distinct=True, filter=Q(state=state.key)), **_items_of(permission))
    if count := counts.pop("checks"):
        yield _tile(_("Yearly checks: %(state)s"), state.label, count, Assessment, {"state": state.key})
    for key, count in counts.items():
        if count:
            yield _tile(_("Things to be rectified: %(state)s"), HOW_FAR[key], count, Rectification, {"how_far": key})


def _items_of(permission) -> dict:
    if permission != workflow.CONFIRMS:
        return {}
    asked = conditions(timezone.localdate(), "items__")
    return {key: Count("items", filter=asked[key]) for key in LOOKED_AFTER}


def _tile(words, state, count, model, query) -> dict:
    page = f"{reverse(f'admin:assessment_{model._meta.model_name}_changelist')}?{urlencode(query)}"
    return {"name": words % {"state": state}, "value": count, "href": page, "place": PLACE}


def _last_step(user) -> str:
    """The permission of the last step the user may take; empty where there is none."""
    return next(filter(user.has_perm, STEPS), "")


def _check(check) -> dict:
    """What is lacking stands on its page, so that one is opened and not the form of a move."""
    page = reverse("admin:assessment_assessment_change", args=(check.pk,))
    return {
        "rank": (NOT_DUE, 0, date.max, check.pk),
        "gist": _("check of %(year)s") % {"year": check.year},
        "why": check.state_label,
    } | _opens(check.station, page, page, _("Go on with the check"))


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
    page = reverse("admin:assessment_rectification_change", args=(item.pk,))
    return {
        "rank": (LATE, -late, item.due_on, item.pk),
        "gist": item.what,
        "why": _("thing to be rectified"),
        "late": late,
        "due": item.due_on,
    } | _opens(item.assessment.station, page, f"{step}?item={item.pk}", move.label)


def _opens(station, page, step_page, step) -> dict:
    return {"name": station.name, "word": "", "href": page, "step": step, "step_href": step_page}


admin.site.add_waiting(to_decide)
admin.site.add_to_do(to_move_on)
admin.site.add_to_do(to_rectify)
admin.site.add_to_do(to_recheck)
