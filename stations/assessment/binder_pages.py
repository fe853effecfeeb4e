"""The inspection binder of a station: the page to print, and the PDF where one can be made."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from liaison.audit.trail import record
from liaison.rulebook.office import served_office
from liaison.tools import documents
from liaison.tools.papers import paper, pdf_paper
from stations.assessment.binder import binder_of
from stations.assessment.field_form import dates_asked, visible_station
from stations.eight_haves.evaluation import evaluate
from stations.eight_haves.forms import VIEW

STYLES = ("css/archive.css", "css/assessment.css")


def guarded(view):
    return require_safe(never_cache(permission_required(VIEW, raise_exception=True)(view)))


def _asked(request, code):
    """The binder, the station and the dates asked for."""
    station = visible_station(request, code)
    question = dates_asked(request)
    (card,) = evaluate([station], question.period, question.known_by_day)
    return binder_of(card, request.user), station, question.chosen()


def _address(name, code, dates) -> str:
    return f"{reverse(name, args=(code,))}?{urlencode(dates)}"


@guarded
def page(request, code) -> HttpResponse:
    binder, _station, dates = _asked(request, code)
    file = _address("assessment:binder_pdf", code, dates) if documents.can_make_pdf() else ""
    context = {"title": binder.title, "binder": binder, "file": file}
    context["back"] = _address("eight_haves:station", code, dates)
    return paper(request, "papers/assessment/binder.html", context, offered=("a4",))


@guarded
def as_pdf(request, code) -> HttpResponse:
    """Where none can be made, the page that a browser can print."""
    binder, station, dates = _asked(request, code)
    if not documents.can_make_pdf():
        return redirect(_address("assessment:binder", code, dates))
    record("export", station, actor=request.user, detail={"sheet": "binder", "kind": "pdf", "filters": dates})
    said = {"title": binder.title, "station": station.name, "day": binder.known_by.isoformat()}
    context = {"binder": binder, "office": served_office()}
    name = gettext("%(title)s %(station)s %(day)s") % said
    return pdf_paper("papers/assessment/binder_document.html", context, STYLES, name)
