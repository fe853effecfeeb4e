"""The life of a yearly check (自查、乡镇（街道）复核、区县确认、整改、复查、完成), as a table.

The county's confirmation freezes how the station stood, whether something is to be mended or not.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liaison.tools.workflow import Move, State

HANDS_IN, MENDS = "assessment.hand_in_assessment", "assessment.mend_assessment"
REVIEWS, CONFIRMS = "assessment.review_assessment", "assessment.confirm_assessment"

SELF_CHECK = State("self_check", pgettext_lazy("check", "self-check"))
TOWNSHIP_REVIEW = State("township_review", pgettext_lazy("check", "waiting for the township's review"))
COUNTY_REVIEW = State("county_review", pgettext_lazy("check", "waiting for the county's confirmation"))
COUNTY_CONFIRMED = State("county_confirmed", pgettext_lazy("check", "confirmed by the county"))
RECTIFYING = State("rectifying", pgettext_lazy("check", "being rectified"))
RECHECKED = State("rechecked", pgettext_lazy("check", "rechecked"))
DONE = State("done", pgettext_lazy("check", "done"))
STATES = {
    state.key: state
    for state in (SELF_CHECK, TOWNSHIP_REVIEW, COUNTY_REVIEW, COUNTY_CONFIRMED, RECTIFYING, RECHECKED, DONE)
}
BEGINS = SELF_CHECK.key

HAND_IN = Move("hand_in", _("Hand in the self-check"), ("self_check",), "township_review", HANDS_IN, needs_note=True)
SEND_BACK = Move(
    "send_back", _("Send back to the station"), ("township_review",), "self_check", REVIEWS, needs_note=True
)
REVIEW = Move("review", _("Reviewed, on to the county"), ("township_review",), "county_review", REVIEWS)
RETURN = Move(
    "return", _("Send back to the township"), ("county_review",), "township_review", CONFIRMS, needs_note=True
)
CONFIRM = Move("confirm", _("Confirm, nothing to be rectified"), ("county_review",), "county_confirmed", CONFIRMS)
RECTIFY = Move("rectify", _("Confirm and set something to be rectified"), ("county_review",), "rectifying", CONFIRMS)
RECTIFY_MORE = Move(
    "rectify_more",
    _("Set something to be rectified"),
    ("county_confirmed", "rectifying", "rechecked"),
    "rectifying",
    CONFIRMS,
)
MEND = Move("mend", _("Say that it is rectified"), ("rectifying",), None, MENDS, needs_note=True)
RECHECK = Move("recheck", _("Recheck"), ("rectifying",), "rechecked", CONFIRMS, may_stay=True)
REDO = Move("redo", _("Send back to be rectified again"), ("rectifying",), None, CONFIRMS, needs_note=True)
FINISH = Move("finish", _("Finish the check"), ("county_confirmed", "rechecked"), "done", CONFIRMS)

# The first that is open is offered as the next step: on before back.
MOVES = {
    move.key: move
    for move in (HAND_IN, REVIEW, SEND_BACK, CONFIRM, FINISH, RECTIFY, RECTIFY_MORE, RETURN, MEND, RECHECK, REDO)
}
