"""When representatives receive residents, for residents."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from liaison.rulebook.office import served_office
from liaison.tools.text import clean_line
from stations.receptions.models import Reception

A_PAGE = 50


@login_not_required
@require_safe
def schedule(request):
    """The coming days of the stations in the division served, found by station, street or place."""
    words = clean_line(request.GET.get("q", ""))[:50].strip()
    coming = _served().announced(timezone.localdate()).with_names()
    found = coming.filter(_about(words)) if words else coming
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "total": page.paginator.count, "query": words}
    return render(request, "stations/receptions/list.html", context)


def _served():
    office = served_office()
    return Reception.objects.within(office.division_id) if office else Reception.objects.all()


def _about(words: str) -> Q:
    """Of the station, its street, the place of the reception, or somebody who receives."""
    received_by = Reception.objects.filter(mandates__person__name__contains=words)
    matching = Q(pk__in=received_by.values("pk"))
    for name in ("station__name", "station__address", "station__division__name", "place"):
        matching |= Q(**{f"{name}__contains": words})
    return matching
