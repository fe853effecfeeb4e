"""The two registers and a visit's form: on paper, as Excel and CSV, only rows in reach."""

import csv
import io
from datetime import date, time

import openpyxl
import pytest

from liaison.audit.models import Entry
from stations.visits.models import Attendance, Commitment, Guest
from tests.papers import saying
from tests.support import factories as make
from tests.support.libreoffice import CSV, FORMULAS, values_of

ACTIVITIES, RECEPTIONS = "/admin/visits/visit/book", "/admin/opinions/opinion/receptions"
YEAR = {"from": "2026-01-01", "to": "2026-12-31"}


@pytest.fixture
def clerk(client, station):
    clerk = make.staff(station)
    client.force_login(clerk)
    return clerk


def held(station, on=date(2026, 3, 10), **facts):
    """A reception with one representative there, one on leave, and one opinion of a marked reporter."""
    texts = {"content": "接待群众", "results": "当场解释两件", "recorder": "商玉兰", "place": "接待室"} | facts
    visit = make.visit(station, on, starts_at=time(9), ends_at=time(11), residents_received=7, **texts)
    for name, status in (("温如松", "present"), ("邵桂兰", "leave")):
        Attendance.objects.create(visit=visit, mandate=make.mandate(name=name), status=status)
    Guest.objects.create(visit=visit, organisation="住建局", name="柏青", post="科长")
    Commitment.objects.create(visit=visit, who="住建局", what="修路灯", due_on=date(2026, 4, 1))
    return visit


def raised(station, visit, **facts):
    return saying.opinion(station, on=visit.date, channel="reception", visit=visit, **facts)


def holds(printed, *texts):
    assert [text for text in texts if text not in printed.text] == []
    assert [mark for mark in saying.MARKS if mark in printed.text] == []


@pytest.mark.parametrize(("size", "box"), [("a4", (297, 210)), ("a5", (210, 148))])
def test_the_book_of_activities_is_printed_with_its_title_on_each_page(size, box, client, printer, station, clerk):
    for _ in range(12):
        raised(station, held(station))
    printed = printer.printed(client.get(f"{ACTIVITIES}/", YEAR | {"size": size}))
    assert len(printed.pages) > 1
    assert set(printed.sizes) == {box}
    for page in ("".join(page.split()) for page in printed.pages):
        assert "人大代表联络站活动记录簿" in page
        assert f"联络站：{station.name}" in page
        assert "2026年1月1日—2026年12月31日" in page
        assert "参加代表" in page
    assert [f"—{n}/{len(printed.pages)}—" in printed.text for n in range(1, len(printed.pages) + 1)].count(False) == 0
    assert printed.text.count("2026-03-10") == 12
    holds(
        printed,
        "接待日",
        "应到2实到1请假1",
        "温如松",
        "住建局柏青科长",
        saying.SUMMARY,
        "修路灯2026-04-01前",
        "商玉兰",
    )


def test_the_book_of_residents_received_names_nobody_who_came(client, printer, station, clerk):
    visit = held(station)
    life = make.Life(raised(station, visit), make.organisation(name="道里区城市管理局"))
    life.until("fed_back", date(2026, 3, 20))
    raised(station, visit, summary="", body=f"打{saying.PHONE}")
    make.opinion(station, channel="web", on=visit.date)  # nobody was received
    printed = printer.printed(client.get(f"{RECEPTIONS}/", YEAR))
    assert printed.text.count("人大代表接待人民群众登记簿") == len(printed.pages)
    holds(
        printed,
        life.opinion.number,
        "温如松",
        "实名",
        saying.SUMMARY,
        "道里区城市管理局",
        "已解决",
        "打***",
        "来访人签字",
    )
    assert "邵桂兰" not in printed.text  # was on leave
    assert "共2条" in printed.text


def test_a_visit_s_form_says_what_was_entered(client, printer, station, clerk):
    visit = held(station)
    raised(station, visit)
    for size, box in (("a4", (210, 297)), ("a5", (148, 210))):
        printed = printer.printed(client.get(f"/admin/visits/visit/{visit.pk}/paper/", {"size": size}))
        assert printed.sizes == [box]
        holds(
            printed,
            "进站活动登记表",
            station.name,
            "2026年3月10日",
            "9:00—11:00",
            "接待室",
            "接待群众",
            saying.SUMMARY,
            "代表签字",
        )


def rows_of(client, address, **query):
    """The rows of the Excel sheet, below its title and period, and of the CSV file, which are the same."""
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{address}.xlsx", YEAR | query).getvalue())).active
    excel = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    plain = list(csv.reader(io.StringIO(client.get(f"{address}.csv", YEAR | query).getvalue().decode("utf-8-sig"))))
    assert [len(row) for row in excel] == [len(row) for row in plain]
    return excel


@pytest.mark.parametrize("address", [ACTIVITIES, RECEPTIONS])
def test_only_rows_of_the_asked_station_and_days_are_in_a_book(address, client, station, clerk):
    raised(station, held(station))
    raised(station, held(station, on=date(2025, 12, 31)))
    elsewhere = make.station(name="别处联络站")
    raised(elsewhere, held(elsewhere))
    assert len(rows_of(client, address)) == 2
    client.force_login(make.granted("officer"))
    everything = rows_of(client, address)
    assert len(everything) == 3
    assert {row[1] for row in everything[1:]} == {station.name, elsewhere.name}
    assert len(rows_of(client, address, station=elsewhere.pk)) == 2
    client.force_login(clerk)
    assert client.get(f"{address}.csv", YEAR | {"station": elsewhere.pk}).status_code == 404
    refused = client.get(f"{address}/", YEAR | {"station": elsewhere.pk})
    assert (list(refused.context["form"].errors), "rows" in refused.context) == (["station"], False)


@pytest.mark.parametrize("address", [ACTIVITIES, RECEPTIONS])
def test_taking_a_book_away_leaves_a_line_of_the_trail(address, client, station, clerk):
    raised(station, held(station))
    client.get(f"{address}/", YEAR)
    assert Entry.objects.filter(action="export").count() == 0
    client.get(f"{address}.xlsx", YEAR).getvalue()
    entry = Entry.objects.get(action="export")
    assert (entry.actor_name, entry.detail["rows"], entry.object_id) == (clerk.name, 1, str(station.pk))


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"from": "2026-13-40"}, "from"),
        ({"from": "2026-05-01", "to": "2026-04-01"}, "to"),
        ({"station": "abc"}, "station"),
        ({"station": "9" * 30}, "station"),
        ({"to": "x" * 5000}, "to"),
    ],
)
def test_what_cannot_be_asked_is_told_beside_its_field(query, field, client, station, clerk):
    page = client.get(f"{ACTIVITIES}/", query)
    assert (page.status_code, list(page.context["form"].errors)) == (200, [field])
    assert ("data-count" in page.text, f"{ACTIVITIES}.csv" in page.text) == (False, False)
    assert client.get(f"{ACTIVITIES}.csv", query).status_code == 404


@pytest.mark.parametrize("address", [ACTIVITIES, RECEPTIONS, "/admin/receptions/reception/roster"])
def test_whoever_works_at_one_station_is_not_asked_for_all_of_them(address, client, station, clerk):
    def choices():
        return [str(words) for _key, words in client.get(f"{address}/").context["form"].fields["station"].choices]

    make.station(name="二号站")
    assert choices() == [station.name]
    client.force_login(make.granted("officer"))
    assert (choices()[0], {*choices()[1:]}) == ("我能看到的所有联络站", {station.name, "二号站"})


def test_a_committee_reads_activities_but_no_opinion_in_them(client, station):
    raised(station, held(station))
    client.force_login(make.granted("committee"))
    page = client.get(f"{ACTIVITIES}/", YEAR).text
    assert "接待群众" in page
    assert saying.SUMMARY not in page
    assert client.get(f"{RECEPTIONS}/").status_code == 404


def test_the_books_stand_among_the_ledgers(client, station, clerk):
    groups = {group["app_label"]: group for group in client.get("/admin/").context["app_list"]}
    entries = [(entry["name"], entry["admin_url"]) for entry in groups["ledgers"]["models"]]
    books = [("人大代表接待人民群众登记簿", f"{RECEPTIONS}/"), ("人大代表联络站活动记录簿", f"{ACTIVITIES}/")]
    assert entries[:2] == books
    assert [name for name, _address in entries[2:]] == [
        "人大代表履职档案",
        *("群众意见建议台账", "代表建议台账", "经费使用台账", "代表活动台账", "走访联系台账", "学习培训台账"),
        *("代表值班（轮值）签到表", "承诺事项台账", "来访引导（不予受理）登记", "规章制度台账", "工作人员与代表通讯录"),
    ]
    client.force_login(make.granted("leader"))
    groups = {group["app_label"]: group for group in client.get("/admin/").context["app_list"]}
    assert [entry["name"] for entry in groups["ledgers"]["models"]] == [
        *("代表建议台账", "经费使用台账", "规章制度台账", "工作人员与代表通讯录"),
    ]


def test_forty_formulas_stay_text_and_libreoffice_opens_both_books(client, station, clerk, tmp_path, office_program):
    assert len(FORMULAS) == 40
    for text in FORMULAS:
        raised(station, held(station, content=text, recorder=text[:50]), summary=text)
    for address, key in ((ACTIVITIES, "content"), (RECEPTIONS, "matter")):
        path = tmp_path / f"{key}.xlsx"
        path.write_bytes(client.get(f"{address}.xlsx", YEAR).getvalue())
        sheet = openpyxl.load_workbook(path).active
        kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}
        assert kinds <= {"s", "n", "d"}
        shown = values_of(office_program(path, CSV))[3:]
        column = [cell.value for cell in sheet[3]].index("主要内容" if key == "content" else "反映事项")
        kept = [cells[column] for cells in shown if len(cells) > column]
        assert len([value for value in kept if any(value == text.strip() for text in FORMULAS)]) == 40
        assert office_program(path, "pdf").read_bytes().startswith(b"%PDF")
