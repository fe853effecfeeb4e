"""A ledger's columns as an office has them: nearest office, hidden, renamed, and what an upgrade does to them."""

import pytest

from liaison.audit.models import Entry
from liaison.rulebook import layouts
from liaison.rulebook.models import SheetLayout
from liaison.tools.sheets import Column
from tests.access.filling import errors_on, form_on, send
from tests.support import factories as make

LEDGER = "visits_visit_book"
PAGES = "/admin/rulebook/sheetlayout/"
SHIPPED = [Column("date", "日期"), Column("place", "地点"), Column("content", "主要内容"), Column("recorder", "记录人")]
KEPT = [
    {"key": "content", "heading": "活动内容", "hidden": False},
    {"key": "date", "heading": "", "hidden": False},
    {"key": "place", "heading": "", "hidden": True},
    {"key": "recorder", "heading": "登记人", "hidden": False},
]


def headings(shipped, kept):
    return [column.heading for column in layouts.arranged(shipped, kept)]


def test_without_a_layout_the_columns_are_the_shipped_ones():
    assert layouts.arranged(SHIPPED, []) == SHIPPED


def test_columns_are_renamed_moved_and_hidden():
    assert headings(SHIPPED, KEPT) == ["活动内容", "日期", "登记人"]


def test_a_renamed_column_stays_renamed_through_an_upgrade():
    """One column is shipped anew, one no longer, one under another name, all in another order."""
    later = [
        Column("weather", "天气"),
        Column("recorder", "填表人"),
        Column("content", "内容"),
        Column("place", "地点"),
    ]
    assert headings(later, KEPT) == ["活动内容", "登记人", "天气"]
    assert [(one.column.key, one.is_hidden) for one in layouts.placed(later, KEPT)][1] == ("place", True)


def test_what_an_upgrade_renames_follows_where_the_office_did_not():
    assert headings([Column("date", "活动日期"), *SHIPPED[1:]], KEPT) == ["活动内容", "活动日期", "登记人"]


def test_a_ledger_that_lost_its_last_shown_column_is_as_shipped():
    kept = [{"key": "date", "heading": "", "hidden": False}, {"key": "place", "heading": "", "hidden": True}]
    assert headings(SHIPPED[1:2], kept) == ["地点"]


def kept_at(code, ledger=LEDGER, **facts):
    return SheetLayout.objects.create(ledger=ledger, division=make.division(code), **facts)


def test_the_nearest_office_counts():
    city, district = kept_at(make.HARBIN), kept_at(make.DAOLI)
    street = kept_at(f"{make.DAOLI}001")
    assert layouts.layout_for(LEDGER, f"{make.DAOLI}001") == street
    assert layouts.layout_for(LEDGER, f"{make.DAOLI}002") == district
    assert layouts.layout_for(LEDGER, f"{make.NANGANG}001") == city
    assert layouts.layout_for("another", f"{make.DAOLI}001") is None
    street.is_used = False
    street.save()
    assert layouts.layout_for(LEDGER, f"{make.DAOLI}001") == district


@pytest.fixture
def officer(client):
    make.office()
    client.force_login(make.granted("officer"))
    return client


@pytest.fixture
def layout(officer):
    return kept_at(make.DAOLI)


def address(layout):
    return f"{PAGES}{layout.pk}/change/"


def test_a_ledger_is_chosen_and_then_its_columns(officer):
    page = officer.get(f"{PAGES}add/")
    assert "人大代表联络站活动记录簿" in page.text
    response = send(officer, f"{PAGES}add/", ledger=LEDGER)
    layout = SheetLayout.objects.get()
    assert (response.status_code, response.url, layout.division_id) == (302, address(layout), make.DAOLI)
    assert (layout.columns, layout.is_used) == ([], True)
    again = send(officer, f"{PAGES}add/", ledger=LEDGER)
    assert "这里已经有这本台账的栏目设置" in again.text


def test_columns_are_set_on_one_page_and_the_book_follows(officer, layout):
    make.visit(make.station(), recorder="商玉兰", content="接待群众")
    changes = {"column_recorder_heading": "登记人", "column_recorder_place": "1", "title": "本站活动簿"}
    typed = form_on(officer, address(layout)) | changes
    del typed["column_guests_shown"]
    assert officer.post(address(layout), typed).status_code == 302
    layout.refresh_from_db()
    assert layout.columns[0] == {"key": "recorder", "heading": "登记人", "hidden": False}
    assert layout.columns[1] == {"key": "date", "heading": "", "hidden": False}
    book = officer.get("/admin/visits/visit/book/", {"from": "2020-01-01"})
    shown = [column["heading"] for column in book.context["columns"]]
    assert shown[:3] == ["序号", "登记人", "日期"]
    assert "其他参加人员" not in shown
    assert "本站活动簿" in book.text
    assert "商玉兰" in book.text
    assert Entry.objects.filter(action="changed", object_type="rulebook.sheetlayout").exists()


def test_the_column_of_the_station_is_renamed_and_stays_first(officer, layout):
    for _number in range(2):
        make.visit(make.station(), content="接待群众")
    typed = form_on(officer, address(layout))
    assert not {"column_station_place", "column_station_shown"} & set(typed)
    assert "总在最前" in officer.get(address(layout)).text
    preview = officer.post(address(layout), typed | {"column_station_heading": "站点", "_preview": "1"})
    assert preview.context["preview"]["headings"][:3] == ["序号", "站点", "日期"]
    assert officer.post(address(layout), typed | {"column_station_heading": "站点"}).status_code == 302
    layout.refresh_from_db()
    assert layout.columns[-1] == {"key": "station", "heading": "站点", "hidden": False}
    assert form_on(officer, address(layout))["column_station_heading"] == "站点"
    book = officer.get("/admin/visits/visit/book/", {"from": "2020-01-01"})
    assert [column["heading"] for column in book.context["columns"]][:3] == ["序号", "站点", "日期"]
    assert send(officer, address(layout), column_station_heading="联络站").status_code == 302
    layout.refresh_from_db()
    assert "station" not in {row["key"] for row in layout.columns}


def test_a_renamed_station_s_old_heading_is_free_and_its_new_one_is_taken(officer, layout):
    free = {"column_station_heading": "站点", "column_date_heading": "联络站"}
    assert send(officer, address(layout), **free).status_code == 302
    for typed in ({"column_station_heading": "日期", "column_date_heading": ""}, {"column_station_heading": "序号"}):
        assert "另一栏已叫" in send(officer, address(layout), **typed).text


def test_a_layout_that_hides_every_column_is_refused(officer, layout):
    typed = {name: value for name, value in form_on(officer, address(layout)).items() if not name.endswith("_shown")}
    response = officer.post(address(layout), typed)
    assert "请至少勾选一栏" in response.text
    layout.refresh_from_db()
    assert layout.columns == []


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("column_date_heading", "长" * 21, "20"),
        ("column_date_heading", "地点", "另一栏已叫"),
        ("column_date_heading", "序号", "另一栏已叫"),
        ("column_date_heading", "联络站", "另一栏已叫"),
        ("column_date_heading", "=1+1", "公式"),
        ("column_date_heading", "＋日期", "公式"),
        ("column_date_heading", "\ufffd", "认不出来"),
        ("column_station_heading", "长" * 21, "20"),
        ("column_station_heading", "=1+1", "公式"),
        ("column_date_place", "", "请填数字"),
        ("column_date_place", "第一", "请填数字"),
        ("column_date_place", "0", "1"),
        ("column_date_place", "9" * 30, "999"),
        ("title", "=cmd|1", "公式"),
        ("title", "长" * 41, "40"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(field, value, words, officer, layout):
    response = send(officer, address(layout), **{field: value})
    errors = response.context["adminform"].form.errors
    assert response.status_code == 200
    assert [words in str(error) for error in errors.values()] == [True]
    assert field in errors or words == "另一栏已叫"  # which is told at the second of the two
    layout.refresh_from_db()
    assert (layout.columns, layout.title) == ([], "")


def test_two_columns_may_change_names(officer, layout):
    changes = {"column_date_heading": "地点", "column_place_heading": "日期"}
    assert send(officer, address(layout), **changes).status_code == 302


def test_a_preview_shows_what_was_typed_and_saves_nothing(officer, layout):
    response = send(officer, address(layout), column_recorder_heading="登记人", _preview="1")
    assert response.status_code == 200
    assert errors_on(response) == set()
    assert "登记人" in response.context["preview"]["headings"]
    assert response.context["preview"]["is_unsaved"]
    layout.refresh_from_db()
    assert layout.columns == []


def test_one_button_brings_the_shipped_columns_back(officer, layout):
    layout.columns, layout.title = KEPT, "别名"
    layout.save()
    response = send(officer, address(layout), column_date_place="", _shipped="1")
    assert response.status_code == 302
    layout.refresh_from_db()
    assert (layout.columns, layout.title) == ([], "")


def test_a_layout_of_a_ledger_that_is_no_longer_kept_opens(officer):
    gone = kept_at(make.DAOLI, "gone_long_ago")
    assert officer.get(address(gone)).status_code == 200
    assert send(officer, address(gone)).status_code == 302


def test_an_office_sets_only_its_own_columns(officer):
    elsewhere = kept_at(make.NANGANG)
    assert officer.get(address(elsewhere)).status_code == 404
    make.division(make.NANGANG)
    refused = send(officer, f"{PAGES}add/", ledger=LEDGER, division=make.NANGANG)
    assert errors_on(refused) == {"division"}
