"""What stands where on the dashboard. The apps count; here their figures are laid side by side."""

from dataclasses import replace

from django.urls import reverse

from feedback.opinions import statistics as opinions
from feedback.proposals import statistics as proposals
from liaison.dashboard.asked import Asked
from liaison.dashboard.comparison import beside, stands_alone
from liaison.dashboard.filters import EXPORT
from liaison.dashboard.indicators import INDICATORS
from liaison.tools.figures import Breakdown, Figure, breakdown, percent
from stations.eight_haves import statistics as eight_haves
from stations.receptions import statistics as receptions
from stations.register import funding
from stations.register import statistics as register
from stations.visits import pairings
from stations.visits import statistics as visits

SOURCES = [  # each counts its own: `figures(rows, period, today)`, and `PARTS` if some come apart; the slowest last
    register,
    funding,
    receptions,
    visits,
    pairings,
    opinions,
    proposals,
    eight_haves,
]
OF_PERSONS = "dashboard.view_figures_of_persons"  # figures whose rows are people, for reminding in private
PARTS = [part for source in SOURCES for part in getattr(source, "PARTS", [])]
KINDS = ("csv", "xlsx")
LEFT = 6  # of the thirteen indicators so many stand in the left of two columns


def figures_of(asked: Asked, wanted=()) -> dict[str, Figure]:
    """Every figure by its key, or no more than it takes to have those wanted; nothing that is lazy is counted yet."""
    found = {}
    for figure in _each(asked, wanted):
        found[figure.key] = figure
        if wanted and found.keys() >= set(wanted):
            break
    return found


def _each(asked, wanted):
    """Sources that name one of those wanted come first: most pages show a single figure."""

    def has_none(source):
        return bool(wanted) and source.WORDS.keys().isdisjoint(wanted)

    if asked.user.has_perm(OF_PERSONS) and not has_none(visits):
        private = replace(asked, permission=OF_PERSONS)
        yield from visits.figures_of_persons(private.rows, asked.period, asked.today)
    for source in sorted(SOURCES, key=has_none):
        yield from source.figures(asked.rows, asked.period, asked.today)


def board_of(asked: Asked) -> dict:
    """The thirteen, each with its figures counted and taken apart, and what it waits for; in two columns."""
    figures, other = figures_of(asked), asked.before()
    before = figures_of(other) if other else {}
    numbered = enumerate(INDICATORS, 1)
    indicators = [{"number": number} | _indicator(each, figures, before, asked) for number, each in numbered]
    return {
        "indicators": indicators,
        "columns": [indicators[:LEFT], indicators[LEFT:]],
        "stands_alone": any(figure["stands_alone"] for each in indicators for figure in each["figures"]),
    }


def _indicator(indicator, figures, before, asked):
    keys = indicator.found_in(figures)
    return {
        "title": indicator.title,
        "definition": indicator.definition,
        "figures": [card(figures[key], asked, before.get(key)) for key in keys],
        "breakdowns": [_taken_apart(part, figures[part.figure], asked) for part in PARTS if part.figure in keys],
        "waits": indicator.waiting(figures),
    }


def card(figure: Figure, asked: Asked, before: Figure | None = None) -> dict:
    """A figure as the page shows it, counted."""
    return {
        "key": figure.key,
        "name": figure.name,
        "definition": figure.definition,
        "value": figure.value,
        "unit": figure.unit,
        "numerator": figure.numerator_count,
        "denominator": figure.denominator_count,
        "unheeded": asked.unheeded(figure.rows.model),
        "href": address_of(figure.key, asked),
        "comparison": beside(figure, before),
        "stands_alone": stands_alone(figure, before),
        **downloads_of(figure.key, asked),
    }


def _taken_apart(part, figure, asked) -> Breakdown:
    return breakdown(part.title, part.headings, _bars(part, figure, asked))


def _bars(part, figure, asked):
    inside = {value: size for value, _words, size in part.counts(figure.numerator)} if figure.is_rate else {}
    for value, words, size in part.counts(figure.rows):
        note = f"{inside.get(value, 0)} ÷ {size} = {percent(inside.get(value, 0), size)}%" if figure.is_rate else ""
        yield words, size, address_of(figure.key, asked, **{part.name: value}), note


def address_of(key, asked, **chosen) -> str:
    return f"{reverse('dashboard:figure', args=[key])}?{asked.address(**chosen)}"


def downloads_of(key, asked, **chosen) -> dict[str, str]:
    """The address of each file; none for who may look only."""
    if not asked.user.has_perm(EXPORT):
        return {}
    query = asked.address(**chosen)
    return {kind: f"{reverse('dashboard:download', args=[key, kind])}?{query}" for kind in KINDS}


def narrowed(figure: Figure, parameters) -> tuple[Figure, dict[str, str]]:
    """The figure of the parts chosen in the address, and those choices."""
    chosen = {}
    for part in PARTS:
        if part.figure == figure.key and part.name in parameters:
            chosen[part.name] = parameters[part.name]
            figure = part.narrow(figure, chosen[part.name])
    return figure, chosen
