"""A year of visits: every station's monthly reception, and what else was held there."""

from datetime import date, time, timedelta

from liaison.demo.days import Year, moment
from liaison.demo.library import in_season, pieces, rows
from liaison.demo.places import DISTRICT
from liaison.divisions.codes import kind_of
from stations.visits.models import Attendance, Commitment, Guest, Visit

HOURS = {
    "reception": (time(9), time(11)),
    "appointment": (time(17, 30), time(18, 10)),
    "outreach": (time(15, 30), time(17, 30)),
    "notice_giving": (time(14), time(15, 30)),
}
OTHER_HOURS = (time(14), time(16, 30))
PRESENT, ON_LEAVE, ABSENT = 74, 19, 7  # of a hundred invitations
LATE_BOOKS = {("230102-102-000-Z01", 3): 52}  # days after which a reception so many months ago was written down


def hold(year: Year, stations, company, rng) -> list[Visit]:
    """All visits in the order of their days."""
    plan = receptions(year, stations, rng) + others(year, rng)
    plan.sort(key=lambda item: (item[0], item[1]))
    return [_hold(year, stations[code], company, day, row, rng) for day, code, row in plan]


def receptions(year, stations, rng) -> list[tuple[date, str, dict]]:
    """One a month at every station; what was talked of fits the season and does not repeat two months running."""
    plan, missed = [], {row["station"]: row["missed"] for row in rows("receptions") if row["missed"]}
    for code, station in stations.items():
        last = None
        days = year.reception_days(10 if station.division_id.startswith(DISTRICT) else 15)
        for day in [day for day in days if str(year.months_ago(day)) != missed.get(code)]:
            fitting = [row for row in _receptions_of(station) if in_season(row["months"], day) and row is not last]
            last = rng.choice(fitting)
            plan.append((day, code, last))
    return plan


def _receptions_of(station) -> list[dict]:
    settings = _settings_of(station)
    held = [row for row in rows("visits") if row["form"] == "reception"]
    own = [row for row in held if row["station"] == station.code]
    return own + [row for row in held if not row["station"] and row["setting"] in settings]


def _settings_of(station) -> tuple[str, ...]:
    if not station.division_id.startswith(DISTRICT):
        return ("all", "city", "nangang")
    return ("all", "any", "city", "street") if kind_of(station.division_id) == "street" else ("all", "any", "town")


def others(year, rng) -> list[tuple[date, str, dict]]:
    """Everything but receptions is held once, at the station it was written for, if its season has come."""
    plan, taken = [], set()
    for row in rows("visits"):
        if row["form"] != "reception":
            fitting = [day for day in year.working_days if in_season(row["months"], day) and day not in taken]
            if fitting:
                day = rng.choice(fitting)
                taken.add(day)
                plan.append((day, row["station"], row))
    return plan


def _hold(year, station, company, day, row, rng) -> Visit:
    recorder = company.staff[station.code][-1]
    visit = Visit(station=station, date=day, recorder=recorder.name, entered_by=recorder, **_said(row))
    visit.starts_at, visit.ends_at = HOURS.get(row["form"], OTHER_HOURS)
    visit.residents_received = _residents(int(row["residents"]), rng)
    waited = rng.choice((0, 0, 0, 1, 2))
    if row["form"] == "reception":
        waited = LATE_BOOKS.get((station.code, year.months_ago(day)), waited)
    entered_on = min(day + timedelta(days=waited), year.last)
    visit.entered_at = moment(entered_on, 19, rng.randrange(60))
    visit.save(force_insert=True)
    if visit.enters_representatives:
        _call_the_roll(visit, company.mandates[station.code], rng)
    _welcome(visit, row)
    _promise(year, visit, row, rng)
    return visit


def _said(row) -> dict:
    entries = {f"enters_{entry}": True for entry in row["enters"].split(";")}
    return entries | {key: row[key] for key in ("form", "place", "content", "results")}


def _residents(usual: int, rng) -> int:
    return max(1, usual + rng.randint(-4, 5)) if usual else 0


def _call_the_roll(visit, mandates, rng) -> None:
    statuses = rng.choices(("present", "leave", "absent"), (PRESENT, ON_LEAVE, ABSENT), k=len(mandates))
    if "present" not in statuses:
        statuses[0] = "present"
    pairs = zip(mandates, statuses, strict=True)
    Attendance.objects.bulk_create(
        Attendance(visit=visit, mandate=mandate, status=status, entered_at=visit.entered_at)
        for mandate, status in pairs
    )


def _welcome(visit, row) -> None:
    said = [dict(zip(("organisation", "name", "post"), guest, strict=True)) for guest in pieces(row["guests"], "/")]
    Guest.objects.bulk_create(Guest(visit=visit, entered_at=visit.entered_at, **guest) for guest in said)


def _promise(year, visit, row, rng) -> None:
    """Three promises of four are kept in time; the others are still open."""
    for who, what, days in pieces(row["commitments"], ">"):
        due_on = visit.date + timedelta(days=int(days))
        done_on = due_on - timedelta(days=rng.randrange(int(days)))
        is_kept = rng.random() < 0.75 and done_on <= year.last
        Commitment.objects.create(visit=visit, who=who, what=what, due_on=due_on, done_on=done_on if is_kept else None)
