"""Which time limit holds where: the nearest division upward counts, then everybody's."""

from datetime import date

import pytest

from liaison.divisions.models import Division
from liaison.rulebook import clocks
from liaison.rulebook.models import Clock

PLACES = {
    "230000": ("黑龙江省", 1, None),
    "230100": ("哈尔滨市", 2, "230000"),
    "230110": ("香坊区", 3, "230100"),
    "230110010": ("某街道", 4, "230110"),
    "230110010200": ("某村", 5, "230110010"),
    "231000": ("牡丹江市", 2, "230000"),
}


@pytest.fixture(autouse=True)
def _places():
    for code, (name, level, parent) in PLACES.items():
        Division.objects.create(code=code, name=name, level=level, parent_id=parent)


def set_clocks(**days):
    """reply clocks in days: `at_230100=20` for a division."""
    for place, amount in days.items():
        Clock.objects.create(key="reply", division_id=place.removeprefix("at_"), amount=amount, unit="days")


def amounts():
    return {code: clocks.clock_for("reply", code).amount for code in PLACES}


def test_without_a_clock_of_its_own_everybodys_holds():
    assert amounts() == dict.fromkeys(PLACES, 1)
    assert [(clock.key, clock.amount, clock.unit) for clock in Clock.objects.order_by("id")] == [
        ("accept", 5, "working_days"),
        ("assign", 5, "working_days"),
        ("reply", 1, "months"),
        ("feed_back", 5, "working_days"),
        ("proposal_reply", 3, "months"),
        ("hand_back", 5, "working_days"),
        ("answer_urging", 5, "working_days"),
    ]


def test_the_nearest_clock_upward_counts():
    set_clocks(at_230000=40, at_230100=30, at_230110=20, at_230110010=15, at_230110010200=10)
    assert amounts() == {
        "230000": 40,
        "230100": 30,
        "230110": 20,
        "230110010": 15,
        "230110010200": 10,
        "231000": 40,
    }


def test_whoever_asks_many_times_is_told_of_the_nearest_clock_too():
    set_clocks(at_230100=40, at_230110=20, at_230110010200=10)
    Clock.objects.create(key="assign", division_id="230110", amount=3, unit="days")
    due_on, start = clocks.reckoners(), date(2026, 1, 5)
    days = {key: [(due_on(key, code, start) - start).days for code in PLACES] for key in ("reply", "assign")}
    assert days == {"reply": [31, 40, 20, 20, 10, 31], "assign": [7, 7, 3, 3, 3, 7]}


def test_a_missing_step_on_the_way_is_passed_over():
    set_clocks(at_230000=40, at_230110=20)
    assert amounts() == {
        "230000": 40,
        "230100": 40,
        "230110": 20,
        "230110010": 20,
        "230110010200": 20,
        "231000": 40,
    }


def test_a_neighbours_clock_and_one_below_do_not_count():
    set_clocks(at_231000=30, at_230110010=15)
    assert amounts()["230110"] == 1
    assert amounts()["230100"] == 1


def test_a_division_retired_without_a_code_has_everybodys_clock():
    set_clocks(at_230000=40)
    Division.objects.create(code="X230110001", name="旧街道", level=4, parent_id="230110", retired_on=date(2019, 1, 1))
    assert clocks.clock_for("reply", "X230110001").amount == 1


def test_a_clock_that_nobody_set_is_an_error_with_its_name():
    with pytest.raises(Clock.DoesNotExist, match="nap"):
        clocks.clock_for("nap", "230110")


@pytest.mark.parametrize(
    ("key", "start", "due"),
    [
        ("accept", date(2026, 2, 13), date(2026, 2, 27)),  # the Spring Festival lies between
        ("accept", date(2026, 10, 30), date(2026, 11, 6)),
        ("reply", date(2026, 1, 31), date(2026, 2, 28)),
        ("reply", date(2026, 10, 30), date(2026, 11, 30)),
    ],
)
def test_a_clock_gives_a_day(key, start, due):
    assert clocks.due_on(key, "230110", start) == due


def test_a_districts_own_clock_gives_its_own_day_and_a_village_s_its_own():
    set_clocks(at_230110=10, at_230110010200=5)
    assert clocks.due_on("reply", "230110010200", date(2026, 10, 30)) == date(2026, 11, 4)
    assert clocks.due_on("reply", "230110010", date(2026, 10, 30)) == date(2026, 11, 9)
    assert clocks.due_on("reply", "231000", date(2026, 10, 30)) == date(2026, 11, 30)
