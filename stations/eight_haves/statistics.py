"""How many stations have all the items of their standard, eight or as many as it has, and how many have each."""

from functools import reduce
from operator import attrgetter, or_

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from liaison.audit.keeping import Past
from liaison.tools.figures import Figure
from liaison.tools.periods import Period
from liaison.tools.sheets import Column
from stations.eight_haves.evaluation import evaluate, haves_of
from stations.eight_haves.models import Standard
from stations.eight_haves.standard import KEYS, NAMES
from stations.register.models import Station

ALL = "eight_haves_met"
WORDS = {
    ALL: (
        _("All eight haves met"),
        _("Stations at which none of the eight is lacking, among the stations to be inspected."),
    ),
}
OF_ONE = _("Stations at which this have is met, among the stations to be inspected.")
WORDS |= {f"have_met_{key}": (name, OF_ONE) for key, name in NAMES.items()}
PARTS = []
STATION = [
    Column("station", _("station"), "name"),
    Column("division", _("division"), "division.name"),
    Column("kind", _("kind"), "get_kind_display"),
]


def inspected(stations, on):
    """The stations of a queryset that are to be inspected on a day (应检站): a standard holds for them."""
    holds = reduce(or_, (standard.stations_judged for standard in Standard.objects.in_force(on)), Q(pk=None))
    return stations.standing(on).filter(holds).select_related("division")


def inspected_as_known(stations, on, known_by, standard=None) -> list[Station]:
    """The same as it was known by the end of a day, by code; with a standard those it judges. Two questions, or three.

    One entered since is among them, if it was open: it was there, and nothing was known of it.
    """
    moment = Period(known_by, known_by).end_moment
    published = Standard.objects.in_force(on).filter(published_at__lt=moment)
    standards = [standard] if standard else list(published)
    rows = {row.pk: row for row in stations.with_status(on, moment).select_related("division__parent__parent")}
    then = Past(moment, rows, Station).as_then(Station, rows.values())
    found = [row for row in then if row.pk in rows and row.stood(on)]
    return sorted((row for row in found if any(each.judges(row) for each in standards)), key=attrgetter("code"))


def words_of_all(cards) -> tuple[str, str]:
    """The name and the definition of having all: with the number of items, where the standards shown agree on one."""
    sizes = {len(card.lines) for card in cards if card.lines} or {len(KEYS)}
    if sizes == {len(KEYS)}:
        return WORDS[ALL]
    definition = _("Stations at which no item of their standard is lacking, among the stations to be inspected.")
    return _words_of_so_many(*sizes) if len(sizes) == 1 else _("All items met"), definition


def _words_of_so_many(items):
    return ngettext("The %(number)s item met", "All %(number)s items met", items) % {"number": items}


def figures(rows, period, today) -> list[Figure]:
    """Judged by what was known on `today`; `rows(Model)` gives the rows that may be counted."""
    stations = inspected(rows(Station), period.ends_on)
    cards = evaluate(stations, period, today)
    met = {ALL: [card.station.pk for card in cards if card.is_met]}
    words = {ALL: words_of_all(cards)}
    for have in haves_of(cards):
        words[f"have_met_{have.key}"] = (have.name, OF_ONE)
        met[f"have_met_{have.key}"] = [card.station.pk for card in cards if card.has_met(have.key)]
    return [
        Figure(key, *words[key], None, STATION, numerator=stations.filter(pk__in=keys), denominator=stations)
        for key, keys in met.items()
    ]
