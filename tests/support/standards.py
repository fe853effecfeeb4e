"""Standards made for one test: what one measure says at a station, as a scorecard tells it."""

from datetime import date

from django.utils import timezone

from liaison.tools.periods import Period
from stations.eight_haves.evaluation import evaluate
from stations.eight_haves.measuring import all_measures
from stations.eight_haves.models import Standard
from stations.register.models import KIND_CHOICES

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


def standard_of(*asked) -> Standard:
    """A draft for every kind of station; each of `asked` is (measure, met, comparison)."""
    kinds = [kind for kind, _name in KIND_CHOICES]
    made = Standard.objects.create(name=f"of {asked[0][0]}", version="1", kinds=kinds, valid_from=date(2020, 1, 1))
    have = made.haves.create(key="results")
    for place, (measure, met, comparison) in enumerate(asked, 1):
        criterion = have.criteria.create(measure=measure, comparison=comparison, place=place)
        criterion.thresholds.create(met=met)
    return made


def of_everything() -> Standard:
    """Every measure there is, with a threshold nothing reaches, so that every sentence is said."""
    return standard_of(*((key, 9_999_999, "at_least") for key in all_measures()))


def result(at, measure, met, comparison="at_least", known_by=None, period=YEAR):
    """The one result of a standard that asks nothing else; `known_by` is today unless told otherwise."""
    name = f"of {measure}"
    standard = Standard.objects.filter(name=name).first() or standard_of((measure, met, comparison))
    (card,) = evaluate([at], period, known_by or timezone.localdate(), standard)
    ((found,),) = (line.results for line in card.lines)
    return found


def said(at, measure, met, comparison="at_least", **asked):
    """(how it stands, what is said)."""
    found = result(at, measure, met, comparison, **asked)
    return found.standing, found.words
