"""Stations as residents look for them."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from liaison.rulebook.office import served_office
from liaison.tools.text import clean_line
from stations.register.models import Station

MOST = 200


@login_not_required
@require_safe
def station_list(request):
    """The operating stations of the division served, by name, address or street."""
    words = clean_line(request.GET.get("q", ""))[:50].strip()
    stations = _served().matching(words) if words else _served()
    context = {"stations": stations[:MOST], "total": stations.count(), "query": words}
    return render(request, "stations/register/list.html", context)


def _served():
    office = served_office()
    stations = Station.objects.operating().select_related("division__successor__successor__successor")
    return stations.within(office.division_id) if office else stations
