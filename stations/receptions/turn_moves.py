"""The life of a request for leave or for a swap (请假、换班), as a table.

The representatives agree on a swap between themselves; leave is agreed by the station, which also enters what the
other one said where they have no account.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liaison.tools.workflow import Move, State

LEAVE, SWAP = "leave", "swap"
KIND_CHOICES = [(LEAVE, pgettext_lazy("reception", "leave")), (SWAP, pgettext_lazy("reception", "swap"))]
REPRESENTATIVE = "representative"  # the kind of actor: they act for themselves, whatever their role reaches
DECIDES = "receptions.decide_request"

ASKED = State("asked", pgettext_lazy("request", "waiting for an answer"))
AGREED = State("agreed", pgettext_lazy("request", "agreed"))
DECLINED = State("declined", pgettext_lazy("request", "declined"))
WITHDRAWN = State("withdrawn", pgettext_lazy("request", "withdrawn"))
STATES = {state.key: state for state in (ASKED, AGREED, DECLINED, WITHDRAWN)}

AGREE = Move("agree", _("Agree to the swap"), ("asked",), "agreed", actor=REPRESENTATIVE)
DECLINE = Move("decline", _("Decline the swap"), ("asked",), "declined", actor=REPRESENTATIVE)
WITHDRAW = Move("withdraw", _("Withdraw the request"), ("asked",), "withdrawn", actor=REPRESENTATIVE)
GRANT = Move("grant", _("Agree to the leave"), ("asked",), "agreed", DECIDES)
REFUSE = Move("refuse", _("Decline the leave"), ("asked",), "declined", DECIDES, needs_note=True)
AGREE_FOR = Move("agree_for", _("The other agrees (entered on behalf)"), ("asked",), "agreed", DECIDES, needs_note=True)
DECLINE_FOR = Move(
    "decline_for", _("The other declines (entered on behalf)"), ("asked",), "declined", DECIDES, needs_note=True
)

MOVES = {move.key: move for move in (AGREE, DECLINE, WITHDRAW, GRANT, REFUSE, AGREE_FOR, DECLINE_FOR)}
OF_KIND = {LEAVE: ("withdraw", "grant", "refuse"), SWAP: ("agree", "decline", "withdraw", "agree_for", "decline_for")}
