"""The demo's accounts, who works at the stations, and the representatives."""

from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.hashers import make_password

from liaison.accounts.models import Grant, User
from liaison.demo.days import moment
from liaison.demo.library import rows
from representatives.models import Congress, Mandate, Person, Term
from stations.register.models import StaffPost, StationAssignment

SINCE = date(2023, 7, 3)  # the first working day of everybody's account, post and place


class Accounts:
    """Makes accounts: those with a name of the contract get the demo's password, the others cannot sign in."""

    def __init__(self, password: str):
        self.hash = make_password(password)  # once: hashing is slow on purpose
        self.count = 0

    def open(self, lines: list[dict], called: str) -> list[User]:
        """An account for each line of a text whose column `called` names the person."""
        users = [self._user(line["username"], line[called]) for line in lines]
        return User.objects.bulk_create(users)

    def _user(self, username, name) -> User:
        self.count += 1
        password = self.hash if username else make_password(None)
        return User(username=username or f"demo-{self.count:03d}", name=name, password=password)


@dataclass
class Company:
    """Everybody who does something in the demo."""

    accounts: Accounts
    officers: dict[str, User] = field(default_factory=dict)  # by division
    clerks: dict[str, User] = field(default_factory=dict)  # by organisation's name
    staff: dict[str, list[User]] = field(default_factory=dict)  # by station's code
    mandates: dict[str, list[Mandate]] = field(default_factory=dict)  # by station's code
    representatives: dict[str, User] = field(default_factory=dict)  # those with an account, by name


def gather(password, organisations, stations) -> Company:
    accounts = Accounts(password)
    company = Company(accounts)
    appoint_officers(company, accounts)
    appoint_clerks(company, accounts, organisations)
    appoint_staff(company, accounts, stations)
    seat_representatives(company, stations)
    return company


def appoint_officers(company, accounts) -> None:
    lines = rows("accounts")
    users = accounts.open(lines, "name")
    pairs = list(zip(lines, users, strict=True))
    Grant.objects.bulk_create(
        Grant(user=user, role=line["role"], division_id=line["division"], valid_from=SINCE) for line, user in pairs
    )
    company.officers = {line["division"]: user for line, user in pairs if line["role"] == "officer"}
    company.representatives = {user.name: user for line, user in pairs if line["role"] == "representative"}


def appoint_clerks(company, accounts, organisations) -> None:
    lines = [line for line in rows("organisations") if line["clerk"]]
    company.clerks = dict(zip([line["name"] for line in lines], accounts.open(lines, "clerk"), strict=True))
    Grant.objects.bulk_create(
        Grant(user=user, role="department_clerk", organisation=organisations[name], valid_from=SINCE)
        for name, user in company.clerks.items()
    )


def appoint_staff(company, accounts, stations) -> None:
    lines = rows("posts")
    pairs = list(zip(lines, accounts.open(lines, "name"), strict=True))
    StaffPost.objects.bulk_create(_post(line, user, stations) for line, user in pairs)
    for line, user in pairs:
        company.staff.setdefault(line["station"], []).append(user)


def _post(line, user, stations) -> StaffPost:
    return StaffPost(
        station=stations[line["station"]],
        user=user,
        name=line["name"],
        post=line["post"],
        staffing_mode=line["staffing_mode"],
        is_full_time=line["is_full_time"] == "yes",
        valid_from=SINCE,
        entered_at=moment(SINCE, 8),
    )


def seat_representatives(company, stations) -> None:
    """A mandate a line; where the line names a station, the mandate has its place there."""
    lines, terms, people = rows("representatives"), call_congresses(), elect(company.representatives)
    seats = [_mandate(line, people[line["key"]], terms[line["congress"]]) for line in lines]
    mandates = Mandate.objects.bulk_create(seats)
    for line, mandate in zip(lines, mandates, strict=True):
        if line["station"]:
            company.mandates.setdefault(line["station"], []).append(mandate)
    StationAssignment.objects.bulk_create(
        StationAssignment(station=stations[code], mandate=mandate, valid_from=SINCE, entered_at=moment(SINCE, 8))
        for code, placed in company.mandates.items()
        for mandate in placed
    )


def _mandate(line, person, term) -> Mandate:
    kept = {key: line[key] for key in ("electoral_district", "electing_unit")}
    known = {"starts_on": term.starts_on, "entered_at": moment(term.starts_on, 8)}
    return Mandate(person=person, term=term, **known, **kept)


def call_congresses() -> dict[str, Term]:
    """By division, each with its present term."""
    terms = {}
    for row in rows("congresses"):
        congress = Congress.objects.create(division_id=row["division"], name=row["name"], level=int(row["level"]))
        begun = date.fromisoformat(row["starts_on"])
        terms[row["division"]] = congress.terms.create(ordinal=int(row["ordinal"]), starts_on=begun)
    return terms


def elect(accounts: dict[str, User]) -> dict[str, Person]:
    """One person a key, however many mandates."""
    named = {row["key"]: (row["name"], row["work"]) for row in rows("representatives")}
    people = {key: Person(name=name, work=work, user=accounts.get(name)) for key, (name, work) in named.items()}
    Person.objects.bulk_create(people.values())
    return people
