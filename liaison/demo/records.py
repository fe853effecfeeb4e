"""What the demo's stations have on record: rules, funds, self-checks, and the committees paired with them."""

from datetime import date, timedelta

from liaison.accounts.models import Grant
from liaison.demo.days import moment
from liaison.demo.library import pieces, rows
from liaison.demo.people import SINCE
from liaison.demo.places import DISTRICT
from liaison.organisations.models import Organisation
from stations.register.models import ActivityFunds, Pairing, RuleDocument, RuleKind, YearlyConfirmation

BUDGET_DAY = 20  # of January


def keep(last: date, stations, organisations, company) -> None:
    kinds = {kind.pk: kind for kind in RuleKind.objects.all()}
    for row in rows("records"):
        station, staff = stations[row["station"]], company.staff[row["station"]][-1]
        _write_rules(station, [kinds[key] for key in row["rules"].split()])
        _grant_funds(station, row, last)
        _look_around(station, row, staff, last)
    _pair(stations, organisations, company.accounts)


def _write_rules(station, kinds) -> None:
    facts = {"valid_from": SINCE, "entered_at": moment(SINCE, 15)}
    RuleDocument.objects.bulk_create(
        RuleDocument(station=station, kind=kind, title=f"{station.name}{kind.name}", **facts) for kind in kinds
    )


def _grant_funds(station, row, last) -> None:
    """Last year's, and this year's once the budget has been approved."""
    for when, amount in ((last.year - 1, row["last_year"]), (last.year, row["amount"])):
        if amount and date(when, 1, BUDGET_DAY) <= last:
            facts = {"amount": int(amount), "is_divided": row["is_divided"] == "yes", "paper": row["paper"]}
            entered_at = moment(date(when, 1, BUDGET_DAY), 15)
            ActivityFunds.objects.create(station=station, year=when, entered_at=entered_at, **facts)


def _look_around(station, row, staff, last) -> None:
    """The present self-check, and those before it: `days ago:ticks`."""
    checks = [[row["confirmed_days_ago"], row["ticks"]]] if row["ticks"] else []
    for days, ticks in checks + pieces(row["checks_before"], ":"):
        day = last - timedelta(days=int(days))
        facts = dict.fromkeys(ticks.split(), True) | {"entered_at": moment(day, 16)}
        YearlyConfirmation.objects.create(
            station=station, confirmed_on=day, confirmed_by=staff.name, entered_by=staff, **facts
        )


def _pair(stations, organisations, accounts) -> None:
    for row in rows("pairings"):
        committee = organisations.get(row["organisation"]) or _found(row)
        organisations[committee.name] = committee
        facts = {"valid_from": SINCE, "entered_at": moment(SINCE, 15)}
        Pairing.objects.create(organisation=committee, station=stations[row["station"]], **facts)
        if row["username"]:
            (user,) = accounts.open([row], "name")
            Grant.objects.create(user=user, role="committee", organisation=committee, valid_from=SINCE)


def _found(row) -> Organisation:
    facts = {"name": row["organisation"], "short_name": row["short_name"], "kind": "special_committee"}
    return Organisation.objects.create(division_id=DISTRICT, phone="0451-00000000", **facts)
