"""What was found on the spot, beside the worked-out standing on the pages of the eight haves; ways to the papers."""

from collections import Counter
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from liaison.tools.figures import MET, NOT_APPLICABLE
from stations.assessment.card_words import finding_words
from stations.assessment.models import Determination
from stations.eight_haves.beside import Beside, Remark, add, add_counts

DETERMINES = "assessment.add_determination"


def join() -> None:
    add(of_station)
    add_counts(counted)


def of_station(card, user) -> Beside:
    found = _known(card, user).filter(station=card.station)
    dates = _dates(card)
    said = Beside(ways=ways_of(card.station, dates))
    for row in found:
        said.remarks.setdefault(row.have.key, []).append(remark(row))
    if user.has_perm(DETERMINES, card.station):
        said.steps = {line.have.key: _step(card.station, dates, line.have.key) for line in card.lines}
    return said


def _dates(card) -> dict[str, str]:
    """What the page asks for, for the pages it leads to; today is the usual cut-off and is left out."""
    year = {"year": str(card.period.ends_on.year)}
    return year | ({"known_by": card.known_by.isoformat()} if card.known_by < timezone.localdate() else {})


def _known(card, user):
    """What was found in the year of a scorecard, as it was known at its cut-off."""
    return Determination.objects.visible_to(user).of_year(card.period.ends_on.year).known_by(card.known_by)


def remark(row: Determination) -> Remark:
    address = reverse("admin:assessment_determination_change", args=(row.pk,))
    label = _("Found on the spot:")
    return Remark(label, row.standing, row.get_standing_display(), in_brackets(row), address, _("see the finding"))


def found_words(station, year: int) -> list[str]:
    """One line for each finding of a station in a year, the newest last."""
    rows = station.determinations.of_year(year)
    return [f"{_('Found on the spot:')}{row.have} {row.get_standing_display()}{in_brackets(row)}" for row in rows]


def in_brackets(row: Determination) -> str:
    words = finding_words(row.inspector, date_format(row.on), row.reason, row.evidence)
    return _("(%(words)s)") % {"words": words}


def _step(station, dates, have) -> tuple[str, str]:
    back = f"{reverse('eight_haves:station', args=(station.code,))}?{urlencode(dates)}#have-{have}"
    query = urlencode({"station": station.pk, "year": dates["year"], "item": have, "back": back})
    return _("Enter a finding"), f"{reverse('admin:assessment_determination_add')}?{query}"


def ways_of(station, dates: dict[str, str]) -> list[tuple[str, str]]:
    """To the papers of a station, of the year and the cut-off of `dates`."""
    pages = (("binder", _("Inspection binder")), ("field_form", _("Field form")))
    query = urlencode(dates)
    return [(words, f"{reverse(f'assessment:{name}', args=(station.code,))}?{query}") for name, words in pages]


def counted(cards, user) -> dict[str, str]:
    """By the item: how many stations the newest finding says have met it."""
    if not cards:
        return {}
    stations = {card.station.pk for card in cards}
    found = _known(cards[0], user)
    newest = {(row.station_id, row.have.key): row.standing for row in found if row.station_id in stations}
    asked = Counter(have for _station, have in newest)
    met = Counter(have for (_station, have), standing in newest.items() if standing in (MET, NOT_APPLICABLE))
    words = _("found on the spot: %(met)s of %(asked)s")
    return {have: words % {"met": met[have], "asked": asked[have]} for have in asked}
