"""The demo's divisions, offices, organisations and stations."""

from datetime import date
from pathlib import Path

from liaison.demo.library import rows
from liaison.divisions import codes
from liaison.divisions.load import load
from liaison.divisions.models import Division
from liaison.organisations.models import Organisation
from liaison.rulebook.models import Category, Office
from stations.register.models import Station

SHIPPED = Path(codes.__file__).resolve().parent / "data" / "heilongjiang.csv"
DISTRICT = "230102"


def know_divisions(on: date) -> None:
    """Real ones, as shipped; where the operator has loaded divisions before, those stay as they are."""
    named = {row["division"] for text in ("stations", "organisations", "congresses") for row in rows(text)}
    if Division.objects.filter(pk__in=named).count() < len(named):
        load(SHIPPED, on=on)


def open_offices() -> None:
    for row in rows("offices"):
        kept = {key: row[key] for key in ("full_name", "short_name", "phone", "address", "hours")}
        Office.objects.create(division_id=row["division"], is_demo=True, **kept)


def found_organisations() -> dict[str, Organisation]:
    """By name. A body stands in the file below the body it belongs to."""
    bodies: dict[str, Organisation] = {}
    for row in rows("organisations"):
        bodies[row["name"]] = _organisation(row, bodies.get(row["parent"]))
    return bodies


def _organisation(row, parent) -> Organisation:
    organisation = Organisation.objects.create(
        name=row["name"],
        short_name=row["short_name"],
        kind=row["kind"],
        division_id=row["division"],
        parent=parent,
        phone=row["phone"],
        address=row["address"],
        handles=row["handles"] == "yes",
    )
    Category.objects.filter(code__in=row["categories"].split()).update(default_organisation=organisation)
    return organisation


def open_stations() -> dict[str, Station]:
    """By code; those under another after it."""
    found: dict[str, Station] = {}
    for rank in (False, True):
        made = [_station(row, found) for row in rows("stations") if bool(row["upper"]) == rank]
        found |= {station.code: station for station in Station.objects.bulk_create(made)}
    return {row["code"]: found[row["code"]] for row in rows("stations")}


def _station(row, found) -> Station:
    kept = {key: value for key, value in row.items() if key not in ("division", "upper")}
    kept["opened_on"] = date.fromisoformat(row["opened_on"])
    return Station(division_id=row["division"], parent=found.get(row["upper"]), **kept)
