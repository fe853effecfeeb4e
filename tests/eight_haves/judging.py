"""One measure at a time, against a threshold of its own."""

from datetime import date

from stations.eight_haves.evaluation import evaluate
from stations.eight_haves.models import Standard
from tests.eight_haves.conftest import TODAY, YEAR

MET = ("met", "")


def standard_of(measure, met, comparison="at_least", **options):
    """A draft that asks for nothing else; the same again where it is there."""
    name = f"{measure} {met} {comparison} {sorted(options.items())}"[:60]
    standard, is_new = Standard.objects.get_or_create(name=name, defaults={"valid_from": date(2026, 1, 1)})
    if is_new:
        have = standard.haves.create(key="premises")
        criterion = have.criteria.create(measure=measure, comparison=comparison, options=options)
        criterion.thresholds.create(met=met)
    return standard


def result_of(at, measure, met, period=YEAR, known_by=TODAY, **asked):
    (card,) = evaluate([at], period, known_by, standard_of(measure, met, **asked))
    return card.lines[0].results[0]


def judged(at, measure, met, **asked):
    """(how it stands, the sentence)."""
    result = result_of(at, measure, met, **asked)
    return result.standing, f"{result.words}。" if result.words else ""


def value(at, measure, **asked):
    return result_of(at, measure, 1, **asked).reading.value


def rows(at, measure, **asked):
    return list(result_of(at, measure, 1, **asked).reading.rows)
