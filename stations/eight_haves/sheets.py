"""Scorecards as sheets: a row a station, or a row a criterion of one station; the words of the pages are the same."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from liaison.tools.sheets import Column
from stations.eight_haves.evaluation import Result, Scorecard, haves_of
from stations.eight_haves.thresholds import amount_words, asked_words

LACKING = gettext_lazy("what is lacking")


JUDGED = (
    Column("standard", gettext_lazy("standard"), "standard"),
    Column("from", gettext_lazy("first day"), "period.starts_on"),
    Column("to", gettext_lazy("last day"), "period.ends_on"),
    Column("known_by", gettext_lazy("known by"), "known_by"),
)


def columns(cards: Iterable[Scorecard]) -> list[Column]:
    """Of the table of stations, with every item their standards have."""
    return [
        Column("station", gettext_lazy("station"), "station.name"),
        Column("division", gettext_lazy("division"), "station.division.name"),
        Column("kind", gettext_lazy("kind"), "station.get_kind_display"),
        *(column for have in haves_of(cards) for column in _columns_of(have)),
        *JUDGED,
    ]


def _columns_of(have):
    key = have.key
    yield Column(key, have.name, lambda card: str(card.line(key).label))
    lacking = _("%(have)s: what is lacking") % {"have": have.name}
    yield Column(f"{key}_words", lacking, lambda card: card.line(key).sentence)


def value_of(result: Result) -> str:
    return amount_words(result.reading.value, result.measure)


def asked_of(result: Result) -> str:
    if result.threshold is None:
        return _("not asked of this kind of station")
    return asked_words(result.threshold, result.criterion)


def criteria_of(card: Scorecard) -> list[dict]:
    """One row a criterion, beside the item it belongs to."""
    return [{"card": card, "line": line, "result": result} for line in card.lines for result in line.results]


CRITERIA = [
    Column("have", gettext_lazy("item of the standard"), "line.have.name"),
    Column("line", gettext_lazy("how it stands"), "line.label"),
    Column("criterion", gettext_lazy("criterion"), "result.measure.name"),
    Column("value", gettext_lazy("value"), lambda row: row["result"].reading.value),
    Column("unit", gettext_lazy("unit"), "result.measure.unit"),
    Column("asked", gettext_lazy("asked"), lambda row: asked_of(row["result"])),
    Column("is_required", pgettext_lazy("criterion", "required"), "result.criterion.is_required"),
    Column("standing", pgettext_lazy("criterion", "standing"), "result.label"),
    Column("words", LACKING, "result.words"),
    *(Column(each.key, each.heading, f"card.{each.value}") for each in JUDGED),
]
