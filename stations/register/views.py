"""Stations as residents look for them."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from liaison.rulebook.office import served_office
from liaison.tools.text import clean_line
from stations.register.by_district import by_district
from stations.register.models import Station

MOST = 1000
CARDS = 24  # beyond, a line each
FEW = 6  # nobody needs help to find one among so many
WORDS = 5
WITH_DIVISION = ("division__successor__successor__successor",)


@login_not_required
@require_safe
def station_list(request):
    """The operating stations of the division served, by name, address or street, laid out by district."""
    words = clean_line(request.GET.get("q", ""))[:50].strip()
    office = served_office()
    found = _matching(_served(office), words)
    stations, total = list(found[:MOST]), found.count()
    context = {
        "stations": stations,
        "districts": by_district(stations, office.division if office else None),
        "total": total,
        "query": words,
        "is_short": total <= CARDS,
        "has_index": total > FEW,
    }
    return render(request, "stations/register/list.html", context)


def _served(office):
    stations = Station.objects.operating().select_related(*WITH_DIVISION)
    return stations.within(office.division_id) if office else stations


def _matching(stations, words):
    """Each of the words is in one of what is known of a station."""
    for word in words.split()[:WORDS]:
        stations = stations.matching(word)
    return stations
