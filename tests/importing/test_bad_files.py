"""Files as they must not be: wrong rows among thousands, workbooks made to harm, cells no hand has typed."""

import io
import zipfile
from datetime import date, timedelta

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison.tools.importing import cells
from liaison.tools.row_errors import RowRefused
from liaison.tools.sheets import Column, SheetRefused, write_xlsx
from stations.register.importing import StationFile
from stations.register.models import Station
from stations.visits.importing import VisitFile
from tests.importing.files import csv_of, plan_of, station, taken, wrong_in, xlsx_of
from tests.support import factories as make
from tests.tools.test_sheets_out import FORMULAS

STREET = f"{make.DAOLI}001"
HEAD = "编码 名称 区划代码"
VISITS = "联络站编码 日期 开始时间 结束时间 活动形式 接待群众 主要内容"
SPOILS = [  # column, what is wrong there
    (0, "没有"),
    (1, "2199-01-01"),
    (1, "2019-12-31"),
    (1, "2026-02-30"),
    (2, "25:00"),
    (3, "8:00"),
    (4, "喝茶"),
    (5, "-1"),
    (6, ""),
]


def refusal(file):
    with pytest.raises(SheetRefused) as refused:
        plan_of(StationFile, file)
    return str(refused.value.reason)


def test_of_five_thousand_lines_exactly_the_thirty_seven_wrong_ones_are_named():
    station("S-1", opened_on=date(2020, 1, 1))
    first = date(2020, 1, 2)
    rows = [
        [
            "S-1",
            (first + timedelta(days=number // 3)).isoformat(),
            f"{9 + number % 3}:00",
            "12:00",
            "接待日",
            "0",
            "接待",
        ]
        for number in range(5_000)
    ]
    wrong = [37 + 130 * number for number in range(37)]
    for number, index in enumerate(wrong):
        column, text = SPOILS[number % len(SPOILS)]
        rows[index][column] = text
    found = plan_of(VisitFile, csv_of(VISITS, *rows))
    assert sorted({each.line for each in found.wrong}) == [index + 2 for index in wrong]
    assert (found.wrong_lines, found.rows, len(found.changes)) == (37, 5_000, 4_963)


def workbook(change) -> io.BytesIO:
    book = openpyxl.load_workbook(xlsx_of(HEAD, ["A-1", "站", STREET]))
    change(book.active)
    file = io.BytesIO()
    book.save(file)
    return file


def with_part(name, data) -> io.BytesIO:
    file = xlsx_of(HEAD, ["A-1", "站", STREET])
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(name, data)
    return file


def test_headings_in_merged_cells_are_refused_in_words():
    assert refusal(workbook(lambda sheet: sheet.merge_cells("B1:C1"))) == "缺少这些列：区划代码"
    titled = workbook(lambda sheet: (sheet.insert_rows(1), sheet.merge_cells("A1:C1"), sheet.__setitem__("A1", "名册")))
    assert refusal(titled) == "第一行要写列名，请照下载的导入表格填写。"


def test_workbooks_that_could_harm_are_refused_before_they_are_opened():
    assert "宏" in refusal(with_part("xl/vbaProject.bin", b"macro"))
    assert refusal(with_part("xl/media/bomb.xml", b"0" * 60_000_000)) != ""


def test_a_formula_is_no_value():
    make.division(STREET)
    file = workbook(lambda sheet: sheet.__setitem__("B2", '=HYPERLINK("http://example.cn","站")'))
    assert wrong_in(StationFile, file) == [(2, "名称：没有填写")]


@pytest.mark.parametrize("text", ["站\x00名", "站\x07名", "站\u200b名"])
def test_marks_that_nobody_sees_are_dropped(text):
    make.division(STREET)
    file = io.BytesIO(f"编码,名称,区划代码\nA-1,{text},{STREET}\n".encode())
    if "\x00" in text:
        assert "UTF-8" in refusal(file)
    else:
        assert taken(StationFile, file) == (1, 0, 0)
        assert Station.objects.get().name == "站名"


def test_what_looks_like_a_formula_comes_in_and_goes_out_as_text():
    make.division(STREET)
    rows = [[f"A-{number}", f"站{number}", STREET, text] for number, text in enumerate(FORMULAS)]
    file = csv_of(f"{HEAD} 地址", *rows)
    taken(StationFile, file)
    columns = [Column("address", "地址")]
    with write_xlsx(columns, Station.objects.all(), "站") as sheet:
        written = list(openpyxl.load_workbook(io.BytesIO(sheet.read())).active.iter_rows(min_row=2))
    filled = [cell for (cell,) in written if cell.value]
    assert {cell.data_type for cell in filled} == {"s"}
    assert len(filled) == len(FORMULAS)


DAYS = {
    "2026.3.10": date(2026, 3, 10),
    "2026-03-10": date(2026, 3, 10),
    "2026/3/10": date(2026, 3, 10),
    "20260310": date(2026, 3, 10),
    "2026年3月10日": date(2026, 3, 10),
    "二〇二六年三月十日": date(2026, 3, 10),
    "２０２６．３．１０": date(2026, 3, 10),
    "2026-03-10 09:00:00": date(2026, 3, 10),
    "2026-03-10T09:00": date(2026, 3, 10),
}


@pytest.mark.parametrize("text", DAYS)
def test_a_day_is_read_in_every_form(text):
    assert cells.day(text) == DAYS[text]


@pytest.mark.parametrize(
    ("reader", "text", "value"),
    [
        (cells.month, "1975-05", date(1975, 5, 1)),
        (cells.month, "1975年5月", date(1975, 5, 1)),
        (cells.month, "197505", date(1975, 5, 1)),
        (cells.month, "1975-05-17", date(1975, 5, 1)),
        (cells.ordinal, "第十八届", 18),
        (cells.ordinal, "18", 18),
        (cells.ordinal, "二十一届", 21),
        (cells.whole(100_000), "3万", 30_000),
        (cells.whole(100_000), "18,000元", 18_000),
        (cells.whole(100_000), "12人次", 12),
        (cells.whole(100_000), "0", 0),
        (cells.code, " 230102001.0 ", "230102001"),
        (cells.code, "２３０１０２", "230102"),
        (cells.is_so, "√", True),
        (cells.is_so, "不公开", False),
        (cells.several(9), "甲、乙，丙；甲", ["甲", "乙", "丙"]),
    ],
)
def test_a_cell_is_read_as_it_is_meant(reader, text, value):
    assert reader(text) == value


READERS = [cells.day, cells.month, cells.clock, cells.whole(99), cells.ordinal, cells.is_so, cells.code, cells.since]


@settings(max_examples=150)
@given(st.sampled_from(READERS), st.text(min_size=1, max_size=150))
def test_any_text_is_read_or_refused_in_words(reader, text):
    said = "read"
    try:
        reader(text)
    except RowRefused as refusal:
        said = str(refusal.reason)
    assert said
