"""The life of an opinion (群众意见建议), as a table. `manage.py workflow opinion` prints it."""

from django.utils.translation import gettext_lazy as _

from liaison.tools.workflow import ANY, Move, State

SUBMITTED = State("submitted", _("to be verified"))
ACCEPTED = State("accepted", _("accepted"))
REFUSED = State("refused", _("refused (guided elsewhere)"))
WITHDRAWN = State("withdrawn", _("withdrawn"))
ASSIGNED = State("assigned", _("assigned"))
HANDLING = State("handling", _("being handled"))
REPLIED = State("replied", _("replied, to be fed back"))
FED_BACK = State("fed_back", _("fed back"))
EVALUATED = State("evaluated", _("evaluated"))
ARCHIVED = State("archived", _("archived"))

STATES = {
    state.key: state
    for state in (
        SUBMITTED,
        ACCEPTED,
        REFUSED,
        WITHDRAWN,
        ASSIGNED,
        HANDLING,
        REPLIED,
        FED_BACK,
        EVALUATED,
        ARCHIVED,
    )
}
BEGINS = SUBMITTED.key
OPEN = ("accepted", "assigned", "handling", "replied")  # 在办: accepted, and the resident not yet told
WAITING_FOR = {  # the day by which a state must have ended
    "submitted": "accept_due_on",
    "assigned": "reply_due_on",
    "handling": "reply_due_on",
    "replied": "feed_back_due_on",
}
ENDED = ("refused", "withdrawn", "archived")

ACCEPT = Move("accept", _("Accept"), ("submitted",), "accepted", "opinions.accept_opinion")
REFUSE = Move("refuse", _("Refuse and guide"), ("submitted",), "refused", "opinions.refuse_opinion", needs_note=True)
ASSIGN = Move("assign", _("Assign"), ("accepted",), "assigned", "opinions.assign_opinion")
ACKNOWLEDGE = Move("acknowledge", _("Sign for it"), ("assigned",), "handling", "opinions.acknowledge_opinion")
REPLY = Move("reply", _("Reply"), ("handling",), "replied", "opinions.reply_opinion")
IMPORT_REPLY = Move("import_reply", _("Reply (imported)"), ("submitted", "accepted"), "replied", actor="system")
FEED_BACK = Move(
    "feed_back", _("Feed back to the resident"), ("replied",), "fed_back", "opinions.feed_back_opinion", needs_note=True
)
ARCHIVE = Move("archive", _("Archive"), ("fed_back", "evaluated"), "archived", "opinions.archive_opinion")
ADD = Move("add", _("Add information"), (ANY,), None, actor="resident", needs_note=True)
WITHDRAW = Move("withdraw", _("Withdraw"), ("submitted", *OPEN[:3]), "withdrawn", actor="resident")
RATE = Move("rate", _("Evaluate"), ("fed_back",), "evaluated", actor="resident")

MOVES = {
    move.key: move
    for move in (
        ACCEPT,
        REFUSE,
        ASSIGN,
        ACKNOWLEDGE,
        REPLY,
        IMPORT_REPLY,
        FEED_BACK,
        ARCHIVE,
        ADD,
        WITHDRAW,
        RATE,
    )
}
