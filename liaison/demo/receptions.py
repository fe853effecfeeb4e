"""Reception days: a year of them held, those to come made from each station's rule, a day of rest giving way."""

from datetime import date, time, timedelta

from liaison.demo.days import DAY, Year, moment
from liaison.demo.library import rows
from stations.receptions.models import CANCELLED, HELD, NOTICE_DAYS, PLANNED, Reception, ReceptionRule
from stations.receptions.scheduling import generate, horizon
from stations.visits.models import Visit

AHEAD = 90  # days for which a day that has no rule was entered


def plan(year: Year, stations, company, held: list[Visit], rng) -> None:
    """What is cancelled for the time being has no rule, so its days to come are entered one by one."""
    met = {(visit.station.code, visit.date) for visit in held if visit.form == "reception"}
    for row in rows("receptions"):
        mandates = company.mandates[row["station"]]
        rule = None if row["cancelled"] else _rule(year, stations, row)
        for planned_on in days_of(year, int(row["day"])):
            reception = _reception(year, stations, row, rule, planned_on, met)
            if reception:
                reception.save()
                reception.mandates.set(rng.sample(mandates, min(int(row["people"]), len(mandates))))
    _make_ahead(year)


def days_of(year, day_of_month: int) -> list[date]:
    """That day of every month, from the first of the year told to three months ahead."""
    ahead = [year.today + timedelta(days=number) for number in range(AHEAD)]
    return [day for day in (*year.days, *ahead) if day.day == day_of_month]


def _rule(year, stations, row) -> ReceptionRule:
    return ReceptionRule.objects.create(
        station=stations[row["station"]],
        kind="monthly",
        numbers=[int(row["day"])],
        seats=int(row["people"]),
        valid_from=year.first,
        entered_at=moment(year.first, 9),
        **_when_and_where(row),
    )


def _when_and_where(row) -> dict:
    hours = {name: time.fromisoformat(row[name]) for name in ("starts_at", "ends_at")}
    return hours | {"place": row["place"]}


def _reception(year, stations, row, rule, planned_on, met) -> Reception | None:
    """None where the rule will make it, and where nothing is told of the day."""
    day = year.working_from(planned_on)
    status, reason = _what_became(year, row, day, met)
    if not status or (rule and day >= year.today):
        return None
    return Reception(
        station=stations[row["station"]],
        rule=rule,
        rule_day=rule and planned_on,
        is_by_hand=rule is None,
        date=day,
        planned_on=planned_on,
        announced_on=day - (NOTICE_DAYS + 1) * DAY if status == HELD else None,
        status=status,
        reason=reason,
        entered_at=moment(min(planned_on - AHEAD * DAY, year.last), 14),
        **_when_and_where(row),
    )


def _what_became(year, row, day, met) -> tuple[str | None, str]:
    """Status and reason; no status where no visit tells of the day: then nothing is told of it at all."""
    if day >= year.today:
        return (CANCELLED if row["cancelled"] else PLANNED), row["cancelled"]
    if str(year.months_ago(day)) == row["missed"]:
        return CANCELLED, row["missed_reason"]
    return (HELD if (row["station"], day) in met else None), ""


def _make_ahead(year) -> None:
    """As if yesterday; what is close by was made known in time."""
    generate(horizon(year.today), year.today, ReceptionRule.objects.all())
    made = Reception.objects.filter(date__gte=year.today, rule__isnull=False)
    made.update(entered_at=moment(year.last, 14))
    for reception in made.filter(date__lte=year.last + NOTICE_DAYS * DAY):
        reception.announced_on = reception.date - (NOTICE_DAYS + 1) * DAY
        reception.save(update_fields=["announced_on"])
