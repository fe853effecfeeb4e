"""`/representatives/`: who represents whom, at which station. Contact goes through the station."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Min, Prefetch, Q
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from liaison.divisions.codes import code_range
from liaison.rulebook.office import served_office
from liaison.tools.admin import is_key
from liaison.tools.text import clean_line
from representatives.models import LEVEL_CHOICES, DutyStatement, Group, GroupMember, Mandate, Person
from stations.receptions.announced import served
from stations.receptions.feeds import Subscription, answer
from stations.receptions.models import Reception
from stations.register.models import Station, StationAssignment

A_PAGE = 24


@login_not_required
@require_safe
def people(request):
    """Those of the congresses here and those placed at a station here, by name, seat, station, group or level."""
    seats = seats_here(timezone.localdate())
    words, level = clean_line(request.GET.get("q", ""))[:50].strip(), request.GET.get("level", "")
    code, groups = clean_line(request.GET.get("station", "")), _groups(seats)
    station = Station.objects.operating().filter(code=code).first() if code else None
    group = next((row for row in groups if str(row.pk) == request.GET.get("group")), None)
    found = _matching(seats, words, level, station)
    found = found.filter(pk__in=_members().filter(group=group).values("mandate")) if group else found
    page = Paginator(persons(found, seats), A_PAGE).get_page(request.GET.get("page"))
    asked = {"query": words, "level": level, "station": station, "group": group}
    context = {"page": page, "levels": _levels(seats), "groups": groups}
    return render(request, "public/people/list.html", context | asked)


@login_not_required
@require_safe
def person(request, pk):
    """Somebody in office here; whoever is not any more is not public any more."""
    found = _shown(pk)
    stations = list(dict.fromkeys(place.station for seat in found.seats for place in seat.places))
    context = {"person": found, "stations": stations, "station": stations[0] if stations else None}
    _tell_next_receptions(stations)
    context["statements"] = _statements(found)
    context["feed"] = Subscription(reverse("representatives:feed", args=(pk,)))
    return render(request, "public/people/person.html", context)


@login_not_required
@require_safe
def feed(request, pk):
    """The days on which this representative receives, for a calendar; of whom is not public there is none."""
    found = _shown(pk)
    receiving = Reception.objects.filter(mandates__in=[seat.pk for seat in found.seats])
    return answer(request, served().filter(pk__in=receiving.values("pk")), found.name)


def _shown(pk):
    seats = seats_here(timezone.localdate())
    found = persons(seats.filter(person_id=pk), seats).first() if is_key(Person, pk) else None
    if found is None:
        raise Http404
    return found


def _tell_next_receptions(stations) -> None:
    """Each station gets its `next_reception`: the next day on which residents are received there, if one is planned."""
    coming = Reception.objects.upcoming(timezone.localdate()).filter(station__in=stations).with_calendar()
    first = {row.station_id: row for row in reversed(list(coming))}
    for station in stations:
        station.next_reception = first.get(station.pk)


def _statements(person):
    """What was reviewed and published of the person's work in the congresses of their seats, the newest first."""
    congresses = {seat.term.congress_id for seat in person.seats}
    published = DutyStatement.objects.published(timezone.localdate()).select_related("mandate__term__congress")
    return published.filter(mandate__person=person, mandate__term__congress__in=congresses).order_by("-year", "-id")


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


def _members():
    return GroupMember.objects.in_force(timezone.localdate())


def _groups(seats) -> list[Group]:
    """The groups to which somebody here belongs."""
    return list(Group.objects.filter(pk__in=_members().filter(mandate__in=seats).values("group")).order_by("name"))


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
    """The people of the mandates found, the highest level first, each with their `seats`, `places` and `circles`."""
    places = _places(timezone.localdate()).select_related("station").order_by("-is_primary", "id")
    shown = seats.select_related("term__congress").order_by("term__congress__level", "id")
    circles = _members().select_related("group").order_by("id")
    shown = shown.prefetch_related(
        Prefetch("assignments", places, to_attr="places"), Prefetch("groups", circles, to_attr="circles")
    )
    highest = Min("mandates__term__congress__level", filter=Q(mandates__in=seats))
    people = Person.objects.filter(pk__in=found.values("person")).annotate(highest=highest)
    return people.order_by("highest", "id").prefetch_related(Prefetch("mandates", shown, to_attr="seats"))


def _levels(seats) -> list[tuple[int, str]]:
    """The levels there is somebody of."""
    present = set(seats.order_by().values_list("term__congress__level", flat=True).distinct())
    return [(key, words) for key, words in LEVEL_CHOICES if key in present]
