"""The workbook to fill in: the headings, one row that shows how and is not imported, and what each column means."""

from django.utils.translation import gettext as _

from liaison.tools.importing.columns import EXAMPLE, Columns, ImportColumn
from liaison.tools.sheets import Column, write_book


def workbook(columns: Columns, title: str):
    """An open temporary file; who takes it closes it."""
    form = [Column(column.key, column.heading) for column in columns.all]
    first = columns.all[0]
    example = {column.key: column.example for column in columns.all}
    example[first.key] = f"{EXAMPLE[0]}：{first.example}"
    return write_book([(form, [example], title), (_explanation(), columns.all, _("What each column means"))])


def _explanation():
    return [
        Column("heading", _("column")),
        Column("needed", _("to be filled in"), _needed),
        Column("explained", _("explanation")),
        Column("example", _("example")),
    ]


def _needed(column: ImportColumn) -> str:
    if not column.is_read:
        return _("not read")
    return _("must") if column.is_needed else _("may")
