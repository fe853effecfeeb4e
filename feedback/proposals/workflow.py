"""The life of a proposal (代表建议), as a table. `manage.py workflow proposal` prints it.

What the register can move today: drafts and co-signing come with the representatives' own pages, evaluation and
handling again with the evaluation on two axes.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liaison.tools.workflow import Move, State

SUBMITTED = State("submitted", pgettext_lazy("proposal", "submitted"))
SENT_BACK = State("sent_back", pgettext_lazy("proposal", "sent back to be changed"))
REFUSED = State("refused", pgettext_lazy("proposal", "not a proposal (a representative's letter)"))
REVIEWED = State("reviewed", pgettext_lazy("proposal", "reviewed"))
ASSIGNED = State("assigned", pgettext_lazy("proposal", "assigned"))
HANDLING = State("handling", pgettext_lazy("proposal", "being handled"))
REPLIED = State("replied", pgettext_lazy("proposal", "replied"))
CLOSED = State("closed", pgettext_lazy("proposal", "closed"))
WITHDRAWN = State("withdrawn", pgettext_lazy("proposal", "withdrawn"))

STATES = {
    state.key: state
    for state in (SUBMITTED, SENT_BACK, REFUSED, REVIEWED, ASSIGNED, HANDLING, REPLIED, CLOSED, WITHDRAWN)
}
BEGINS = SUBMITTED.key
WAITING = ("assigned", "handling")  # a department owes the reply
ANSWERED = ("replied", "closed")
STANDING = ("submitted", "sent_back", "reviewed", *WAITING, *ANSWERED)  # neither refused nor withdrawn
OPEN_TO_THE_PUBLIC = ("reviewed", *WAITING, *ANSWERED)

REVIEW = Move("review", _("Review: it is a proposal"), ("submitted",), "reviewed", "proposals.review_proposal")
SEND_BACK = Move(
    "send_back",
    _("Send back to be changed"),
    ("submitted",),
    "sent_back",
    "proposals.review_proposal",
    needs_note=True,
)
SUBMIT = Move("submit", _("Take it in again, changed"), ("sent_back",), "submitted", "proposals.review_proposal")
REFUSE = Move(
    "refuse",
    _("Not a proposal, treat it as a letter"),
    ("submitted",),
    "refused",
    "proposals.review_proposal",
    needs_note=True,
)
ASSIGN = Move("assign", pgettext_lazy("proposal", "Assign"), ("reviewed",), "assigned", "proposals.assign_proposal")
REASSIGN = Move(
    "reassign",
    _("Assign to another department"),
    WAITING,
    "assigned",
    "proposals.assign_proposal",
    needs_note=True,
)
ACKNOWLEDGE = Move(
    "acknowledge",
    pgettext_lazy("proposal", "Sign for it"),
    ("assigned",),
    "handling",
    "proposals.acknowledge_proposal",
)
REPLY = Move("reply", pgettext_lazy("proposal", "Reply"), WAITING, "replied", "proposals.reply_proposal")
CLOSE = Move("close", _("Close the proposal"), ("replied",), "closed", "proposals.review_proposal")
WITHDRAW = Move(
    "withdraw",
    _("Withdraw the proposal"),
    ("submitted", "sent_back", "reviewed", *WAITING),
    "withdrawn",
    "proposals.review_proposal",
    needs_note=True,
)

MOVES = {
    move.key: move
    for move in (
        REVIEW,
        SEND_BACK,
        SUBMIT,
        REFUSE,
        ASSIGN,
        REASSIGN,
        ACKNOWLEDGE,
        REPLY,
        CLOSE,
        WITHDRAW,
    )
}
