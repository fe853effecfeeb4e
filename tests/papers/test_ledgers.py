"""The ledgers: the rows of their registers one for one, as their office has the columns, on paper and as Excel."""

import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from feedback.opinions import workflow
from feedback.opinions.models import Opinion
from feedback.proposals.models import Proposal
from liaison.audit.models import Entry
from liaison.rulebook import shipped
from liaison.rulebook.models import SheetLayout
from stations.receptions.models import Reception
from stations.register.models import FundExpense, RuleDocument, StaffPost, StationAssignment
from stations.visits.models import Attendance, Commitment, Visit
from tests.papers import saying
from tests.support import factories as make
from tests.support.libreoffice import CSV, values_of

YEAR = {"from": "2026-01-01", "to": "2026-12-31"}
DAY = date(2026, 3, 10)


@pytest.fixture
def elsewhere():
    return make.station(f"{make.NANGANG}001", name="别处联络站")


@pytest.fixture
def rows(station, elsewhere):
    """At both stations one of everything in the year, and one of everything before it."""
    for at in (station, elsewhere):
        for day in (DAY, DAY.replace(year=2025)):
            one_of_everything(at, day)


def one_of_everything(at, day):
    for form in ("reception", "outreach", "training"):
        visit = make.visit(at, day, make.placed(at, 2), form=form, residents_received=3)
        visit.commitments.create(who="住建局", what=f"{at.name}{form}")
    make.visit(at, day, voided_on=day)
    make.reception(at, day, receiving=make.placed(at, 1))
    refused = saying.opinion(at, on=day, channel="reception", visit=visit)
    sent = {"channel": "court", "office": "区法院", "phone": "0451-00000000", "address": "建国街"}
    refused.move(workflow.REFUSE, by=make.granted("officer", code=at.division_id[:6]), note="诉讼事项", **sent)
    saying.opinion(at, on=day, channel="web")
    make.expense(at, on=day)
    make.expense(at, on=day, voided_on=day, void_reason="重复")
    make.rule(at, valid_from=day, valid_to=day)


def in_2026(user, model, field, **facts):
    return model.objects.visible_to(user).filter(**{f"{field}__year": 2026}, **facts)


def visits(user, **facts):
    return in_2026(user, Visit, "date", voided_on=None, **facts)


LEDGERS = {  # address -> what a direct question finds
    "visits/visit/book": lambda user: visits(user),
    "visits/visit/activities": lambda user: visits(user),
    "visits/visit/outreach": lambda user: visits(user, form="outreach"),
    "visits/visit/training": lambda user: visits(user, form="training"),
    "visits/visit/rota": lambda user: in_2026(user, Reception, "date"),
    "visits/commitment/book": lambda user: in_2026(user, Commitment, "visit__date"),
    "opinions/opinion/book": lambda user: in_2026(user, Opinion, "received_at"),
    "opinions/opinion/guidance": lambda user: in_2026(user, Opinion, "received_at", state="refused"),
    "opinions/opinion/receptions": lambda user: in_2026(user, Opinion, "received_at", channel="reception"),
    "stations/fundexpense/book": lambda user: in_2026(user, FundExpense, "spent_on", voided_on=None),
    "stations/ruledocument/book": lambda user: in_2026(user, RuleDocument, "valid_from"),
}


def sheet_of(client, address, **query):
    response = client.get(f"/admin/{address}.xlsx", YEAR | query)
    assert response.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(response.getvalue())).active


def lines_of(client, address, **query):
    """Below title, period and headings."""
    rows = sheet_of(client, address, **query).iter_rows(4, values_only=True)
    return [["" if cell is None else cell for cell in row] for row in rows]


def begun(cells) -> list[str]:
    """The first word of each cell: a day without its hour, a number without its pence."""
    return [str(cell).split()[0].removesuffix(".00") if cell != "" else "" for cell in cells]


@pytest.mark.parametrize("address", LEDGERS)
def test_a_ledger_has_the_rows_of_its_register(address, client, rows, station):
    for user in (make.staff(station), make.granted("officer"), make.granted("officer", code=make.HARBIN)):
        client.force_login(user)
        direct = LEDGERS[address](user)
        page = client.get(f"/admin/{address}/", YEAR)
        assert page.context["count"] == direct.count() == len(lines_of(client, address)), user
        assert direct.count() > 0
        assert list(map(begun, page.context["rows"])) == list(map(begun, lines_of(client, address)))
    assert direct.count() == 2 * LEDGERS[address](make.staff(station)).count()


LISTS = {  # where a list can be narrowed to the rows of a ledger
    "visits/visit/outreach": ("visits_visit", {"form__exact": "outreach"}),
    "visits/visit/training": ("visits_visit", {"form__exact": "training"}),
    "visits/visit/rota": ("receptions_reception", {}),
    "opinions/opinion/book": ("opinions_opinion", {}),
    "stations/fundexpense/book": ("stations_fundexpense", {"voided": "no"}),
    "stations/ruledocument/book": ("stations_ruledocument", {}),
    "visits/commitment/book": ("visits_commitment", {}),
}


@pytest.mark.parametrize("address", LISTS)
def test_a_ledger_of_all_days_is_the_list_of_the_same_filter(address, client, rows, station):
    client.force_login(make.staff(station))
    name, query = LISTS[address]
    listed = client.get(reverse(f"admin:{name}_changelist"), query).context["cl"].result_count
    book = client.get(f"/admin/{address}/", {"from": "2000-01-01", "to": "2099-12-31"})
    assert (book.context["count"], listed > 1) == (listed, True)


def test_the_people_of_a_station_stand_in_one_list(client, rows, station):
    StaffPost.objects.create(
        station=station, name="商玉兰", post="head", staffing_mode="rota", valid_from=date(2020, 1, 1)
    )
    gone = {
        "post": "volunteer",
        "staffing_mode": "rota",
        "valid_from": date(2020, 1, 1),
        "valid_to": date(2025, 12, 31),
    }
    StaffPost.objects.create(station=station, name="离岗人", **gone)
    user = make.granted("officer")
    client.force_login(user)
    lines = lines_of(client, "stations/staffpost/contacts")
    here = StaffPost.objects.filter(station=station).count() - 1
    placed = StationAssignment.objects.filter(station=station).count()
    assert len(lines) == here + placed
    assert ["商玉兰", "站长", "", station.phone] == lines[0][1:5]
    assert "离岗人" not in str(lines)
    assert [line[2] for line in lines[here:]] == ["Congress 230102"] * placed


def test_proposals_are_asked_for_by_their_days_only(client, station):
    make.proposal(make.mandate(), [], title="路灯")
    client.force_login(make.granted("officer"))
    page = client.get("/admin/proposals/proposal/book/", {"from": "2000-01-01", "to": "2099-12-31"})
    assert list(page.context["form"].fields) == ["from", "to"]
    assert page.context["count"] == Proposal.objects.count() == 1
    assert "路灯" in page.text


def test_the_rota_says_who_was_planned_and_who_came(client, station):
    planned, came, away = make.placed(station, 3)
    make.reception(station, DAY, receiving=[planned])
    make.reception(station, date(2026, 4, 10), receiving=[away])
    visit = make.visit(station, DAY, [came], residents_received=7)
    Attendance.objects.create(visit=visit, mandate=away, status="leave")
    make.visit(station, DAY, [away], form="training")
    client.force_login(make.staff(station))
    first, second = (line[1:] for line in lines_of(client, "visits/visit/rota"))
    assert (first[3], first[5], first[6]) == (planned.person.name, came.person.name, 7)
    assert (second[3], second[5], second[6]) == (away.person.name, "", "")


@pytest.mark.parametrize("address", ["opinions/opinion/book", "opinions/opinion/guidance"])
def test_no_ledger_of_opinions_names_who_spoke(address, client, printer, rows, station):
    client.force_login(make.granted("officer"))
    printed = printer.printed(client.get(f"/admin/{address}/", YEAR))
    assert saying.SUMMARY in printed.text
    assert "实名" in printed.text
    assert [mark for mark in saying.MARKS if mark in printed.text] == []
    assert [mark for mark in saying.MARKS if mark in str(lines_of(client, address))] == []


def test_a_ledger_is_printed_across_with_title_period_and_page_numbers(client, printer, station):
    for _ in range(30):
        make.expense(station, on=DAY)
    client.force_login(make.staff(station))
    printed = printer.printed(client.get("/admin/stations/fundexpense/book/", YEAR))
    assert (len(printed.pages) > 1, set(printed.sizes)) == (True, {(297, 210)})
    for number, page in enumerate(("".join(page.split()) for page in printed.pages), start=1):
        for words in ("经费使用台账", f"联络站：{station.name}", "2026年1月1日—2026年12月31日", "凭证号"):
            assert words in page
        assert f"—{number}/{len(printed.pages)}—" in page


def test_excel_has_a_merged_title_the_period_and_frozen_headings(client, station, tmp_path, office_program):
    make.expense(station, on=DAY, purpose="=1+1")
    client.force_login(make.staff(station))
    sheet = sheet_of(client, "stations/fundexpense/book")
    assert {str(cells) for cells in sheet.merged_cells.ranges} == {"A1:G1", "A2:G2"}
    assert sheet["A1"].value == "经费使用台账"
    assert [word in sheet["A2"].value for word in (station.name, "2026年1月1日", "2026年12月31日", "共1条")] == [
        True
    ] * 4
    assert (sheet["A3"].value, sheet.freeze_panes, sheet.auto_filter.ref) == ("序号", "A4", "A3:G4")
    assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$1:$3", "landscape")
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(client.get("/admin/stations/fundexpense/book.xlsx", YEAR).getvalue())
    shown = values_of(office_program(path, CSV))
    assert (shown[0][0], shown[2][0], shown[3][2]) == ("经费使用台账", "序号", "=1+1")


def layout(ledger, code=make.DAOLI, title="", **headings):
    """Only the named columns, under these headings."""
    columns = shipped.SHIPPED[ledger].columns(None)
    rows = [{"key": key, "heading": name, "hidden": False} for key, name in headings.items()]
    rows += [{"key": one.key, "heading": "", "hidden": True} for one in columns if one.key not in headings]
    return SheetLayout.objects.create(ledger=ledger, division=make.division(code), title=title, columns=rows)


def test_page_excel_and_csv_follow_the_layout_of_the_station_s_office(client, station, elsewhere):
    make.expense(station, on=DAY, purpose="茶叶")
    make.expense(elsewhere, on=DAY)
    layout("stations_fundexpense_book", title="开支簿", amount="金额（元）", purpose="")
    client.force_login(make.granted("officer", code=make.HARBIN))
    sheet = sheet_of(client, "stations/fundexpense/book", station=station.pk)
    assert (sheet["A1"].value, [cell.value for cell in sheet[3]]) == ("开支簿", ["序号", "金额（元）", "用途"])
    plain = client.get("/admin/stations/fundexpense/book.csv", YEAR | {"station": station.pk}).getvalue().decode()
    assert plain.splitlines()[0].endswith('"序号","金额（元）","用途"')
    page = client.get("/admin/stations/fundexpense/book/", YEAR | {"station": station.pk})
    assert [column["heading"] for column in page.context["columns"]] == ["序号", "金额（元）", "用途"]
    assert len(list(sheet_of(client, "stations/fundexpense/book", station=elsewhere.pk)[3])) == 7
    assert len(list(sheet_of(client, "stations/fundexpense/book")[3])) == 8  # of both: as the city has it


def test_a_heading_that_looks_like_a_formula_stays_text(client, station):
    layout("stations_fundexpense_book", purpose="=1+1")
    client.force_login(make.staff(station))
    assert sheet_of(client, "stations/fundexpense/book")["B3"].data_type == "s"
    assert '"\'=1+1"' in client.get("/admin/stations/fundexpense/book.csv", YEAR).getvalue().decode()


def test_every_ledger_stands_in_the_menu_opens_and_leaves_a_line(client, rows, station):
    client.force_login(make.granted("officer"))
    groups = {group["app_label"]: group for group in client.get("/admin/").context["app_list"]}
    entries = [entry for entry in groups["ledgers"]["models"] if entry["admin_url"] != "/archives/"]
    assert len(entries) == len(shipped.SHIPPED) == 13
    for entry in entries:
        page = client.get(entry["admin_url"], YEAR)
        assert (page.status_code, str(entry["name"]) in page.text) == (200, True)
        client.get(page.context["downloads"][0]["url"]).getvalue()
    assert Entry.objects.filter(action="export").count() == 13
