"""One writer and one reader of sheets.

A sheet is a list of columns: the page's table, the CSV and the Excel file are written from the same list. What others
wrote never becomes a formula, and what does not fit is marked, not dropped.
"""

import codecs
import csv
import io
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, time

import openpyxl
import xlsxwriter
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from liaison.tools.cells import (
    Words,
    could_run,
    fitting,
    harmless,
    is_excel_day,
    is_number,
    local,
    plain_number,
    sheet_name,
    width,
    words_of,
)
from liaison.tools.text import clean_line, clean_text
from liaison.tools.unpacking import (
    DAMAGED,
    SheetRefused,
    check_name,
    check_workbook,
    encoding_of,
    is_archive,
    opened,
    unpacked,
)

EXCEL_ROWS = 1_048_576
NARROWEST, BROADEST = 8, 40  # columns; longer texts go on in the next line of their cell
A4 = 9  # Excel's number of the paper
LONG_AGO = datetime(1980, 1, 1)  # no date of its making stands in a workbook: the same facts give the same bytes
WRAPPED = {"text_wrap": True, "valign": "top"}
SAMPLE = 200
MAX_BYTES = 50 * 1024 * 1024
MAX_ROWS = 50_000
MAX_COLUMNS = 200
MAX_FIELD = 1_000_000
ESCAPED = re.compile("_x(00[01][0-9A-Fa-f])_")  # how Excel writes a control, and openpyxl leaves it


@dataclass(frozen=True)
class Column:
    """`value` is a function of the object, or a dotted path into it (methods are called, dictionaries looked up).

    Without a value the key is the path.
    """

    key: str
    heading: str
    value: Callable | str | None = None

    def of(self, row):
        if callable(self.value):
            return self.value(row)
        for name in (self.value or self.key).split("."):
            row = row.get(name) if isinstance(row, dict) else getattr(row, name, None)
            row = row() if callable(row) else row
        return row


# Writing


def headings(columns: Iterable[Column]) -> list[str]:
    return [str(column.heading) for column in columns]


def rows_of(columns: list[Column], objects: Iterable) -> Iterator[list]:
    """Values as they are: dates, numbers, texts. A queryset is read in portions, whatever its length."""
    if isinstance(objects, QuerySet):
        objects = objects.iterator(chunk_size=1_000)
    for item in objects:
        yield [column.of(item) for column in columns]


def page_rows(columns: list[Column], objects: Iterable) -> Iterator[list[Words]]:
    """Words for the table of a page."""
    for item in objects:
        yield [Words(words_of(column.of(item))) for column in columns]


def write_csv(columns: list[Column], objects: Iterable) -> Iterator[bytes]:
    """Row by row, with the mark at the start by which Excel knows UTF-8."""
    line = _Line()
    writer = csv.writer(line, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([harmless(words_of(heading)) for heading in headings(columns)])
    yield codecs.BOM_UTF8 + line.bytes
    for row in rows_of(columns, objects):
        writer.writerow([plain_number(value) if is_number(value) else harmless(words_of(value)) for value in row])
        yield line.bytes


def write_xlsx(columns: list[Column], objects: Iterable, title: str, above: tuple[str, ...] = ()):
    """An open temporary file at its beginning; who takes it closes it.

    `above` are lines over the headings, each across all columns, the first of them the title of a ledger.
    """
    return _written([(columns, objects, title, above)])


def write_book(sheets: Iterable[tuple[list[Column], Iterable, str]]):
    """Several sheets in one workbook, as `write_xlsx`."""
    return _written((*sheet, ()) for sheet in sheets)


def _written(sheets):
    file = tempfile.TemporaryFile()  # noqa: SIM115 (it outlives this function)
    try:
        with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
            book.set_properties({"created": LONG_AGO})
            for columns, objects, title, above in sheets:
                _fill(_Pen(book, book.add_worksheet(sheet_name(title)), above), columns, objects)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


class _Line:
    def write(self, text):
        self.bytes = text.encode()


def _fill(pen, columns, objects):
    pen.write_headings(headings(columns))
    for number, row in enumerate(rows_of(columns, objects), start=pen.top + 1):
        if number >= EXCEL_ROWS:
            raise SheetRefused(_("Too many rows for Excel, please download the CSV."))
        pen.write_row(number, row)
    pen.finish()


class _Pen:
    """Writes each value as what it is, and remembers how wide the columns have to be. Headings stand in row `top`."""

    def __init__(self, book, sheet, above=()):
        self.sheet, self.widths, self.above, self.top, self.last = sheet, [], above, len(above), len(above)
        self.title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
        self.under = book.add_format({"align": "center", "valign": "vcenter"})
        self.bold = book.add_format({"bold": True, "bottom": 1})
        self.plain = book.add_format({"num_format": "@"} | WRAPPED)
        # What Excel keeps for a leading apostrophe: the cell stays a text even when somebody edits it.
        self.quoted = book.add_format({"num_format": "@", "quote_prefix": True} | WRAPPED)
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        self.moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "valign": "top"})
        self.number = book.add_format({"valign": "top"})

    def write_headings(self, names):
        for row, line in enumerate(self.above):
            self._write_across(row, fitting(clean_line(line)), len(names) - 1, self.under if row else self.title)
        for column, name in enumerate(names):
            self.sheet.write_string(self.top, column, fitting(clean_line(name)), self.bold)
        self.widths = [width(name) for name in names]

    def _write_across(self, row, text, last, form):
        """One cell from the first column to the last one; a single column has nothing to be merged with."""
        if last > 0:
            self.sheet.merge_range(row, 0, row, last, "", form)
        self.sheet.write_string(row, 0, text, form)

    def write_row(self, row, values):
        self.last = row
        for column, value in enumerate(values):
            if value is not None and value != "":
                self._write(row, column, value)
        if row <= self.top + SAMPLE:
            self.widths = [max(known, width(words_of(value))) for known, value in zip(self.widths, values, strict=True)]

    def finish(self):
        self.sheet.freeze_panes(self.top + 1, 0)
        self._prepare_for_paper()
        if self.widths:
            self.sheet.autofilter(self.top, 0, self.last, len(self.widths) - 1)
        for column, known in enumerate(self.widths):
            self.sheet.set_column(column, column, min(max(known + 2, NARROWEST), BROADEST))

    def _prepare_for_paper(self):
        """A4 across, all columns on one page, the headings and the lines between cells on every page."""
        self.sheet.set_landscape()
        self.sheet.set_paper(A4)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(0, self.top)
        self.sheet.hide_gridlines(0)
        self.sheet.set_footer("&C&P / &N")

    def _write(self, row, column, value):
        if is_number(value):
            self.sheet.write_number(row, column, plain_number(value), self.number)
        elif is_excel_day(value):
            is_moment = isinstance(value, datetime)
            shown = local(value) if is_moment else value
            self.sheet.write_datetime(row, column, shown, self.moment if is_moment else self.day)
        else:
            text = fitting(words_of(value))
            self.sheet.write_string(row, column, text, self.quoted if could_run(text) else self.plain)


# Reading


def read_rows(
    source,
    name: str = "",
    *,
    required: Iterable[str] = (),
    check: Callable[[list[str]], None] | None = None,
    max_rows: int = MAX_ROWS,
    max_bytes: int = MAX_BYTES,
) -> Iterator[tuple[int, dict]]:
    """Line number and {heading: text} of every row that is not empty, from CSV, CSV.gz or XLSX (its first sheet).

    `check` looks at the headings before any row is read.

    `source` is a path or a seekable binary file. What it is, its bytes tell; the name only rules out what we never
    read. Rows come one by one, so SheetRefused may follow good rows: save nothing before the end.
    """
    with opened(source) as file:
        check_name(name or str(getattr(file, "name", "")))
        lines = _xlsx_lines(file, max_rows, max_bytes) if is_archive(file) else _csv_lines(file, max_bytes)
        with closing(lines):
            filled = (line for line in _counted(lines, max_rows) if any(line[1]))
            header = _header(next(filled, (1, []))[1], required)
            if check:
                check(header)
            for number, cells in filled:
                yield number, _row(header, cells, number)


def require(columns: Iterable[str], header: Iterable[str]) -> None:
    present = set(header)
    missing = [column for column in columns if column not in present]
    if missing:
        raise SheetRefused(format_lazy(_("These columns are missing: {columns}"), columns=", ".join(missing)))


def _counted(lines, max_rows):
    for count, line in enumerate(lines):
        if count > max_rows:
            raise SheetRefused(format_lazy(_("The file has more than {rows} rows."), rows=max_rows))
        yield line


def _header(cells, required):
    names = [clean_line(cell) for cell in cells]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise SheetRefused(_("The file is empty."))
    if len(names) > MAX_COLUMNS:
        raise SheetRefused(format_lazy(_("The file has more than {columns} columns."), columns=MAX_COLUMNS))
    _check_headings(names)
    require(required, names)
    return names


def _check_headings(names):
    for number, name in enumerate(names, start=1):
        if not name:
            raise SheetRefused(
                format_lazy(_("Column {number} has no heading, please split merged cells."), number=number)
            )
        if name in names[: number - 1]:
            raise SheetRefused(format_lazy(_("The heading {name} appears twice."), name=name))


def _row(header, cells, number):
    if any(cells[len(header) :]):
        raise SheetRefused(format_lazy(_("Line {number} has more cells than there are headings."), number=number))
    return dict(zip(header, cells + [""] * len(header), strict=False))


def _csv_lines(file, max_bytes):
    with unpacked(file, max_bytes) as plain:
        text = io.TextIOWrapper(plain, encoding_of(plain, max_bytes), newline="")
        try:
            yield from _parsed(text)
        finally:
            text.detach()


def _parsed(text):
    csv.field_size_limit(MAX_FIELD)
    lines, start = csv.reader(text, strict=True), 1
    try:
        for cells in lines:
            yield start, [clean_text(cell).strip() for cell in cells]
            start = lines.line_num + 1
    except csv.Error:
        refusal = _("Line {number} cannot be read, please check its quotation marks.")
        raise SheetRefused(format_lazy(refusal, number=start)) from None


def _xlsx_lines(file, max_rows, max_bytes):
    check_workbook(file, max_bytes)
    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        # With limits of ours openpyxl does not ask the file how large it is.
        rows = book.worksheets[0].iter_rows(max_row=max_rows + 2, max_col=MAX_COLUMNS + 1, values_only=True)
        for number, cells in enumerate(rows, start=1):
            yield number, ["" if cell is None else _text_of(cell) for cell in cells]
    except Exception as error:  # openpyxl meets broken XML in ways that nobody has listed
        raise SheetRefused(DAMAGED) from error


def _text_of(cell):
    """Numbers as they are written, days in ISO form."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime) and cell.time() == time.min:
        cell = cell.date()
    return clean_text(ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(cell))).strip()
