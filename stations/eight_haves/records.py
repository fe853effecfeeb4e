"""The records stations are judged by, as they were known at the cut-off: each kind is asked for once, for all."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property
from itertools import zip_longest
from operator import attrgetter
from typing import Any

from django.db.models import F, Prefetch, Q, prefetch_related_objects

from liaison.audit.keeping import Past
from liaison.divisions.models import Division
from liaison.rulebook.calendar import working_days
from liaison.tools.periods import LATEST, ONE_DAY, Period
from stations.register.models import ENTITLED_KINDS, Station


class Records:
    """What happened in the period and was known by the end of `known_by`. `on` is the last day that is judged."""

    def __init__(self, stations: Iterable[Station], period: Period, known_by: date):
        if known_by < period.starts_on:
            raise ValueError("the cut-off lies before the period")
        self.period, self.known_by = period, known_by
        self.on = min(period.ends_on, known_by)
        self.span = Period(period.starts_on, self.on)
        self.moment = Period(known_by, known_by).end_moment
        asked = list(stations)
        self._with_statuses = list(_with_statuses(asked))
        self.past = Past(self.moment, {row.pk for row in (*asked, *self._with_statuses)}, Station)
        self.stations = as_they_were(self.past, asked)
        self._found: dict[Any, Any] = {}

    @cached_property
    def points(self) -> dict[int, list[int]]:
        """The points and studios that hang under each station (联络点); a station below another is judged by itself."""
        found: dict[int, list[int]] = {station.pk: [] for station in self.stations}
        for point in sorted(self.past.as_then(Station, self._with_statuses), key=attrgetter("pk")):
            if point.parent_id in found and point.kind not in ENTITLED_KINDS:
                found[point.parent_id].append(point.pk)
        return found

    @cached_property
    def shut(self) -> dict[int, list[Period]]:
        """When each station was not working: planned, suspended or closed, as far as it is on record by the cut-off."""
        statuses: dict[int, dict[date, str]] = {station.pk: {} for station in self.stations}
        for row in self._with_statuses:
            if row.pk in statuses and row.status_since and row.status_entered_at < self.moment:
                statuses[row.pk][row.status_since] = row.status_then
        return {pk: list(_shut(sorted(of_days.items()))) for pk, of_days in statuses.items()}

    @cached_property
    def keys(self) -> list[int]:
        """Of the stations and their points."""
        return list(dict.fromkeys(pk for station, points in self.points.items() for pk in (station, *points)))

    @cached_property
    def is_working_day(self) -> Callable[[date], bool]:
        return working_days(self.past)

    def once(self, find: Callable):
        """`find(records)`, asked once however many measures read it."""
        if find not in self._found:
            self._found[find] = find(self)
        return self._found[find]

    def of(self, model, day: str = "", since: date | None = None) -> dict[int, list]:
        """The rows of each station; with the name of a day field, those of the period (or from `since`) only."""
        key = (model, day, since)
        if key not in self._found:
            self._found[key] = self.by_station(self.read(model.objects.all(), day, since))
        return self._found[key]

    def read(self, rows, day: str = "", since: date | None = None) -> list:
        """Those of a queryset, with the same days; what it joins or annotates comes along."""
        first = since or self.period.starts_on
        here = Q(station__in=self.keys)
        if not day:
            return self.past.of(rows, here)
        if self.on < first:
            return []
        within = Period(first, self.on)
        found = self.past.of(rows, here & Q(**within.days(day)))
        return [row for row in found if within.contains(getattr(row, day))]

    def in_force(self, model) -> dict[int, list]:
        """Of rows from a day to a day, those in force on the last day."""
        return {pk: [row for row in rows if is_in_force(row, self.on)] for pk, rows in self.of(model).items()}

    def rules(self, model) -> list:
        """Those of the whole installation, as they were known."""
        return self.past.known(model, model.objects.all())

    def rolled_up(self, found: dict[int, list]) -> dict[int, list]:
        """To each station's rows those of its points."""
        rows = {pk: [row for key in (pk, *points) for row in found[key]] for pk, points in self.points.items()}
        return found | rows

    def by_station(self, rows: Iterable) -> dict[int, list]:
        found: dict[int, list] = {pk: [] for pk in self.keys}
        for row in rows:
            if row.station_id in found:
                found[row.station_id].append(row)
        return found


def _with_statuses(stations):
    """The stations and what hangs under them, a row for each status they had: both from one question."""
    status = {f"status_{name}": F(f"statuses__{name}") for name in ("since", "entered_at")}
    rows = Station.objects.filter(Q(pk__in=[station.pk for station in stations]) | Q(parent__in=stations))
    return rows.only(*Station.kept_fields).annotate(status_then=F("statuses__status"), **status)


def _shut(statuses):
    """`statuses`: the days from which on each held, in their order."""
    ends = [since - ONE_DAY for since, _status in statuses[1:]]
    for (since, status), until in zip_longest(statuses, ends, fillvalue=LATEST):
        if status != "operating":
            yield Period(since, until)


def as_they_were(past: Past, stations: list[Station]) -> list[Station]:
    """The same stations in the same order, with the name, kind and place they had."""
    then = {row.pk: row for row in past.as_then(Station, stations)}
    found = [then[station.pk] for station in stations]
    moved = [row for row in found if not Station.division.is_cached(row)]
    prefetch_related_objects(moved, Prefetch("division", Division.objects.select_related("parent")))
    return found


def is_in_force(row, on: date) -> bool:
    return row.valid_from <= on and (row.valid_to is None or on <= row.valid_to)
