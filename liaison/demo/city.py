"""The whole city around the demo district: a station in every street and township, and opinions by the thousand.

It tells the same stories by the same plan (`stories.set_out`), only written in bulk. What bulk rows lack, and the
district's have: names and telephone numbers of reporters, photographs, a line of the trail for every move (one line
stands for all of them), query codes anybody was given, roads beside the main one, and guests and promises of visits.
"""

from dataclasses import dataclass, field
from datetime import date, time

from django.contrib.auth.hashers import make_password

from liaison.accounts.models import Grant, User
from liaison.audit.trail import record
from liaison.demo import bulk
from liaison.demo.days import Year, moment
from liaison.demo.library import in_season, phrase, phrases, rows
from liaison.demo.people import SINCE
from liaison.demo.stories import Story, set_out
from liaison.divisions.models import Division
from liaison.organisations.models import Organisation
from liaison.rulebook.models import Category
from liaison.tools.workflow import SYSTEM
from representatives.models import Congress, Mandate, Person, Term
from stations.register.models import StaffPost, Station, StationAssignment
from stations.visits.models import Attendance, Visit

CITY = "230100"
STATIONS = 325  # as many as Harbin had in its streets and townships
OPINIONS = 20_000
SEATS = 6  # a station
HANDLER = {"HOU": 0, "URB": 1, "ENV": 1, "TRA": 2, "PUB": 2, "EDU": 3, "MED": 4, "ELD": 4, "UTL": 5}
PRESENT = 0.8
TERM_BEGAN = date(2021, 12, 20)


@dataclass
class City:
    """Everybody and everything of the other districts, by the code of the district or of the station."""

    stations: list[Station] = field(default_factory=list)
    staff: dict[str, User] = field(default_factory=dict)
    organisations: dict[str, list[Organisation]] = field(default_factory=dict)
    clerks: dict[int, User] = field(default_factory=dict)

    def handler(self, station, category: str) -> Organisation:
        """The department of the station's district that handles the category."""
        return self.organisations[station.division_id[:6]][HANDLER.get(category, 0)]


def grow(year: Year, rng, count: int = OPINIONS, stations: int = STATIONS) -> City:
    city = City()
    _open_stations(city, stations - Station.objects.count())
    _found_departments(city)
    _employ(city)
    mandates = _seat(city, rng)
    _receive(city, mandates, year, rng)
    told = bulk.write(_stories(city, year, count, rng), city, _categories(), rng)
    record("demo_bulk", None, actor=SYSTEM, detail={"opinions": told, "stations": len(city.stations)})
    return city


def _open_stations(city, wanted) -> None:
    """One in each street and township that has none yet, and a second one in the first of them."""
    covered = Division.objects.below(CITY).covered().order_by("code")
    known = set(Station.objects.values_list("division_id", flat=True))
    bare = [division for division in covered if division.pk not in known]
    again = [division for division in covered if division.kind == "street"]
    places = [(division, 1) for division in bare] + [(division, 9) for division in again]
    city.stations = Station.objects.bulk_create(_station(*place) for place in places[:wanted])


def _station(division, number) -> Station:
    code = division.code
    kind = "station" if number == 1 else "contact_point"
    return Station(
        code=f"{code[:6]}-{code[6:]}-000-Z{number:02d}",
        name=phrase(f"city_{kind}", division=division.name),
        kind=kind,
        division=division,
        address=phrase("city_address", division=division.name, number=number),
        phone="0451-00000000",
        hours=phrase("city_hours"),
        opened_on=date(2019, 5, 16),
    )


def _districts(city) -> list[Division]:
    codes = {station.division_id[:6] for station in city.stations}
    return list(Division.objects.filter(pk__in=codes).order_by("code"))


def _found_departments(city) -> None:
    """Six of them in every district and county, each with a clerk; those that are there already stay as they are."""
    known = {body.name: body for body in Organisation.objects.filter(kind="department")}
    districts = _districts(city)
    wanted = [(division, f"{division.name}{body}") for division in districts for body in phrases("city_body")]
    new = Organisation.objects.bulk_create(_department(*line) for line in wanted if line[1] not in known)
    known |= {body.name: body for body in new}
    for division, name in wanted:
        city.organisations.setdefault(division.pk, []).append(known[name])
    _appoint(new)
    granted = Grant.objects.filter(role="department_clerk").select_related("user")
    city.clerks = {grant.organisation_id: grant.user for grant in granted}


def _department(division, name) -> Organisation:
    phone = "0451-00000000"
    return Organisation(name=name, kind="department", division=division, handles=True, phone=phone)


def _appoint(bodies) -> None:
    clerks = _accounts("clerk", [body.name for body in bodies])
    Grant.objects.bulk_create(
        Grant(user=clerk, role="department_clerk", organisation=body, valid_from=SINCE)
        for body, clerk in zip(bodies, clerks, strict=True)
    )


def _accounts(kind, names) -> list[User]:
    """Nobody can sign in with them."""
    unusable = make_password(None)
    return User.objects.bulk_create(
        User(username=f"city-{kind}-{number:04d}", name=name[:50], password=unusable)
        for number, name in enumerate(names, 1)
    )


def _employ(city) -> None:
    names = [phrase("city_staff", division=station.division.name) for station in city.stations]
    users = _accounts("staff", names)
    city.staff = {station.code: user for station, user in zip(city.stations, users, strict=True)}
    StaffPost.objects.bulk_create(
        StaffPost(
            station=station,
            user=user,
            name=user.name,
            post="liaison_officer",
            staffing_mode="government_contract",
            is_full_time=station.kind == "station",
            valid_from=SINCE,
            entered_at=moment(SINCE, 8),
        )
        for station, user in zip(city.stations, users, strict=True)
    )


def _seat(city, rng) -> dict[int, list[Mandate]]:
    """Six representatives of the county's congress at every station; by the station's key."""
    terms = {division.pk: _term(division) for division in _districts(city)}
    surnames, given = phrase("city_surnames"), phrase("city_given")
    people = Person.objects.bulk_create(
        Person(name=rng.choice(surnames) + rng.choice(given) + rng.choice(given), work=phrase("city_work"))
        for _ in range(SEATS * len(city.stations))
    )
    seats = [_mandate(person, n, terms, city.stations[n // SEATS]) for n, person in enumerate(people)]
    mandates: dict[int, list[Mandate]] = {}
    for n, mandate in enumerate(Mandate.objects.bulk_create(seats)):
        mandates.setdefault(city.stations[n // SEATS].pk, []).append(mandate)
    StationAssignment.objects.bulk_create(
        StationAssignment(station_id=pk, mandate=mandate, valid_from=SINCE, entered_at=moment(SINCE, 8))
        for pk, placed in mandates.items()
        for mandate in placed
    )
    return mandates


def _mandate(person, number, terms, station) -> Mandate:
    term = terms[station.division_id[:6]]
    elected_in = phrase("city_electoral_district", number=number + 101)
    known = {"starts_on": term.starts_on, "entered_at": moment(term.starts_on, 8)}
    return Mandate(person=person, term=term, electoral_district=elected_in, **known)


def _term(division) -> Term:
    facts = {"name": phrase("city_congress", division=division.name), "level": 4}
    congress, _is_new = Congress.objects.get_or_create(division=division, defaults=facts)
    return congress.terms.first() or congress.terms.create(ordinal=19, starts_on=TERM_BEGAN)


def _receive(city, mandates, year, rng) -> None:
    """A reception a month at every station, entered the same evening."""
    held = [row for row in rows("visits") if row["form"] == "reception" and row["setting"] == "all"]
    visits = [
        _visit(station, city.staff[station.code], day, rng.choice(_fitting(held, day)), rng)
        for station in city.stations
        for day in year.reception_days(15)
    ]
    Visit.objects.bulk_create(visits, batch_size=1000)
    Attendance.objects.bulk_create(
        (
            Attendance(
                visit=visit,
                mandate=mandate,
                status="present" if rng.random() < PRESENT else "leave",
                entered_at=visit.entered_at,
            )
            for visit in visits
            for mandate in mandates[visit.station_id]
        ),
        batch_size=5000,
    )


def _fitting(held, day):
    return [row for row in held if in_season(row["months"], day)]


def _visit(station, user, day, row, rng) -> Visit:
    said = {key: row[key] for key in ("form", "place", "content", "results")}
    when = {"date": day, "starts_at": time(9), "ends_at": time(11), "entered_at": moment(day, 19)}
    who = {"recorder": user.name, "entered_by": user, "residents_received": rng.randrange(2, 16)}
    return Visit(station=station, enters_representatives=True, **said, **when, **who)


def _stories(city, year, count, rng) -> list[tuple[Story, Station]]:
    """The district's matters, said again elsewhere, each in its season; where they stand follows from their age."""
    matters = [row for row in rows("matters") if row["urgency"] != "danger"]
    days = year.days
    stories = []
    for _number in range(count):
        day = days[-1 - int(rng.random() ** 1.2 * (len(days) - 1))]
        matter = rng.choice(_fitting(matters, day))
        at = moment(day, rng.randrange(7, 23), rng.randrange(60))
        stories.append((Story(matter, at), rng.choice(city.stations)))
    stories.sort(key=lambda pair: (pair[0].received_at, pair[1].code))
    set_out_of_many([story for story, _station in stories], year, rng)
    return stories


def set_out_of_many(stories, year, rng) -> None:
    """In portions, so that each portion's newest stand at the beginning of the road."""
    portions = max(1, len(stories) // 100)
    for number in range(portions):
        set_out(stories[number::portions], year, rng, has_desks=False)


def _categories() -> dict[str, Category]:
    return {category.code: category for category in Category.objects.all()}
