"""Reception days: a year of them held, the next three months planned, a day of rest giving way to the next."""

from datetime import date, time, timedelta

from liaison.demo.days import DAY, Year, moment
from liaison.demo.library import rows
from stations.receptions.models import CANCELLED, HELD, PLANNED, Reception
from stations.visits.models import Visit

AHEAD = 90  # days


def plan(year: Year, stations, company, held: list[Visit], rng) -> None:
    met = {(visit.station.code, visit.date) for visit in held if visit.form == "reception"}
    for row in rows("receptions"):
        mandates = company.mandates[row["station"]]
        for planned_on in days_of(year, int(row["day"])):
            reception = _reception(year, stations, row, planned_on, met)
            if reception:
                reception.save()
                reception.mandates.set(rng.sample(mandates, min(int(row["people"]), len(mandates))))


def days_of(year, day_of_month: int) -> list[date]:
    """That day of every month, from the first of the year told to three months ahead."""
    ahead = [year.today + timedelta(days=number) for number in range(AHEAD)]
    return [day for day in (*year.days, *ahead) if day.day == day_of_month]


def _reception(year, stations, row, planned_on, met) -> Reception | None:
    day = year.working_from(planned_on)
    status, reason = _what_became(year, row, day, met)
    return status and Reception(
        station=stations[row["station"]],
        date=day,
        planned_on=planned_on,
        starts_at=time.fromisoformat(row["starts_at"]),
        ends_at=time.fromisoformat(row["ends_at"]),
        place=row["place"],
        status=status,
        reason=reason,
        entered_at=moment(min(planned_on - AHEAD * DAY, year.last), 14),
    )


def _what_became(year, row, day, met) -> tuple[str | None, str]:
    """Status and reason; no status where no visit tells of the day: then nothing is told of it at all."""
    if day >= year.today:
        return (CANCELLED if row["cancelled"] else PLANNED), row["cancelled"]
    if str(year.months_ago(day)) == row["missed"]:
        return CANCELLED, row["missed_reason"]
    return (HELD if (row["station"], day) in met else None), ""
