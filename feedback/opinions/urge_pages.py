"""Urging many at once: the late ones, ticked, one press, one slip a page.

Reading writes nothing: the page lists what may be urged, its button records the urgings through the door of each
opinion, and the slips stand at an address of their own that may be opened again.
"""

from itertools import groupby
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from feedback.opinions import papers, workflow
from feedback.opinions.models import OpinionAssignment
from feedback.opinions.urging import OpinionUrging
from liaison.tools.admin import is_key
from liaison.tools.papers import paper
from liaison.tools.workflow import MoveRefused

MOST = 200  # slips at a time
PERMISSION = "opinions.urge_opinion"


def urls(model_admin) -> list:
    page = model_admin.admin_site.admin_view

    def choose(request):
        if request.method == "POST":
            return press(request, _keys(request.POST.getlist("ids")))
        return _list(request, model_admin)

    return [
        path("urge/", page(choose), name="opinions_opinionassignment_urge"),
        path("urge/slips/", page(require_safe(_slips)), name="opinions_opinionassignment_slips"),
    ]


def slips_address(keys) -> str:
    query = urlencode({"ids": ",".join(map(str, keys))})
    return f"{reverse('admin:opinions_opinionassignment_slips')}?{query}"


def urge_all(assignments, user) -> list[str]:
    """Urge each through its opinion's door; whoever was urged today already is left. Returns the refusals, in words."""
    today, refusals = timezone.localdate(), []
    rows = assignments.open().exclude(urgings__urged_on=today).select_related("opinion").order_by("opinion_id", "id")
    for opinion, group in groupby(rows, key=lambda row: row.opinion):
        try:
            opinion.move(workflow.URGE, by=user, assignments=[row.pk for row in group])
        except MoveRefused as refusal:
            words = {"number": opinion.number, "reason": refusal.reason}
            refusals.append(_("%(number)s was not urged: %(reason)s") % words)
    return refusals


def answer(request, assignments):
    """What the button leads to: the slips of all that were ticked, or why there are none."""
    for words in urge_all(assignments, request.user):
        messages.error(request, words)
    keys = set(OpinionUrging.objects.filter(assignment__in=assignments).values_list("assignment", flat=True))
    if not keys:
        messages.error(request, _("Nothing was urged: please tick some that wait for a reply."))
        return redirect("admin:opinions_opinionassignment_urge")
    return redirect(slips_address(sorted(keys)))


def _mine(request):
    if not request.user.has_perm(PERMISSION):
        raise Http404
    return OpinionAssignment.objects.visible_to(request.user, PERMISSION)


def _keys(values) -> list[str]:
    """Keys as `ids=1,2` or `ids=1&ids=2`; what is no key is not there."""
    keys = [key for value in values for key in value.split(",") if key]
    if len(keys) > MOST or not all(is_key(OpinionAssignment, key) for key in keys):
        raise Http404
    return keys


def press(request, keys):
    """Only what the user may urge is urged, whichever rows they see."""
    keys = list(keys[: MOST + 1])
    if len(keys) > MOST:
        messages.error(request, _("At most %(most)s at a time, please tick fewer.") % {"most": MOST})
        return redirect("admin:opinions_opinionassignment_urge")
    return answer(request, _mine(request).filter(pk__in=keys))


def _list(request, model_admin):
    """Those asked for, else all that are late."""
    today, keys = timezone.localdate(), _keys(request.GET.getlist("ids"))
    rows = _mine(request).open()
    rows = rows.filter(pk__in=keys) if keys else rows.overdue(today)
    rows = rows.select_related("opinion", "organisation", "station").prefetch_related("urgings")[:MOST]
    context = model_admin.admin_site.each_context(request) | {
        "title": _("Urge those who are late"),
        "opts": model_admin.opts,
        "lines": [_line(row, today) for row in rows],
        "most": MOST,
    }
    return TemplateResponse(request, "admin/opinions/opinionassignment/urge.html", context)


def _line(row, today) -> dict:
    times = list(row.urgings.all())
    return {
        "pk": row.pk,
        "number": row.opinion.number,
        "matter": row.opinion.gist,
        "organisation": row.organisation,
        "station": row.station,
        "due_on": row.due_on,
        "days_late": max(0, (today - row.due_on).days) if row.due_on else 0,
        "times": len(times),
        "last": times[-1].urged_on if times else None,
    }


def _slips(request):
    """The latest slip of each, one a page."""
    rows = _mine(request).filter(pk__in=_keys(request.GET.getlist("ids")))
    urgings = OpinionUrging.objects.filter(assignment__in=rows).select_related(
        "assignment__organisation", "assignment__opinion__station", "assignment__opinion__category"
    )
    latest = {urging.assignment_id: urging for urging in urgings.order_by("round")}
    sheets = [papers.urging_sheet(urging, urging.assignment.opinion) for urging in latest.values()]
    if not sheets:
        raise Http404
    context = {
        "title": papers.SLIPS["urging"].title,
        "sheets": sheets,
        "template": "papers/opinions/urging.html",
        "back": reverse("admin:opinions_opinionassignment_changelist"),
        "has_own_words": any(sheet["has_own_words"] for sheet in sheets),
    }
    return paper(request, "papers/opinions/slips.html", context)
