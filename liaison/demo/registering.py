"""What completes the register of the demo: histories, a demonstration station, a divided paper, spending, plans."""

from datetime import date, timedelta
from decimal import Decimal

from liaison.demo.days import moment
from liaison.demo.library import phrase, rows
from liaison.demo.places import DISTRICT
from stations.register.models import (
    ActivityFunds,
    AnnualPlan,
    BudgetPaper,
    Designation,
    FundExpense,
    PlannedItem,
    StationStatus,
)

DEMONSTRATION, STUDIO, ITS_STATION = "230102-003-000-Z01", "230102-019-000-Z02", "230102-019-000-Z01"
MOVED = "230102-015-000-Z01"  # closed for a month while its rooms were repaired
ACCESSIBLE = (DEMONSTRATION, "230102-016-000-Z01", ITS_STATION, "230102-102-000-Z01")
POINTS = {DEMONSTRATION: ("126.605210", "45.757430"), ITS_STATION: ("126.548330", "45.738410")}
PAPER = 160_000  # yuan; a little of it is not divided yet
BUDGET_DAY = 20  # of January


def complete(last: date, stations, company) -> None:
    _place(stations)
    _tell_histories(stations.values(), last)
    _divide(last)
    for number, station in enumerate(stations.values()):
        staff = company.staff[station.code][-1]
        _spend(station, staff, last, number)
        _plan(station, staff, last)


def _place(stations) -> None:
    stations[STUDIO].host_place = phrase("studio_host")
    stations[DEMONSTRATION].is_legislative_contact_point = True
    for code in ACCESSIBLE:
        stations[code].has_accessible_entrance = True
    for code, (longitude, latitude) in POINTS.items():
        stations[code].longitude, stations[code].latitude = Decimal(longitude), Decimal(latitude)
    for code in {STUDIO, *ACCESSIBLE, *POINTS}:
        stations[code].save()
    facts = {"paper": phrase("designation_paper"), "valid_from": date(2025, 1, 10), "valid_to": date(2027, 12, 31)}
    Designation.objects.create(station=stations[DEMONSTRATION], **facts)


def _tell_histories(stations, last) -> None:
    told = [(station, "operating", station.opened_on, "") for station in stations]
    for station in stations:
        if station.code == MOVED:
            again = date(last.year - 1, 8, 1)
            told += [
                (station, "suspended", again - timedelta(days=31), phrase("repairs")),
                (station, "operating", again, ""),
            ]
    StationStatus.objects.bulk_create(
        StationStatus(station=station, status=status, since=since, note=note, entered_at=moment(date(2025, 1, 2), 9))
        for station, status, since, note in told
    )


def _divide(last) -> None:
    """This year's and last year's paper, of which the funds arranged for the district are the shares."""
    for year in (last.year - 1, last.year):
        shares = ActivityFunds.objects.filter(year=year, is_divided=True, station__division__code__startswith=DISTRICT)
        if shares.exists():
            facts = {"title": phrase("budget_title"), "number": phrase("budget_number", year=year), "amount": PAPER}
            entered_at = moment(date(year, 1, BUDGET_DAY), 15)
            paper = BudgetPaper.objects.create(year=year, division_id=DISTRICT, entered_at=entered_at, **facts)
            shares.update(budget=paper, paper=paper.number)


def _spend(station, staff, last, number) -> None:
    """Hundredths of each year's funds, at some stations less of them than at others."""
    for funds in ActivityFunds.objects.filter(station=station).order_by("year"):
        for line, row in enumerate(rows("spending")):
            day = date(funds.year, int(row["month"]), int(row["day"]))
            if day <= last and (line + number) % 4:
                FundExpense.objects.create(
                    station=station,
                    spent_on=day,
                    purpose=row["purpose"],
                    amount=Decimal(funds.amount * int(row["share"])) / 100,
                    voucher=phrase("voucher", month=day.month, number=line + 11),
                    entered_by=staff,
                    entered_at=moment(day, 16),
                )


def _plan(station, staff, last) -> None:
    day = date(last.year, 1, 12)
    if day > last:
        return
    plan = AnnualPlan.objects.create(
        station=station, year=last.year, text=station.focus, entered_by=staff, entered_at=moment(day, 10)
    )
    PlannedItem.objects.bulk_create(PlannedItem(plan=plan, **row) for row in rows("planned"))
