"""The roads beside the main one: answered on the spot, passed on, merged, returned, extended, handled again, ended."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from feedback.opinions import offers, workflow
from liaison.tools.workflow import RESIDENT, MoveRefused
from tests.support import factories as make

DAY = date(2026, 9, 1)


@pytest.fixture
def station():
    make.office()
    return make.station()


def accepted(station, **facts):
    life = make.Life(make.opinion(station, on=DAY, **facts))
    life.accept(DAY)
    return life


def shared(station, way):
    """Given to two departments; the second one's clerk."""
    life = accepted(station)
    other = make.organisation()
    life.assign(DAY, others=[other], way=way)
    return life, make.clerk(other)


def replied_by(clerk, opinion, on=DAY):
    opinion.move(workflow.ACKNOWLEDGE, by=clerk, at=make.moment(on))
    opinion.move(workflow.REPLY, by=clerk, at=make.moment(on), text=f"by {clerk}", outcome="solved")


def dissatisfied(station):
    life = make.Life(make.opinion(station, on=DAY))
    life.until("fed_back", on=DAY)
    life.opinion.move(workflow.RATE, by=RESIDENT, at=make.moment(DAY), score="dissatisfied", reason="still dark")
    return life


def refused(opinion, move, by, **facts):
    before = opinion.state
    with pytest.raises(MoveRefused) as refusal:
        opinion.move(move, by=by, **facts)
    opinion.refresh_from_db()
    assert opinion.state == before
    return str(refusal.value.reason)


# At the desk, elsewhere, together


def test_what_is_answered_on_the_spot_is_accepted_replied_and_told_in_one(station):
    opinion, officer = make.opinion(station, on=DAY), make.granted("officer")
    at = make.moment(DAY)
    opinion.move(workflow.ANSWER_ON_SPOT, by=officer, at=at, note="the office opens at nine", outcome="explained")
    opinion.refresh_from_db()
    assert (opinion.state, opinion.taker, opinion.outcome) == ("answered_on_spot", officer, "explained")
    assert {opinion.accepted_on, opinion.replied_on, opinion.fed_back_on} == {DAY}
    assert opinion.replies.get().text == "the office opens at nine"


def test_what_is_passed_on_keeps_the_other_s_number_and_comes_back_with_their_answer(station):
    life = accepted(station)
    opinion, officer = life.opinion, life.officer
    opinion.move(workflow.PASS_ON, by=officer, at=make.moment(DAY), body="12345", number="")
    opinion.move(workflow.FOLLOW, by=officer, note="they are looking", number="HL-77")
    assert (opinion.state, opinion.passed_on.number) == ("passed_on", "HL-77")
    facts = {"text": "mended", "outcome": "solved", "paper_on": DAY + timedelta(days=3)}
    opinion.move(workflow.ANSWER_ELSEWHERE, by=officer, **facts)
    assert (opinion.state, opinion.replies.get().answered_by) == ("replied", "12345")
    assert opinion.replies.get().on_behalf is True


def test_what_is_passed_on_is_late_like_everything_else(station):
    life = accepted(station)
    life.opinion.move(workflow.PASS_ON, by=life.officer, at=make.moment(DAY), body="12345")
    assert life.opinion.reply_due_on == date(2026, 10, 1)
    rows = type(life.opinion).objects
    assert (rows.late(date(2026, 10, 1)).count(), rows.late(date(2026, 10, 2)).count()) == (0, 1)


def test_an_opinion_goes_on_with_another_of_the_same_station(station):
    one, main = accepted(station), accepted(station)
    one.opinion.move(workflow.MERGE, by=one.officer, main=main.opinion)
    assert (one.opinion.state, one.opinion.merged_into) == ("merged", main.opinion)


def test_no_opinion_is_merged_with_itself_another_station_s_or_a_dead_one(station):
    one, officer = make.opinion(station), make.granted("officer")
    elsewhere, ended = make.opinion(make.station()), make.opinion(station)
    ended.move(workflow.WITHDRAW, by=RESIDENT)
    for main in (one, elsewhere, ended):
        refused(one, workflow.MERGE, officer, main=main)


def test_what_has_taken_others_in_is_not_merged_itself(station):
    """Or a chain of pages would have to be followed, perhaps in a circle."""
    one, two, three = (make.opinion(station) for _ in range(3))
    officer = make.granted("officer")
    one.move(workflow.MERGE, by=officer, main=two)
    refused(two, workflow.MERGE, officer, main=three)


# Several departments


def test_the_lead_s_reply_makes_it_replied_and_a_helper_s_does_not(station):
    life, helper = shared(station, "co")
    opinion = life.opinion
    replied_by(helper, opinion)
    assert (opinion.state, opinion.replied_on) == ("handling", None)
    replied_by(life.clerk, opinion)
    assert (opinion.state, opinion.replied_on, opinion.replies.count()) == ("replied", DAY, 2)


def test_handled_separately_it_is_replied_when_all_have_replied(station):
    life, other = shared(station, "separate")
    replied_by(life.clerk, life.opinion)
    assert life.opinion.state == "handling"
    replied_by(other, life.opinion, DAY + timedelta(days=1))
    assert (life.opinion.state, life.opinion.replied_on) == ("replied", DAY + timedelta(days=1))


def test_nobody_signs_or_replies_twice(station):
    life, _other = shared(station, "separate")
    replied_by(life.clerk, life.opinion)
    refused(life.opinion, workflow.ACKNOWLEDGE, life.clerk)
    refused(life.opinion, workflow.REPLY, life.clerk, text="again", outcome="solved")


# Returned


def asked_back(station, on=DAY):
    life = accepted(station)
    life.assign(DAY)
    life.opinion.move(workflow.ASK_RETURN, by=life.clerk, at=make.moment(on), note="not our street")
    return life, life.opinion.assignments.get()


def test_a_department_returns_what_is_not_its_own_and_another_is_given_it(station):
    life, assignment = asked_back(station)
    assert (assignment.state, life.opinion.state) == ("return_requested", "assigned")
    life.opinion.move(workflow.AGREE_RETURN, by=life.officer, assignment=assignment)
    assert (life.opinion.state, assignment.state) == ("accepted", "returned")
    life.opinion.move(workflow.ASSIGN, by=life.officer, organisation=make.organisation())
    assert [row.state for row in life.opinion.assignments.order_by("id")] == ["returned", "pending"]


def test_a_return_that_is_refused_leaves_it_where_it_stood(station):
    life, assignment = asked_back(station)
    life.opinion.move(workflow.REFUSE_RETURN, by=life.officer, assignment=assignment, note="it is your street")
    assignment.refresh_from_db()
    assert (assignment.state, life.opinion.state) == ("pending", "assigned")
    refused(life.opinion, workflow.AGREE_RETURN, life.officer, assignment=assignment)


def test_a_department_has_five_working_days_to_say_so(station):
    """Tuesday 1 September and five working days is Tuesday the 8th."""
    asked_back(station, on=date(2026, 9, 8))
    life = accepted(station)
    life.assign(DAY)
    refused(life.opinion, workflow.ASK_RETURN, life.clerk, at=make.moment(date(2026, 9, 9)), note="not ours")


def test_a_return_is_asked_with_a_reason(station):
    life = accepted(station)
    life.assign(DAY)
    refused(life.opinion, workflow.ASK_RETURN, life.clerk, at=make.moment(DAY), note=" ")


# More time


def test_more_time_is_asked_for_and_given_and_every_change_says_why(station):
    life = accepted(station)
    life.assign(DAY, due_on=date(2026, 9, 30))
    opinion, until = life.opinion, date(2026, 10, 15)
    opinion.move(workflow.ASK_EXTENSION, by=life.clerk, until=until, note="parts on order")
    assignment = opinion.assignments.get()
    assert (assignment.due_on, assignment.asked_until) == (date(2026, 9, 30), until)
    opinion.move(workflow.EXTEND, by=life.officer, assignment=assignment, due_on=until, note="agreed")
    opinion.refresh_from_db()
    assert (opinion.reply_due_on, assignment.due_on, assignment.asked_until) == (until, until, None)
    steps = [(step.note, step.detail[-23:]) for step in opinion.steps.order_by("id")][-2:]
    assert steps == [("parts on order", "2026-09-30 → 2026-10-15"), ("agreed", "2026-09-30 → 2026-10-15")]


def test_more_time_that_is_refused_changes_no_day(station):
    life = accepted(station)
    life.assign(DAY, due_on=date(2026, 9, 30))
    life.opinion.move(workflow.ASK_EXTENSION, by=life.clerk, until=date(2026, 10, 15), note="parts")
    assignment = life.opinion.assignments.get()
    life.opinion.move(workflow.REFUSE_EXTENSION, by=life.officer, assignment=assignment, note="no")
    assignment.refresh_from_db()
    assert (assignment.due_on, assignment.asked_until) == (date(2026, 9, 30), None)


def test_no_due_day_changes_in_silence_or_into_the_past(station):
    life = accepted(station)
    life.assign(DAY, due_on=date(2026, 9, 30))
    assignment = life.opinion.assignments.get()
    before = DAY - timedelta(days=1)
    refused(life.opinion, workflow.EXTEND, life.officer, assignment=assignment, due_on=date(2026, 10, 9), note="")
    refused(life.opinion, workflow.EXTEND, life.officer, assignment=assignment, due_on=before, note="earlier")
    refused(life.opinion, workflow.ASK_EXTENSION, life.clerk, until=date(2026, 9, 30), note="same day")


# Again, and the end


def test_a_resident_asks_once_and_a_new_round_begins_with_a_new_clock(station):
    life = dissatisfied(station)
    opinion, later = life.opinion, date(2026, 9, 20)
    opinion.move(workflow.ASK_AGAIN, by=RESIDENT, at=make.moment(later), note="still dark")
    assert (opinion.state, opinion.round, opinion.reply_due_on) == ("rehandling", 2, date(2026, 10, 20))
    assert (opinion.replied_on, opinion.fed_back_on, opinion.outcome) == (None, None, "")
    new = opinion.assignments.get(round=2)
    assert (new.organisation, new.state, new.assigned_on) == (life.department, "pending", later)


def test_replies_of_two_rounds_stand_beside_each_other(station):
    life = dissatisfied(station)
    opinion = life.opinion
    opinion.move(workflow.ASK_AGAIN, by=RESIDENT, note="still dark")
    opinion.move(workflow.ACKNOWLEDGE, by=life.clerk)
    assert opinion.state == "rehandling"
    opinion.move(workflow.REPLY, by=life.clerk, text="now really", outcome="solved")
    assert [(reply.round, reply.text) for reply in opinion.replies.all()] == [(1, "mended"), (2, "now really")]
    life.feed_back()
    opinion.move(workflow.RATE, by=RESIDENT, score="satisfied")
    assert [rating.round for rating in opinion.ratings.all()] == [1, 2]


def test_nobody_asks_twice_nor_after_having_been_satisfied(station):
    life = dissatisfied(station)
    life.opinion.move(workflow.ASK_AGAIN, by=RESIDENT, note="still dark")
    life.opinion.move(workflow.ACKNOWLEDGE, by=life.clerk)
    life.opinion.move(workflow.REPLY, by=life.clerk, text="now really", outcome="solved")
    life.feed_back()
    refused(life.opinion, workflow.ASK_AGAIN, RESIDENT, note="once more")
    content = make.Life(make.opinion(station)).until("fed_back")
    content.move(workflow.RATE, by=RESIDENT, score="basically")
    refused(content, workflow.ASK_AGAIN, RESIDENT, note="changed my mind")


def test_staff_have_it_handled_again_only_when_somebody_is_not_satisfied(station):
    life = make.Life(make.opinion(station, on=DAY))
    opinion = life.until("fed_back", on=DAY)
    said = {"score": "dissatisfied", "reason": "still dark", "source": "phone", "paper_on": DAY}
    opinion.move(workflow.RATE_FOR, by=life.officer, **said)
    opinion.move(workflow.REHANDLE, by=life.officer, note="they said so on the telephone")
    assert (opinion.state, opinion.round) == ("rehandling", 2)
    content = make.Life(make.opinion(station))
    content.until("fed_back").move(workflow.RATE, by=RESIDENT, score="satisfied")
    refused(content.opinion, workflow.REHANDLE, content.officer, note="why not")


def test_it_ends_with_an_explanation_only_after_a_second_round(station):
    life = dissatisfied(station)
    opinion = life.opinion
    refused(opinion, workflow.CLOSE, life.officer, note="enough")
    opinion.move(workflow.ASK_AGAIN, by=RESIDENT, note="still dark")
    replied_by(life.clerk, opinion, timezone.localdate())
    life.feed_back()
    opinion.move(workflow.RATE, by=RESIDENT, score="dissatisfied", reason="still")
    opinion.move(workflow.CLOSE, by=life.officer, note="the lamp belongs to the estate")
    assert opinion.state == "closed_with_explanation"


def test_what_nobody_handled_before_is_assigned_in_its_second_round(station):
    opinion, life = make.opinion(station, on=DAY), make.Life(make.opinion(station))
    opinion.move(workflow.ANSWER_ON_SPOT, by=life.officer, at=make.moment(DAY), note="no", outcome="unable")
    opinion.move(workflow.RATE, by=RESIDENT, score="dissatisfied", reason="why not")
    opinion.move(workflow.ASK_AGAIN, by=RESIDENT, note="please")
    assert offers.is_possible(opinion, workflow.ASSIGN, life.officer)
    opinion.move(workflow.ASSIGN, by=life.officer, organisation=life.department)
    assert (opinion.state, opinion.assignments.get().round) == ("rehandling", 2)
