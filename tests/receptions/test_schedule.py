"""The coming reception days as residents read them."""

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from stations.receptions.models import Reception
from tests.support import factories as make

PAGE = "/receptions/"
TODAY = date(2026, 5, 8)


@pytest.fixture(autouse=True)
def _office():
    make.office()


@pytest.fixture
def station():
    return make.station(name="松涛站", address="松涛路1号")


def soon(days=1):
    return timezone.localdate() + timedelta(days=days)


def listed(client, **query):
    return [reception.pk for reception in client.get(PAGE, query).context["page"]]


def test_upcoming_are_today_s_and_later_ones_in_order(station):
    make.reception(station, date(2026, 5, 7))
    later = make.reception(station, date(2026, 5, 20))
    today = make.reception(station, TODAY, hours=(14, 16))
    earlier = make.reception(station, TODAY)
    make.reception(station, date(2026, 5, 9), status="cancelled", reason="repairs")
    make.reception(make.station(status="suspended"), date(2026, 5, 9))
    assert list(Reception.objects.upcoming(TODAY)) == [earlier, today, later]


def test_the_line_is_that_of_the_work(station):
    reception = make.reception(station, date(2026, 5, 11), planned_on=date(2026, 5, 10))
    with translation.override("en"):
        assert (reception.day, reception.hours) == ("May 11 (Mon)", "9:00—11:00")
        assert reception.shifted == "(first meant for May 10, moved because of a day of rest)"


def test_a_day_that_was_not_moved_says_nothing_of_it(station):
    assert make.reception(station, TODAY).shifted == ""


def test_only_stations_of_the_division_served_are_listed(client, station):
    ours = make.reception(station, soon())
    make.reception(make.station(f"{make.NANGANG}001"), soon())
    response = client.get(PAGE)
    assert [reception.pk for reception in response.context["page"]] == [ours.pk]
    assert b'data-count="1"' in response.content


def test_found_by_station_street_place_and_representative(client, station):
    mandate = make.mandate(name="卜庆林")
    mine = make.reception(station, soon(), receiving=[mandate], place="会议室")
    make.reception(make.station(name="江畔站"), soon())
    for words in ("松涛", "路1号", "会议室", "庆林"):
        assert listed(client, q=words) == [mine.pk], words
    assert listed(client, q="没有") == []


def test_a_cancelled_one_says_so_and_why_and_names_nobody(client, station):
    make.reception(station, soon(), receiving=[make.mandate(name="卜庆林")], status="cancelled", reason="会场检修")
    page = client.get(PAGE).content.decode()
    assert "会场检修" in page
    assert "卜庆林" not in page


def test_no_cookie_is_set(client, station):
    make.reception(station, soon())
    assert not client.get(PAGE).cookies


@pytest.mark.parametrize(
    "query", ["q=" + "路" * 9_000, "q=%25", "q=%FF", "page=0", "page=abc", "page=" + "9" * 30, "q='\"><b>"]
)
def test_no_query_brings_it_down(query, client, station):
    make.reception(station, soon())
    assert client.get(f"{PAGE}?{query}").status_code == 200
