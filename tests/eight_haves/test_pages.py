"""The table of stations and the page of one: who sees which, where the links lead, what is taken away."""

import csv
import io
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from liaison.audit.models import Entry
from liaison.divisions.models import Division
from liaison.tools.cells import is_number, words_of
from liaison.tools.sheets import headings, rows_of
from stations.eight_haves import plain
from stations.eight_haves.evaluation import evaluate
from stations.eight_haves.models import Standard
from stations.eight_haves.sheets import CRITERIA, criteria_of
from stations.eight_haves.standard import KEYS
from stations.register.models import ActivityFunds, RuleDocument, StaffPost, Station, YearlyConfirmation
from stations.visits.models import Visit
from tests.eight_haves.conftest import TODAY, YEAR, complete, reception, taken_away
from tests.support import factories as make
from tests.support.libreoffice import CSV, converted, values_of
from tests.support.standards import of_everything, standard_of

QUERIES = {"?kind=": 26, "{}/": 22, "{}/activities/1/": 21, "{}/scorecard.csv": 20, "{}/activities/1/rows.csv": 21}
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


def to_mend(client):
    return [tile for tile in client.get("/admin/").context["tiles"] if tile["name"] == "“八有”待补"]


def test_the_first_page_says_how_many_are_to_be_mended_where_they_are_listed(staff, station):
    assert [tile["value"] for tile in to_mend(staff)] == [0]
    RuleDocument.objects.filter(station=station).delete()
    YearlyConfirmation.objects.filter(station=station).delete()
    (tile,) = to_mend(staff)
    assert (tile["value"], tile["href"]) == (3, f"/eight-haves/{station.code}/")
    assert len([one for one in standings(staff.get(tile["href"])) if one != "met"]) == 3


def test_at_a_past_cut_off_nothing_is_offered_that_would_not_be_known_by_then(staff, station):
    RuleDocument.objects.filter(station=station).delete()
    for page in ("", "rules/1/"):
        address = f"/eight-haves/{station.code}/{page}"
        assert "去添加" in staff.get(address).text
        assert "去添加" not in staff.get(f"{address}?known_by=2026-11-02").text


def test_the_days_shown_end_at_the_cut_off(staff, station):
    def days(query):
        text = staff.get(f"/eight-haves/{station.code}/?{query}").text
        return re.search(r"统计时间：([^<]*)<", text)[1]

    assert days("") == days("known_by=") == "2026年1月1日至2026年11月3日"
    assert days("known_by=2026-10-31") == "2026年1月1日至2026年10月31日"
    assert days("year=2025&known_by=2026-10-31") == "2025年"


def test_who_sees_many_stations_has_their_table_and_no_number_of_one(officer, station):
    make.station()
    assert to_mend(officer) == []


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


def test_a_station_closed_since_is_in_the_table_of_what_was_known_before(officer, station):
    """Closed on 20 October, told on 3 November."""
    make.station(kind="home")
    station.change_status("closed", date(2026, 10, 20))
    Station.objects.filter(kind="home").update(kind="studio")
    shown = {}
    for day in ("2026-10-31", "2026-11-02", "2026-11-03"):
        text = officer.get(f"/eight-haves/?kind=&known_by={day}").text
        shown[day] = re.search(r'data-count="(\d+)"', text)[1]
    assert shown == {"2026-10-31": "2", "2026-11-02": "2", "2026-11-03": "0"}


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


def test_last_year_s_premises_lead_to_no_form_that_counts_for_this_year(officer, station):
    YearlyConfirmation.objects.all().delete()
    adds = "/admin/stations/yearlyconfirmation/add/"
    pages = [officer.get(f"/eight-haves/{station.code}/?year={year}").text for year in (2026, 2025)]
    assert [adds in page for page in pages] == [True, False]
    assert "2025年度自查还没有确认场地情况" in pages[1]


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


def test_the_workbook_of_the_table_tells_its_days_its_standard_and_what_each_column_lacks(officer, station, tmp_path):
    book = tmp_path / "stations.xlsx"
    response = officer.get("/eight-haves/stations.xlsx?year=2026&known_by=2026-10-31&lang=en")
    book.write_bytes(b"".join(response.streaming_content))
    title, dates, heading, row = load_workbook(book).active.iter_rows(values_only=True)
    standard = str(Standard.objects.get(division=None, state="published"))
    assert title[0] == "the eight haves"
    assert dates[0] == f"Period:Jan. 1, 2026 to Oct. 31, 2026　Known by:Oct. 31, 2026　Judged by:{standard}"
    assert len(set(heading)) == len(heading) == 3 + 2 * len(KEYS) + 4
    assert heading[4:18:2] == tuple(f"{name}: what is lacking" for name in heading[3:17:2])
    assert [str(value)[:10] for value in row[-4:]] == [standard, "2026-01-01", "2026-10-31", "2026-10-31"]


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


def criterion_of(client, at, have="activities", place=1, query=""):
    return client.get(f"/eight-haves/{at.code}/{have}/{place}/{query}")


def count_on(response):
    return int(re.search(r'data-count="(\d+)"', response.text)[1])


def test_each_criterion_opens_the_rows_behind_its_value(staff, station):
    response = criterion_of(staff, station)
    assert (response.status_code, count_on(response)) == (200, 10)
    assert "2026-03-10" in response.text
    content = b"".join(staff.get(f"/eight-haves/{station.code}/activities/1/rows.csv").streaming_content)
    assert len(content.splitlines()) == 11
    assert Entry.objects.latest("pk").detail == {"sheet": "months_with_reception", "kind": "csv", "count": 10}


def test_rows_that_are_not_what_is_counted_say_what_they_are(officer, station):
    RuleDocument.objects.filter(station=station, kind="feedback").delete()
    response = criterion_of(officer, station, have="rules", query="?lang=en")
    left = RuleDocument.objects.filter(station=station).count()
    assert (response.context["value"].partition(" ")[0], count_on(response)) == ("1", left)
    assert f'<p class="lead">Rules in force: {left}</p>' in response.text
    assert 'aria-label="Rules in force"' in response.text


def test_every_count_is_of_its_rows_or_says_what_its_rows_are(station):
    of_everything()
    make.rule(station, "study"), make.rule(station, "study", version="2")
    standard = Standard.objects.latest("pk")
    (card,) = evaluate([station], YEAR, TODAY, standard)
    results = {result.measure: result.reading for result in card.lines[0].results}
    counts = {measure: found for measure, found in results.items() if measure.decimals == 0 and not measure.rows_name}
    told = {measure.key: (found.value, len(found.rows)) for measure, found in counts.items()}
    assert len(told) > 10
    assert {key: pair for key, pair in told.items() if pair[0] != pair[1]} == {}


def test_who_may_not_see_such_records_sees_how_many_they_are(client, station):
    client.force_login(make.granted("leader"))
    response = criterion_of(client, station)
    assert (response.status_code, count_on(response), response.context["hidden"]) == (200, 0, 10)
    assert "2026-03-10" not in response.text
    content = b"".join(client.get(f"/eight-haves/{station.code}/activities/1/rows.csv").streaming_content)
    assert len(content.splitlines()) == 1


def test_who_has_not_come_yet_is_named_to_the_committee_alone(client, station):
    (mandate,) = make.placed(station)
    standard = standard_of(("representatives_entered", 100, "at_least"))
    Standard._base_manager.filter(pk=standard.pk).update(state="published", published_at=make.moment(date(2026, 1, 1)))
    for reader, count in ((make.granted("officer"), 1), (make.staff(station), 0)):
        client.force_login(reader)
        response = criterion_of(client, station, have="results")
        assert (count_on(response), mandate.person.name in response.text) == (count, count == 1)
        assert response.context["hidden"] == 1 - count


@pytest.mark.parametrize("address", ["activities/2/", "activities/0/", "x/1/", "activities/2/rows.csv"])
def test_a_criterion_that_is_none_is_not_there(address, staff, station):
    assert staff.get(f"/eight-haves/{station.code}/{address}").status_code == 404


def test_a_row_opens_its_record_for_whoever_has_a_page_of_it(client, staff, station):
    visit = Visit.objects.get(station=station, date=date(2026, 3, 10))
    link = f'<a href="/admin/visits/visit/{visit.pk}/change/">2026-03-10</a>'
    assert link in criterion_of(staff, station).text
    assert "/admin/" not in criterion_of(staff, station, have="results").text.partition("<main")[2]


def test_rows_of_another_station_answer_like_none(staff):
    other = make.station()
    for address in ("activities/1/", "activities/1/rows.xlsx", "scorecard.csv"):
        assert staff.get(f"/eight-haves/{other.code}/{address}").status_code == 404


def test_a_cut_off_is_kept_from_the_table_to_the_rows(officer, station):
    taken_away(station, 10)
    reception(station, 10, entered=TODAY)
    dates = "?year=2026&amp;known_by=2026-10-31"
    assert count_on(criterion_of(officer, station)) == 10
    assert count_on(criterion_of(officer, station, query="?known_by=2026-10-31")) == 9
    table = officer.get("/eight-haves/?kind=&known_by=2026-10-31").text
    assert f"/eight-haves/{station.code}/{dates}" in table
    page = officer.get(f"/eight-haves/{station.code}/?known_by=2026-10-31").text
    assert f"activities/1/{dates}" in page
    assert 'datetime="2026-10-31"' in page


@pytest.mark.parametrize(("query", "is_said"), [("", 0), ("&known_by=2026-11-03", 0), ("&known_by=2026-11-02", 1)])
def test_a_past_cut_off_says_that_only_what_was_on_record_by_then_counts(query, is_said, officer, station):
    for address in ("?kind=", f"{station.code}/?year=2026", f"{station.code}/activities/1/?year=2026"):
        assert officer.get(f"/eight-haves/{address}{query}").text.count('class="only"') == is_said


@pytest.mark.parametrize("day", ["2025-12-31", "2026-11-04", "someday"])
def test_a_cut_off_that_cannot_be_meant_is_told_beside_it_and_today_stands_instead(day, officer, station):
    for address in ("", f"{station.code}/", f"{station.code}/activities/1/"):
        response = officer.get(f"/eight-haves/{address}?known_by={day}")
        assert list(response.context["form"].errors) == ["known_by"]
        assert 'datetime="2026-11-03"' in response.text


def test_every_number_by_division_and_by_kind_opens_its_stations(officer, station):
    make.station(f"{make.DAOLI}002", kind="home")
    parts = officer.get("/eight-haves/").context["parts"]
    rows = [row for part in parts for row in part["rows"]]
    assert [(row["stations"], row["met"]) for row in rows] == [(1, 1), (1, 0), (1, 0), (1, 1)]
    for row in rows:
        shown = [officer.get(row[name]).context["count"] for name in ("href", "met_href")]
        assert shown == [row["stations"], row["met"]]


def test_counties_are_counted_where_there_are_several(client, station):
    make.station(f"{make.NANGANG}001")
    client.force_login(make.granted("officer", code=make.HARBIN))
    by_division, _by_kind = client.get("/eight-haves/").context["parts"]
    assert [row["words"] for row in by_division["rows"]] == [f"D{make.DAOLI}", f"D{make.NANGANG}"]


def test_all_that_is_met_is_found_by_one_choice(officer, station):
    make.station()
    assert count_on(officer.get("/eight-haves/?standing=met")) == 1
    assert count_on(officer.get("/eight-haves/?standing=not_met")) == 1


def test_a_scorecard_is_taken_away_with_its_dates(officer, station):
    content = b"".join(officer.get(f"/eight-haves/{station.code}/scorecard.csv").streaming_content)
    _heading, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    (card,) = evaluate([station], YEAR, TODAY)
    assert len(rows) == len(criteria_of(card))
    assert {row[-1] for row in rows} == {"2026-11-03"}


def test_libreoffice_reads_the_workbook_of_a_station(officer, station, tmp_path):
    book = tmp_path / "scorecard.xlsx"
    book.write_bytes(b"".join(officer.get(f"/eight-haves/{station.code}/scorecard.xlsx").streaming_content))
    (read,) = converted([book], CSV, tmp_path)
    heading, *rows = values_of(read)
    (card,) = evaluate([station], YEAR, TODAY)
    assert heading == headings(CRITERIA)
    assert rows == [list(map(as_text, row)) for row in rows_of(CRITERIA, criteria_of(card))]


def as_text(value) -> str:
    return plain.as_text(value) if is_number(value) else words_of(value)


@pytest.mark.parametrize("times", [1, 3])
def test_pages_ask_as_much_for_many_stations_as_for_one(times, officer, station):
    for _time in range(times - 1):
        complete(make.station())
    assert {address: asked_for(officer, address.format(station.code)) for address in QUERIES} == QUERIES


def asked_for(client, address) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/eight-haves/{address}").status_code == 200
    return len(asked)
