"""What the inspection binder of a station says of opinions: the year's ledger, without who spoke.

It stands as it was known at the cut-off, as all of the binder does: what was assigned, answered or told since is not
in it. Imported opinions have no steps to be read back from, and stand as they were taken in.
"""

from dataclasses import dataclass

from feedback.handling.models import OUTCOME_CHOICES
from feedback.opinions import ledgers, workflow
from feedback.opinions.as_known import Known, opinions_known, replies_known
from feedback.opinions.models import Opinion
from liaison.tools.sheets import Column
from liaison.tools.word import Section
from stations.assessment.binder import table
from stations.eight_haves.records import Records

SAID = ("number", "received_on", "category", "matter", "handlers", "state", "answer", "fed_back_on")
OUTCOMES = dict(OUTCOME_CHOICES)


@dataclass(frozen=True)
class Line:
    """`row` for what never changes, the rest as it was known."""

    row: Opinion
    then: Known | Opinion
    assignments: list
    replies: list

    @property
    def answer(self) -> str:
        said = [reply.text for reply in self.replies if reply.round == self.then.round]
        return ledgers.answer_of(OUTCOMES.get(self.then.outcome, ""), said)


AS_KNOWN = {
    "handlers": lambda line: ledgers.names_of(line.assignments),
    "state": lambda line: workflow.STATES[line.then.state].label,
    "answer": "answer",
    "fed_back_on": "then.fed_back_on",
}


def opinions(card, user) -> Section | None:
    """Nobody is named, and no place from which somebody could be known."""
    if not user.has_perm(ledgers.SEE, card.station):
        return None
    columns = [_as_known(column) for column in ledgers.columns(user) if column.key in SAID]
    return table(str(ledgers.BOOK.title), columns, _lines(card, user))


def _as_known(column: Column) -> Column:
    value = AS_KNOWN.get(column.key, lambda line: column.of(line.row))
    return Column(column.key, column.heading, value)


def _lines(card, user) -> list[Line]:
    records = Records([card.station], card.period, card.known_by)
    rows = ledgers.rows(user, records.span).filter(station=card.station, entered_at__lt=records.moment)
    known = {each.row.pk: each for each in records.once(opinions_known)[card.station.pk]}
    said = replies_known(known, records.moment)
    return [_line(row, known.get(row.pk), said, card.known_by) for row in rows]


def _line(row, then, said, day) -> Line:
    if then is None:
        return Line(row, row, row.assignments.all(), row.replies.all())
    given = [each for each in row.assignments.all() if then.given_on and each.assigned_on <= day]
    return Line(row, then, given, [reply for reply in row.replies.all() if reply.pk in said])


SECTIONS = [opinions]
