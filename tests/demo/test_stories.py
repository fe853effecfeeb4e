"""The plan of the demo's opinions: pure, so it is looked at on many days and with many seeds."""

from collections import Counter
from datetime import date, datetime, timedelta
from random import Random

import pytest

from feedback.opinions import workflow
from liaison.demo import stories
from liaison.demo.days import Year, moment

DAYS = [date(2025, 1, 6), date(2026, 3, 1), date(2026, 5, 4), date(2026, 8, 31), date(2026, 10, 30), date(2026, 12, 31)]
CALENDAR = {"is_working": lambda day: day.weekday() < 5}


def planned(today, seed=7):
    return stories.plan(Year(today, **CALENDAR), [], Random(seed))


def ends(story):
    """The state the story's moves lead to."""
    state = workflow.BEGINS
    for move, _at in story.happenings:
        state = after(state, workflow.MOVES[move])
    return state


def after(state, move):
    """Signing for it does not end the handling again; every other move of these stories reaches its target."""
    stays = move.target is None or (move.key == "acknowledge" and state == "rehandling")
    return state if stays else move.target


@pytest.mark.parametrize("today", DAYS)
@pytest.mark.parametrize("seed", [1, 7])
def test_every_state_is_reached_on_any_day(today, seed):
    counts = Counter(map(ends, planned(today, seed)))
    assert counts.keys() == workflow.STATES.keys()


@pytest.mark.parametrize("today", DAYS)
def test_every_matter_is_told_once(today):
    keys = [story.matter["key"] for story in planned(today)]
    assert len(set(keys)) == len(keys) == 112


@pytest.mark.parametrize("today", DAYS)
def test_moves_follow_the_road_and_the_clock(today):
    for story in planned(today):
        state, at = workflow.BEGINS, story.received_at
        for key, when in story.happenings:
            assert state in workflow.MOVES[key].sources
            assert at < when < moment(today, 0)
            state, at = after(state, workflow.MOVES[key]), when


def test_everything_came_in_within_the_year():
    received = [story.received_on for story in planned(date(2026, 10, 30))]
    assert received == sorted(received)
    assert date(2025, 10, 1) <= received[0] <= date(2025, 10, 20)
    assert len({(day.year, day.month) for day in received}) == 13
    assert date(2026, 10, 27) <= received[-1] <= date(2026, 10, 29)


def test_every_matter_comes_in_its_season():
    for story in planned(date(2026, 10, 30)):
        assert stories.in_season(story.matter["months"], story.received_on)


def test_danger_is_looked_at_the_same_day():
    for story in planned(date(2026, 12, 31)):
        if story.matter["urgency"] == "danger" and story.happenings:
            assert story.happenings[0][1] - story.received_at < timedelta(hours=12)


def test_the_same_seed_tells_the_same_stories():
    assert planned(date(2026, 10, 30)) == planned(date(2026, 10, 30))
    assert planned(date(2026, 10, 30)) != planned(date(2026, 10, 30), seed=8)


def test_waits_are_shortened_to_fit():
    assert stories._fitted([2, 4, 6], 6, ("accept", "assign", "acknowledge"), "handling") == [1, 2, 3]
    assert stories._fitted([2, 4, 6], 12, ("accept", "assign", "acknowledge"), "handling") == [2, 4, 6]


def test_what_has_just_been_answered_waited_for_its_reply():
    moves = ("accept", "assign", "acknowledge", "reply")
    assert stories._fitted([1, 1, 1, 5], 20, moves, "replied") == [1, 1, 1, 17]
    assert stories._fitted([1, 1, 1, 5], 60, moves, "replied") == [1, 1, 1, 26]


def test_a_day_of_rest_moves_a_reception_to_the_next_working_day():
    year = Year(date(2026, 6, 1), **CALENDAR)
    assert year.reception_days(10)[-6:] == [
        date(2025, 12, 10),
        date(2026, 1, 12),  # the 10th is a Saturday
        date(2026, 2, 10),
        date(2026, 3, 10),
        date(2026, 4, 10),
        date(2026, 5, 11),  # a Sunday
    ]


def test_moments_carry_the_time_zone():
    assert moment(date(2026, 10, 30), 9, 5).isoformat() == "2026-10-30T09:05:00+08:00"
    assert isinstance(moment(date(2026, 10, 30), 9), datetime)
