"""The coming reception days as residents read them."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from liaison.rulebook.models import CalendarYear
from stations.receptions.models import Reception
from tests.support import factories as make

PAGE = "/receptions/"
TODAY = date(2026, 5, 8)
PROVISIONAL = "（暂定，当年放假安排公布后可能顺延）"


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


def test_a_cancelled_one_is_struck_and_a_moved_one_says_from_when(client, station):
    make.reception(station, soon(1), status="cancelled", reason="会场检修", planned_on=soon(0))
    make.reception(station, soon(3), planned_on=soon(2))
    lines = client.get(PAGE).text.partition('<ul class="lines">')[2].split("</li>")
    (struck,) = re.findall(r"<del>(.*?)</del>", lines[0], re.DOTALL)
    assert f'datetime="{soon(1)}"' in struck
    assert "已取消：会场检修" in lines[0]
    assert "原定" not in lines[0]
    assert f"（原定{soon(2).month}月{soon(2).day}日，遇休息日顺延）" in lines[1]
    assert "<del>" not in lines[1]


def test_the_days_stand_under_their_months(client, station):
    days = [soon(number) for number in (0, 1, 40, 80)]
    for day in days:
        make.reception(station, day)
    headings = re.findall(r"<h2>(.*?)</h2>", client.get(PAGE).text)
    assert headings[: len({day.month for day in days})] == list(dict.fromkeys(f"{d.year}年{d.month}月" for d in days))


def test_a_street_and_a_station_can_be_chosen(client, station):
    mine = make.reception(station, soon())
    other = make.reception(make.station(f"{make.DAOLI}002", name="江畔站"), soon())
    assert listed(client, street=f"{make.DAOLI}001") == [mine.pk]
    assert listed(client, station=other.station.code) == [other.pk]
    assert listed(client, station=other.station.code, q="松涛") == []
    offered = re.findall(r'<option value="(\d+)"', client.get(PAGE).text)
    assert offered == [f"{make.DAOLI}001", f"{make.DAOLI}002"]
    assert "只显示江畔站的接待日" in client.get(PAGE, {"station": other.station.code}).text


def test_the_calendar_of_a_street_with_one_station_is_that_station_s(client, station):
    make.reception(station, soon())
    make.reception(make.station(f"{make.DAOLI}002"), soon())
    feed = client.get("/receptions/", {"street": station.division_id}).context["feed"]
    assert feed.href == f"/stations/{station.code}/receptions.ics"
    make.station(station.division_id)
    assert client.get("/receptions/", {"street": station.division_id}).context["feed"].href == "/receptions.ics"


def test_where_all_is_in_one_street_none_is_asked_for(client, station):
    make.reception(station, soon())
    assert "<select" not in client.get(PAGE).text


def test_a_village_s_station_and_one_of_a_retired_street_count_to_their_street(client, station):
    village = make.reception(make.station(f"{make.DAOLI}002201"), soon())
    gone = make.division(f"{make.DAOLI}009")
    type(gone).objects.filter(pk=gone.pk).update(retired_on=soon(-9), successor=f"{make.DAOLI}002")
    heir = make.reception(make.station(f"{make.DAOLI}009"), soon(2))
    make.reception(station, soon())
    assert listed(client, street=f"{make.DAOLI}002") == [village.pk, heir.pk]


def test_no_cookie_is_set(client, station):
    make.reception(station, soon())
    assert not client.get(PAGE).cookies


@pytest.mark.parametrize(
    "query",
    [
        "q=" + "路" * 9_000,
        "q=%25",
        "q=%FF",
        "page=0",
        "page=abc",
        "page=" + "9" * 30,
        "q='\"><b>",
        "street=x%3B%25",
        "station=%FF&street=9",
    ],
)
def test_no_query_brings_it_down(query, client, station):
    make.reception(station, soon())
    assert client.get(f"{PAGE}?{query}").status_code == 200


@pytest.mark.parametrize("is_official", [True, False])
def test_residents_and_representatives_read_that_a_day_is_provisional_until_the_holidays_are_published(
    is_official, client, station
):
    CalendarYear.objects.update_or_create(year=soon().year, defaults={"is_official": is_official})
    (mandate,) = make.placed(station, 1)
    reception = make.reception(station, soon(), receiving=[mandate])
    make.reception(station, soon(), status="cancelled", reason="会场检修", hours=(14, 16))
    mandate.person.user = make.granted("representative")
    mandate.person.save()
    person = f"/representatives/{mandate.person_id}/"
    notices = [f"/receptions/{reception.pk}/notice/", f"/stations/{station.code}/notice/?month={soon():%Y-%m}"]
    for address in ("/", PAGE, f"/stations/{station.code}/", person, *notices):
        assert (PROVISIONAL in client.get(address).content.decode()) != is_official, address
    client.force_login(mandate.person.user)
    for address in ("/mine/", "/mine/receptions/", f"/mine/receptions/{reception.pk}/"):
        assert (PROVISIONAL in client.get(address).content.decode()) != is_official, address


def test_a_day_past_is_as_it_was_whatever_is_known_of_its_year(station):
    CalendarYear.objects.all().delete()
    past, coming = (make.reception(station, soon(days)) for days in (-1, 0))
    assert (past.is_provisional, coming.is_provisional) == (False, True)
    rows = Reception.objects.with_names()
    assert {row.pk: row.is_provisional for row in rows} == {past.pk: False, coming.pk: True}
