"""What stands where on the dashboard. The apps count; here their figures are laid side by side."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from feedback.opinions import statistics as opinions
from liaison.dashboard.filters import EXPORT, Asked
from liaison.tools.figures import Breakdown, Figure, breakdown
from stations.visits import statistics as visits

SOURCES = (opinions, visits)
PARTS = [part for source in SOURCES for part in source.PARTS]
GROUPS = [
    (
        _("What residents said"),
        ["opinions_received", "opinions_accepted", "opinions_open", "opinions_overdue"],
    ),
    (
        _("How it was handled"),
        ["replied_on_time", "told_rate", "rated_by_resident", "satisfied", "satisfied_or_basically"],
    ),
    (
        _("What happened at the stations"),
        ["visits_held", "representative_attendances", "residents_received"],
    ),
    (
        _("Who entered the stations"),
        ["entries_representatives", "entries_departments", "entries_leaders", "entries_congress_work"],
    ),
]
KINDS = ("csv", "xlsx")


def figures_of(asked: Asked) -> dict[str, Figure]:
    """Every figure by its key; nothing is counted yet."""
    found = [figure for source in SOURCES for figure in source.figures(asked.rows, asked.period, asked.today)]
    return {figure.key: figure for figure in found}


def groups_of(figures, asked) -> list[dict]:
    return [{"title": title, "figures": [card(figures[key], asked) for key in keys]} for title, keys in GROUPS]


def card(figure: Figure, asked: Asked) -> dict:
    """A figure as the page shows it, counted."""
    return {
        "key": figure.key,
        "name": figure.name,
        "definition": figure.definition,
        "value": figure.value,
        "unit": figure.unit,
        "numerator": figure.numerator_count,
        "denominator": figure.denominator_count,
        "href": address_of(figure.key, asked),
        **downloads_of(figure.key, asked),
    }


def breakdowns_of(figures, asked) -> list[Breakdown]:
    return [breakdown(part.title, part.headings, _bars(part, figures[part.figure], asked)) for part in PARTS]


def _bars(part, figure, asked):
    for value, words, size in part.counts(figure.rows):
        yield words, size, address_of(figure.key, asked, **{part.name: value})


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
