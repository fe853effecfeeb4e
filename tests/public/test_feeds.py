"""A representative's own days as a feed, and the pages that lead to feeds."""

from datetime import timedelta

import ics
import pytest
from django.utils import timezone

from representatives.models import Mandate
from tests.support import factories as make
from tests.support.pages import Page


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = "https://rd.example"
    make.office()


@pytest.fixture
def station():
    return make.station(name="松涛站")


@pytest.fixture
def mandate(station):
    (placed,) = make.placed(station)
    return placed


def soon(days=1):
    return timezone.localdate() + timedelta(days=days)


def feed(mandate):
    return f"/representatives/{mandate.person_id}/receptions.ics"


def hrefs(page):
    return [values["href"] for tag, values in Page(page).elements if tag == "a" and "href" in values]


def days(client, mandate):
    response = client.get(feed(mandate))
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return [event.begin.date() for event in sorted(ics.Calendar(response.content.decode()).events)]


def test_a_representative_s_feed_holds_the_days_on_which_they_receive(client, station, mandate):
    make.reception(station, soon(1), receiving=[mandate, *make.placed(station)])
    make.reception(station, soon(2), receiving=make.placed(station))
    make.reception(make.station(f"{make.NANGANG}001"), soon(3), receiving=[mandate])  # not of the division served
    make.reception(make.station(status="closed"), soon(4), receiving=[mandate])
    assert days(client, mandate) == [soon(1)]


def test_of_whom_is_not_public_any_more_there_is_no_feed(client, station, mandate):
    make.reception(station, soon(1), receiving=[mandate])
    Mandate.objects.filter(pk=mandate.pk).update(ends_on=soon(-1))
    assert client.get(f"/representatives/{mandate.person_id}/").status_code == 404
    assert client.get(feed(mandate)).status_code == 404


@pytest.mark.parametrize("key", ["0", "9" * 30])
def test_a_key_that_is_none_has_no_feed(key, client):
    assert client.get(f"/representatives/{key}/receptions.ics").status_code == 404


def test_the_pages_lead_to_their_own_feeds(client, station, mandate):
    person = hrefs(client.get(f"/representatives/{mandate.person_id}/").text)
    assert {feed(mandate), f"webcal://rd.example{feed(mandate)}"} <= set(person)
    own = f"/stations/{station.code}/receptions.ics"
    page = hrefs(client.get(f"/stations/{station.code}/").text)
    assert {own, f"webcal://rd.example{own}"} <= set(page)


def test_a_shut_station_s_page_offers_no_feed(client, station):
    type(station).objects.update(status="suspended")
    assert not [href for href in hrefs(client.get(f"/stations/{station.code}/").text) if href.endswith(".ics")]


def test_a_station_with_many_days_leads_to_all_of_them(client, station):
    more = f"/receptions/?station={station.code}"
    make.reception(station, soon())
    assert more not in hrefs(client.get(f"/stations/{station.code}/").text)
    for number in range(2, 6):
        make.reception(station, soon(number))
    assert more in hrefs(client.get(f"/stations/{station.code}/").text)
