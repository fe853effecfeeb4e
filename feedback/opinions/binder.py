"""What the inspection binder of a station says of opinions: the year's ledger, without who spoke."""

from django.utils.translation import gettext as _

from feedback.opinions import ledgers
from liaison.tools.papers import without_numbers
from liaison.tools.sheets import headings, page_rows
from liaison.tools.word import Section

SAID = ("number", "received_on", "category", "matter", "handlers", "assigned_on", "state", "answer", "fed_back_on")


def opinions(station, period, user) -> Section | None:
    """Nobody is named, and no place from which somebody could be known."""
    if not user.has_perm(ledgers.SEE, station):
        return None
    columns = [column for column in ledgers.columns(user) if column.key in SAID]
    found = page_rows(columns, ledgers.rows(user, period).filter(station=station))
    rows = [[without_numbers(cell) for cell in row] for row in found]
    words = [] if rows else [_("Nothing on record.")]
    return Section(str(ledgers.BOOK.title), headings=headings(columns), rows=rows, words=words)


SECTIONS = [opinions]
