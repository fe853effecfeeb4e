"""Harbin with all its districts: 325 stations and representatives of two congresses, taken in twice."""

from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone

from liaison.dashboard.asked import Asked
from liaison.dashboard.coverage import coverage_of
from liaison.dashboard.filters import VIEW
from liaison.divisions.load import load
from liaison.divisions.models import Division
from liaison.tools.periods import Period
from representatives.models import Mandate, Person
from stations.register.importing import StationFile
from stations.register.importing_people import PlacedRepresentativeFile
from stations.register.models import Station, StationAssignment
from stations.visits.importing import VisitFile
from stations.visits.models import Visit
from tests.bench import registers
from tests.importing.files import taken
from tests.support import factories as make

SHIPPED = Path(__file__).parent.parent.parent / "liaison" / "divisions" / "data" / "heilongjiang.csv"
STREETS, STATIONS, PERSONS, MANDATES, VISITS = 303, 325, 400, 480, 330


@pytest.fixture
def harbin():
    load(SHIPPED, on=date(2026, 1, 1))
    registers.congresses()
    return Division.objects.get(pk=registers.HARBIN)


def test_what_was_taken_in_is_counted_and_a_second_time_changes_nothing(harbin):
    files = [
        (StationFile, lambda: registers.stations(STATIONS), STATIONS),
        (PlacedRepresentativeFile, lambda: registers.people(PERSONS, MANDATES, STATIONS), MANDATES),
        (VisitFile, lambda: registers.visits(VISITS, STATIONS), VISITS),
    ]
    assert [taken(subject, made()) for subject, made, _count in files] == [(count, 0, 0) for *_, count in files]
    assert [taken(subject, made()) for subject, made, _count in files] == [(0, 0, count) for *_, count in files]
    kept = [model.objects.count() for model in (Station, Person, Mandate, StationAssignment, Visit)]
    assert kept == [STATIONS, PERSONS, MANDATES, PERSONS, VISITS]


def test_coverage_counts_303_streets_and_townships_and_the_quasi_units_apart(harbin):
    assert taken(StationFile, registers.stations(STATIONS)) == (STATIONS, 0, 0)
    today = timezone.localdate()
    officer = make.granted("officer", code=harbin.pk)
    shown = coverage_of(Asked(officer, VIEW, harbin, Period(today, today), today))
    streets, quasi = shown["figures"]
    with_a_station = Division.objects.below(harbin.pk).filter(pk__in=Station.objects.values("division"))
    assert streets["denominator"] == STREETS
    assert streets["numerator"] == with_a_station.covered().count()
    assert quasi["denominator"] == Division.objects.below(harbin.pk).filter(level=4).count() - STREETS
    assert (streets["numerator"] + quasi["numerator"], quasi["denominator"]) == (STATIONS, 25)
