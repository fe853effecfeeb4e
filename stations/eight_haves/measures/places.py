"""Place and signs: what a self-check (自查) found in order, and when."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from liaison.tools.figures import TO_CONFIRM, Reading
from liaison.tools.periods import months_before
from liaison.tools.sheets import Column
from stations.eight_haves.measuring import Measure, Option
from stations.eight_haves.mending import confirm
from stations.register.models import YearlyConfirmation

SIGNS = ("plate", "roster", "schedule", "qr")
SIGN_CHOICES = tuple((sign, YearlyConfirmation._meta.get_field(sign).verbose_name) for sign in SIGNS)
CHECK = (
    Column("confirmed_on", gettext_lazy("confirmed on")),
    Column("in_order", gettext_lazy("found in order"), lambda row: _names(_in_order(row))),
    Column("confirmed_by", gettext_lazy("confirmed by")),
    Column("note", gettext_lazy("note")),
)


def _in_order(row):
    return [name for name in ("premises", *SIGNS) if getattr(row, name)]


def named(sign: str) -> str:
    return str(YearlyConfirmation._meta.get_field(sign).verbose_name)


def premises(records, options):
    """How often somebody confirmed the place within the period."""
    words = _("The self-check of %(year)s has not confirmed the premises yet") % {"year": records.period.ends_on.year}

    def found_it(row):
        return row.premises and records.span.contains(row.confirmed_on)

    seen = {pk: tuple(filter(found_it, rows)) for pk, rows in _checks(records).items()}
    return {pk: _checked(records, pk, len(rows), words, rows, ["premises"]) for pk, rows in seen.items()}


def _checked(records, pk, held, words, rows, ticks):
    """A self-check is of the day it is made: once the period is over, none is made for it any more."""
    if records.known_by <= records.period.ends_on:
        return Reading(held, words, rows, confirm(pk, ticks), TO_CONFIRM)
    words = _("%(words)s; the period is over, no self-check can be made for it any more") % {"words": words}
    return Reading(held, words, rows, None, TO_CONFIRM)


def signs(records, options):
    """How many of the signs chosen were confirmed within so many months before the last day."""
    wanted = [sign for sign in SIGNS if sign in options["signs"]]
    months = int(options["months"])
    oldest = months_before(records.on, months)
    found = {pk: [row for row in rows if row.confirmed_on <= records.on] for pk, rows in _checks(records).items()}
    return {pk: _signs(records, pk, rows, wanted, oldest, months) for pk, rows in found.items()}


def _checks(records):
    return records.of(YearlyConfirmation)


def _signs(records, pk, rows, wanted, oldest, months):
    ordered = sorted(rows, key=lambda row: row.confirmed_on)
    last = {sign: row.confirmed_on for row in ordered for sign in wanted if getattr(row, sign)}
    missing = [sign for sign in wanted if sign not in last]
    old = [sign for sign in wanted if sign in last and last[sign] <= oldest]
    held = len(wanted) - len(missing) - len(old)
    words = _signs_words(last, missing, old, months)
    return _checked(records, pk, held, words, tuple(ordered), missing + old)


def _signs_words(last, missing, old, months):
    said = [_("%(signs)s not confirmed yet") % {"signs": _names(missing)}] if missing else []
    for day in sorted({last[sign] for sign in old}):
        facts = {"signs": _names(sign for sign in old if last[sign] == day), "day": date_format(day), "months": months}
        said.append(_long_ago(months) % facts)
    return _("; ").join(said)


def _long_ago(months):
    if months == 12:
        return _("%(signs)s last confirmed on %(day)s, a year ago")
    return _("%(signs)s last confirmed on %(day)s, %(months)s months ago")


def _names(signs):
    return _("、").join(map(named, signs))


MEASURES = [
    Measure(
        "premises_confirmed",
        gettext_lazy("Premises confirmed in the period"),
        gettext_lazy("Self-checks of the period that found a fixed place to receive residents."),
        pgettext_lazy("unit", "times"),
        premises,
        CHECK,
    ),
    Measure(
        "signs_confirmed",
        gettext_lazy("Signs confirmed"),
        gettext_lazy(
            "Of the signs chosen, how many a self-check found in order within the months before the last day."
        ),
        pgettext_lazy("unit", "signs"),
        signs,
        CHECK,
        (
            Option(
                "signs",
                gettext_lazy("which signs"),
                SIGNS,
                SIGN_CHOICES,
            ),
            Option("months", gettext_lazy("within so many months"), 12),
        ),
        counts_chosen="signs",
        rows_name=gettext_lazy("Self-checks on record"),
    ),
]
