"""The public pages composed from several apps: home and what was solved. Nobody's raw words are on them."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from feedback.opinions.publications import Publication
from liaison.notices.views import shown_notices
from liaison.rulebook.office import served_office
from liaison.tools.text import clean_line
from representatives.models import Mandate
from stations.receptions.models import Reception
from stations.register.models import Station, StationAssignment

A_FEW, A_PAGE = 5, 20
HIGHEST_KEY = 2**63 - 1


@login_not_required
@require_safe
def home(request):
    today, office = timezone.localdate(), served_office()
    context = {
        "receptions": _here(office, Reception.objects.all()).upcoming(today).with_names()[:A_FEW],
        "results": _here(office, Publication.objects.all()).published(today).with_facts()[:A_FEW],
        "representatives": _company(office, today),
        "notices": shown_notices(office)[:A_FEW],
    }
    return render(request, "public/home.html", context)


def _here(office, rows):
    """Those of the division this installation serves."""
    return rows.within(office.division_id) if office else rows


def _company(office, today) -> dict:
    """How many mandates are in office, and at how many stations of the division they have their place."""
    placed = StationAssignment.objects.in_force(today).filter(station__in=_here(office, Station.objects.operating()))
    in_office = placed.filter(mandate__in=Mandate.objects.active(today)).order_by()
    return {
        "mandates": in_office.values("mandate__person").distinct().count(),
        "stations": in_office.values("station").distinct().count(),
    }


@login_not_required
@require_safe
def results(request):
    """What was solved, of all stations or of one."""
    code = clean_line(request.GET.get("station", ""))[:30]
    shown = _here(served_office(), Publication.objects.all()).published(timezone.localdate()).with_facts()
    chosen = Station.objects.filter(code=code).first() if code else None
    if code:
        shown = shown.filter(opinion__station=chosen) if chosen else shown.none()
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "total": page.paginator.count, "station": chosen}
    return render(request, "public/results.html", context)


@login_not_required
@require_safe
def result(request, pk):
    """One that is not published, or no longer, answers like one that never was."""
    shown = Publication.objects.published(timezone.localdate()).with_facts()
    found = shown.filter(pk=pk).first() if pk <= HIGHEST_KEY else None
    if found is None:
        raise Http404
    return render(request, "public/result.html", {"result": found})
