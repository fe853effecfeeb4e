"""A standard in words, as its page shows it: each item with what it asks, and from which number on that is met."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from liaison.tools.cells import words_of
from stations.eight_haves.models import Criterion, Standard, Threshold
from stations.eight_haves.plain import as_text
from stations.eight_haves.publishing import of_criterion
from stations.eight_haves.thresholds import asked_words


def items_of(standard: Standard) -> list[dict]:
    haves = standard.haves.prefetch_related("criteria__thresholds")
    return [{"have": have, "criteria": [_asked(row) for row in have.criteria.all()]} for have in haves]


def _asked(criterion):
    thresholds = [] if criterion.known_measure is None else list(criterion.thresholds.all())
    return {
        "criterion": criterion,
        "measure": criterion.known_measure,
        "thresholds": [threshold_words(row, criterion) for row in thresholds],
        "settings": list(setting_words(criterion)),
        "points": as_text(criterion.points),
        "wrong": list(of_criterion(criterion)),
    }


def threshold_words(threshold: Threshold, criterion: Criterion) -> str:
    """As the pages of stations say it, of one kind of station or of all."""
    words = asked_words(threshold, criterion)
    if not threshold.kind:
        return words
    return _("%(kind)s, %(thresholds)s") % {"kind": threshold.get_kind_display(), "thresholds": words}


def setting_words(criterion: Criterion) -> Iterator[str]:
    for option in criterion.known_measure.options if criterion.known_measure else ():
        chosen = criterion.options.get(option.key, option.usual)
        yield _("%(setting)s: %(chosen)s") % {"setting": option.name, "chosen": _chosen_words(option, chosen)}


def _chosen_words(option, chosen):
    names = dict(option.choices)
    if isinstance(chosen, (list, tuple)):
        return _("、").join(str(names.get(key, key)) for key in chosen)
    return str(names.get(chosen) or words_of(chosen))
