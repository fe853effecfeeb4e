"""The table of stations and the page of one: who sees which, where the links lead, what is taken away."""

import csv
import io
import re
from datetime import date

import pytest

from liaison.audit.models import Entry
from liaison.divisions.models import Division
from stations.eight_haves.standard import KEYS
from stations.register.models import ActivityFunds, RuleDocument, StaffPost, YearlyConfirmation
from tests.support import factories as make

LINK = re.compile(r'<a class="button" href="(/admin/[^"]+)"')


@pytest.fixture
def officer(client, station):
    client.force_login(make.granted("officer"))
    return client


@pytest.fixture
def staff(client, station):
    client.force_login(make.staff(station))
    return client


def page_of(client, station):
    return client.get(f"/eight-haves/{station.code}/")


def standings(response):
    return re.findall(r'data-standing="(\w+)"', response.text)


def figures(response):
    return dict(re.findall(r'data-figure="(\w+)" data-value="([\d.]*)"', response.text))


def test_staff_of_one_station_come_to_its_page_at_once(staff, station):
    response = staff.get("/eight-haves/")
    assert response.status_code == 302
    assert response["Location"] == f"/eight-haves/{station.code}/"
    assert standings(staff.get(response["Location"])) == ["met"] * 8


def test_another_station_answers_like_none(staff):
    assert page_of(staff, make.station()).status_code == 404
    assert staff.get("/eight-haves/nowhere/").status_code == 404


def test_every_link_leads_to_a_page_that_its_reader_may_open(officer, station):
    bare = make.station()
    links = [link.replace("&amp;", "&") for link in LINK.findall(page_of(officer, bare).text)]
    assert len(links) == 10
    assert [officer.get(link).status_code for link in links] == [200] * 10


def test_staff_are_offered_only_what_they_may_mend(staff, station):
    StaffPost.objects.update(is_full_time=False)
    response = page_of(staff, station)
    assert "没有在岗的专职工作人员" in response.text
    assert LINK.findall(response.text) == []


def test_mending_it_where_the_link_leads_turns_the_line(staff, station):
    YearlyConfirmation.objects.all().delete()
    response = page_of(staff, station)
    assert standings(response)[:2] == ["to_confirm", "to_confirm"]
    link = LINK.findall(response.text)[1].replace("&amp;", "&")
    form = staff.get(link).context["adminform"].form
    ticks = {name: "on" for name in ("plate", "roster", "schedule", "qr") if form.initial.get(name)}
    assert len(ticks) == 4
    typed = {"station": station.pk, "confirmed_on": "2026-11-03", "confirmed_by": "江小雪"}
    assert staff.post(link, typed | ticks | {"premises": "on"}).status_code == 302
    assert standings(page_of(staff, station))[:2] == ["met", "met"]


def test_the_table_counts_and_each_number_opens_its_stations(officer, station):
    make.station()
    response = officer.get("/eight-haves/")
    shown = figures(response)
    assert shown == {"eight_haves_met": "50.0"} | {f"have_met_{key}": "50.0" for key in KEYS}
    assert 'data-count="2"' in response.text
    opened = officer.get("/eight-haves/?have=rules&standing=not_met")
    assert 'data-count="1"' in opened.text
    assert "缺“代表接待群众制度”" in opened.text
    assert f'href="/eight-haves/{station.code}/' not in opened.text


def test_the_table_is_narrowed_by_division_and_kind(officer, station):
    make.station(f"{make.DAOLI}002", kind="home")
    for query, count in (("division=230102001", 1), ("division=230102", 2), ("kind=home", 1), ("kind=central", 0)):
        assert f'data-count="{count}"' in officer.get(f"/eight-haves/?{query}").text, query


def test_contact_points_and_studios_are_not_inspected(officer, station):
    make.station(kind="studio")
    make.station(kind="contact_point")
    make.station(status="suspended")
    make.station(opened_on=date(2026, 11, 4))
    assert 'data-count="1"' in officer.get("/eight-haves/?kind=").text


@pytest.mark.parametrize("query", ["division=999", "have=x", "standing=%27", "year=99999", "page=x", "kind=\ufffd"])
def test_what_is_no_choice_is_told_and_the_rest_shown(query, officer):
    response = officer.get(f"/eight-haves/?{query}")
    assert response.status_code == 200
    assert 'data-count="1"' in response.text


def test_last_year_is_judged_as_a_whole(officer, station):
    ActivityFunds.objects.update(year=2025)
    text = officer.get(f"/eight-haves/{station.code}/?year=2025").text
    assert "2025年" in text
    assert "1至12月接待日应开展12次，有记录0次" in text


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_holds_the_table_and_leaves_a_line_in_the_trail(kind, officer, station):
    RuleDocument.objects.filter(kind="feedback").delete()
    response = officer.get(f"/eight-haves/stations.{kind}?have=rules")
    content = b"".join(response.streaming_content)
    if kind == "csv":
        heading, row = csv.reader(io.StringIO(content.decode("utf-8-sig")))
        assert dict(zip(heading, row, strict=True))["有制度"] == "未达标"
        assert "缺“群众意见建议处理反馈制度”。" in row
    entry = Entry.objects.latest("pk")
    assert entry.action == "export"


@pytest.mark.parametrize(("role", "count"), [("officer", 2), ("leader", 2), ("committee", 1)])
def test_each_counts_the_stations_in_reach(role, count, client, station):
    make.station(f"{make.DAOLI}002")
    make.station(f"{make.NANGANG}001")
    committee = make.organisation(kind="special_committee")
    make.pairing(station, committee)
    place = {"organisation": committee} if role == "committee" else {}
    client.force_login(make.granted(role, **place))
    assert f'data-count="{count}"' in client.get("/eight-haves/?kind=").text


def test_divisions_are_named_by_whoever_may_see_them(officer):
    make.station(f"{make.NANGANG}001")
    assert Division.objects.get(pk=f"{make.NANGANG}001").name not in officer.get("/eight-haves/?kind=").text
