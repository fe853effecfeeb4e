"""The inspection binder of a station: the page to print, and the PDF where one can be made."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from liaison.audit.trail import record
from liaison.rulebook.office import served_office
from liaison.tools import documents
from liaison.tools.papers import paper, pdf_paper
from stations.assessment.binder import binder_of
from stations.assessment.field_form import visible_station
from stations.eight_haves.evaluation import evaluate
from stations.eight_haves.forms import VIEW, Dates

STYLES = ("css/archive.css", "css/assessment.css")


def guarded(view):
    return require_safe(never_cache(permission_required(VIEW, raise_exception=True)(view)))


def _asked(request, code):
    """The binder, the station and the year asked for."""
    station = visible_station(request, code)
    question = Dates(request.GET, timezone.localdate())
    (card,) = evaluate([station], question.period, question.known_by_day)
    return binder_of(card, request.user), station, question.period.ends_on.year


def _address(name, code, year) -> str:
    return f"{reverse(name, args=(code,))}?year={year}"


@guarded
def page(request, code) -> HttpResponse:
    binder, _station, year = _asked(request, code)
    file = _address("assessment:binder_pdf", code, year) if documents.can_make_pdf() else ""
    context = {"title": binder.title, "binder": binder, "file": file}
    context["back"] = _address("eight_haves:station", code, year)
    return paper(request, "papers/assessment/binder.html", context, offered=("a4",))


@guarded
def as_pdf(request, code) -> HttpResponse:
    """Where none can be made, the page that a browser can print."""
    binder, station, year = _asked(request, code)
    if not documents.can_make_pdf():
        return redirect(_address("assessment:binder", code, year))
    record("export", station, actor=request.user, detail={"sheet": "binder", "kind": "pdf", "filters": {"year": year}})
    name = gettext("%(title)s %(station)s %(year)s") % {"title": binder.title, "station": station.name, "year": year}
    return pdf_paper(
        "papers/assessment/binder_document.html", {"binder": binder, "office": served_office()}, STYLES, name
    )
