"""Thresholds in words, and whether their numbers can divide stations at all.

They do where the measure reads such numbers, and some of its values reach them and some do not.
"""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from liaison.tools.figures import NOTHING
from stations.eight_haves.measuring import Measure
from stations.eight_haves.models import AT_LEAST, NOT_EASIER, Criterion, Threshold, is_easier
from stations.eight_haves.plain import as_text


def asked_words(threshold: Threshold, criterion: Criterion) -> str:
    """What is met, and from which value on basically met."""
    met = _at(threshold.met, criterion)
    if threshold.basically is None:
        return met
    if threshold.basically == 0 and criterion.comparison == AT_LEAST:
        return _("%(met)s, otherwise basically met") % {"met": met}
    return _("%(met)s, basically met %(basically)s") % {"met": met, "basically": _at(threshold.basically, criterion)}


def _at(wanted, criterion):
    words = _("at least %(value)s") if criterion.comparison == AT_LEAST else _("at most %(value)s")
    return words % {"value": amount_words(wanted, criterion.known_measure)}


def amount_words(value: Decimal | int | float | None, measure: Measure) -> str:
    """With its unit."""
    if value is None:
        return NOTHING
    return _("%(value)s %(unit)s") % {"value": as_text(value), "unit": measure.unit}


def wrong_with(met: Decimal | None, basically: Decimal | None, criterion: Criterion) -> Iterator[tuple[str, str]]:
    """(“met” or “basically”, words). From 0 on basically met is what is met otherwise: that may hold always."""
    if met is not None and (words := _unread(met, criterion) or _idle(met, criterion)):
        yield "met", words
    if basically is not None and (words := _unread(basically, criterion) or _harder(basically, met, criterion)):
        yield "basically", words


def fineness_words(measure: Measure) -> str:
    return _("Please write one decimal at most.") if measure.decimals else _("Please write a whole number.")


def _unread(number, criterion):
    """Why the measure never reads such a number; empty where it may."""
    measure, most = criterion.known_measure, _most(criterion)
    if number != round(number, measure.decimals):
        return fineness_words(measure)
    is_beyond = most is not None and number > most
    return _("No value is above %(most)s.") % {"most": amount_words(most, measure)} if is_beyond else ""


def _idle(number, criterion):
    most = _most(criterion)
    always = number <= 0 if criterion.comparison == AT_LEAST else most is not None and number >= most
    return _("Every value reaches this, so nothing is asked.") if always else ""


def _most(criterion):
    return criterion.known_measure.most(criterion.options)


def _harder(basically, met, criterion):
    return "" if is_easier(basically, met, criterion.comparison) else str(NOT_EASIER)
