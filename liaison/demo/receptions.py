"""Reception days: half a year of them held, the next three months planned, a day of rest giving way to the next."""

from datetime import date, time, timedelta

from liaison.demo.days import LENGTH, HalfYear
from liaison.demo.library import rows
from stations.receptions.models import CANCELLED, HELD, PLANNED, Reception
from stations.visits.models import Visit

AHEAD = 90  # days


def plan(half_year: HalfYear, stations, company, held: list[Visit], rng) -> None:
    met = {(visit.station.code, visit.date) for visit in held if visit.form == "reception"}
    for row in rows("receptions"):
        mandates = company.mandates[row["station"]]
        for planned_on in days_of(half_year, int(row["day"])):
            reception = _reception(half_year, stations, row, planned_on, met)
            if reception:
                reception.save()
                reception.mandates.set(rng.sample(mandates, min(int(row["people"]), len(mandates))))


def days_of(half_year, day_of_month: int) -> list[date]:
    """That day of every month, from half a year ago to three months ahead."""
    span = (half_year.today + timedelta(days=number) for number in range(-LENGTH, AHEAD))
    return [day for day in span if day.day == day_of_month]


def _reception(half_year, stations, row, planned_on, met) -> Reception | None:
    day = half_year.working_from(planned_on)
    is_past = day < half_year.today
    if is_past and (row["station"], day) not in met:
        return None  # nothing is told of a day of which no visit tells
    return Reception(
        station=stations[row["station"]],
        date=day,
        planned_on=planned_on,
        starts_at=time.fromisoformat(row["starts_at"]),
        ends_at=time.fromisoformat(row["ends_at"]),
        place=row["place"],
        status=HELD if is_past else CANCELLED if row["cancelled"] else PLANNED,
        reason="" if is_past else row["cancelled"],
    )
