"""The life of a proposal: every move of the table and every refused one."""

from datetime import date

import pytest

from feedback.proposals import workflow
from feedback.proposals.models import ReplyType
from liaison.rulebook.models import Clock
from liaison.tools.workflow import MoveRefused
from tests.support import factories as make

CONTRACT = {
    *("draft", "cosigning", "submitted", "sent_back", "refused", "reviewed", "assigned", "handling", "replied"),
    *("evaluated", "rehandling", "closed", "withdrawn"),
}
TABLE = {
    "review": ({"submitted"}, "reviewed"),
    "send_back": ({"submitted"}, "sent_back"),
    "submit": ({"sent_back"}, "submitted"),
    "refuse": ({"submitted"}, "refused"),
    "assign": ({"reviewed"}, "assigned"),
    "reassign": ({"assigned", "handling"}, "assigned"),
    "acknowledge": ({"assigned"}, "handling"),
    "reply": ({"assigned", "handling"}, "replied"),
    "close": ({"replied"}, "closed"),
    "withdraw": ({"submitted", "sent_back", "reviewed", "assigned", "handling"}, "withdrawn"),
}
MAY = {
    "review": {"officer"},
    "assign": {"officer", "dispatcher"},
    "acknowledge": {"department_clerk"},
    "reply": {"officer", "department_clerk"},
    "withdraw": {"officer"},
}
MAIN = ["review", "assign", "acknowledge", "reply", "close"]


@pytest.fixture
def road(here):
    return make.Road(here.proposal(), here.department)


def brought_to(road, state):
    """The proposal in that state, by the shortest way."""
    ways = {"submitted": [], "refused": ["refuse"], "sent_back": ["send_back"], "withdrawn": ["withdraw"]}
    reached = ["reviewed", "assigned", "handling", "replied", "closed"]
    for move in ways[state] if state in ways else MAIN[: reached.index(state) + 1]:
        road.go(move, note="because")
    return road.proposal


def test_its_states_are_the_contract_s():
    assert set(workflow.STATES) <= CONTRACT
    assert {key: (set(move.sources), move.target) for key, move in workflow.MOVES.items()} == TABLE


@pytest.mark.parametrize("state", workflow.STATES)
@pytest.mark.parametrize("move", workflow.MOVES)
def test_each_move_starts_where_the_table_says_and_nowhere_else(road, state, move):
    proposal = brought_to(road, state)
    sources, target = TABLE[move]
    if state in sources:
        assert road.go(move, note="because").state == target
        assert proposal.steps.last().to_state == target
    else:
        with pytest.raises(MoveRefused, match=r"state does not allow|may not do this"):
            road.go(move, note="because")
        proposal.refresh_from_db()
        assert proposal.state == state


@pytest.mark.parametrize("move", MAY)
def test_only_those_of_the_table_may(road, move, here):
    state = {"review": "submitted", "assign": "reviewed", "acknowledge": "assigned", "reply": "handling"}
    proposal = brought_to(road, state.get(move, "submitted"))
    roles = ["officer", "dispatcher", "leader", "township_officer", "committee", "representative", "sysadmin"]
    people = {role: make.granted(role) for role in roles} | {"department_clerk": here.clerk}
    assert {role for role, user in people.items() if workflow.MOVES[move] in proposal.moves_open_to(user)} == MAY[move]


@pytest.mark.parametrize("move", ["send_back", "refuse", "withdraw"])
def test_a_move_backward_says_why(road, move):
    with pytest.raises(MoveRefused, match="why"):
        road.go(move)


def test_the_reply_is_due_three_calendar_months_after_the_assignment(road):
    proposal = road.until("assigned", review=date(2026, 3, 20), assign=date(2026, 3, 31))
    assert (proposal.assigned_on, proposal.due_on) == (date(2026, 3, 31), date(2026, 6, 30))


def test_an_office_may_set_its_own_clock(road):
    clock = {"key": "proposal_reply", "division_id": make.DAOLI, "amount": 20, "unit": "days"}
    Clock.objects.create(**clock)
    assert road.until("assigned").due_on == date(2026, 3, 30)


def test_assigning_anew_changes_handlers_and_day(road):
    other, third = make.organisation(), make.organisation()
    road.until("assigned")
    road.go("reassign", date(2026, 4, 1), note="not theirs", organisation=other, others=[third, other])
    proposal = road.proposal
    assert (proposal.lead_handler, proposal.lead_role, proposal.due_on) == (other, "lead", date(2026, 7, 1))
    assert [(row.organisation, row.role) for row in proposal.handlers.all()] == [(third, "co")]


def test_a_body_that_handles_nothing_is_given_nothing(road):
    road.until("reviewed")
    for facts in ({"organisation": make.organisation(handles=False)}, {"others": [make.organisation(handles=False)]}):
        with pytest.raises(MoveRefused, match="cannot be given"):
            road.go("assign", **facts)
    assert road.proposal.state == "reviewed"


def test_a_co_handling_department_does_not_answer_for_the_lead(road):
    other = make.organisation()
    helper = make.clerk(other)
    road.go("review")
    proposal = road.go("assign", others=[other])
    for move in ("acknowledge", "reply"):
        facts = {"reply_type": ReplyType.objects.get(code="A")} if move == "reply" else {}
        with pytest.raises(MoveRefused, match="lead handler"):
            proposal.move(workflow.MOVES[move], by=helper, **facts)
    assert road.go("reply").state == "replied"


def test_nothing_is_assigned_before_it_was_submitted_nor_answered_before_it_was_assigned(road):
    road.go("review")
    with pytest.raises(MoveRefused, match="submitted"):
        road.go("assign", date(2026, 3, 1))
    road.go("assign")
    with pytest.raises(MoveRefused, match="assigned"):
        road.go("reply", date(2026, 3, 9))
    assert road.proposal.replied_on is None


def test_answered_is_not_delivered(road):
    proposal = road.until("replied")
    assert (proposal.has_reply, proposal.is_delivered, proposal.is_on_time) == (True, False, True)


def test_an_ended_proposal_is_public_no_longer(road):
    proposal = road.proposal
    proposal.is_published, proposal.public_text = True, "more lamps"
    proposal.save()
    road.go("withdraw", note="asked for")
    proposal.refresh_from_db()
    assert not proposal.is_published
