"""The roads of opinions: which moves lead to a goal, and how many days lie between them."""

from liaison.demo.library import rows

ROAD = ("accept", "assign", "acknowledge", "reply", "feed_back", "rate", "archive")
GIVEN, ANSWERED, RATED = ROAD[:3], ROAD[:5], ROAD[:6]
AGAIN = ("acknowledge", "reply", "feed_back", "rate")
GOALS = {
    "submitted": (),
    "accepted": ROAD[:1],
    "assigned": ROAD[:2],
    "handling": GIVEN,
    "replied": ROAD[:4],
    "fed_back": ANSWERED,
    "evaluated": RATED,
    "archived": ROAD,
    "archived_silently": (*ANSWERED, "archive"),
    "refused": ("refuse",),
    "withdrawn": ("withdraw",),
    "withdrawn_later": (*ROAD[:2], "withdraw"),
    # told of in roads.csv
    "answered": ("accept", "answer_on_spot"),
    "answered_rated": ("accept", "answer_on_spot", "rate_for"),
    "answered_archived": ("accept", "answer_on_spot", "rate_for", "archive"),
    "passed_on": ("accept", "pass_on", "follow"),
    "passed_on_today": ("accept", "pass_on"),
    "passed_on_answered": ("accept", "pass_on", "follow", "answer_elsewhere", "feed_back", "rate_for", "archive"),
    "merged": ("accept", "merge"),
    "return_asked": ("accept", "assign", "ask_return"),
    "returned": ("accept", "assign", "ask_return", "agree_return", *ROAD[1:]),
    "return_refused": ("accept", "assign", "ask_return", "refuse_return", *ROAD[2:]),
    "extension_asked": (*GIVEN, "ask_extension"),
    "extended": (*GIVEN, "ask_extension", "extend", *ROAD[3:]),
    "asked_again": (*ANSWERED, "ask_again", "acknowledge"),
    "rehandled": (*RATED, "ask_again", *AGAIN, "archive"),
    "closed": (*RATED, "rehandle", *AGAIN, "close"),
    "paper": ("accept", "assign", "reply_for", "feed_back", "rate_for", "archive"),
    "paper_told": ("accept", "assign", "reply_for", "feed_back", "rate_for"),
    "signed": (*ANSWERED, "sign_for", "archive"),
}
WAITING = {  # days before each move, at least and at most
    "normal": {"accept": (1, 3), "assign": (0, 2), "acknowledge": (1, 2), "reply": (5, 21), "feed_back": (1, 3)},
    "urgent": {"accept": (1, 1), "assign": (0, 1), "acknowledge": (0, 1), "reply": (2, 8), "feed_back": (1, 2)},
    "danger": {"accept": (0, 0), "assign": (0, 0), "acknowledge": (0, 0), "reply": (1, 3), "feed_back": (0, 1)},
}
ANYWAY = {
    "rate": (1, 6),
    "archive": (3, 9),
    "refuse": (1, 2),
    "withdraw": (1, 3),
    "tell_at_once": (0, 0),
    "answer_on_spot": (0, 0),
    "pass_on": (0, 1),
    "follow": (3, 6),
    "answer_elsewhere": (8, 14),
    "merge": (0, 0),
    "ask_return": (1, 2),
    "agree_return": (0, 1),
    "refuse_return": (0, 1),
    "ask_extension": (15, 20),
    "extend": (0, 1),
    "reply_for": (8, 15),
    "rate_for": (1, 4),
    "sign_for": (1, 3),
    "ask_again": (2, 6),
    "rehandle": (1, 3),
    "close": (2, 5),
}
LATE_REPLY = (36, 47)
SLOWEST_IN_TIME = 26
URGED_AFTER = (37, 58)  # days after it was given to a department that has not answered


def waiting(urgency: str, move: str, is_late: bool) -> tuple[int, int]:
    if move == "reply" and is_late:
        return LATE_REPLY
    return WAITING[urgency].get(move) or ANYWAY[move]


def moves_to(goal: str, urgency: str) -> tuple[str, ...]:
    """Danger is told by telephone as soon as it is taken on."""
    moves = GOALS[goal]
    if urgency == "danger" and moves[:1] == ("accept",):
        return ("accept", "tell_at_once", *moves[1:])
    return moves


def special() -> dict[str, dict]:
    """The matters whose road is told in `roads.csv`, by their key."""
    return {row["matter"]: row for row in rows("roads")}
