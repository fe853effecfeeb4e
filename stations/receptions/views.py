"""When representatives receive residents, for residents."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from liaison.divisions.models import Division
from liaison.tools.text import clean_line
from stations.receptions.announced import served
from stations.receptions.feeds import Subscription
from stations.receptions.models import Reception
from stations.register.models import Station

A_PAGE = 50
MOST_STREETS = 150
STREET, VILLAGE = 4, 5  # levels of divisions
WHAT_CAME_AFTER = ("successor__successor__successor",)


@login_not_required
@require_safe
def schedule(request):
    """The coming days of the stations in the division served: of one station or street, or found by words."""
    words = clean_line(request.GET.get("q", ""))[:50].strip()
    coming = served().announced(timezone.localdate())
    streets, station = _streets(coming), _station_asked_for(request)
    street = next((row for row in streets if row.code == request.GET.get("street")), None)
    found = coming.filter(station=station) if station else coming.within(street.code) if street else coming
    found = found.filter(_about(words)) if words else found
    page = Paginator(found.with_names(), A_PAGE).get_page(request.GET.get("page"))
    asked = {"query": words, "street": street, "station": station, "streets": streets if len(streets) > 1 else []}
    only = station or _only_one(street)
    context = {"page": page, "total": page.paginator.count, "feed": Subscription.of(only), "feed_of": only}
    return render(request, "stations/receptions/list.html", context | asked)


def _station_asked_for(request) -> Station | None:
    code = clean_line(request.GET.get("station", ""))[:30]
    return Station.objects.operating().filter(code=code).first() if code else None


def _only_one(street) -> Station | None:
    """The street's one station, whose days are then all of the street's."""
    found = list(Station.objects.operating().within(street.code)[:2]) if street else []
    return found[0] if len(found) == 1 else None


def _streets(coming) -> list[Division]:
    """Streets and townships where somebody will be received, unless they are too many to choose from."""
    stations = Station.objects.filter(pk__in=coming.order_by().values("station"))
    areas = Division.objects.filter(pk__in=stations.values("division")).select_related(*WHAT_CAME_AFTER)
    heirs = [area.heir for area in areas]
    codes = {heir.parent_id if heir.level == VILLAGE else heir.code for heir in heirs if heir.level >= STREET}
    return list(Division.objects.filter(pk__in=codes)) if len(codes) <= MOST_STREETS else []


def _about(words: str) -> Q:
    """Of the station, its street, the place of the reception, or somebody who receives."""
    received_by = Reception.objects.filter(mandates__person__name__contains=words)
    matching = Q(pk__in=received_by.values("pk"))
    for name in ("station__name", "station__address", "station__division__name", "place"):
        matching |= Q(**{f"{name}__contains": words})
    return matching
