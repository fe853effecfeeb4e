"""Sheets as files that a browser takes away; `name` goes without its ending."""

from collections.abc import Iterable
from typing import BinaryIO

from django.http import FileResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from liaison.tools.sheets import Column, write_csv, write_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sheet(kind: str, columns: list[Column], rows: Iterable, title: str, name: str, above: tuple[str, ...] = ()):
    """The rows as `xlsx` under their title, with lines `above` their headings, or as `csv`."""
    if kind == "xlsx":
        return workbook(write_xlsx(columns, rows, title, above), name)
    return table(write_csv(columns, rows), name)


def workbook(file: BinaryIO, name: str) -> FileResponse:
    """One that is written."""
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)


def table(lines: Iterable[bytes], name: str) -> StreamingHttpResponse:
    """A CSV, sent while it is written."""
    disposition = {"Content-Disposition": content_disposition_header(True, f"{name}.csv")}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=disposition)
