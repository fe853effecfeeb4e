"""Opening yearly checks: by which standard each station is checked, and why some cannot be."""

from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from liaison.tools.periods import year_of
from stations.assessment import workflow
from stations.assessment.models import Assessment
from stations.eight_haves.evaluation import standards_of
from stations.eight_haves.models import Standard
from stations.eight_haves.records import Records
from stations.eight_haves.statistics import inspected, inspected_as_known
from stations.register.models import Station

NOT_COME = _("This year has not come yet.")
NONE_HOLDS = _("No standard holds for this kind of station in that year.")
IS_OPEN = _("This year's check of the station is open already.")
IS_DONE = _("The station has been checked for this year already. A second check is opened for it alone.")
NOT_THERE = _("The station was not open on %(day)s.")


def standards_for(stations: Iterable[Station], year: int, on: date, chosen: Standard | None = None) -> dict:
    """By the key of the station: the standard chosen where it judges the station, else the one in force; or None."""
    records = Records(stations, year_of(year), on)
    if chosen is None:
        return standards_of(records)
    return {station.pk: chosen if chosen.judges(station) else None for station in records.stations}


def standard_of_open(station: Station, year: int) -> Standard | None:
    """That of the station's open check of the year, where there is one."""
    check = _open_ones(year).filter(station=station).select_related("standard").first()
    return check.standard if check else None


def _open_ones(year):
    return Assessment.objects.filter(year=year).exclude(state=workflow.DONE.key)


def last_day(year: int, today: date) -> date:
    """The day of a year on which a station has to stand to be checked: its last, as far as it has come."""
    return min(date(year, 12, 31), today)


def to_check(reached, year: int, today: date) -> list[Station]:
    """Those of a queryset that were to be inspected in the year, then those that are only now: told why not."""
    then = inspected_as_known(reached, last_day(year, today), today)
    since = inspected(reached, today).exclude(pk__in=[station.pk for station in then])
    return [*then, *since.select_related("division__parent")]


def reasons_against(stations: Iterable[Station], year: int, standards: dict, on: date) -> dict:
    """By the key of the station: why no check of the year can be opened."""
    day = last_day(year, on)
    there = set(Station.objects.filter(pk__in=standards).standing(day).values_list("pk", flat=True))
    gone = dict.fromkeys(set(standards) - there, NOT_THERE % {"day": date_format(day)})
    taken = set(_open_ones(year).filter(station__in=standards).order_by().values_list("station", flat=True))
    wrong = {station.pk: NONE_HOLDS for station in stations if standards[station.pk] is None}
    return wrong | gone | dict.fromkeys(taken, IS_OPEN)


def _checked(stations, year) -> dict:
    """By the key of those checked for the year already: that they are."""
    rows = Assessment.objects.filter(year=year, station__in=stations).order_by()
    return dict.fromkeys(rows.values_list("station", flat=True), IS_DONE)


def begin(check: Assessment, *, by, on: date) -> None:
    """Save it in its first state, with its first step."""
    check.state, check.opened_on = workflow.BEGINS, on
    check.save()
    check.begin(by=by)


def open_many(stations, year: int, *, by, on: date, standard: Standard | None = None) -> tuple[list, dict]:
    """The checks opened, one a station and year, and by the station why another was not."""
    stations = list(stations)
    standards = standards_for(stations, year, on, standard)
    against = _checked(stations, year) | reasons_against(stations, year, standards, on)
    made = []
    for station in (station for station in stations if station.pk not in against):
        try:
            with transaction.atomic():
                check = Assessment(station=station, year=year, standard=standards[station.pk])
                begin(check, by=by, on=on)
        except IntegrityError:  # opened by somebody else in this moment
            against[station.pk] = IS_OPEN
        else:
            made.append(check)
    return made, {station: against[station.pk] for station in stations if station.pk in against}
