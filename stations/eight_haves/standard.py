"""The seed's eight haves (“八有”标准) by name, what each promises a resident, and the words for how one stands."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liaison.tools.figures import BASICALLY_MET, MET, NOT_APPLICABLE, NOT_MET, TO_CONFIRM

STANDINGS = {
    MET: pgettext_lazy("standing", "met"),
    BASICALLY_MET: pgettext_lazy("standing", "basically met"),
    NOT_MET: pgettext_lazy("standing", "not met"),
    TO_CONFIRM: pgettext_lazy("standing", "to be confirmed"),
    NOT_APPLICABLE: pgettext_lazy("standing", "not applicable"),
}
WORST_FIRST = (NOT_MET, TO_CONFIRM, BASICALLY_MET, MET, NOT_APPLICABLE)
LACKING = (NOT_MET, TO_CONFIRM, BASICALLY_MET)

NAMES = {
    "premises": pgettext_lazy("have", "premises"),
    "signage": pgettext_lazy("have", "signs"),
    "staffing": pgettext_lazy("have", "staff"),
    "rules": pgettext_lazy("have", "rules"),
    "funding": pgettext_lazy("have", "funds"),
    "activities": pgettext_lazy("have", "activities"),
    "ledgers": pgettext_lazy("have", "ledgers"),
    "results": pgettext_lazy("have", "results"),
}
PROMISES = {
    "premises": _("A fixed place to receive residents and hold activities"),
    "signage": _("Plates as they should be; representatives and receptions are posted"),
    "staffing": _("A head, a liaison officer and full-time staff"),
    "rules": _("Rules to receive, assign, feed back and more are in use"),
    "funding": _("Activity funds stand in the budget of the same level"),
    "activities": _("Residents are received and representatives meet as planned"),
    "ledgers": _("Receptions, activities and the handling of opinions are on record"),
    "results": _("What residents say is answered and comes to something"),
}
KEYS = list(NAMES)
