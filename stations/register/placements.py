"""Which representatives belong to a station on a day: the tick boxes of every page about one, and what may overlap."""

from bisect import bisect
from datetime import date, timedelta

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liaison.tools.spans import overlapping
from representatives.models import Mandate, MandateStatus
from representatives.standing import Follower
from stations.register.models import StationAssignment


def assignments_on(station, day):
    """Placed there, and in office."""
    placed = StationAssignment.objects.in_force(day).filter(station=station)
    in_office = placed.filter(mandate__in=Mandate.objects.active(day))
    return in_office.select_related("mandate__person", "mandate__term__congress").order_by("id")


def within(scope, day):
    """The mandates with a place at a station of the scope, as keys (`representatives.models.reaching`)."""
    return StationAssignment.objects.in_force(day).filter(scope.rows(StationAssignment)).order_by().values("mandate")


class Expected:
    """Who belongs to a station, for many days: asked once for each stretch of days in which nothing changes."""

    def __init__(self, station):
        self.station = station
        self.turns = sorted(_turns(StationAssignment.objects.filter(station=station)))
        self.known: dict[int, list[StationAssignment]] = {}

    def on(self, day: date) -> list[StationAssignment]:
        stretch = bisect(self.turns, day)
        if stretch not in self.known:
            self.known[stretch] = list(assignments_on(self.station, day))
        return self.known[stretch]


def _turns(placed) -> set[date]:
    """The first days on which somebody is in place or in office, and those on which somebody is no longer."""
    held = placed.values("mandate")
    spans = [
        *placed.values_list("valid_from", "valid_to"),
        *Mandate.objects.filter(pk__in=held).values_list("starts_on", "ends_on"),
    ]
    ended = {last + timedelta(days=1) for _first, last in spans if last}
    stood = MandateStatus.objects.filter(mandate__in=held).values_list("since", flat=True)
    return {first for first, _last in spans} | ended | set(stood)


def why_not_to_place(placement: StationAssignment) -> dict[str, str]:
    """Field -> sentence where it may not be: over, or such a place already on one of these days. Empty where it may."""
    over = placement.mandate.ends_on
    if over and over < placement.valid_from:
        return {"valid_from": _("The mandate was over by then.")}
    others = StationAssignment.objects.filter(mandate_id=placement.mandate_id).exclude(pk=placement.pk)
    meanwhile = overlapping(others, placement.valid_from, placement.valid_to)
    if meanwhile.filter(station_id=placement.station_id).exists():
        return {"station": _("Already at this station at that time.")}
    if placement.is_primary and (primary := meanwhile.filter(is_primary=True).select_related("station").first()):
        said = {"station": primary.station, "day": primary.valid_from}
        return {"is_primary": _("Already has a primary station: %(station)s, since %(day)s.") % said}
    return {}


def end_places(mandates: list[int], day: date) -> None:
    """Places end with their mandate; one that was to begin later never held."""
    rows = StationAssignment.objects.filter(Q(valid_to=None) | Q(valid_to__gt=day), mandate__in=mandates)
    rows.filter(valid_from__gt=day).update(valid_to=F("valid_from"))
    rows.filter(valid_from__lte=day).update(valid_to=day)


def carry_on(successors: list[tuple[Mandate, Mandate]], day: date) -> None:
    """In the new term at the same stations, unless the new mandate has its places already."""
    new_of = {old.pk: new for old, new in successors}
    placed = set(StationAssignment.objects.filter(mandate__in=new_of.values()).values_list("mandate", flat=True))
    held = StationAssignment.objects.in_force(day).filter(mandate__in=new_of)
    StationAssignment.objects.bulk_create(
        StationAssignment(station_id=row.station_id, mandate=new, is_primary=row.is_primary, valid_from=day)
        for row in held
        if (new := new_of[row.mandate_id]).pk not in placed
    )


def facts_of(mandates: list[int]) -> list[tuple]:
    """What a preview stands on."""
    rows = StationAssignment.objects.filter(mandate__in=mandates).order_by("pk")
    return list(rows.values_list("pk", "station_id", "is_primary", "valid_from", "valid_to"))


FOLLOWER = Follower(ended=end_places, went_on=carry_on, facts=facts_of)
