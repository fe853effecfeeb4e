"""The yearly check as a table: who may make which move from where, what each does, and what is refused."""

from contextlib import contextmanager
from datetime import date

import pytest
from django.db import transaction
from django.utils import translation

from stations.assessment import opening, workflow
from stations.assessment.models import Assessment, Frozen, Rectification
from stations.eight_haves.models import Have, Standard
from tests.assessment.conftest import LATER, TODAY, as_published, reason_of
from tests.support import factories as make

STATES = ("self_check", "township_review", "county_review", "rectifying", "rechecked", "done")
AT_STATION = {"staff", "station_head", "township_officer", "officer"}
MAY = {
    "hand_in": AT_STATION,
    "review": {"township_officer", "officer"},
    "send_back": {"township_officer", "officer"},
    "confirm": {"officer"},
    "finish": {"officer"},
    "rectify": {"officer"},
    "rectify_more": {"officer"},
    "return": {"officer"},
    "mend": AT_STATION,
    "recheck": {"officer"},
    "redo": {"officer"},
}
FROM = {
    "hand_in": {"self_check"},
    "send_back": {"township_review"},
    "review": {"township_review"},
    "return": {"county_review"},
    "confirm": {"county_review"},
    "rectify": {"county_review"},
    "rectify_more": {"rectifying", "rechecked"},
    "mend": {"rectifying"},
    "recheck": {"rectifying"},
    "redo": {"rectifying"},
    "finish": {"rechecked"},
}
TO = {
    "hand_in": "township_review",
    "send_back": "self_check",
    "review": "county_review",
    "return": "township_review",
    "confirm": "county_confirmed",
    "rectify": "rectifying",
    "rectify_more": "rectifying",
    "mend": "rectifying",
    "recheck": "rechecked",
    "redo": "rectifying",
    "finish": "done",
}


def facts_for(there, key):
    """What the move's effect is told, so that nothing but the table can refuse it."""
    if key in ("rectify", "rectify_more"):
        return {"have": there.have(), "what": "more", "due_on": LATER}
    item = there.check.items.first()
    if key in ("recheck", "redo"):
        there.check.items.update(done_on=TODAY)
        return {"item": item}
    return {"item": item, "done_on": TODAY} if key == "mend" else {}


def test_every_move_is_in_the_tables():
    assert set(workflow.MOVES) == set(MAY) == set(FROM) == set(TO)


def test_a_move_is_made_by_exactly_those_who_may(there):
    for state in STATES:
        with taken_back(there):
            there.until(state)
            keys = [key for key in MAY if state in FROM[key]]
            for who, user in there.people.items():
                assert [move.key for move in there.check.moves_open_to(user)] == [
                    key for key in keys if who in MAY[key]
                ]
                for key in (key for key in keys if who not in MAY[key]):
                    assert reason_of(there.move, workflow.MOVES[key], who, note="why") == "您没有这项权限", (who, key)


@pytest.mark.parametrize("state", STATES)
def test_a_move_starts_only_where_the_table_says(state, there):
    there.until(state)
    for key, move in workflow.MOVES.items():
        with taken_back(there):
            facts = facts_for(there, key)
            if state not in FROM[key]:
                assert reason_of(there.move, move, note="why", **facts) == "现在的状态不能这样办", key
                continue
            step = there.move(move, note="why", **facts)
            assert (step.from_state, step.to_state, there.check.state) == (state, TO[key], TO[key])
            assert Assessment.objects.get().state == TO[key]


@contextmanager
def taken_back(there):
    """What happens here is undone at the end."""
    state = there.check.state
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    there.check.state = state


def test_some_moves_ask_why(there):
    for key in ("hand_in", "send_back", "return", "mend", "redo"):
        with taken_back(there):
            there.until(next(state for state in STATES if state in FROM[key]))
            assert reason_of(there.move, workflow.MOVES[key], note=" ", **facts_for(there, key)) == "请写明理由", key


def test_nothing_to_be_rectified_is_confirmed_and_done(there):
    there.until("county_review").confirm()
    assert (there.check.state, Frozen.objects.count()) == ("county_confirmed", 1)
    there.finish()
    assert there.check.state == "done"


def test_it_is_rechecked_only_when_everything_is(there):
    there.until("county_review")
    first, second = there.rectify("one"), there.rectify("two")
    there.recheck(first)
    assert there.check.state == "rectifying"
    assert reason_of(there.finish) == "现在的状态不能这样办"
    there.recheck(second)
    assert there.check.state == "rechecked"
    there.finish()
    assert there.check.state == "done"


def test_what_is_not_in_order_is_open_again_and_says_why(there):
    item = there.until("county_review").rectify()
    assert reason_of(there.recheck, item, is_in_order=False) == "请写明理由"
    there.recheck(item, is_in_order=False, note="still missing")
    item.refresh_from_db()
    assert (item.done_on, item.done_note, item.rechecked_on, there.check.state) == (None, "", None, "rectifying")
    sent_back = there.check.steps.get(move="redo")
    assert (sent_back.item, sent_back.note[:13], "2026-11-03" in sent_back.note) == (item, "still missing", True)
    there.recheck(item)
    assert there.check.state == "rechecked"


def test_what_is_found_after_the_recheck_opens_it_again(there):
    there.until("rechecked").rectify("another")
    assert there.check.state == "rectifying"
    assert Frozen.objects.count() == 1


@pytest.mark.parametrize("due_on", [date(2026, 11, 2), date(2028, 11, 4), date(2126, 11, 20)])
def test_it_is_due_neither_in_the_past_nor_beyond_two_years(due_on, there):
    there.until("county_review")
    with translation.override("en"):
        reason = reason_of(there.rectify, due_on=due_on)
    past, far = "is past", "lies more than two years ahead"
    assert reason == f"the day by which it is to be done {past if due_on < TODAY else far}"
    assert (there.check.state, Rectification.objects.count(), Frozen.objects.count()) == ("county_review", 0, 0)


@pytest.mark.parametrize("due_on", [TODAY, date(2028, 11, 3)])
def test_it_is_due_today_at_the_earliest_and_in_two_years_at_the_latest(due_on, there):
    assert there.until("county_review").rectify(due_on=due_on).due_on == due_on


def test_only_an_item_of_its_own_standard_is_rectified(there):
    there.until("county_review")
    other = Have.objects.create(standard=Standard.objects.create(name="x", version="2", valid_from=TODAY), key="rules")
    said = {"have": other, "what": "x", "due_on": LATER}
    assert reason_of(there.move, workflow.RECTIFY, **said) == "本次检查所用标准没有这一项"


@pytest.mark.parametrize("day", [date(2026, 11, 2), date(2026, 11, 4)])
def test_it_is_done_neither_before_it_was_set_nor_tomorrow(day, there):
    item = there.until("county_review").rectify()
    assert reason_of(there.mend, item, done_on=day) == "日期早于下达日期，或者还没有到"


def test_nothing_is_done_or_rechecked_twice(there):
    item = there.until("county_review").rectify()
    there.rectify("another")
    there.mend(item)
    assert reason_of(there.mend, item) == "刚刚有人改动过，请刷新后再看"
    there.recheck(item)
    assert reason_of(there.move, workflow.RECHECK, item=item) == "刚刚有人改动过，请刷新后再看"


def test_another_check_s_item_is_not_there(there):
    item = there.until("county_review").rectify()
    made, _against = opening.open_many([make.station()], 2026, by=there.people["officer"], on=TODAY)
    mine, there.check = there.check, made[0]
    facts = {"item": item, "done_on": TODAY}
    assert reason_of(there.move, workflow.MEND, note="x", **facts) == "现在的状态不能这样办"
    there.move(workflow.HAND_IN, note="x")
    there.move(workflow.REVIEW)
    there.rectify()
    assert reason_of(there.move, workflow.MEND, note="x", **facts) == "刚刚有人改动过，请刷新后再看"
    assert mine.items.get().done_on is None


# Opening


def test_many_are_opened_and_the_rest_is_told(there):
    one, studio = make.station(), make.station(kind="studio")
    made, against = opening.open_many([there.station, one, studio], 2026, by=there.people["officer"], on=TODAY)
    assert [check.station for check in made] == [one]
    assert {station: str(words) for station, words in against.items()} == {
        there.station: "该站本年度检查正在进行。",
        studio: "该年度没有适用于这类站的标准。",
    }
    assert made[0].steps.get().move == "begin"


def test_among_many_none_is_opened_beside_one_that_is_done(there):
    there.until("done")
    made, against = opening.open_many([there.station], 2026, by=there.people["officer"], on=TODAY)
    assert (made, against) == ([], {there.station: opening.IS_DONE})


@pytest.mark.parametrize(
    ("facts", "years"),
    [
        ({"opened_on": date(2026, 1, 1)}, [2026]),
        ({"opened_on": date(2025, 12, 31)}, [2025, 2026]),
        ({"closed_on": date(2026, 11, 3)}, [2025]),
        ({}, [2025, 2026]),
    ],
)
def test_a_station_is_checked_for_the_years_in_which_it_stood(facts, years, there):
    as_published(there.check.standard, date(2025, 1, 1))
    Standard._base_manager.update(valid_from=date(2025, 1, 1))
    one = make.station(**facts)
    days = {2025: "Dec. 31, 2025", 2026: "Nov. 3, 2026"}
    with translation.override("en"):
        opened = {year: opening.open_many([one], year, by=there.people["officer"], on=TODAY) for year in days}
        said = {year: str(against[one]) for year, (_made, against) in opened.items() if against}
    assert [check.year for made, _against in opened.values() for check in made] == years
    assert said == {year: f"The station was not open on {day}." for year, day in days.items() if year not in years}


def test_a_chosen_standard_judges_its_own_kinds_only(there):
    homes = Standard.objects.create(name="x", version="1", valid_from=date(2026, 1, 1), kinds=["home"])
    one, home = make.station(), make.station(kind="home")
    made, against = opening.open_many([one, home], 2026, by=there.people["officer"], on=TODAY, standard=homes)
    assert [(check.station, check.standard) for check in made] == [(home, homes)]
    assert list(against) == [one]
