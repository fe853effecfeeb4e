"""Which open station stands in for one that is shut."""

import pytest

from stations.register.nearest import instead_of
from tests.support import factories as make

STREET, OTHER = f"{make.DAOLI}001", f"{make.DAOLI}002"


@pytest.fixture
def shut():
    make.office()
    return make.station(STREET, status="closed")


def test_the_upper_station_comes_first(shut):
    make.station(STREET)
    shut.parent = make.station(make.DAOLI, kind="central")
    assert instead_of(shut) == shut.parent


def test_an_upper_station_that_is_shut_as_well_does_not_help(shut):
    shut.parent = make.station(make.DAOLI, status="suspended")
    street = make.station(STREET)
    assert instead_of(shut) == street


def test_the_same_street_comes_before_the_rest_of_the_district(shut):
    elsewhere = make.station(OTHER)
    assert instead_of(shut) == elsewhere
    here = make.station(STREET, kind="contact_point")
    assert instead_of(shut) == here
    make.station(STREET, kind="studio")
    staffed = make.station(STREET)
    assert instead_of(shut) == staffed


def test_nobody_is_sent_out_of_the_area_served(shut):
    make.station(f"{make.NANGANG}001")
    assert instead_of(shut) is None


def test_a_retired_street_is_looked_for_where_it_went(shut):
    make.station(f"{make.DAOLI}003")
    there = make.station(f"{make.DAOLI}004")
    shut.division.retired_on, shut.division.successor = "2026-01-01", there.division
    assert instead_of(shut) == there
