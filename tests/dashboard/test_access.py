"""Who sees figures, and whose."""

import pytest

from liaison.accounts.roles import ROLES
from tests.support import factories as make
from tests.support.board import body_of, figures_on

READERS = {"township_officer", "officer", "dispatcher", "leader"}
ADDRESSES = ["/dashboard/", "/dashboard/visits_held/", "/dashboard/visits_held.csv", "/dashboard/visits_held.xlsx"]


def value_on(page, key):
    return figures_on(page)[key]["data-value"]


@pytest.mark.parametrize("role", ROLES)
def test_figures_are_for_those_whose_role_says_so(role, stations, signed_in):
    client = signed_in(role)
    expected = 200 if role in READERS else 403
    for address in ADDRESSES:
        response = client.get(address)
        assert response.status_code == expected, address
        if response.streaming:
            body_of(response)


def test_staff_of_one_station_have_no_dashboard(stations, client):
    client.force_login(make.staff(stations[0]))
    assert [client.get(address).status_code for address in ADDRESSES] == [403] * 4


def test_a_stranger_is_sent_to_the_door(today, client):
    for address in ADDRESSES:
        response = client.get(address)
        assert response.status_code == 302
        assert response.url.startswith("/accounts/login/")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_figures_are_only_read(method, stations, signed_in):
    client = signed_in()
    assert [getattr(client, method)(address).status_code for address in ADDRESSES] == [405] * 4


def test_an_unknown_figure_does_not_exist(stations, signed_in):
    client = signed_in()
    for address in ("bogus/", "bogus.csv", "bogus.xlsx", "visits_held.pdf", "VISITS_HELD/", "visits_held"):
        assert client.get(f"/dashboard/{address}", follow=True).status_code in (
            404,
            200 if address == "visits_held" else 404,
        )


def test_each_district_counts_its_own_only(world, signed_in):
    """Nangang's station has what each of Daoli's two has; one opinion has no station but Daoli's division."""
    counts = {}
    for code in (make.HARBIN, make.DAOLI, make.NANGANG, "230104"):
        page = signed_in(code=code).get("/dashboard/").text
        counts[code] = [value_on(page, key) for key in ("visits_held", "opinions_received", "opinions_overdue")]
    assert counts == {
        make.HARBIN: ["12", "34", "7"],
        make.DAOLI: ["8", "23", "5"],
        make.NANGANG: ["4", "11", "2"],
        "230104": ["0", "0", "0"],
    }


def test_a_township_officer_counts_the_township(world, signed_in):
    page = signed_in("township_officer", code=f"{make.DAOLI}001").get("/dashboard/").text
    assert value_on(page, "visits_held") == "4"


def test_a_department_s_dispatcher_counts_what_it_was_given(world, signed_in):
    department = world[0].opinions.exclude(assignments=None).first().assignments.get().organisation
    page = signed_in("dispatcher", organisation=department).get("/dashboard/").text
    given = department.opinionassignment_set.filter(assigned_on__year=2026)
    assert value_on(page, "opinions_received") == str(given.count()) == "4"
    assert value_on(page, "visits_held") == "0"


def test_a_grant_that_has_ended_shows_nothing(stations, client):
    reader = make.granted("officer")
    reader.grants.update(valid_to="2026-10-29")
    client.force_login(reader)
    assert client.get("/dashboard/").status_code == 403


@pytest.mark.parametrize(("role", "expected"), [("officer", 200), ("township_officer", 404), ("leader", 404)])
def test_who_has_no_record_is_for_the_officer_s_eyes(role, expected, world, signed_in):
    client = signed_in(role)
    assert ("representatives_without_record" in figures_on(client.get("/dashboard/").text)) == (expected == 200)
    for address in ("representatives_without_record/", "representatives_without_record.csv"):
        response = client.get(f"/dashboard/{address}")
        assert response.status_code == expected
        if response.streaming:
            body_of(response)
