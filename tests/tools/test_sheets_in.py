import gzip
import io
import zipfile
from contextlib import closing
from datetime import date, datetime, time

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from liaison.tools.sheets import Column, SheetRefused, read_rows, require, write_csv, write_xlsx

DAMAGED = "The file is damaged."
TOO_MUCH = "This file holds too much, please copy its values into a new file."
WRONG_KIND = "Only CSV, CSV.gz and XLSX files can be read."
NOT_TEXT = "This is not a text file, please save it as CSV in UTF-8."
OLD_EXCEL = "This is an old or locked Excel file, please save it as XLSX without a password."
MACROS = "This file holds macros or other files, please save it as a plain XLSX."
LINKS = "This file refers to other files, please save it with values only."
EMPTY = "The file is empty."

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"


def read(data, name="", **options):
    return list(read_rows(io.BytesIO(data), name, **options))


def refusal(data, name="", **options):
    with pytest.raises(SheetRefused) as refused:
        read(data, name, **options)
    return str(refused.value.reason)


def xlsx(*rows, change=None):
    """A workbook from rows; `change` may alter the openpyxl workbook before it is saved."""
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    book.save(file)
    return file.getvalue()


def with_parts(parts):
    """A workbook as XlsxWriter makes it, some of its parts replaced or added."""
    file, changed = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet().write_row(0, 0, ["body", "phone"])
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), *parts}:
            new.writestr(name, parts.get(name) or old.read(name))
    return changed.getvalue()


def sheet_xml(rows):
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


HEAD = '<row r="1"><c r="A1" t="str"><v>body</v></c><c r="B1" t="str"><v>phone</v></c></row>'

# CSV


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "gb2312"])
def test_csv_is_read_in_the_encodings_of_the_country(encoding):
    data = "编号,内容\r\n1,友协街道水管坏了\r\n".encode(encoding)
    assert read(data) == [(2, {"编号": "1", "内容": "友协街道水管坏了"})]


def test_rare_characters_are_read_from_gb18030():
    assert read("name\n𠮷田㐂\n".encode("gb18030")) == [(2, {"name": "𠮷田㐂"})]


def test_a_character_cut_by_the_reading_portion_does_not_mislead():
    text = "x\n" + "友协" * 50_000 + "\n"
    assert read(text.encode()) == read(text.encode("gb18030")) == [(2, {"x": "友协" * 50_000})]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_numbers_are_those_of_an_editor(end):
    lines = ["a,b", "1,2", "", '"two', 'lines",3', "  ,", "4,5"]
    numbers = [(2, {"a": "1", "b": "2"}), (4, {"a": "two\nlines", "b": "3"}), (7, {"a": "4", "b": "5"})]
    assert read(end.join(lines).encode()) == numbers


def test_cells_are_cleaned_and_missing_ones_are_empty():
    data = " a ,\ufeffb,c\n 1\u200b ,\u3000二\x01\n".encode()
    assert read(data) == [(2, {"a": "1", "b": "二", "c": ""})]


def test_empty_columns_at_the_end_are_no_matter():
    assert read(b"a,b,,\n1,2,,\n") == [(2, {"a": "1", "b": "2"})]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", EMPTY),
        (b"\n\n , \n", EMPTY),
        (b"a,,c\n1,2,3\n", "Column 2 has no heading, please split merged cells."),
        (b",b\n1,2\n", "Column 1 has no heading, please split merged cells."),
        (b"a,b,a\n1,2,3\n", "The heading a appears twice."),
        (b"a,b\n1,2\n1,2,3\n", "Line 3 has more cells than there are headings."),
        ("标题,,\na,b,c\n".encode(), "Line 2 has more cells than there are headings."),
        (b'a,b\n1,2\n1,"2\n', "Line 3 cannot be read, please check its quotation marks."),
        (b'a,b\n1,"2"3\n', "Line 2 cannot be read, please check its quotation marks."),
        (b"a\n" + b"x" * 1_000_001, "Line 2 cannot be read, please check its quotation marks."),
        (b"a,b\n1,\0\n", NOT_TEXT),
        ("a,b\n1,2\n".encode("utf-16"), NOT_TEXT),
        ("a,b\n1,2\n".encode("utf-32"), NOT_TEXT),
        (b"a,b\n1,\xff\xff\n", "The encoding of this file is unknown, please save it as CSV in UTF-8."),
        (b"a,b\n1,\x81", "The encoding of this file is unknown, please save it as CSV in UTF-8."),
        (",".join(f"c{n}" for n in range(201)).encode(), "The file has more than 200 columns."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, OLD_EXCEL),
    ],
)
def test_a_csv_that_cannot_be_right_is_refused_in_words(data, words):
    assert refusal(data) == words


@pytest.mark.parametrize("name", ["a.pdf", "b.xls", "c.docx", "d.jpg", "e.csv.zip", "../x.exe"])
def test_what_we_never_read_is_refused_by_its_name(name):
    assert refusal(b"a\n1\n", name) == WRONG_KIND


@pytest.mark.parametrize("name", ["a.csv", "B.CSV", "c.txt", "无后缀", "", "wrong.xlsx"])
def test_what_a_file_is_its_bytes_tell(name):
    assert read(b"a\n1\n", name) == [(2, {"a": "1"})]


def test_a_path_is_read_and_its_name_is_looked_at(tmp_path):
    good, bad = tmp_path / "rows.csv", tmp_path / "rows.doc"
    for path in (good, bad):
        path.write_bytes(b"a\n1\n")
    assert list(read_rows(good)) == list(read_rows(str(good))) == [(2, {"a": "1"})]
    with pytest.raises(SheetRefused):
        list(read_rows(bad))


def test_the_file_of_the_caller_stays_open():
    file = io.BytesIO(b"a\n1\n")
    file.read()
    assert list(read_rows(file)) == list(read_rows(file)) == [(2, {"a": "1"})]


def test_rows_are_counted_against_the_limit():
    data = b"a\n" + b"1\n" * 10
    assert len(read(data, max_rows=10)) == 10
    assert refusal(data, max_rows=9) == "The file has more than 9 rows."
    assert refusal(b"a\n" + b"\n" * 60_000) == "The file has more than 50000 rows."


def test_bytes_are_counted_against_the_limit():
    assert refusal(b"a\n" + b"x\n" * 600_000, max_bytes=1024 * 1024) == "The file is too big: more than 1 MB unpacked."


# CSV.gz


def test_a_packed_csv_is_read():
    assert read(gzip.compress("编号\n1\n".encode("gbk")), "a.csv.gz") == [(2, {"编号": "1"})]


def test_two_packed_parts_are_one_file():
    assert read(gzip.compress(b"a\n1\n") + gzip.compress(b"2\n")) == [(2, {"a": "1"}), (3, {"a": "2"})]


def test_a_packed_bomb_is_unpacked_no_further_than_the_limit():
    bomb = gzip.compress(b"a\n" + b"0" * 60 * 1024 * 1024)
    assert (len(bomb) < 100_000, refusal(bomb)) == (True, "The file is too big: more than 50 MB unpacked.")


@pytest.mark.parametrize("damage", [slice(0, -6), slice(0, 12), slice(0, 2)])
def test_a_damaged_packed_file_is_refused(damage):
    assert refusal(gzip.compress(b"a\n" + bytes(range(32, 127)) * 50)[damage]) == DAMAGED


# XLSX


def test_cells_of_excel_become_text():
    row = ["水管坏了", 13800000000, 2.5, 3.0, date(2026, 3, 10), datetime(2026, 3, 10, 9, 30), time(9, 5), True, None]
    (read_row,) = read(xlsx([f"c{n}" for n in range(9)], row))
    days = ["2026-03-10", "2026-03-10 09:30:00", "09:05:00"]
    assert read_row == (
        2,
        dict(zip([f"c{n}" for n in range(9)], ["水管坏了", "13800000000", "2.5", "3", *days, "True", ""], strict=True)),
    )


def test_empty_rows_are_passed_over_and_numbered():
    assert read(xlsx(["a"], [], ["1"], [None], ["2"])) == [(3, {"a": "1"}), (5, {"a": "2"})]


def test_only_the_first_sheet_is_read():
    assert read(xlsx(["a"], ["1"], change=lambda book: book.create_sheet().append(["b", "c"]))) == [(2, {"a": "1"})]


def test_of_a_formula_the_value_is_read_never_the_formula():
    rows = HEAD + '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2" t="str"><f>A1</f><v>=A1</v></c></row>'
    assert read(with_parts({SHEET: sheet_xml(rows)})) == [(2, {"body": "2", "phone": "=A1"})]


def test_a_telephone_number_that_excel_took_for_a_number_is_whole():
    rows = HEAD + '<row r="2"><c r="A2"><v>1.38E+10</v></c><c r="B2"><v>13800000000.0</v></c></row>'
    assert read(with_parts({SHEET: sheet_xml(rows)})) == [(2, {"body": "13800000000", "phone": "13800000000"})]


def test_a_line_end_as_excel_writes_it_is_a_line_end():
    rows = HEAD + '<row r="2"><c r="A2" t="inlineStr"><is><t>one_x000D_\ntwo_x0000__x0041_</t></is></c></row>'
    assert read(with_parts({SHEET: sheet_xml(rows)})) == [(2, {"body": "one\ntwo_x0041_", "phone": ""})]


def test_a_wrong_dimension_hides_nothing():
    rows = HEAD + '<row r="2"><c r="A2"><v>1</v></c></row><row r="3"><c r="A3"><v>2</v></c></row>'
    lying = sheet_xml(rows).replace("<sheetData>", '<dimension ref="A1:A2"/><sheetData>')
    assert read(with_parts({SHEET: lying})) == [(2, {"body": "1", "phone": ""}), (3, {"body": "2", "phone": ""})]


def merged(*areas):
    def change(book):
        for area in areas:
            book.active.merge_cells(area)

    return change


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (
            xlsx(["a", "b", "c"], [1, 2, 3], change=merged("A1:B1")),
            "Column 2 has no heading, please split merged cells.",
        ),
        (xlsx(["a", "b", "c"], [1, 2, 3], change=merged("B1:C1")), "Line 2 has more cells than there are headings."),
        (
            xlsx(["登记表", "", ""], ["a", "b", "c"], change=merged("A1:C1")),
            "Line 2 has more cells than there are headings.",
        ),
        (xlsx(["a", "a"], [1, 2]), "The heading a appears twice."),
        (xlsx(), EMPTY),
        (xlsx([f"c{n}" for n in range(201)]), "The file has more than 200 columns."),
        (xlsx(["a"])[:-30], DAMAGED),
        (b"PK\x03\x04" + b"\0" * 100, DAMAGED),
        (with_parts({SHEET: "<worksheet"}), DAMAGED),
        (with_parts({"xl/workbook.xml": "<x/>"}), DAMAGED),
        (with_parts({SHEET: sheet_xml(HEAD + '<row r="x"><c r="!!!"><v>1</v></c></row>')}), DAMAGED),
        (with_parts({SHEET: sheet_xml(f'{HEAD}<row r="2"><c r="A2"><v>{"9" * 5000}</v></c></row>')}), DAMAGED),
        (with_parts({"xl/vbaProject.bin": b"\xd0\xcf"}), MACROS),
        (with_parts({"xl/macrosheets/sheet1.xml": "<x/>"}), MACROS),
        (with_parts({"xl/embeddings/oleObject1.bin": b"MZ"}), MACROS),
        (with_parts({"xl/activeX/activeX1.xml": "<x/>"}), MACROS),
        (with_parts({"xl/externalLinks/externalLink1.xml": "<x/>"}), LINKS),
        (with_parts({"xl/connections.xml": "<x/>"}), LINKS),
        (with_parts({"xl/queryTables/queryTable1.xml": "<x/>"}), LINKS),
    ],
)
def test_a_workbook_that_cannot_be_right_is_refused_in_words(data, words):
    assert refusal(data, "报表.xlsx") == words


def test_an_archive_of_another_kind_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert refusal(file.getvalue()) == WRONG_KIND


def random_text(size):
    """Text that does not pack, so that the ratio alone gives nothing away."""
    return "".join(chr(19968 + n * 7919 % 20000) for n in range(size))


LAUGHS = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
BOMBS = {
    "60 MB of nothing": ({SHEET: b" " * 60 * 1024 * 1024}, "The file is too big: more than 50 MB unpacked."),
    "packed 200 times": ({SHEET: b" " * 20 * 1024 * 1024}, TOO_MUCH),
    "2,001 parts": ({f"xl/media/{n}.png": b"x" for n in range(2_001)}, TOO_MUCH),
    "2.4 MB of styles": ({"xl/styles.xml": f"<styleSheet>{random_text(800_000)}</styleSheet>"}, TOO_MUCH),
    "a million shared texts": ({STRINGS: "<si/>" * 1_000_001, "xl/media/1.png": random_text(100_000)}, TOO_MUCH),
    "a row of 50,001 cells": ({SHEET: sheet_xml(HEAD + '<row r="2">' + "<c/>" * 50_001 + "</row>")}, TOO_MUCH),
    "three million cells": (
        {SHEET: sheet_xml(HEAD + ("<row>" + "<c/>" * 300 + "</row>") * 10_000), "xl/media/1.png": random_text(100_000)},
        TOO_MUCH,
    ),
    "the last row of all": (
        {SHEET: sheet_xml(HEAD + '<row r="1048576"><c r="A1048576"><v>1</v></c></row>')},
        "The file has more than 50000 rows.",
    ),
    "a billion laughs": (
        {SHEET: f'<!DOCTYPE l [<!ENTITY a "ha">{LAUGHS}]>' + sheet_xml(HEAD.replace("body", "&j;"))},
        DAMAGED,
    ),
    "an outside entity": (
        {SHEET: '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + sheet_xml(HEAD.replace("body", "&a;"))},
        DAMAGED,
    ),
}


@pytest.mark.parametrize(("parts", "words"), BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_refused_before_it_goes_off(parts, words):
    assert refusal(with_parts(parts)) == words


def test_the_limits_of_an_honest_workbook_are_not_in_its_way():
    with write_xlsx([Column("a", "编号", str)], range(50_000), "Sheet") as file:
        rows = list(read_rows(file))
    assert (len(rows), rows[-1]) == (50_000, (50_001, {"编号": "49999"}))


@pytest.mark.parametrize("write", [write_csv, lambda *sheet: write_xlsx(*sheet, "Sheet")])
def test_what_we_write_we_read(write):
    columns = [Column("name", "站名"), Column("day", "日期"), Column("count", "件数")]
    written = write(columns, [{"name": "𠮷\n站", "day": date(2026, 3, 10), "count": 3}])
    with closing(written):
        data = b"".join(written)
    assert read(data) == [(2, {"站名": "𠮷\n站", "日期": "2026-03-10", "件数": "3"})]


@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"\x1f\x8b\x08", b"a,b\n"]))
def test_made_up_bytes_are_rows_or_a_refusal(data, start):
    try:
        rows = read(start + data)
    except SheetRefused:
        rows = []
    assert all(isinstance(row, dict) for _number, row in rows)


@given(st.data())
def test_a_damaged_workbook_is_rows_or_a_refusal(data):
    changed = bytearray(WORKBOOK)
    for _ in range(data.draw(st.integers(1, 8))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    try:
        rows = read(bytes(changed))
    except SheetRefused:
        rows = []
    assert all(isinstance(row, dict) for _number, row in rows)


WORKBOOK = xlsx(["a", "b"], [1, date(2026, 3, 10)])

# Columns that must be there


def test_missing_columns_are_named():
    with pytest.raises(SheetRefused, match=r"^These columns are missing: name, parent_code$"):
        require(["code", "name", "parent_code"], ["code", "level"])
    require(["code"], {"code": "1", "more": "2"})


def test_missing_columns_are_noticed_before_the_first_row():
    with pytest.raises(SheetRefused, match="These columns are missing: body"):
        next(read_rows(io.BytesIO(b"a\n1,2,3\n"), required=["body"]))
