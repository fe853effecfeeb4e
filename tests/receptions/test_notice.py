"""The notice for the wall and the year's roster, read back from what was printed."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
import zxingcpp
from django.utils import timezone

from liaison.audit.models import Entry
from stations.register.models import Station
from tests.support import chromium
from tests.support import factories as make
from tests.support.pages import Page
from tests.support.printing import Printer

TITLE = "代表接待选民（群众）日公告"
SIZES = {"a4": (210, 297), "a3": (297, 420)}
ROSTER = "/admin/receptions/reception/roster"
LONG = "松涛街道办事处便民服务中心人大代表联络站"


@pytest.fixture(scope="module")
def printer():
    if reason := chromium.missing():
        pytest.skip(reason)
    printer = Printer().start()
    yield printer
    printer.stop()


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = "https://rd.example"
    make.office(full_name="道里区人大常委会", phone="0451-00000000")


@pytest.fixture
def station():
    return make.station(name=LONG, address="松涛路1号一楼", phone="0451-00000001")


def today():
    return timezone.localdate()


def day_in_words(day, with_year=True):
    return f"{f'{day.year}年' if with_year else ''}{day.month}月{day.day}日（周{'一二三四五六日'[day.weekday()]}）"


def of_day(client, reception, **query):
    return client.get(f"/receptions/{reception.pk}/notice/", query)


def of_month(client, station, **query):
    return client.get(f"/stations/{station.code}/notice/", query)


@pytest.mark.parametrize("size", SIZES)
def test_the_notice_of_a_day_says_all_of_it_on_one_sheet(size, client, printer, station):
    receiving = [make.mandate(name=name) for name in ("卜庆林", "温如松", "邵桂兰")]
    day = today() + timedelta(days=9)
    reception = make.reception(
        station, day, planned_on=day - timedelta(days=2), receiving=receiving, place="二楼接待室", hours=(9, 11)
    )
    printed = printer.printed(of_day(client, reception, size=size))
    assert printed.sizes == [SIZES[size]]
    first = day - timedelta(days=2)
    expected = [
        *(TITLE, LONG, "松涛路1号一楼", "二楼接待室", "卜庆林、温如松、邵桂兰", "可以反映什么", "不受理什么"),
        f"{day_in_words(day)}9:00—11:00",
        f"（原定{first.month}月{first.day}日，遇休息日顺延）",
        *("电话：0451-00000001", f"https://rd.example/s/{station.code}", "道里区人大常委会"),
        f"{today().year}年{today().month}月{today().day}日",
    ]
    assert [words for words in expected if words not in printed.text] == []


@pytest.mark.parametrize("size", SIZES)
def test_a_month_of_twelve_days_is_one_sheet_in_order(size, client, printer, station):
    month = today().replace(day=1)
    days = [month + timedelta(days=2 * number) for number in range(12)]
    mandates = make.placed(station, 2)
    for number, mandate in enumerate(mandates):
        mandate.person.name = f"买买提·阿卜杜拉{number}"
        mandate.person.save()
    for number, day in enumerate(days):
        facts = {"status": "cancelled", "reason": "会场检修"} if number == 3 else {"receiving": mandates}
        make.reception(station, day, place="接待室", **facts)
    make.reception(station, month - timedelta(days=1), place="上月")
    make.reception(make.station(), days[0], place="别处")
    client.force_login(make.staff(station))
    printed = printer.printed(of_month(client, station, size=size))
    assert printed.sizes == [SIZES[size]]
    places = [printed.text.index(f"{day_in_words(day, with_year=False)}9:00—11:00") for day in days]
    assert places == sorted(places)
    assert printed.text.count("已取消：会场检修") == 1
    assert printed.text.count("、".join(mandate.person.name for mandate in mandates).replace(" ", "")) == 11
    assert f"{month.year}年{month.month}月" in printed.text
    assert not {"上月", "别处"} & {word for word in ("上月", "别处") if word in printed.text}


def test_its_code_opens_the_station_s_form(client, station, tmp_path):
    page = of_day(client, make.reception(station, today()))
    assert page.context["short"] == f"https://rd.example/s/{station.code}"
    picture = page.text[page.text.index("<svg") : page.text.index("</svg>") + 6]
    if reason := chromium.missing():
        pytest.skip(reason)
    assert [code.text for code in zxingcpp.read_barcodes(drawn(picture, tmp_path))] == [page.context["short"]]


def drawn(svg, folder):
    """The code as a camera sees it."""
    from concurrent.futures import ThreadPoolExecutor

    from PIL import Image
    from playwright.sync_api import sync_playwright

    def shoot():
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.FLAGS)
            page = browser.new_page(viewport={"width": 400, "height": 400})
            page.set_content(svg)
            page.screenshot(path=folder / "code.png")
            browser.close()

    with ThreadPoolExecutor(1) as thread:
        thread.submit(shoot).result()
    return Image.open(folder / "code.png")


def test_a_cancelled_day_s_notice_says_so_and_names_nobody(client, station):
    facts = {"status": "cancelled", "reason": "会场检修", "receiving": [make.mandate(name="卜庆林")]}
    page = of_day(client, make.reception(station, today(), **facts)).text
    assert "已取消：会场检修" in page
    assert "下列接待活动已取消" in page
    assert "卜庆林" not in page


def test_without_a_telephone_of_its_own_the_office_s_stands_there(client, station):
    Station.objects.update(phone="")
    assert "0451-00000000" in of_day(client, make.reception(station, today())).text


def test_the_notice_speaks_the_language_of_the_place(client, station):
    assert TITLE in of_day(client, make.reception(station, today()), lang="en").text


def test_a_demo_says_so(client, station):
    type(make.office()).objects.update(is_demo=True)
    assert "演示数据：机构、人物、事项均为虚构" in of_month(client, station).text


def test_what_is_not_announced_is_there_only_for_those_who_may_see_it(client, station):
    past = make.reception(station, today() - timedelta(days=40), status="held")
    shut = make.reception(make.station(status="suspended"), today())
    for reception in (past, shut):
        assert of_day(client, reception).status_code == 404
    client.force_login(make.staff(make.station()))
    assert of_day(client, past).status_code == 404
    client.force_login(make.granted("officer"))
    assert [of_day(client, row).status_code for row in (past, shut)] == [200, 200]


def test_strangers_get_the_month_of_an_open_station_only(client, station):
    for status, answer in (("operating", 200), ("planned", 404), ("suspended", 404), ("closed", 404)):
        Station.objects.update(status=status)
        assert of_month(client, station).status_code == answer


@pytest.mark.parametrize("key", ["0", "9" * 30])
def test_a_key_that_is_none_has_no_notice(key, client, station):
    assert client.get(f"/receptions/{key}/notice/").status_code == 404


@pytest.mark.parametrize("month", ["", "2026-13", "abc", "路", "99999-01", "2026-05-01", "9" * 5000])
def test_a_month_that_is_none_is_this_one(month, client, station):
    assert of_month(client, station, month=month).context["period"].contains(today())


@pytest.mark.parametrize("month", ["0001-01", "1999-12", "9999-12", "2026-12"])
def test_no_month_brings_it_down(month, client, station):
    page = of_month(client, station, month=month)
    assert page.status_code == 200
    for address in page.context["months"]:
        assert client.get(f"/stations/{station.code}/notice/{address}").status_code == 200


def test_the_reception_s_page_and_the_list_lead_to_the_papers_and_back(client, station):
    reception = make.reception(station, date(2026, 5, 11))
    client.force_login(make.staff(station))
    change = f"/admin/receptions/reception/{reception.pk}/change/"
    hrefs = [values.get("href") for tag, values in Page(client.get(change).text).elements if tag == "a"]
    assert {f"/receptions/{reception.pk}/notice/", f"/stations/{station.code}/notice/?month=2026-05"} <= set(hrefs)
    assert of_day(client, reception).context["back"] == change
    hrefs = [v.get("href") for tag, v in Page(client.get("/admin/receptions/reception/").text).elements if tag == "a"]
    assert {f"{ROSTER}/", "/admin/receptions/reception/notice/"} <= set(hrefs)
    assert client.get("/admin/receptions/reception/notice/")["Location"] == f"/stations/{station.code}/notice/"


def test_of_several_stations_one_is_chosen_for_the_month_s_notice(client, station):
    other = make.station()
    client.force_login(make.granted("officer"))
    address = "/admin/receptions/reception/notice/"
    assert {row.pk for row in client.get(address).context["stations"]} == {station.pk, other.pk}
    assert client.get(address, {"station": other.pk})["Location"] == f"/stations/{other.code}/notice/"
    far = make.station(f"{make.NANGANG}001")
    assert client.get(address, {"station": far.pk}).status_code == 404


def test_the_roster_is_printed_across_a4_with_every_day_of_the_year(client, printer, station):
    days = [date(2026, month, 10) for month in range(1, 13)]
    for day in days:
        make.reception(station, day, receiving=[make.mandate(name="卜庆林")], place="接待室")
    make.reception(station, date(2026, 6, 11), status="cancelled", reason="会场检修")
    make.reception(station, date(2026, 3, 2), planned_on=date(2026, 2, 28))
    make.reception(station, date(2025, 12, 10))
    client.force_login(make.staff(station))
    response = client.get(f"{ROSTER}/", {"year": "2026"})
    printed = printer.printed(response)
    assert set(printed.sizes) == {(297, 210)}
    expected = ["2026年度接待（轮值）安排表", LONG, "共14条", "9:00—11:00", "周六", "已取消会场检修"]
    expected += [day.isoformat() for day in days] + ["（原定2月28日，遇休息日顺延）"]
    assert [words for words in expected if words not in printed.text] == []
    assert printed.text.count("卜庆林") == 12
    assert "2025" not in printed.text


def roster_rows(client, **query):
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{ROSTER}.xlsx", query).getvalue())).active
    assert sheet.page_setup.orientation == "landscape"
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_the_sheet_says_what_the_paper_says_and_leaves_a_line_of_the_trail(client, station):
    make.reception(station, date(2026, 5, 11), planned_on=date(2026, 5, 10), receiving=[make.mandate(name="卜庆林")])
    clerk = make.staff(station)
    client.force_login(clerk)
    page = client.get(f"{ROSTER}/", {"year": "2026"})
    heading, row = roster_rows(client, year="2026")
    assert heading == [str(column["heading"]) for column in page.context["columns"]]
    assert heading == ["序号", "日期", "星期", "时间", "地点", "接待代表", "备注"]
    assert (row[0], row[1].date(), *row[2:4]) == (1, date(2026, 5, 11), "周一", "9:00—11:00")
    assert row[5:] == ["卜庆林", "（原定5月10日，遇休息日顺延）"]
    assert page.context["rows"][0][2:4] == row[2:4]
    entry = Entry.objects.get(action="export")
    assert (entry.actor_name, entry.detail["rows"], entry.object_id) == (clerk.name, 1, str(station.pk))


def test_a_roster_of_several_stations_names_them_and_holds_only_those_in_reach(client, station):
    other, far = make.station(), make.station(f"{make.NANGANG}001")
    for at in (station, other, far):
        make.reception(at, date(2026, 5, 11))
    client.force_login(make.granted("officer"))
    assert {row[1] for row in roster_rows(client, year="2026")[1:]} == {station.name, other.name}
    assert len(roster_rows(client, year="2026", station=other.pk)) == 2
    assert client.get(f"{ROSTER}.xlsx", {"year": "2026", "station": far.pk}).status_code == 404
    refused = client.get(f"{ROSTER}/", {"year": "2026", "station": far.pk})
    assert (list(refused.context["form"].errors), "rows" in refused.context) == (["station"], False)
    client.force_login(make.granted("committee"))
    assert client.get(f"{ROSTER}/").status_code == 404


@pytest.mark.parametrize(
    ("query", "field"),
    [({"year": "abc"}, "year"), ({"year": "0"}, "year"), ({"year": "9" * 5000}, "year"), ({"station": "x"}, "station")],
)
def test_what_cannot_be_asked_is_told_beside_its_field(query, field, client, station):
    client.force_login(make.staff(station))
    page = client.get(f"{ROSTER}/", query)
    assert (page.status_code, list(page.context["form"].errors)) == (200, [field])
    assert client.get(f"{ROSTER}.xlsx", query).status_code == 404
