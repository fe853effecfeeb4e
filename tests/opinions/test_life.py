"""The life of an opinion, from what a resident said to the archive."""

from datetime import date

import pytest

from feedback.opinions import workflow
from feedback.opinions.models import Opinion
from liaison.audit.models import Entry
from liaison.tools.workflow import RESIDENT, SYSTEM, Actor, MoveRefused
from tests.support import factories as make


@pytest.fixture
def station():
    make.office()
    return make.station()


def test_an_opinion_travels_the_main_road(station):
    life = make.Life(make.opinion(station, on=date(2026, 9, 1)))
    opinion = life.until("fed_back", on=date(2026, 9, 2))
    opinion.move(workflow.RATE, by=RESIDENT, score="satisfied")
    life.archive()
    opinion.refresh_from_db()
    assert opinion.state == "archived"
    assert [step.move for step in opinion.steps.all()] == [
        "begin",
        "accept",
        "assign",
        "acknowledge",
        "reply",
        "feed_back",
        "rate",
        "archive",
    ]
    assert opinion.ratings.get().score == "satisfied"
    assert opinion.taker == life.officer


def test_due_dates_follow_the_legal_calendar(station):
    """30 September 2026 is a Wednesday before the holiday; 10 October is worked."""
    opinion = make.opinion(station, on=date(2026, 9, 30))
    assert opinion.accept_due_on == date(2026, 10, 13)
    make.Life(opinion).until("assigned", on=date(2026, 9, 30))
    assert opinion.reply_due_on == date(2026, 10, 30)


MOVABLE = [move for move in workflow.MOVES.values() if move.sources != ("*",)]


@pytest.mark.parametrize("move", MOVABLE, ids=lambda move: move.key)
@pytest.mark.parametrize("state", workflow.STATES)
def test_only_the_table_s_moves_start_from_a_state(move, state, station):
    """Every refused cell of the table is refused, and says why; nothing changes."""
    if state in move.sources:
        return
    opinion = make.opinion(station)
    Opinion.objects.filter(pk=opinion.pk).update(state=state)
    opinion.refresh_from_db()
    actors = {"user": _allowed_everything(), "resident": RESIDENT, "system": SYSTEM}
    by = actors.get(move.actor) or Actor(move.actor, "somebody")
    with pytest.raises(MoveRefused) as refusal:
        opinion.move(move, by=by, note="because")
    assert str(refusal.value.reason)
    opinion.refresh_from_db()
    assert (opinion.state, opinion.steps.count()) == (state, 1)


def _allowed_everything():
    somebody = make.user()
    somebody.is_superuser = True
    somebody.save()
    return somebody


def test_somebody_without_the_permission_is_refused_and_the_trail_keeps_it(station):
    opinion = make.opinion(station)
    stranger = make.staff(make.station())
    with pytest.raises(MoveRefused):
        opinion.move(workflow.ACCEPT, by=stranger, taker=stranger)
    assert Entry.objects.filter(action="accept", result="refused", actor_id=stranger.pk).count() == 1


def test_a_move_that_needs_a_note_is_refused_without_one(station):
    opinion = make.opinion(station)
    with pytest.raises(MoveRefused):
        opinion.move(workflow.REFUSE, by=make.granted("officer"), note="  ", channel="court", office="court")


def test_of_two_at_once_the_second_finds_it_changed(station):
    opinion = make.opinion(station)
    same = Opinion.objects.get(pk=opinion.pk)
    officer = make.granted("officer")
    opinion.move(workflow.ACCEPT, by=officer, taker=officer)
    with pytest.raises(MoveRefused):
        same.move(workflow.ACCEPT, by=officer, taker=officer)
    assert opinion.steps.filter(move="accept").count() == 1


def test_nothing_is_half_done_when_an_effect_refuses(station):
    opinion = make.opinion(station)
    life = make.Life(opinion)
    life.accept()
    committee = make.organisation(handles=False)
    with pytest.raises(MoveRefused):
        opinion.move(workflow.ASSIGN, by=life.officer, organisation=committee)
    opinion.refresh_from_db()
    assert (opinion.state, opinion.assignments.count()) == ("accepted", 0)


def test_only_the_assigned_department_may_sign_for_it(station):
    life = make.Life(make.opinion(station))
    life.until("assigned")
    other = make.clerk(make.organisation())
    with pytest.raises(MoveRefused):
        life.opinion.move(workflow.ACKNOWLEDGE, by=other)
    life.acknowledge()
    assert life.opinion.state == "handling"


def test_a_dissatisfied_resident_says_why(station):
    opinion = make.Life(make.opinion(station)).until("fed_back")
    with pytest.raises(MoveRefused):
        opinion.move(workflow.RATE, by=RESIDENT, score="dissatisfied")
    opinion.move(workflow.RATE, by=RESIDENT, score="dissatisfied", reason="still dark")
    assert opinion.state == "evaluated"


def test_a_refused_opinion_remembers_where_the_resident_was_sent(station):
    opinion = make.opinion(station)
    opinion.move(
        workflow.REFUSE, by=make.granted("officer"), note="a lawsuit", channel="court", office="District court"
    )
    assert (opinion.state, opinion.guidance.office) == ("refused", "District court")
