"""How many stations have all eight, and how many have each."""

from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liaison.tools.figures import Figure
from liaison.tools.sheets import Column
from stations.eight_haves.evaluation import evaluate, haves_of
from stations.eight_haves.models import Standard
from stations.eight_haves.standard import NAMES
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


def figures(rows, period, today) -> list[Figure]:
    """Judged by what was known on `today`; `rows(Model)` gives the rows that may be counted."""
    stations = inspected(rows(Station), period.ends_on)
    cards = evaluate(stations, period, today)
    met = {ALL: [card.station.pk for card in cards if card.is_met]}
    words = {ALL: WORDS[ALL]}
    for have in haves_of(cards):
        words[f"have_met_{have.key}"] = (have.name, OF_ONE)
        met[f"have_met_{have.key}"] = [card.station.pk for card in cards if card.has_met(have.key)]
    return [
        Figure(key, *words[key], None, STATION, numerator=stations.filter(pk__in=keys), denominator=stations)
        for key, keys in met.items()
    ]
