"""How many of the stations asked for have all, have each item; by division and by kind. In order of code, unranked."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext_lazy as _

from liaison.tools.figures import percent
from stations.eight_haves.evaluation import Scorecard, haves_of
from stations.eight_haves.standard import MET
from stations.eight_haves.statistics import ALL, words_of_all

Address = Callable[..., str]


def rates(cards: list[Scorecard], address: Address, counts: dict[str, str]):
    """All, then each item: a rate, its parts, what is counted beside it and the address of its stations."""
    all_met = _rate(ALL, words_of_all(cards)[0], [card.is_met for card in cards], address(have="", standing=""))
    yield all_met | {"beside": counts.get(ALL, "")}
    for have in haves_of(cards):
        marks = [card.has_met(have.key) for card in cards]
        rate = _rate(f"have_met_{have.key}", have.name, marks, address(have=have.key, standing=""))
        yield rate | {"beside": counts.get(have.key, "")}


def _rate(key, name, marks, href):
    value = percent(sum(marks), len(marks))
    return {"key": key, "name": name, "value": value, "numerator": sum(marks), "denominator": len(marks), "href": href}


def by_division(cards: list[Scorecard], address: Address) -> dict:
    """By county where there are several, else by street or township."""
    counties = {card.station.division.parent_id for card in cards}

    def place_of(card):
        division = card.station.division
        above = division.parent if len(counties) > 1 else None
        return (above or division).pk, (above or division).name

    return _taken_apart("division", _("by division"), cards, place_of, address)


def by_kind(cards: list[Scorecard], address: Address) -> dict:
    def kind_of(card):
        return card.station.kind, card.station.get_kind_display()

    return _taken_apart("kind", _("by kind"), cards, kind_of, address)


def _taken_apart(name, title, cards: Iterable[Scorecard], part_of, address) -> dict:
    parts: dict[tuple, list[Scorecard]] = {}
    for card in cards:
        parts.setdefault(part_of(card), []).append(card)
    return {"title": title, "rows": [_part(name, *part, parts[part], address) for part in sorted(parts)]}


def _part(name, key, words, cards, address) -> dict:
    asked = {name: key, "have": ""}
    return {
        "words": words,
        "stations": len(cards),
        "met": sum(card.is_met for card in cards),
        "href": address(**asked, standing=""),
        "met_href": address(**asked, standing=MET),
    }
