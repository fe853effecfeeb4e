"""What the table of moves cannot say: whose assignment it is, how often somebody asked, what was thought of the result.

Asked twice: before a move is offered, and inside the move (`effects.py` refuses in words what is not possible).
"""

from feedback.handling.models import ACKNOWLEDGED, PENDING, RETURN_REQUESTED
from feedback.opinions import workflow
from feedback.opinions.choices import DECISIVE

NOT_ANSWERED = (PENDING, ACKNOWLEDGED)


def has_reached(opinion, target) -> bool:
    """Whether a move that may stay has brought the opinion to its target; `opinion.state` is where it started."""
    if target == "assigned":
        return opinion.state == "accepted"
    if target == "handling":
        return opinion.state == "assigned"
    if target == "accepted" and opinion.state == "rehandling":
        return False
    return not opinion.assignments.open().filter(round=opinion.round, part__in=DECISIVE).exists()


def is_possible(opinion, move, user) -> bool:
    """Whether the move makes sense for this opinion now, the state apart; `user` is None for residents."""
    question = QUESTIONS.get(move.key)
    return question is None or question(opinion, user)


def open_assignments(opinion) -> list:
    """Those somebody has still to answer, in any part."""
    return [row for row in opinion.assignments.all() if row.is_open]


def own_assignment(opinion, user, states):
    """The assignment of the user's organisation that stands in one of `states`, or None."""
    return opinion.assignments.visible_to(user, workflow.HANDLES).filter(state__in=states).first()


def last_rating(opinion):
    """What was thought of the result of the present round."""
    return opinion.ratings.filter(round=opinion.round).first()


def is_dissatisfied(opinion) -> bool:
    rating = last_rating(opinion)
    return rating is not None and rating.score == "dissatisfied"


def may_ask_again(opinion) -> bool:
    """A resident asks once, and not after having been satisfied."""
    asked = opinion.steps.filter(move=workflow.ASK_AGAIN.key).exists()
    return not asked and (opinion.state == "fed_back" or is_dissatisfied(opinion))


def may_end_it(opinion) -> bool:
    """Only after a second round: nobody loses the one time they may ask."""
    return opinion.round > 1 and is_dissatisfied(opinion)


def _is_without_handler(opinion):
    return not any(row.is_decisive for row in open_assignments(opinion))


def _own(*states):
    return lambda opinion, user: own_assignment(opinion, user, states) is not None


def _asked_to_return(opinion, _user):
    return any(row.state == RETURN_REQUESTED for row in opinion.assignments.all())


def _asked_for_more_time(opinion, _user):
    return any(row.asked_until for row in open_assignments(opinion))


QUESTIONS = {
    "assign": lambda opinion, _user: _is_without_handler(opinion),
    "acknowledge": _own(PENDING),
    "reply": _own(ACKNOWLEDGED),
    "ask_return": _own(*NOT_ANSWERED),
    "ask_extension": _own(*NOT_ANSWERED),
    "agree_return": _asked_to_return,
    "refuse_return": _asked_to_return,
    "reply_for": lambda opinion, _user: bool(open_assignments(opinion)),
    "extend": lambda opinion, _user: bool(open_assignments(opinion)),
    "refuse_extension": _asked_for_more_time,
    "rehandle": lambda opinion, _user: is_dissatisfied(opinion),
    "close": lambda opinion, _user: may_end_it(opinion),
    "call": lambda opinion, _user: opinion.reporter is not None and opinion.reporter.phone_sealed is not None,
    "tell_at_once": lambda opinion, _user: opinion.urgency != "normal",
    "ask_again": lambda opinion, _user: may_ask_again(opinion),
}
