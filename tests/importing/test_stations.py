"""Stations from a file: known by their codes, within the bringer's reach, with people, funds and the upper station."""

from datetime import date

import pytest
from django.utils import timezone

from stations.register.importing import StationFile
from stations.register.models import ActivityFunds, Designation, StaffPost, Station, StationStatus
from tests.importing.files import csv_of, plan_of, station, taken, wrong_in, xlsx_of
from tests.support import factories as make

STREET = f"{make.DAOLI}001"
ALL = (
    "编码 名称 区划代码 类型 上级站 地址 电话 开放时间 站长 联络员 用人方式 成立时间 示范站 年度经费 经费年度 服务范围"
)
FULL = [
    "A-1",
    "松柏街道人大代表联络站",
    STREET,
    "中心站",
    "",
    "松柏路1号",
    "0451-00000000",
    "周一至周五",
    "王某",
    "李某、赵某",
    "临聘",
    "2020年5月1日",
    "是",
    "3万",
    "2026",
    "三个社区",
]


@pytest.fixture(autouse=True)
def _street():
    make.division(STREET)


def test_a_full_line_becomes_a_station_with_all_that_belongs_to_it():
    assert taken(StationFile, csv_of(ALL, FULL)) == (1, 0, 0)
    at = Station.objects.get(code="A-1")
    assert (at.name, at.kind, at.division_id) == ("松柏街道人大代表联络站", "central", STREET)
    assert (at.opened_on, at.served_area) == (date(2020, 5, 1), "三个社区")
    posts = StaffPost.objects.values_list("name", "post", "staffing_mode", "valid_from")
    today = timezone.localdate()
    assert sorted(posts) == sorted(
        (name, post, "temporary", today)
        for name, post in [("王某", "head"), ("李某", "liaison_officer"), ("赵某", "liaison_officer")]
    )
    assert list(ActivityFunds.objects.values_list("year", "amount")) == [(2026, 30_000)]
    assert list(StationStatus.objects.values_list("status", "since")) == [("operating", date(2020, 5, 1))]
    assert Designation.objects.in_force(today).count() == 1


def test_the_same_file_again_changes_nothing():
    file = csv_of(ALL, FULL, ["A-2", "站二", STREET, "", "A-1", *[""] * 11])
    assert taken(StationFile, file) == (2, 0, 0)
    assert taken(StationFile, file) == (0, 0, 2)
    assert (Station.objects.count(), StaffPost.objects.count()) == (2, 3)


def test_an_empty_cell_leaves_what_is_there_and_a_filled_one_changes_it():
    at = station("A-1", STREET, address="旧址", phone="0451-11111111")
    file = csv_of("编码 名称 区划代码 地址 电话", ["A-1", at.name, STREET, "新址", ""])
    (change,) = plan_of(StationFile, file).changes
    assert [(found.before, found.after) for found in change.differences] == [("旧址", "新址")]
    assert taken(StationFile, file) == (0, 1, 0)
    at.refresh_from_db()
    assert (at.address, at.phone) == ("新址", "0451-11111111")


def test_an_upper_station_may_stand_further_down_in_the_file():
    rows = [["A-2", "联络点", STREET, "联络点", "A-1"], ["A-1", "站", STREET, "", ""]]
    assert taken(StationFile, csv_of("编码 名称 区划代码 类型 上级站", *rows)) == (2, 0, 0)
    assert Station.objects.get(code="A-2").parent.code == "A-1"


def test_a_circle_another_area_and_an_unknown_upper_station_are_refused():
    make.division(f"{make.DAOLI}002")
    station("B-1", f"{make.DAOLI}002")
    rows = [
        ["A-1", "一", STREET, "A-2"],
        ["A-2", "二", STREET, "A-1"],
        ["A-3", "三", STREET, "B-1"],
        ["A-4", "四", STREET, "没有"],
    ]
    assert wrong_in(StationFile, csv_of("编码 名称 区划代码 上级站", *rows)) == [
        (3, "上级站：联络站不能挂在自己下面。"),
        (4, "上级站不在同一区划。"),
        (5, "上级站：没有编码为没有的联络站"),
    ]


def test_codes_that_excel_made_numbers_of_are_read_or_refused_in_words():
    make.division("230102001001")
    rows = [["A1", "一", 230102001001.0], ["A2", "二", "230102001000"], ["A3", "三", "2.30102E+11"]]
    assert wrong_in(StationFile, xlsx_of("编码 名称 区划代码", *rows)) == [
        (4, "区划代码：被 Excel 改成了科学计数，请把这一列设为文本")
    ]
    assert taken(StationFile, xlsx_of("编码 名称 区划代码", *rows[:2])) == (2, 0, 0)
    assert [each.division_id for each in Station.objects.order_by("code")] == ["230102001001", STREET]


def test_what_lies_outside_ones_reach_is_refused_like_what_does_not_exist():
    make.division(f"{make.NANGANG}001")
    station("N-1", f"{make.NANGANG}001")
    officer = make.granted("officer")
    rows = [["X-1", "站", f"{make.NANGANG}001"], ["X-2", "站", f"{make.NANGANG}999"], ["N-1", "站", STREET]]
    assert wrong_in(StationFile, csv_of("编码 名称 区划代码", *rows), officer) == [
        (2, f"区划代码：没有代码为{make.NANGANG}001的行政区划"),
        (3, f"区划代码：没有代码为{make.NANGANG}999的行政区划"),
        (4, "编码：这里不能用编码N-1"),
    ]


def test_another_head_needs_a_handover_and_one_person_has_one_post():
    at = station("A-1", STREET)
    make.staff(at, post="head", username="周某")
    rows = [["A-1", at.name, STREET, "吴某", ""], ["A-2", "二", STREET, "郑某", "郑某"]]
    assert wrong_in(StationFile, csv_of("编码 名称 区划代码 站长 联络员", *rows)) == [
        (2, "站长：现任站长是周某，请先办理交接"),
        (3, "联络员：郑某在本站已有其他职务"),
    ]


def test_wrong_cells_are_told_by_line_and_column_all_at_once():
    rows = [
        ["A 1", "", STREET, "宫殿", "三万块", "2026-02-30"],
        ["站-1", "名", STREET, "", "", "2199-01-01"],
        ["A-1", "名" * 101, STREET, "", "-5", ""],
        ["A-9", "名", STREET, "", "999999999", ""],
        ["A-9", "名", STREET, "", "", ""],
    ]
    file = csv_of("编码 名称 区划代码 类型 年度经费 成立时间", *rows)
    kinds = "代表之家、联络站、中心站、联络点、代表工作室、代表服务中心"
    assert wrong_in(StationFile, file) == [
        (2, "名称：没有填写"),
        (2, f"类型：没有“宫殿”这一项，可以写：{kinds}"),
        (2, "年度经费：请写整数"),
        (2, "成立时间：没有这一天，请核对"),
        (3, "成立时间：日期还没到，请核对"),
        (4, "名称：超过100个字"),
        (4, "年度经费：请写整数"),
        (5, "年度经费：不能超过100000000"),
    ]
