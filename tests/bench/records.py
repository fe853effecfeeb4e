"""A year of ordinary records at many stations, in bulk and always the same; every few stations lack something else."""

from collections import defaultdict
from datetime import date, timedelta
from functools import cache

from feedback.opinions.models import Opinion, OpinionStep
from feedback.opinions.publications import Publication
from feedback.submissions.models import ANONYMOUS, Reporter
from liaison.demo.days import moment
from liaison.divisions.models import Division
from representatives.models import Congress, Mandate, Person, Term
from stations.register.models import (
    ActivityFunds,
    RuleDocument,
    RuleKind,
    StaffPost,
    Station,
    StationAssignment,
    YearlyConfirmation,
)
from stations.visits.models import Attendance, Visit

CITY, COUNTIES = "230100", 30
SINCE = date(2024, 1, 1)
ROAD = (
    ("begin", "submitted"),
    ("accept", "accepted"),
    ("assign", "assigned"),
    ("reply", "replied"),
    ("feed_back", "fed_back"),
)
OPINIONS, SEATS = 4, 3  # a station
BATCH = 2_000


def fill(first: int, last: int) -> None:
    """The stations numbered from `first` up to `last`, with all they have on record."""
    stations = _stations(range(first, last))
    required = list(RuleKind.objects.filter(is_required=True))
    _keep(YearlyConfirmation, (_check(station, n) for n, station in stations))
    _keep(StaffPost, (_post(*each, kind) for each in stations for kind in ("head", "liaison_officer")))
    _keep(RuleDocument, (_rule(*each, kind) for each in stations for kind in required))
    _keep(ActivityFunds, (_funds(*each) for each in stations))
    visits = _visits(stations)
    seats = _seats(stations)
    _keep(Attendance, (_present(visit, seats[visit.station_id]) for visit in visits))
    _opinions(stations)


def _keep(model, rows):
    model._base_manager.bulk_create(rows, batch_size=BATCH)


def _stations(numbers):
    divisions = {n: _division(n) for n in numbers}
    rows = [
        Station(code=f"{division.pk}-Z{n:04d}", name=f"Station {n}", division=division, opened_on=SINCE)
        for n, division in divisions.items()
    ]
    return list(zip(numbers, Station.objects.bulk_create(rows, batch_size=BATCH), strict=True))


def _division(number):
    county, street = f"2301{1 + number % COUNTIES:02d}", f"{1 + number // COUNTIES:03d}"
    above = _place("230000", 1, None)
    for code, level in ((CITY, 2), (county, 3), (county + street, 4)):
        above = _place(code, level, above)
    return above


@cache
def _place(code, level, parent):
    kind = "street" if level == 4 else ""
    facts = {"name": code, "level": level, "kind": kind, "parent": parent}
    return Division.objects.get_or_create(code=code, defaults=facts)[0]


def _check(station, n):
    ticks = dict.fromkeys(("premises", "plate", "roster", "schedule", "qr"), True) | {"plate": n % 7 != 0}
    day = date(2026, 3, 3)
    return YearlyConfirmation(station=station, confirmed_on=day, confirmed_by="x", entered_at=moment(day, 9), **ticks)


def _post(n, station, kind):
    full_time = n % 5 != 0
    return StaffPost(
        station=station,
        name=kind,
        post=kind,
        staffing_mode="reassigned",
        is_full_time=full_time,
        valid_from=SINCE,
        entered_at=moment(SINCE, 9),
    )


def _rule(n, station, kind):
    ends_on = date(2026, 6, 1) if n % 11 == 0 else None
    facts = {"title": kind.name, "valid_from": SINCE, "valid_to": ends_on, "entered_at": moment(SINCE, 9)}
    return RuleDocument(station=station, kind=kind, **facts)


def _funds(n, station):
    day = date(2026, 1, 9)
    return ActivityFunds(station=station, year=2026, amount=30_000 - n % 3, entered_at=moment(day, 9))


def _visits(stations):
    months = [(*each, month) for each in stations for month in range(1, 11) if (each[0] + month) % 40]
    return Visit.objects.bulk_create((_visit(*each) for each in months), batch_size=BATCH)


def _visit(n, station, month):
    day = date(2026, month, 10)
    entered = day + timedelta(days=40 if n % 13 == month else 0)
    return Visit(station=station, date=day, form="reception", recorder="x", entered_at=moment(entered, 9))


def _seats(stations) -> dict[int, list[Mandate]]:
    """The representatives of each station, of the congress of its county."""
    rows = [(station, _term(station.division_id[:6])) for _n, station in stations for _number in range(SEATS)]
    persons = Person.objects.bulk_create((Person(name="x") for _row in rows), batch_size=BATCH)
    made = [_seat(person, term) for person, (_station, term) in zip(persons, rows, strict=True)]
    mandates = Mandate.objects.bulk_create(made, batch_size=BATCH)
    found = defaultdict(list)
    for (station, _county), mandate in zip(rows, mandates, strict=True):
        found[station.pk].append(mandate)
    _keep(StationAssignment, (_placed(pk, seat) for pk, seats in found.items() for seat in seats[: pk % 4 or SEATS]))
    return found


def _seat(person, term):
    return Mandate(person=person, term=term, starts_on=SINCE, entered_at=moment(SINCE, 9))


def _placed(station, mandate):
    return StationAssignment(station_id=station, mandate=mandate, valid_from=SINCE, entered_at=moment(SINCE, 9))


@cache
def _term(county):
    congress = Congress.objects.create(division_id=county, name=county, level=4)
    return Term.objects.create(congress=congress, ordinal=18, starts_on=SINCE)


def _present(visit, mandates):
    return Attendance(visit=visit, mandate=mandates[visit.date.month % SEATS], entered_at=visit.entered_at)


def _opinions(stations):
    rows = [(n, station, number) for n, station in stations for number in range(OPINIONS)]
    reporters = Reporter.objects.bulk_create((Reporter(identity_mode=ANONYMOUS) for _row in rows), batch_size=BATCH)
    opinions = [_opinion(*row, reporter) for row, reporter in zip(rows, reporters, strict=True)]
    made = Opinion.objects.bulk_create(opinions, batch_size=BATCH)
    _keep(OpinionStep, (step for row, opinion in zip(rows, made, strict=True) for step in _steps(opinion, *row)))
    _keep(Publication, (Publication(opinion=each, title="x", text="x") for each in made if each.fed_back_on))


def _length(n, number):
    """How far it came down the road."""
    return 2 + (n + number) % 4


def _day(number, place):
    return date(2026, 2 + number, 3) + timedelta(days=place)


def _opinion(n, station, number, reporter):
    days = {key: _day(number, place) for place, (key, _state) in enumerate(ROAD[: _length(n, number)])}
    key = f"{n:08d}{number:02d}"
    at = moment(days["begin"], 9)
    return Opinion(
        token_hash=f"t{key}",
        code_hash=f"c{key}",
        received_at=at,
        entered_at=at,
        year=2026,
        state=ROAD[len(days) - 1][1],
        station=station,
        division_id=station.division_id,
        body="the lamp is out",
        place="Pine Court 3",
        reporter=reporter,
        accept_due_on=days["begin"] + timedelta(days=3),
        accepted_on=days.get("accept"),
        replied_on=days.get("reply"),
        fed_back_on=days.get("feed_back"),
        outcome="solved" if "reply" in days else "",
        feed_back_due_on=days["reply"] + timedelta(days=7) if "reply" in days else None,
    )


def _steps(opinion, n, _station, number):
    before = ""
    for place, (key, state) in enumerate(ROAD[: _length(n, number)]):
        at = moment(_day(number, place), 9)
        yield OpinionStep(opinion=opinion, move=key, from_state=before, to_state=state, at=at, actor_kind="system")
        before = state
