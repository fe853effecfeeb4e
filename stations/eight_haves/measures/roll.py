"""Who was at the visits of the period, and which representatives have their place where: read once for all measures."""

from collections import defaultdict

from django.db.models import F, Q

from representatives.models import Mandate
from stations.eight_haves.measures.activities import visits
from stations.eight_haves.records import is_in_force
from stations.register.models import StationAssignment
from stations.visits.models import Attendance, Guest, Visit

PLACE = [field.attname for field in StationAssignment._meta.concrete_fields]


def attendances(records) -> list[Attendance]:
    """Those present at the visits of the period, whatever station; by `Records.once`."""
    of_period = Q(visit__station__in=records.keys, **records.span.days("visit__date"))
    moved = Q(visit__in=list(records.past.changed(Visit)))
    found = records.past.of(Attendance.objects.all(), (of_period | moved) & Q(status="present"))
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
    now = {row.pk: row for row in records.once(_seats_and_places)}
    then = [row for row in records.past.as_then(Mandate, now.values()) if row.pk in now]
    return [row for row in then if row.entered_at < records.moment and row.is_in_office(records.on)]


def congresses_of(station) -> list[str]:
    """The divisions whose congress may be the station's: its own, the township's above, the county's."""
    code = station.division_id
    return list(dict.fromkeys((code, code[:9], code[:6])))


def _seats_and_places(records) -> list[Mandate]:
    """A row a place, and one of each mandate without: both kinds from one question."""
    codes = {code for station in records.stations for code in congresses_of(station)}
    here = Q(assignments__station__in=records.keys)
    rows = Mandate.objects.filter(Q(term__congress__division__in=codes) | here | Q(pk__in=_left(records)))
    columns = {f"place_{name}": F(f"assignments__{name}") for name in PLACE}
    whole = rows.with_standing(records.on, records.moment).annotate(**columns)
    return list(whole.select_related("person", "term__congress").order_by("pk"))


def _left(records):
    """Who had a place here and has another, or none, by now."""
    here = set(records.keys)
    changed = records.past.changed(StationAssignment).values()
    return {said["mandate_id"] for said in changed if said["station_id"] in here}


def _place_of(row) -> StationAssignment:
    return StationAssignment(**{name: getattr(row, f"place_{name}") for name in PLACE})


def persons_present(records) -> dict[int, set[int]]:
    """Of each visit the persons present, as far as they have a seat that is read; by `Records.once`."""
    person_of = {row.pk: row.person_id for row in records.once(in_office)}
    found = defaultdict(set)
    for row in records.once(attendances):
        if row.mandate_id in person_of:
            found[row.visit_id].add(person_of[row.mandate_id])
    return found
