"""The eight haves (“八有”标准): their names, what each promises a resident, and the stations that are inspected."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liaison.tools.figures import BASICALLY_MET, MET, NOT_APPLICABLE, NOT_MET, TO_CONFIRM

INSPECTED_KINDS = ("home", "station", "central", "service_centre")
STANDINGS = {
    MET: pgettext_lazy("standing", "met"),
    BASICALLY_MET: pgettext_lazy("standing", "basically met"),
    NOT_MET: pgettext_lazy("standing", "not met"),
    TO_CONFIRM: pgettext_lazy("standing", "to be confirmed"),
    NOT_APPLICABLE: pgettext_lazy("standing", "not applicable"),
}
WORST_FIRST = (NOT_MET, TO_CONFIRM, BASICALLY_MET, MET, NOT_APPLICABLE)
LACKING = (NOT_MET, TO_CONFIRM, BASICALLY_MET)


@dataclass(frozen=True)
class Have:
    key: str
    name: str
    promise: str


HAVES = [
    Have("premises", pgettext_lazy("have", "premises"), _("A fixed place to receive residents and hold activities")),
    Have(
        "signage",
        pgettext_lazy("have", "signs"),
        _("Plates as they should be; representatives and receptions are posted"),
    ),
    Have("staffing", pgettext_lazy("have", "staff"), _("A head, a liaison officer and full-time staff")),
    Have("rules", pgettext_lazy("have", "rules"), _("Rules to receive, assign, feed back and more are in use")),
    Have("funding", pgettext_lazy("have", "funds"), _("Activity funds stand in the budget of the same level")),
    Have(
        "activities",
        pgettext_lazy("have", "activities"),
        _("Residents are received and representatives meet as planned"),
    ),
    Have(
        "ledgers",
        pgettext_lazy("have", "ledgers"),
        _("Receptions, activities and the handling of opinions are on record"),
    ),
    Have("results", pgettext_lazy("have", "results"), _("What residents say is answered and comes to something")),
]
KEYS = [have.key for have in HAVES]
