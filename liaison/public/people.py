"""`/representatives/`: who represents whom, at which station. Contact goes through the station."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Min, Prefetch, Q
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from liaison.divisions.codes import code_range
from liaison.rulebook.office import served_office
from liaison.tools.admin import is_key
from liaison.tools.text import clean_line
from representatives.models import LEVEL_CHOICES, Mandate, Person
from stations.register.models import Station, StationAssignment

A_PAGE = 24


@login_not_required
@require_safe
def people(request):
    """Those of the congresses here and those placed at a station here, by name, seat, station or level."""
    seats = seats_here(timezone.localdate())
    words, level = clean_line(request.GET.get("q", ""))[:50].strip(), request.GET.get("level", "")
    code = clean_line(request.GET.get("station", ""))
    station = Station.objects.operating().filter(code=code).first() if code else None
    found = _matching(seats, words, level, station)
    page = Paginator(persons(found, seats), A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "query": words, "level": level, "levels": _levels(seats), "station": station}
    return render(request, "public/people/list.html", context)


@login_not_required
@require_safe
def person(request, pk):
    """Somebody in office here; whoever is not any more is not public any more."""
    seats = seats_here(timezone.localdate())
    found = persons(seats.filter(person_id=pk), seats).first() if is_key(Person, pk) else None
    if found is None:
        raise Http404
    stations = list(dict.fromkeys(place.station for seat in found.seats for place in seat.places))
    context = {"person": found, "stations": stations, "station": stations[0] if stations else None}
    return render(request, "public/people/person.html", context)


def seats_here(on):
    """Mandates in office on the day: of the congresses of the division served, and of other levels at its stations."""
    office = served_office()
    if office is None:
        return Mandate.objects.active(on)
    low, high = code_range(office.division_id)
    own = Q(term__congress__division_id__gte=low, term__congress__division_id__lt=high)
    placed = _places(on).filter(station__in=Station.objects.within(office.division_id))
    return Mandate.objects.active(on).filter(own | Q(pk__in=placed.values("mandate")))


def _places(on):
    return StationAssignment.objects.in_force(on).filter(station__status="operating")


def _matching(seats, words, level, station):
    if words:
        at_station = _places(timezone.localdate()).filter(station__name__contains=words)
        told = Q(person__name__contains=words) | Q(electoral_district__contains=words)
        seats = seats.filter(told | Q(electing_unit__contains=words) | Q(pk__in=at_station.values("mandate")))
    if level.isdecimal() and int(level) in dict(LEVEL_CHOICES):
        seats = seats.filter(term__congress__level=int(level))
    if station:
        seats = seats.filter(pk__in=_places(timezone.localdate()).filter(station=station).values("mandate"))
    return seats


def persons(found, seats):
    """The people of the mandates found, the highest level first, each with all their `seats` and their `places`."""
    places = _places(timezone.localdate()).select_related("station").order_by("-is_primary", "id")
    shown = seats.select_related("term__congress").order_by("term__congress__level", "id")
    shown = shown.prefetch_related(Prefetch("assignments", places, to_attr="places"))
    highest = Min("mandates__term__congress__level", filter=Q(mandates__in=seats))
    people = Person.objects.filter(pk__in=found.values("person")).annotate(highest=highest)
    return people.order_by("highest", "id").prefetch_related(Prefetch("mandates", shown, to_attr="seats"))


def _levels(seats) -> list[tuple[int, str]]:
    """The levels there is somebody of."""
    present = set(seats.order_by().values_list("term__congress__level", flat=True).distinct())
    return [(key, words) for key, words in LEVEL_CHOICES if key in present]
