"""A mandate's places at stations: one primary station at a time, and no station twice at once."""

from datetime import date, timedelta

import pytest

from representatives.models import Mandate
from representatives.standing import StatusReason, stand
from stations.register.models import StationAssignment
from stations.register.placements import Expected, assignments_on
from tests.access.crawling import signed_in
from tests.access.filling import errors_on, send
from tests.support import factories as make

ADD = "/admin/stations/stationassignment/add/"
YEAR = {"valid_from": "2024-01-01", "valid_to": "2024-12-31"}


@pytest.fixture
def client():
    return signed_in(make.granted("officer"))


@pytest.fixture
def pine():
    return make.station(name="Pine")


@pytest.fixture
def mandate(pine):
    """At Pine during 2024, its primary station."""
    made = make.mandate()
    StationAssignment.objects.create(
        station=pine, mandate=made, valid_from=date(2024, 1, 1), valid_to=date(2024, 12, 31)
    )
    return made


def add(client, mandate, station, **facts):
    return send(client, ADD, mandate=mandate.pk, station=station.pk, **{"is_primary": "on"} | facts)


@pytest.mark.parametrize(
    ("begins", "ends", "fields"),
    [
        ("2024-12-31", "", {"is_primary"}),
        ("2023-01-01", "2024-01-01", {"is_primary"}),
        ("2024-03-01", "2024-04-01", {"is_primary"}),
        ("2023-01-01", "", {"is_primary"}),
        ("2023-01-01", "2023-12-31", set()),
        ("2025-01-01", "", set()),
    ],
)
def test_two_primary_stations_never_share_a_day(begins, ends, fields, client, mandate):
    answer = add(client, mandate, make.station(), valid_from=begins, valid_to=ends)
    assert (errors_on(answer) if answer.status_code == 200 else set()) == fields
    assert mandate.assignments.count() == (1 if fields else 2)


def test_the_refusal_says_which_station_and_since_when(client, mandate):
    text = add(client, mandate, make.station(), **YEAR).content.decode()
    assert "已有主站：Pine（2024-01-01起）" in text


def test_another_station_beside_the_primary_one_is_no_matter(client, mandate):
    assert add(client, mandate, make.station(), is_primary="", **YEAR).status_code == 302


def test_nobody_is_twice_at_a_station_at_once(client, mandate, pine):
    assert errors_on(add(client, mandate, pine, is_primary="", **YEAR)) == {"station"}


def test_a_mandate_that_is_over_gets_no_place(client, pine):
    over = make.mandate()
    Mandate.objects.filter(pk=over.pk).update(ends_on=date(2023, 12, 31), status="ended")
    assert errors_on(add(client, over, pine, **YEAR)) == {"valid_from"}


def test_a_place_is_not_in_its_own_way(client, mandate):
    row = mandate.assignments.get()
    answer = send(client, f"/admin/stations/stationassignment/{row.pk}/change/", valid_to="2024-11-30")
    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.valid_to == date(2024, 11, 30)


def test_whoever_is_suspended_is_not_among_those_of_the_day(pine):
    row = make.placed(pine)[0]
    reason = StatusReason.objects.get(pk="detained")
    stand(row, "suspended", on=date(2026, 3, 2), by=make.user(), reason=reason)
    days = [date(2026, 3, 1), date(2026, 3, 2)]
    assert [[place.mandate for place in assignments_on(pine, day)] for day in days] == [[row], []]


def test_many_days_asked_together_are_those_asked_one_by_one(pine, django_assert_max_num_queries):
    """Somebody comes later, somebody is suspended and resumes, somebody ends, and a place ends."""
    by, detained = make.user(), StatusReason.objects.get(pk="detained")
    come_and_go, suspended, ended, steady = make.placed(pine, 4)
    come_and_go.assignments.update(valid_from=date(2024, 3, 1), valid_to=date(2024, 9, 30))
    stand(suspended, "suspended", on=date(2024, 5, 6), by=by, reason=detained)
    stand(suspended, "active", on=date(2024, 7, 1), by=by)
    stand(ended, "ended", on=date(2024, 12, 31), by=by, reason=StatusReason.objects.get(pk="resigned"))
    days = [date(2021, 11, 1) + timedelta(days=number) for number in range(1500)]
    apart = [[place.pk for place in assignments_on(pine, day)] for day in days]
    with django_assert_max_num_queries(15):
        together = Expected(pine)
        assert [[place.pk for place in together.on(day)] for day in days] == apart
    assert {len(found) for found in apart} == {0, 2, 3, 4}
    assert steady.assignments.get().pk in apart[-1]
