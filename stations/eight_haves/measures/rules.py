"""Rules (制度) in force on the last day."""

from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from liaison.tools.figures import TO_CONFIRM, Mend, Reading, share, without_idle_zeros
from liaison.tools.periods import months_before
from liaison.tools.sheets import Column
from stations.eight_haves.measuring import Measure, Option
from stations.eight_haves.mending import page
from stations.register.models import RuleDocument, RuleKind

RULES_IN_FORCE = gettext_lazy("Rules in force")
RULE = (
    Column("title", gettext_lazy("title of the rule")),
    Column("version", gettext_lazy("version")),
    Column("valid_from", gettext_lazy("in force from")),
    Column("valid_to", gettext_lazy("in force until")),
    Column("reviewed_on", gettext_lazy("last reviewed on")),
)


def missing(records, options):
    """How many of the required rules are not in force."""
    required = records.once(_required)
    return {pk: _missing(pk, required, rows) for pk, rows in records.in_force(RuleDocument).items()}


def _required(records):
    kinds = [kind for kind in records.rules(RuleKind) if kind.is_required]
    return sorted(kinds, key=lambda kind: (kind.place, kind.key))


def _missing(pk, required, rows):
    kept = {row.kind_id for row in rows}
    lacking = [kind for kind in required if kind.pk not in kept]
    names = _("、").join(_("“%(name)s”") % {"name": kind.name} for kind in lacking)
    return Reading(len(lacking), _("Missing: %(names)s") % {"names": names}, tuple(rows), _add(pk, lacking))


def in_force(records, options):
    """On how many subjects a rule is in force."""
    return {pk: _in_force(pk, rows) for pk, rows in records.in_force(RuleDocument).items()}


def _in_force(pk, rows):
    count = len({row.kind_id for row in rows})

    def words(wanted):
        facts = {"count": count, "wanted": without_idle_zeros(wanted)}
        return _("%(count)s rules in force, %(wanted)s wanted") % facts

    return Reading(count, words, tuple(rows), _add(pk, ()))


def reviewed(records, options):
    """Percent of the rules in force that came in force, or were reviewed, within so many months."""
    months = int(options["months"])
    oldest = months_before(records.on, months)

    def is_old(rule):
        return not any(oldest < day <= records.on for day in rule.looked_at_on)

    return {pk: _reviewed(pk, rows, is_old, months) for pk, rows in records.in_force(RuleDocument).items()}


def _reviewed(pk, rows, is_old, months):
    if not rows:
        return Reading(None, _("No rule is in force"), (), _add(pk, ()), TO_CONFIRM)
    old = sorted(filter(is_old, rows), key=lambda row: (row.valid_from, row.pk))
    names = _("、").join(_("“%(name)s”") % {"name": row.title} for row in old)
    words = _("%(names)s not reviewed for %(months)s months") % {"names": names, "months": months}
    return Reading(share(len(rows) - len(old), len(rows)), words, tuple(rows), _review(old))


def _review(old):
    if not old:
        return None
    address = reverse_lazy("admin:stations_ruledocument_change", args=[old[0].pk])
    return Mend(pgettext("to mend", "review"), address, "stations.change_ruledocument")


def _add(pk, lacking):
    first = {"kind": lacking[0].pk, "title": lacking[0].name} if lacking else {}
    address = page("stations_ruledocument_add", station=pk, **first)
    return Mend(pgettext("to mend", "add"), address, "stations.add_ruledocument")


MEASURES = [
    Measure(
        "required_rules_missing",
        gettext_lazy("Required rules that are missing"),
        gettext_lazy("Required kinds of rules of which the station has none in force on the last day."),
        pgettext_lazy("unit", "rules"),
        missing,
        RULE,
        rows_name=RULES_IN_FORCE,
    ),
    Measure(
        "rules_in_force",
        RULES_IN_FORCE,
        gettext_lazy("Kinds of rules of which the station has one in force on the last day."),
        pgettext_lazy("unit", "rules"),
        in_force,
        RULE,
        rows_name=RULES_IN_FORCE,
    ),
    Measure(
        "rules_reviewed",
        gettext_lazy("Rules reviewed"),
        gettext_lazy(
            "Percent of the rules in force that came in force or were reviewed within the months before the last day."
        ),
        "%",
        reviewed,
        RULE,
        (Option("months", gettext_lazy("within so many months"), 12),),
        rows_name=RULES_IN_FORCE,
    ),
]
