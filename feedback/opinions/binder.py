"""What the inspection binder of a station says of opinions: the year's ledger, without who spoke."""

from feedback.opinions import ledgers
from liaison.tools.word import Section
from stations.assessment.binder import table

SAID = ("number", "received_on", "category", "matter", "handlers", "state", "answer", "fed_back_on")


def opinions(station, period, user) -> Section | None:
    """Nobody is named, and no place from which somebody could be known."""
    if not user.has_perm(ledgers.SEE, station):
        return None
    columns = [column for column in ledgers.columns(user) if column.key in SAID]
    return table(str(ledgers.BOOK.title), columns, ledgers.rows(user, period).filter(station=station))


SECTIONS = [opinions]
