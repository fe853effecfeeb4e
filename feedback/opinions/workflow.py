"""The life of an opinion (群众意见建议), as a table. `manage.py workflow opinion` prints it.

What the table cannot say (whose assignment it is, whether the last evaluation was bad) is in `offers.py`.
"""

from django.utils.translation import gettext_lazy as _

from liaison.tools.workflow import ANY, Move, State

SUBMITTED = State("submitted", _("to be verified"))
ACCEPTED = State("accepted", _("accepted"))
REFUSED = State("refused", _("refused (guided elsewhere)"))
MERGED = State("merged", _("merged"))
WITHDRAWN = State("withdrawn", _("withdrawn"))
ANSWERED_ON_SPOT = State("answered_on_spot", _("answered on the spot"))
PASSED_ON = State("passed_on", _("passed on, being followed"))
ASSIGNED = State("assigned", _("assigned"))
HANDLING = State("handling", _("being handled"))
REPLIED = State("replied", _("replied, to be fed back"))
FED_BACK = State("fed_back", _("fed back"))
EVALUATED = State("evaluated", _("evaluated"))
REHANDLING = State("rehandling", _("being handled again"))
CLOSED_WITH_EXPLANATION = State("closed_with_explanation", _("ended with an explanation"))
ARCHIVED = State("archived", _("archived"))

STATES = {
    state.key: state
    for state in (
        SUBMITTED,
        ACCEPTED,
        REFUSED,
        MERGED,
        WITHDRAWN,
        ANSWERED_ON_SPOT,
        PASSED_ON,
        ASSIGNED,
        HANDLING,
        REPLIED,
        FED_BACK,
        EVALUATED,
        REHANDLING,
        CLOSED_WITH_EXPLANATION,
        ARCHIVED,
    )
}
BEGINS = SUBMITTED.key
WITH_DEPARTMENT = ("assigned", "handling", "rehandling")
OPEN = ("accepted", "passed_on", *WITH_DEPARTMENT, "replied")  # 在办: accepted, and the resident not yet told
ALIVE = ("submitted", *OPEN)
TOLD = ("fed_back", "evaluated", "answered_on_spot", "closed_with_explanation", "archived")
WAITING_FOR = {  # the day by which a state must have ended
    "submitted": "accept_due_on",
    "passed_on": "reply_due_on",
    "assigned": "reply_due_on",
    "handling": "reply_due_on",
    "rehandling": "reply_due_on",
    "replied": "feed_back_due_on",
}
ENDED = ("refused", "withdrawn", "closed_with_explanation", "archived")

ACCEPTS, ASSIGNS, HANDLES = "opinions.accept_opinion", "opinions.assign_opinion", "opinions.reply_opinion"
PROXY, ARCHIVES = "opinions.enter_for_others", "opinions.archive_opinion"

ACCEPT = Move("accept", _("Accept"), ("submitted",), "accepted", ACCEPTS)
REFUSE = Move("refuse", _("Refuse and guide"), ("submitted",), "refused", "opinions.refuse_opinion", needs_note=True)
ASSIGN = Move("assign", _("Assign"), ("accepted", "rehandling"), "assigned", ASSIGNS, may_stay=True)
ANSWER_ON_SPOT = Move(
    "answer_on_spot", _("Answer on the spot"), ("submitted", "accepted"), "answered_on_spot", ACCEPTS, needs_note=True
)
PASS_ON = Move("pass_on", _("Pass on (12345 …)"), ("submitted", "accepted"), "passed_on", ASSIGNS)
MERGE = Move("merge", _("Merge"), ("submitted", "accepted"), "merged", ACCEPTS)
FOLLOW = Move("follow", _("Record the follow-up"), ("passed_on",), None, ASSIGNS, needs_note=True)
ANSWER_ELSEWHERE = Move("answer_elsewhere", _("Enter their answer"), ("passed_on",), "replied", PROXY)
ACKNOWLEDGE = Move(
    "acknowledge", _("Sign for it"), WITH_DEPARTMENT, "handling", "opinions.acknowledge_opinion", may_stay=True
)
REPLY = Move("reply", _("Reply"), ("handling", "rehandling"), "replied", HANDLES, may_stay=True)
ASK_RETURN = Move("ask_return", _("Ask to return it"), WITH_DEPARTMENT, None, HANDLES, needs_note=True)
ASK_EXTENSION = Move("ask_extension", _("Ask for more time"), WITH_DEPARTMENT, None, HANDLES, needs_note=True)
AGREE_RETURN = Move("agree_return", _("Take it back"), WITH_DEPARTMENT, "accepted", ASSIGNS, may_stay=True)
REFUSE_RETURN = Move("refuse_return", _("Refuse the return"), WITH_DEPARTMENT, None, ASSIGNS, needs_note=True)
EXTEND = Move("extend", _("Change the due day"), WITH_DEPARTMENT, None, ASSIGNS, needs_note=True)
REFUSE_EXTENSION = Move("refuse_extension", _("Refuse more time"), WITH_DEPARTMENT, None, ASSIGNS, needs_note=True)
REPLY_FOR = Move(
    "reply_for", _("Enter a department's reply (on behalf)"), WITH_DEPARTMENT, "replied", PROXY, may_stay=True
)
IMPORT_REPLY = Move("import_reply", _("Reply (imported)"), ("submitted", "accepted"), "replied", actor="system")
FEED_BACK = Move(
    "feed_back", _("Feed back to the resident"), ("replied",), "fed_back", "opinions.feed_back_opinion", needs_note=True
)
RATE_FOR = Move("rate_for", _("Enter an evaluation (on behalf)"), ("fed_back", "answered_on_spot"), "evaluated", PROXY)
REHANDLE = Move("rehandle", _("Have it handled again"), ("evaluated",), "rehandling", ASSIGNS, needs_note=True)
CLOSE = Move(
    "close", _("End with an explanation"), ("evaluated",), "closed_with_explanation", ARCHIVES, needs_note=True
)
SIGN_FOR = Move("sign_for", _("Enter a representative's signature (on behalf)"), TOLD, None, PROXY)
ARCHIVE = Move("archive", _("Archive"), ("fed_back", "evaluated", "answered_on_spot"), "archived", ARCHIVES)
TELL_AT_ONCE = Move("tell_at_once", _("Record having told by telephone"), ALIVE, None, ACCEPTS, needs_note=True)
CALL = Move("call", _("Record a call-back"), (*OPEN, *TOLD), None, PROXY)
REISSUE = Move("reissue", _("Reissue the query code"), (ANY,), None, "opinions.reissue_code")
URGE = Move("urge", _("Urge the department"), WITH_DEPARTMENT, None, "opinions.urge_opinion")
REPRESENT = Move(  # by whoever heard it (liaison.duty.reach); the station reads it, nobody else before it is reviewed
    "represent", _("A representative's view and handling"), ALIVE, None, actor="representative", needs_note=True
)
ADD = Move("add", _("Add information"), (ANY,), None, actor="resident", needs_note=True)
WITHDRAW = Move(
    "withdraw",
    _("Withdraw"),
    ("submitted", "accepted", "passed_on", "assigned", "handling"),
    "withdrawn",
    actor="resident",
)
RATE = Move("rate", _("Evaluate"), ("fed_back", "answered_on_spot"), "evaluated", actor="resident")
ASK_AGAIN = Move(
    "ask_again", _("Ask to have it handled again"), ("fed_back", "evaluated"), "rehandling", None, "resident", True
)

MOVES = {
    move.key: move
    for move in (
        ACCEPT,
        REFUSE,
        ASSIGN,
        ANSWER_ON_SPOT,
        PASS_ON,
        MERGE,
        FOLLOW,
        ANSWER_ELSEWHERE,
        ACKNOWLEDGE,
        REPLY,
        ASK_RETURN,
        ASK_EXTENSION,
        AGREE_RETURN,
        REFUSE_RETURN,
        REPLY_FOR,
        EXTEND,
        REFUSE_EXTENSION,
        IMPORT_REPLY,
        FEED_BACK,
        RATE_FOR,
        REHANDLE,
        CLOSE,
        SIGN_FOR,
        ARCHIVE,
        TELL_AT_ONCE,
        CALL,
        REISSUE,
        URGE,
        REPRESENT,
        ADD,
        WITHDRAW,
        RATE,
        ASK_AGAIN,
    )
}
BESIDE = ("merge", "urge", "extend", "sign_for", "tell_at_once", "reissue")  # possible, and not what comes next
PAGES_OF_THEIR_OWN = ("call", "reissue")  # asked for and made elsewhere than on the page of moves
