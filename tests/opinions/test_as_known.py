"""An opinion walks its road a day at a time; asked later, each past day tells what was true on it."""

from dataclasses import fields
from datetime import date, timedelta
from functools import partial

import pytest

from feedback.opinions import workflow
from feedback.opinions.as_known import ANSWERED, FIELDS, Known, opinions_known
from feedback.opinions.handover import HAND_OVER
from feedback.opinions.models import OpinionStep
from feedback.opinions.progress import JOINED
from liaison.rulebook.models import Clock
from liaison.tools.periods import Period
from liaison.tools.workflow import RESIDENT, SYSTEM
from stations.eight_haves.records import Records
from tests.support import factories as make

BEGAN = date(2026, 9, 1)
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
ONE_DAY = timedelta(days=1)
ONLY_WHOLE = ("replied_on", "feed_back_due_on", "outcome")  # not before all who had to have replied


class Walk(make.Life):
    """Steps as the product's pages make them: now, but for what is on paper."""

    def __init__(self, station):
        super().__init__(make.opinion(station))
        self.other = make.organisation()
        self.second = make.clerk(self.other)

    def go(self, key, by=None, **facts):
        self.opinion.move(workflow.MOVES[key], by=by or self.officer, **facts)

    def given(self, organisation=None):
        return self.opinion.assignments.get(organisation=organisation or self.department, round=self.opinion.round)

    def of_given(self, key, by=None, organisation=None, **facts):
        self.go(key, by, assignment=self.given(organisation), note="so it is", **facts)

    def paper(self, key, day, organisation=None, **facts):
        """Dated by the paper, and entered now."""
        facts = {"paper_on": day, "at": make.moment(day)} | facts
        if key == "reply_for":
            facts["assignment"] = self.given(organisation)
        self.go(key, **facts)

    def hand_over(self, to):
        self.opinion.move(HAND_OVER, by=SYSTEM, taker=to)


def move(key, who="officer", **facts):
    return lambda walk: walk.go(key, RESIDENT if who == "resident" else getattr(walk, who), **facts)


def step(name, *args, **facts):
    return lambda walk: getattr(walk, name)(*args, **facts)


def shared(way):
    return lambda walk: walk.assign(others=[walk.other], way=way)


ANSWER = {"text": "it is mended", "outcome": "solved"}
accept, assign, acknowledge, reply = map(step, ("accept", "assign", "acknowledge", "reply"))
feed_back, archive = step("feed_back"), step("archive")
dissatisfied = move("rate", "resident", score="dissatisfied", reason="still dark")
ask_again = move("ask_again", "resident", note="still dark")
second_signs, second_replies = move("acknowledge", "second"), move("reply", "second", **ANSWER | {"outcome": "unable"})
told = (accept, assign, acknowledge, reply, feed_back)
ROADS = {
    "main": (*told, move("rate", "resident", score="satisfied"), archive),
    "refused": (move("refuse", note="a lawsuit", channel="court", office="court"),),
    "withdrawn at once": (move("withdraw", "resident"),),
    "withdrawn": (accept, assign, acknowledge, move("withdraw", "resident")),
    "merged": (accept, lambda walk: walk.go("merge", main=make.opinion(walk.opinion.station))),
    "on the spot": (move("answer_on_spot", note="at nine", outcome="explained"), dissatisfied, ask_again, assign),
    "passed on": (
        accept,
        move("pass_on", body="12345"),
        move("follow", note="they are looking"),
        step("paper", "answer_elsewhere", BEGAN + 3 * ONE_DAY, **ANSWER),
        feed_back,
        step("paper", "rate_for", BEGAN + 5 * ONE_DAY, score="satisfied", source="phone"),
    ),
    "passed on at once": (move("pass_on", body="12345", number="7"), move("withdraw", "resident")),
    "returned": (
        accept,
        assign,
        move("ask_return", "clerk", note="not our street"),
        step("of_given", "agree_return"),
        lambda walk: walk.go("assign", organisation=walk.other),
        second_signs,
        second_replies,
    ),
    "return refused": (accept, assign, move("ask_return", "clerk", note="not ours"), step("of_given", "refuse_return")),
    "more time": (
        accept,
        step("assign", due_on=BEGAN + 9 * ONE_DAY),
        move("ask_extension", "clerk", note="parts", until=BEGAN + 30 * ONE_DAY),
        step("of_given", "extend", due_on=BEGAN + 20 * ONE_DAY),
        step("of_given", "extend", due_on=BEGAN + 25 * ONE_DAY),
    ),
    "a helper first": (accept, shared("co"), second_signs, second_replies, acknowledge, reply, feed_back),
    "separately": (accept, shared("separate"), acknowledge, reply, second_signs, second_replies, feed_back),
    "separately, one returned": (
        accept,
        shared("separate"),
        acknowledge,
        reply,
        move("ask_return", "second", note="not our street"),
        lambda walk: walk.of_given("agree_return", organisation=walk.other),
        lambda walk: walk.go("assign", organisation=make.organisation()),
    ),
    "a late paper": (
        accept,
        assign,
        acknowledge,
        move("add", "resident", note="it flickers"),
        step("paper", "reply_for", BEGAN + 2 * ONE_DAY, **ANSWER),
        move("add", "resident", note="thank you"),
        feed_back,
    ),
    "again": (
        *told,
        dissatisfied,
        ask_again,
        acknowledge,
        step("reply", outcome="partly"),
        feed_back,
        dissatisfied,
        move("close", note="of the estate"),
    ),
    "handled again": (
        *told,
        step("paper", "rate_for", BEGAN + 5 * ONE_DAY, score="dissatisfied", reason="dark", source="in_person"),
        move("rehandle", note="they said so"),
        acknowledge,
        reply,
    ),
    "handed over": (
        accept,
        lambda walk: walk.hand_over(make.user()),
        assign,
        lambda walk: walk.hand_over(make.user()),
        acknowledge,
    ),
    "called": (
        *told,
        move("call", note="nobody", is_reached=False),
        move("call", note="they are glad"),
        lambda walk: walk.opinion.note(JOINED, by=walk.officer, note="JY-1"),
        archive,
    ),
}


def known_on(station, day, pk):
    (found,) = [each for each in opinions_known(Records([station], YEAR, day))[station.pk] if each.row.pk == pk]
    return {field.name: getattr(found, field.name) for field in fields(Known) if field.name != "row"}


def stands(opinion) -> dict:
    """Its fields as they are, the day of one reply of several apart."""
    opinion.refresh_from_db()
    facts = {name: getattr(opinion, name) for name in (*FIELDS, "taker_id", "round")}
    return facts if opinion.state in ANSWERED else facts | dict.fromkeys(ONLY_WHOLE) | {"outcome": ""}


@pytest.fixture
def station(time_machine):
    time_machine.move_to(make.moment(BEGAN), tick=False)
    make.office()
    return make.station()


@pytest.mark.parametrize("road", ROADS)
def test_each_day_of_a_road_is_told_later_as_it_was(road, station, time_machine):
    walk, told_then = Walk(station), {}
    look = partial(known_on, station, pk=walk.opinion.pk)
    told_then[BEGAN] = look(day=BEGAN)
    for number, go in enumerate(ROADS[road], 1):
        day = BEGAN + number * ONE_DAY
        time_machine.move_to(make.moment(day), tick=False)
        go(walk)
        told_then[day] = look(day=day)
        facts = stands(walk.opinion)
        assert {name: told_then[day][name] for name in facts} == facts
    assert {day: look(day=day) for day in told_then} == told_then


def test_roads_lead_through_every_state_there_is(station, time_machine):
    reached = set()
    for road in ROADS.values():
        time_machine.move_to(make.moment(BEGAN), tick=False)
        walk = Walk(station)
        for number, go in enumerate(road, 1):
            time_machine.move_to(make.moment(BEGAN + number * ONE_DAY), tick=False)
            go(walk)
            reached.add(walk.opinion.state)
    assert reached | {workflow.BEGINS} == set(workflow.STATES)


def test_what_was_entered_later_than_it_was_said_was_not_known(station, time_machine):
    time_machine.move_to(make.moment(BEGAN + 3 * ONE_DAY).replace(hour=0), tick=False)
    opinion = make.opinion(station, on=BEGAN)
    for day, known in ((BEGAN + 2 * ONE_DAY, []), (BEGAN + 3 * ONE_DAY, [opinion])):
        assert [each.row for each in opinions_known(Records([station], YEAR, day))[station.pk]] == known


def test_what_is_done_at_midnight_is_of_the_new_day(station, time_machine):
    walk = Walk(station)
    time_machine.move_to(make.moment(BEGAN + ONE_DAY).replace(hour=0), tick=False)
    walk.accept()
    days = [known_on(station, BEGAN + days * ONE_DAY, walk.opinion.pk) for days in (0, 1)]
    assert [known["state"] for known in days] == ["submitted", "accepted"]


def test_a_step_that_kept_no_day_sets_that_of_its_street_s_time_limit(station, time_machine):
    Clock.objects.create(key="reply", division=station.division, amount=12, unit="days")
    walk = Walk(station)
    walk.until("handling")
    OpinionStep.objects.update(due_on=None)
    time_machine.move_to(make.moment(BEGAN + ONE_DAY), tick=False)
    walk.of_given("extend", due_on=BEGAN + 20 * ONE_DAY)
    days = [known_on(station, BEGAN + days * ONE_DAY, walk.opinion.pk)["reply_due_on"] for days in (0, 1)]
    assert days == [BEGAN + 12 * ONE_DAY, BEGAN + 20 * ONE_DAY]


def test_a_paper_that_came_later_changes_no_earlier_day(station, time_machine):
    walk = Walk(station)
    walk.until("handling")
    time_machine.move_to(make.moment(BEGAN + 9 * ONE_DAY), tick=False)
    walk.paper("reply_for", BEGAN + ONE_DAY, **ANSWER)
    days = [known_on(station, BEGAN + days * ONE_DAY, walk.opinion.pk) for days in (8, 9)]
    assert [(known["state"], known["replied_on"]) for known in days] == [
        ("handling", None),
        ("replied", BEGAN + ONE_DAY),
    ]
