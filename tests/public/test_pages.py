"""Home and a station's page: what stands there, for whom, and what never does."""

from datetime import timedelta

import pytest
from django.utils import timezone

from stations.register.models import Station
from tests.support import factories as make
from tests.support.pages import Page


@pytest.fixture(autouse=True)
def _office():
    make.office()


@pytest.fixture
def station():
    return make.station(name="松涛站", address="松涛路1号", phone="0451-00000001", hours="周一至周五")


def today():
    return timezone.localdate()


def text(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert not response.cookies
    assert b"<script" not in response.content
    return response.content.decode()


def hrefs(page):
    return [values["href"] for tag, values in Page(page).elements if tag == "a" and "href" in values]


def test_home_leads_to_four_doors(client):
    page = text(client, "/")
    doors = [values["href"] for tag, values in Page(page).elements if values.get("class") in ("door", "door first")]
    assert doors == ["/opinions/new/", "/opinions/track/", "/stations/", "/receptions/"]


def test_home_shows_the_next_days_of_the_division_served(client, station):
    mandate = make.mandate(name="卜庆林")
    make.reception(station, today() + timedelta(days=1), receiving=[mandate])
    make.reception(make.station(f"{make.NANGANG}001", name="远站"), today())
    page = text(client, "/")
    assert "卜庆林" in page
    assert f"/stations/{station.code}/" in hrefs(page)
    assert "远站" not in page


def test_home_without_receptions_tells_whom_to_telephone(client):
    assert "0451-00000000" in text(client, "/").partition("<footer")[0]


def test_home_shows_nothing_that_is_not_there(client):
    headings = text(client, "/").count("<h2")
    station = make.station()
    make.placed(station)
    make.publication(make.Life(make.opinion(station)).until("fed_back"))
    make.announcement()
    assert text(client, "/").count("<h2") == headings + 3


def test_home_counts_people_once(client, station):
    (mandate,) = make.placed(station)
    other = make.station()
    other.assignments.create(mandate=mandate, is_primary=False, valid_from=today())
    make.placed(make.station(f"{make.NANGANG}001"))
    assert client.get("/").context["representatives"] == {"mandates": 1, "stations": 2}


def test_a_station_s_page_says_where_when_and_who(client, station):
    mandate, _other = make.placed(station, 2)
    make.reception(station, today(), receiving=[mandate])
    opinion = make.Life(make.opinion(station)).until("fed_back")
    make.opinion(station)
    told = make.publication(opinion)
    page = text(client, f"/stations/{station.code}/")
    for words in ("松涛路1号", "0451-00000001", "周一至周五", mandate.person.name, told.title):
        assert words in page, words
    context = client.get(f"/stations/{station.code}/").context
    assert (context["received"], context["told"]) == (2, 1)
    assert f"/opinions/new/?station={station.code}" in hrefs(page)


def test_who_has_left_or_is_suspended_is_not_among_its_representatives(client, station):
    gone, suspended, stays = make.placed(station, 3)
    gone.assignments.update(valid_to=today() - timedelta(days=1))
    type(gone).objects.filter(pk=suspended.pk).update(status="suspended")
    placements = client.get(f"/stations/{station.code}/").context["placements"]
    assert [placement.mandate for placement in placements] == [stays]


@pytest.mark.parametrize("status", ["closed", "suspended"])
def test_a_closed_station_sends_nobody_to_a_locked_door(status, client, station):
    make.reception(station, today())
    Station.objects.update(status=status)
    page = text(client, f"/stations/{station.code}/")
    assert "/stations/" in hrefs(page)
    assert f"/opinions/new/?station={station.code}" not in hrefs(page)
    assert "0451-00000001" not in page
    assert 'class="when"' not in page


def test_a_station_that_has_not_opened_yet_is_not_there(client, station):
    Station.objects.update(status="planned")
    assert client.get(f"/stations/{station.code}/").status_code == 404


@pytest.mark.parametrize("code", ["NOWHERE", "x" * 3_000, "9" * 40, "%C3%28", "路"])
@pytest.mark.parametrize("page", ["", "qr.svg"])
def test_a_code_that_is_none_is_not_there(code, page, client):
    assert client.get(f"/stations/{code}/{page}").status_code == 404


def test_the_qr_code_is_a_picture_of_the_short_address(client, station, settings):
    response = client.get(f"/stations/{station.code}/qr.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert response.content.startswith(b"<svg")
    Station.objects.update(status="closed")
    assert client.get(f"/stations/{station.code}/qr.svg").status_code == 404


def test_results_of_one_station(client, station):
    mine = make.publication(make.Life(make.opinion(station)).until("fed_back"))
    make.publication(make.Life(make.opinion(make.station())).until("fed_back"), title="Other")
    assert client.get("/results/").context["total"] == 2
    assert [row.pk for row in client.get("/results/", {"station": station.code}).context["page"]] == [mine.pk]
    assert client.get("/results/", {"station": "NOWHERE"}).context["total"] == 0


def test_the_list_of_stations_leads_to_their_pages(client, station):
    assert f"/stations/{station.code}/" in hrefs(text(client, "/stations/"))


def test_the_first_page_is_light_with_all_it_can_hold(client, station):
    """Style and icon apart, at most half of what a first page may weigh."""
    for days in range(30):
        make.reception(station, today() + timedelta(days=days), receiving=make.placed(station, 3), place="路" * 60)
        make.announcement(title="路" * 100)
        make.publication(make.Life(make.opinion(station)).until("fed_back"), title="路" * 60)
    assert len(text(client, "/").encode()) < 25_000
