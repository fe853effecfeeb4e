"""Rules (制度) in force on the last day."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from liaison.tools.figures import Mend, Reading
from liaison.tools.sheets import Column
from stations.eight_haves.measuring import Measure
from stations.eight_haves.mending import page
from stations.register.models import RuleDocument, RuleKind

RULE = (
    Column("title", gettext_lazy("title of the rule")),
    Column("version", gettext_lazy("version")),
    Column("valid_from", gettext_lazy("in force from")),
    Column("valid_to", gettext_lazy("in force until")),
)


def missing(records, options):
    """How many of the required rules are not in force."""
    required = records.once(_required)
    return {pk: _missing(pk, required, rows) for pk, rows in records.in_force(RuleDocument).items()}


def _required(records):
    return list(RuleKind.objects.filter(is_required=True))


def _missing(pk, required, rows):
    kept = {row.kind_id for row in rows}
    lacking = [kind for kind in required if kind.pk not in kept]
    names = _("、").join(_("“%(name)s”") % {"name": kind.name} for kind in lacking)
    return Reading(len(lacking), _("Missing: %(names)s") % {"names": names}, tuple(rows), _add(pk, lacking))


def _add(pk, lacking):
    kind = {"kind": lacking[0].pk} if lacking else {}
    address = page("stations_ruledocument_add", station=pk, **kind)
    return Mend(pgettext("to mend", "add"), address, "stations.add_ruledocument")


MEASURES = [
    Measure(
        "required_rules_missing",
        gettext_lazy("Required rules that are missing"),
        gettext_lazy("Required kinds of rules of which the station has none in force on the last day."),
        gettext_lazy("rules"),
        missing,
        RULE,
    ),
]
