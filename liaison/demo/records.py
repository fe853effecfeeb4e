"""What the demo's stations have on record: rules, funds, self-checks, and the committees paired with them."""

from datetime import date, timedelta

from liaison.accounts.models import Grant
from liaison.demo.library import pieces, rows
from liaison.demo.people import SINCE, Accounts
from liaison.demo.places import DISTRICT
from liaison.organisations.models import Organisation
from stations.register.models import ActivityFunds, Pairing, RuleDocument, RuleKind, YearlyConfirmation


def keep(last: date, stations, organisations, company, password) -> None:
    kinds = {kind.pk: kind for kind in RuleKind.objects.all()}
    for row in rows("records"):
        station, staff = stations[row["station"]], company.staff[row["station"]][-1]
        _write_rules(station, [kinds[key] for key in row["rules"].split()])
        _grant_funds(station, row, last.year)
        _look_around(station, row, staff, last)
    _pair(stations, organisations, Accounts(password))


def _write_rules(station, kinds) -> None:
    RuleDocument.objects.bulk_create(
        RuleDocument(station=station, kind=kind, title=f"{station.name}{kind.name}", valid_from=SINCE) for kind in kinds
    )


def _grant_funds(station, row, year) -> None:
    for when, amount in ((year - 1, row["last_year"]), (year, row["amount"])):
        if amount:
            facts = {"amount": int(amount), "is_divided": row["is_divided"] == "yes", "paper": row["paper"]}
            ActivityFunds.objects.create(station=station, year=when, **facts)


def _look_around(station, row, staff, last) -> None:
    """The present self-check, and those before it: `days ago:ticks`."""
    checks = [[row["confirmed_days_ago"], row["ticks"]]] if row["ticks"] else []
    for days, ticks in checks + pieces(row["checks_before"], ":"):
        day = last - timedelta(days=int(days))
        facts = dict.fromkeys(ticks.split(), True)
        YearlyConfirmation.objects.create(
            station=station, confirmed_on=day, confirmed_by=staff.name, entered_by=staff, **facts
        )


def _pair(stations, organisations, accounts) -> None:
    for row in rows("pairings"):
        committee = organisations.get(row["organisation"]) or _found(row)
        organisations[committee.name] = committee
        Pairing.objects.create(organisation=committee, station=stations[row["station"]], valid_from=SINCE)
        if row["username"]:
            (user,) = accounts.open([row], "name")
            Grant.objects.create(user=user, role="committee", organisation=committee, valid_from=SINCE)


def _found(row) -> Organisation:
    facts = {"name": row["organisation"], "short_name": row["short_name"], "kind": "special_committee"}
    return Organisation.objects.create(division_id=DISTRICT, phone="0451-00000000", **facts)
