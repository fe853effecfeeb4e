"""A station's inspection binder (检查资料册), from ordinary records: nothing is entered for it.

Apps add sections through BINDER_SECTIONS: modules that list functions of (scorecard, user) as SECTIONS, each of which
gives a section, as it was known at the cut-off of the scorecard, or None where the user may see nothing of it. Only
rows in the user's reach stand in it.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from liaison.tools.cells import Words, words_of
from liaison.tools.papers import without_numbers
from liaison.tools.sheets import Column, headings
from liaison.tools.word import Section
from stations.assessment.card_words import lines_of
from stations.assessment.models import Determination, Rectification
from stations.assessment.rectifying import as_known, how_far
from stations.eight_haves.evaluation import Scorecard
from stations.eight_haves.rows import seen_by


@dataclass(frozen=True)
class Binder:
    """`title` and `lines` stand on the cover."""

    station: str
    known_by: date
    title: str
    lines: list[str]
    sections: list[Section]

    @property
    def texts(self) -> list[str]:
        """What is read, in the order of the paper."""
        return [self.title, *self.lines, *(text for section in self.sections for text in section.texts)]


@cache
def sources() -> list:
    return [source for name in settings.BINDER_SECTIONS for source in import_module(name).SECTIONS]


def binder_of(card: Scorecard, user) -> Binder:
    station, period = card.station, card.period
    known = _("As known on %(day)s") % {"day": card.known_by.isoformat()}
    added = [source(card, user) for source in sources()]
    sections = [
        _facts(card),
        _overview(card),
        *_haves(card, user),
        _findings(card, user),
        _rectifications(card, user),
        *filter(None, added),
    ]
    return Binder(station.code, card.known_by, _("Inspection binder"), [station.name, period.words, known], sections)


def _facts(card) -> Section:
    station, standard = card.station, card.standard
    facts = [
        (_("code"), station.code),
        (_("kind"), station.get_kind_display()),
        (_("division"), station.division.name),
        (_("address"), station.address or "—"),
        (_("opening hours"), station.hours or "—"),
        (_("standard"), str(standard) if standard else _("This kind of station is not inspected")),
    ]
    return Section(_("The station"), [(str(name), str(value)) for name, value in facts])


def _overview(card) -> Section:
    rows = [(line["name"], line["label"], line["sentence"]) for line in lines_of(card)]
    return Section(
        _("Standing by item"), headings=[_("which of the eight"), _("how it stands"), _("what is lacking")], rows=rows
    )


def _haves(card, user):
    """Of each have its criteria, then the rows behind each of them."""
    names = [_("criterion"), _("value"), _("threshold"), _("how it stands")]
    seen = iter(seen_by(user, [result for line in card.lines for result in line.results]))
    for line, said in zip(card.lines, lines_of(card), strict=True):
        rows = [[each[name] for name in ("name", "value", "wanted", "label")] for each in said["criteria"]]
        yield Section(said["name"], headings=names, rows=rows)
        for result, each in zip(line.results, said["criteria"], strict=True):
            title = _("%(have)s: %(criterion)s") % {"have": said["name"], "criterion": each["name"]}
            yield _rows_behind(title, result, next(seen))


def _rows_behind(title, result, rows) -> Section:
    """Where the rows are not what is counted, it says what they are: required rules that are missing have none."""
    hidden = len(result.reading.rows) - len(rows)
    found = table(title, result.measure.columns, rows, hidden)
    if rows and result.measure.rows_name:
        found.words.insert(0, _("%(names)s: %(number)s") % {"names": result.measure.rows_name, "number": len(rows)})
    return found


def table(title: str, columns, rows, hidden: int = 0) -> Section:
    """The rows as a section; what its reader may not see is only counted."""
    words = [] if rows or hidden else [_("Nothing on record.")]
    if hidden:
        said = ngettext(
            "%(count)d row is not yours to see, or was taken away since.",
            "%(count)d rows are not yours to see, or were taken away since.",
            hidden,
        )
        words.append(said % {"count": hidden})
    return Section(title, headings=headings(columns), rows=[_cells(columns, row) for row in rows], words=words)


def _cells(columns, row) -> list[Words]:
    """In words; what people wrote, without telephone and identity numbers."""
    values = [column.of(row) for column in columns]
    return [Words(without_numbers(value) if isinstance(value, str) else words_of(value)) for value in values]


def _findings(card, user) -> Section:
    columns = [
        Column("on", _("day of the inspection")),
        Column("have", _("which of the eight"), "have.name"),
        Column("standing", _("finding"), "get_standing_display"),
        Column("inspector", _("inspector")),
        Column("reason", _("reason")),
        Column("evidence", _("evidence")),
    ]
    found = Determination.objects.visible_to(user).of_year(card.period.ends_on.year).known_by(card.known_by)
    return table(_("findings on the spot"), columns, found.filter(station=card.station))


def _rectifications(card, user) -> Section:
    columns = [
        Column("have", _("which of the eight"), "have.name"),
        Column("what", _("what is to be rectified")),
        Column("due_on", _("to be done by")),
        Column("how_far", _("how far it is"), lambda item: how_far(item, card.known_by)),
        Column("done_note", _("what was done")),
    ]
    rows = Rectification.objects.visible_to(user).filter(assessment__station=card.station)
    known = rows.filter(assessment__year=card.period.ends_on.year).known_by(card.known_by)
    return table(_("things to be rectified"), columns, as_known(known, card.known_by))
