"""Who was at the visits of the period, and which representatives have their place where: read once for all measures."""

from collections import defaultdict

from django.db.models import F, Prefetch, Q, prefetch_related_objects

from representatives.models import Mandate, Term
from stations.eight_haves.measures.activities import visits
from stations.eight_haves.records import is_in_force
from stations.register.models import StationAssignment
from stations.visits.models import Attendance, Guest, Visit

PLACE = [field.attname for field in StationAssignment._meta.concrete_fields]


def attendances(records) -> list[Attendance]:
    """Those present at the visits of the period, whatever station; by `Records.once`."""
    of_period = Q(visit__station__in=records.keys, **records.span.days("visit__date"))
    moved = Q(visit__in=list(records.past.changed(Visit)))
    rows = Attendance.objects.annotate(person=F("mandate__person"))
    found = records.past.of(rows, (of_period | moved) & Q(status="present"))
    return [row for row in found if row.status == "present"]


def with_guests(records) -> set[int]:
    """The visits at which others are on record, those since struck out among them; by `Records.once`."""
    now = {row.pk for rows in visits(records, {}).values() for row in rows if getattr(row, "has_guests", False)}
    return now | {row.visit_id for row in records.past.as_then(Guest, ()) if row.entered_at < records.moment}


def places(records) -> list[StationAssignment]:
    """The places in force on the last day of mandates then in office, each with its mandate; by `Records.once`."""
    seats = {row.pk: row for row in records.once(in_office)}
    now = [_place_of(row) for row in records.once(_seats_and_places) if row.place_id is not None]
    found = []
    for place in records.past.as_then(StationAssignment, now):
        if place.mandate_id in seats and place.entered_at < records.moment and is_in_force(place, records.on):
            place.mandate = seats[place.mandate_id]
            found.append(place)
    return found


def in_office(records) -> list[Mandate]:
    """Mandates in office on the last day, of the stations' congresses or with a place at one of them."""
    then = [row for row in records.once(_mandates).values() if row.entered_at < records.moment]
    return [row for row in then if row.is_in_office(records.on)]


def _mandates(records) -> dict[int, Mandate]:
    """Those that are read, as they were, with the term they had; whatever was deleted since is not among them."""
    now = {row.pk: row for row in records.once(_seats_and_places)}
    then = {row.pk: row for row in records.past.as_then(Mandate, now.values()) if row.pk in now}
    moved = [row for row in then.values() if not Mandate.term.is_cached(row)]
    prefetch_related_objects(moved, Prefetch("term", Term.objects.select_related("congress")))
    return then


def congresses_of(station) -> list[str]:
    """The divisions whose congress may be the station's: its own, the township's above, the county's."""
    code = station.division_id
    return list(dict.fromkeys((code, code[:9], code[:6])))


def _seats_and_places(records) -> list[Mandate]:
    """A row a place, and one of each mandate without: both kinds from one question."""
    codes = {code for station in records.stations for code in congresses_of(station)}
    here = Q(assignments__station__in=records.keys)
    rows = Mandate.objects.filter(Q(term__congress__division__in=codes) | here | Q(pk__in=_changed(records)))
    columns = {f"place_{name}": F(f"assignments__{name}") for name in PLACE}
    whole = rows.with_standing(records.on, records.moment).annotate(**columns)
    return list(whole.select_related("person", "term__congress").order_by("pk"))


def _changed(records):
    """Those whose term, place here or presence was another than it is by now."""
    here = set(records.keys)
    placed = records.past.changed(StationAssignment).values()
    had_a_place = {said["mandate_id"] for said in placed if said["station_id"] in here}
    came = {said["mandate_id"] for said in records.past.changed(Attendance).values()}
    return had_a_place | came | set(records.past.changed(Mandate))


def _place_of(row) -> StationAssignment:
    return StationAssignment(**{name: getattr(row, f"place_{name}") for name in PLACE})


def persons_present(records) -> dict[int, set[int]]:
    """Of each visit the persons present, with whichever mandate, one that has ended since too; by `Records.once`."""
    found = defaultdict(set)
    for row in records.once(attendances):
        found[row.visit_id].add(_person_of(row, records))
    return found


def _person_of(attendance, records):
    mandate = records.once(_mandates).get(attendance.mandate_id)
    return mandate.person_id if mandate else getattr(attendance, "person", None)  # None: both were deleted since
