"""Feeds of reception days, read back by a library that has nothing to do with the one that wrote them."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import ics
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from liaison.audit.models import Entry
from liaison.rulebook.models import CalendarYear
from liaison.tools.workflow import Actor
from stations.receptions import feeds, turn_moves, turns
from stations.receptions.models import Reception
from stations.register.models import Station
from tests.support import factories as make
from tests.support.pages import Page, fields

ALL = "/receptions.ics"
CHINA = ZoneInfo("Asia/Shanghai")


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = "https://rd.example"
    make.office(short_name="道里区", phone="0451-00000000")
    for year in {soon(days).year for days in (0, 30, 300)}:
        CalendarYear.objects.update_or_create(year=year, defaults={"is_official": True})


@pytest.fixture
def station():
    return make.station(name="松涛站", address="松涛路1号，一楼", phone="0451-00000001")


def soon(days=1):
    return timezone.localdate() + timedelta(days=days)


def of(station):
    return f"/stations/{station.code}/receptions.ics"


def read(client, address=ALL):
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return ics.Calendar(response.content.decode())


def sequence_in(text) -> int:
    return int(re.search(r"SEQUENCE:(\d+)", text)[1])


def keys(client, address=ALL):
    return [
        int(event.uid.partition("@")[0].removeprefix("reception-")) for event in sorted(read(client, address).events)
    ]


def test_an_independent_reader_finds_all_that_residents_are_told(client, station):
    receiving = [make.mandate(name="卜庆林"), make.mandate(name="温如松")]
    kept = make.reception(
        station, soon(2), planned_on=soon(1), receiving=receiving, place="会议室；二楼", hours=(9, 11)
    )
    (event,) = read(client).events
    assert event.uid == f"reception-{kept.pk}@rd.example"
    assert event.begin.datetime == datetime.combine(soon(2), time(9), CHINA)
    assert event.end.datetime == datetime.combine(soon(2), time(11), CHINA)
    assert (event.name, event.status) == ("代表接待日 松涛站", "CONFIRMED")
    assert event.location == "松涛站 松涛路1号，一楼 会议室；二楼"
    assert event.url == f"https://rd.example/stations/{station.code}/"
    said = (
        f"接待代表：卜庆林、温如松\n（原定{soon(1).month}月{soon(1).day}日，遇休息日顺延）\n联络站电话：0451-00000001"
    )
    assert event.description == said


def test_a_day_is_tentative_until_the_holidays_of_its_year_are_published(client, station):
    make.reception(station, soon())
    make.reception(station, soon(), status="cancelled", hours=(14, 16))
    CalendarYear.objects.update(is_official=False)
    before = client.get(ALL).content.decode()
    first, cancelled = sorted(read(client).events)
    assert (first.status, cancelled.status) == ("TENTATIVE", "CANCELLED")
    assert "（暂定，当年放假安排公布后可能顺延）" in first.description
    CalendarYear.objects.update(is_official=True)
    first, cancelled = sorted(read(client).events)
    assert (first.status, cancelled.status) == ("CONFIRMED", "CANCELLED")
    assert "暂定" not in first.description
    assert sequence_in(client.get(ALL).content.decode()) == sequence_in(before) + 1


def test_a_cancelled_one_stays_and_says_why_and_names_nobody(client, station):
    make.reception(station, soon(), receiving=[make.mandate(name="卜庆林")], status="cancelled", reason="会场检修")
    (event,) = read(client).events
    assert (event.status, event.name) == ("CANCELLED", "已取消：代表接待日 松涛站")
    assert event.description.startswith("取消原因：会场检修")
    assert "卜庆林" not in client.get(ALL).content.decode()


def test_the_zone_is_told_and_named(client, station):
    make.reception(station, date(2026, 5, 11), hours=(9, 11))
    Reception.objects.update(date=soon(), planned_on=soon())
    lines = client.get(ALL).content.decode().split("\r\n")
    assert "TZID:Asia/Shanghai" in lines
    assert f"DTSTART;TZID=Asia/Shanghai:{soon():%Y%m%d}T090000" in lines
    assert lines.count("BEGIN:VTIMEZONE") == 1


def test_every_line_is_short_and_ends_as_the_rule_says(client, station):
    make.reception(station, soon(), place="楼" * 100, receiving=[make.mandate(name=f"代表{n}") for n in range(20)])
    body = client.get(ALL).content
    assert body.count(b"\n") == body.count(b"\r\n")
    assert max(len(line) for line in body.split(b"\r\n")) <= 75
    (event,) = read(client).events
    assert "楼" * 100 in event.location


@pytest.mark.parametrize("text", ["BEGIN:VALARM", "a\r\nATTACH:https://evil.example", "甲\\n乙;丙,丁", "\u2028x\u0085"])
def test_no_words_break_out_of_their_line(text, client, station):
    Station.objects.update(name=text[:50])
    make.reception(station, soon(), place=text)
    calendar = client.get(ALL).content.decode()
    assert calendar.count("BEGIN:VEVENT") == len(read(client).events) == 1
    assert not [line for line in calendar.split("\r\n") if line.startswith(("ATTACH", "BEGIN:VALARM"))]


def test_days_long_past_and_shut_stations_are_out(client, station):
    recent = make.reception(station, soon(-30), status="held")
    make.reception(station, soon(-31), status="held")
    coming = make.reception(station, soon(300))
    for status in ("suspended", "closed", "planned"):
        make.reception(make.station(status=status), soon())
    assert keys(client) == [recent.pk, coming.pk]


def test_only_stations_of_the_division_served_are_in_the_feed_of_all(client, station):
    ours = make.reception(station, soon())
    make.reception(make.station(f"{make.NANGANG}001"), soon())
    assert keys(client) == [ours.pk]


def test_a_station_s_feed_holds_its_own(client, station):
    mine = make.reception(station, soon())
    make.reception(make.station(), soon())
    assert keys(client, of(station)) == [mine.pk]
    assert "X-WR-CALNAME:代表接待日（松涛站）" in client.get(of(station)).content.decode()


def test_a_shut_station_s_feed_is_empty_and_an_unopened_one_has_none(client, station):
    make.reception(station, soon())
    Station.objects.update(status="closed")
    assert keys(client, of(station)) == []
    Station.objects.update(status="planned")
    assert client.get(of(station)).status_code == 404


@pytest.mark.parametrize("code", ["NOWHERE", "%00", "%FF", "x" * 3_000, "路", "1'--", ".."])
def test_no_code_is_a_failure(code, client, station):
    client.raise_request_exception = False
    assert client.get(f"/stations/{code}/receptions.ics").status_code in (400, 404)


def test_what_a_calendar_holds_is_not_sent_again_until_it_changes(client, station):
    reception = make.reception(station, soon())
    first = client.get(ALL)
    assert client.get(ALL).content == first.content
    again = client.get(ALL, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    reception.mandates.add(make.mandate(name="卜庆林"))
    assert client.get(ALL, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_proxy_may_keep_a_stranger_s_and_nobody_gets_a_cookie(client, station):
    make.reception(station, soon())
    response = client.get(ALL)
    assert response["Cache-Control"] == "public, max-age=3600"
    assert not response.cookies
    head = client.head(ALL)
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", response["ETag"])
    client.force_login(make.staff(station))
    assert client.get(ALL)["Cache-Control"] == "no-store"


def test_the_feed_speaks_the_language_of_the_place(client, station):
    make.reception(station, soon())
    assert client.get(ALL, {"lang": "en"}).content == client.get(ALL).content


def test_a_change_by_hand_raises_the_number_and_the_moment_of_the_entry(client, station):
    reception = make.reception(station, soon())
    Reception.objects.update(entered_at=datetime(2026, 1, 5, 10, tzinfo=CHINA))
    (before,) = read(client).events
    assert before.last_modified.datetime == datetime(2026, 1, 5, 10, tzinfo=CHINA)
    client.force_login(make.staff(station))
    address = f"/admin/receptions/reception/{reception.pk}/change/"
    form = fields(max(Page(client.get(address).content.decode()).forms, key=len))
    assert client.post(address, form | {"place": "会议室"}).status_code == 302
    text = client.get(ALL).content.decode()
    (after,) = read(client).events
    assert after.uid == before.uid
    seconds = sequence_in(text)
    assert abs(before.last_modified.datetime + timedelta(seconds=seconds) - timezone.now()) < timedelta(minutes=5)
    assert abs(after.last_modified.datetime - timezone.now()) < timedelta(minutes=5)
    assert Entry.objects.filter(action="changed").exists()


def test_who_takes_a_turn_raises_it_too(client, station):
    here, (ann, bo) = make.reception(station, soon()), make.placed(station, 2)
    here.mandates.set([ann])
    for mandate in (ann, bo):
        mandate.person.user = make.granted("representative")
        mandate.person.save()
    Reception.objects.update(changed_at=None)
    assert "SEQUENCE:1" in client.get(ALL).content.decode()
    asked = turns.ask_swap(here, ann, bo, by=Actor("representative", ann.person.name, ann.person.user_id))
    asked.move(turn_moves.AGREE, by=Actor("representative", bo.person.name, bo.person.user_id))
    Reception.objects.update(entered_at=timezone.now() - timedelta(hours=1))
    text = client.get(ALL).content.decode()
    assert bo.person.name in text
    assert sequence_in(text) >= 3600


def test_a_feed_has_an_end_and_keeps_what_is_nearest(client, station, monkeypatch):
    monkeypatch.setattr(feeds, "MOST_COMING", 2)
    monkeypatch.setattr(feeds, "MOST_PAST", 1)
    made = [make.reception(station, soon(days), status="held" if days < 0 else "planned") for days in (-9, -8, 0, 1, 2)]
    assert keys(client) == [row.pk for row in made[1:4]]


def test_a_feed_asks_as_much_for_one_day_as_for_thirty(client, station):
    asked = []
    for number in range(1, 31):
        make.reception(station, soon(number), receiving=make.placed(station, 2))
        if number in (1, 3, 30):
            with CaptureQueriesContext(connection) as queries:
                client.get(ALL)
            asked.append(len(queries))
    assert len(set(asked)) == 1, asked


def test_a_year_of_a_city_is_no_heavy_file(client, station):
    for number in range(60):
        make.reception(station, soon(number), receiving=make.placed(station, 2) if number < 3 else ())
    assert len(client.get(ALL).content) / 60 < 800  # bytes a day, so that the most there can be stay below a megabyte


def test_the_schedule_leads_to_the_feed_of_what_it_shows(client, station):
    hrefs = [values["href"] for tag, values in Page(client.get("/receptions/").text).elements if tag == "a"]
    assert {"webcal://rd.example/receptions.ics", ALL} <= set(hrefs)
    shown = Page(client.get("/receptions/", {"station": station.code}).text).elements
    assert of(station) in [values["href"] for tag, values in shown if tag == "a"]
