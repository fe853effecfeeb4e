"""Reception days come from their rules ahead of time: never twice, never over what somebody changed by hand."""

from collections import Counter
from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from liaison.rulebook.models import CalendarDay
from stations.receptions.models import Confirmation, Reception, ReceptionRule, TurnRequest
from stations.receptions.scheduling import Outcome, follow, generate, horizon
from tests.support import factories as make

TODAY, UNTIL = date(2026, 1, 5), date(2026, 12, 31)
TENTHS = [
    *(date(2026, 1, 12), date(2026, 2, 10), date(2026, 3, 10), date(2026, 4, 10), date(2026, 5, 11)),
    *(date(2026, month, 10) for month in range(6, 13)),
]


@pytest.fixture
def station():
    return make.station()


def rule_at(station, kind="monthly", numbers=(10,), **facts) -> ReceptionRule:
    hours = {"starts_at": time(9), "ends_at": time(11), "valid_from": date(2026, 1, 1)}
    return ReceptionRule.objects.create(station=station, kind=kind, numbers=list(numbers), **hours | facts)


def days_of(rule):
    return sorted(rule.receptions.values_list("date", flat=True))


def test_the_tenth_of_each_month_for_a_year_and_a_second_time_nothing(station):
    rule = rule_at(station)
    assert generate(UNTIL, TODAY) == Outcome(new=12)
    assert days_of(rule) == TENTHS
    assert [row.planned_on.day for row in rule.receptions.all()] == [10] * 12
    assert generate(UNTIL, TODAY) == Outcome()
    assert Reception.objects.count() == 12


def test_a_day_past_is_not_made_but_one_moved_to_a_day_to_come_is(station):
    rule = rule_at(station)
    generate(date(2026, 2, 28), date(2026, 1, 11))
    assert days_of(rule) == [date(2026, 1, 12), date(2026, 2, 10)]


def test_a_new_day_of_rest_moves_what_was_made_and_not_what_was_changed_by_hand(station):
    rule = rule_at(station)
    generate(UNTIL, TODAY)
    rule.receptions.filter(date=date(2026, 4, 10)).update(starts_at=time(14), ends_at=time(16), is_by_hand=True)
    for day in (date(2026, 3, 10), date(2026, 4, 10)):
        CalendarDay.objects.create(date=day, year_id=2026, is_working=False, name="a day of rest")
    assert generate(UNTIL, TODAY) == Outcome(moved=1)
    march, april = (rule.receptions.get(planned_on=date(2026, month, 10)) for month in (3, 4))
    assert (march.date, april.date, april.starts_at) == (date(2026, 3, 11), date(2026, 4, 10), time(14))


def test_another_rhythm_takes_back_what_nobody_read_and_cancels_what_was_made_known(station):
    rule = rule_at(station)
    generate(date(2026, 3, 31), TODAY)
    rule.numbers = [15]
    rule.save()
    assert generate(date(2026, 3, 31), date(2026, 1, 10)) == Outcome(new=3, dropped=3)
    kept = rule.receptions.order_by("planned_on").values_list("planned_on", "status")
    assert list(kept) == [
        (date(2026, 1, 10), "cancelled"),
        *((date(2026, month, 15), "planned") for month in (1, 2, 3)),
    ]
    assert rule.receptions.get(status="cancelled").reason


def test_what_a_representative_has_answered_for_is_cancelled_and_their_answer_kept(station):
    rule = rule_at(station)
    generate(date(2026, 4, 30), TODAY)
    confirmed, asked, alone = rule.receptions.order_by("date")[1:4]
    mandate = make.placed(station)[0]
    Confirmation.objects.create(reception=confirmed, mandate=mandate, day=confirmed.date, confirmed_at=timezone.now())
    TurnRequest.objects.create(kind="leave", state="asked", reception=asked, mandate=mandate, asked_at=timezone.now())
    rule.valid_to = date(2026, 1, 31)
    rule.save()
    assert follow(rule, TODAY) == Outcome(dropped=3)
    left = dict(rule.receptions.filter(date__gt=date(2026, 1, 31)).values_list("pk", "status"))
    assert left == {confirmed.pk: "cancelled", asked.pk: "cancelled"}
    assert not Reception.objects.filter(pk=alone.pk).exists()
    assert (Confirmation.objects.count(), TurnRequest.objects.count()) == (1, 1)


def test_a_day_that_was_asked_for_in_return_is_cancelled_and_the_request_kept(station):
    asks, gives = make.placed(station, 2)
    hers = make.reception(station, date(2026, 3, 3), receiving=[asks])
    rule = rule_at(station, numbers=[20])
    generate(date(2026, 3, 31), TODAY)
    day = rule.receptions.get(date=date(2026, 3, 20))
    swap = {"kind": "swap", "to": gives, "in_return": day}
    TurnRequest.objects.create(state="asked", reception=hers, mandate=asks, asked_at=timezone.now(), **swap)
    rule.valid_to = date(2026, 1, 31)
    rule.save()
    assert follow(rule, TODAY) == Outcome(dropped=2)
    assert (Reception.objects.get(pk=day.pk).status, TurnRequest.objects.count()) == ("cancelled", 1)


def test_what_the_station_has_entered_at_that_hour_already_is_enough(station):
    make.reception(station, date(2026, 2, 10))
    rule = rule_at(station)
    generate(date(2026, 3, 31), TODAY)
    assert days_of(rule) == [date(2026, 1, 12), date(2026, 3, 10)]
    assert generate(date(2026, 3, 31), TODAY) == Outcome()


def test_what_was_entered_by_hand_at_overlapping_hours_is_kept_and_enough(station):
    mine = make.reception(station, date(2026, 2, 10), hours=(10, 12))
    make.reception(station, date(2026, 3, 10), hours=(11, 12))
    generate(date(2026, 3, 31), TODAY)
    rule = rule_at(station)
    generate(date(2026, 3, 31), TODAY)
    assert days_of(rule) == [date(2026, 1, 12), date(2026, 3, 10)]
    assert Reception.objects.filter(pk=mine.pk, is_by_hand=True, status="planned").exists()


def test_what_was_moved_by_hand_is_not_made_a_second_time(station):
    rule = rule_at(station)
    generate(UNTIL, TODAY)
    for was, day in ((date(2026, 3, 10), date(2026, 3, 17)), (date(2026, 4, 10), date(2026, 4, 1))):
        rule.receptions.filter(date=was).update(date=day, planned_on=day, is_by_hand=True)
    assert generate(UNTIL, TODAY) == Outcome()
    assert generate(UNTIL, date(2026, 4, 5)) == Outcome()
    assert {date(2026, 3, 17), date(2026, 4, 1)} < {*days_of(rule)}
    assert not {date(2026, 3, 10), date(2026, 4, 10)} & {*days_of(rule)}


def test_what_was_made_known_is_cancelled_however_far_away_and_made_known_again_when_moved(station):
    rule = rule_at(station)
    generate(date(2026, 4, 30), TODAY)
    rule.receptions.update(announced_on=TODAY)
    CalendarDay.objects.create(date=date(2026, 3, 10), year_id=2026, is_working=False, name="a day of rest")
    assert generate(date(2026, 4, 30), TODAY) == Outcome(moved=1)
    told = dict(rule.receptions.values_list("date", "announced_on"))
    assert (told[date(2026, 2, 10)], told[date(2026, 3, 11)]) == (TODAY, None)
    rule.valid_to = date(2026, 1, 31)
    rule.save()
    assert follow(rule, TODAY) == Outcome(dropped=3)
    left = dict(rule.receptions.values_list("date", "status"))
    assert left == {date(2026, 1, 12): "planned", date(2026, 2, 10): "cancelled", date(2026, 4, 10): "cancelled"}


@pytest.mark.parametrize(
    ("today", "last"),
    [
        (date(2026, 1, 1), date(2026, 6, 30)),
        (date(2026, 6, 30), date(2026, 9, 30)),
        (date(2026, 11, 27), date(2027, 3, 31)),
        (date(2026, 9, 30), date(2026, 12, 31)),
    ],
)
def test_days_are_made_until_the_end_of_the_next_quarter(today, last):
    assert horizon(today) == last


def test_a_changed_rule_is_followed_as_far_as_its_days_were_made(station):
    rule = rule_at(station)
    assert follow(rule, TODAY) == Outcome(new=6)
    generate(UNTIL, TODAY)
    rule.starts_at, rule.ends_at = time(14), time(16)
    rule.save()
    assert follow(rule, TODAY) == Outcome(moved=12)


def test_everybody_receives_in_turn(station):
    placed = make.placed(station, 5)
    rule = rule_at(station, "weekly", [3], seats=2)
    generate(date(2026, 6, 30), TODAY)
    turns = Counter(rule.receptions.values_list("mandates", flat=True))
    assert set(turns) == {mandate.pk for mandate in placed}
    assert max(turns.values()) - min(turns.values()) <= 1
    assert {row.mandates.count() for row in rule.receptions.all()} == {2}


def received(station, on, mandate, **facts):
    return make.reception(station, on, receiving=[mandate], **facts)


def test_of_those_who_received_as_often_whoever_received_longest_ago_comes_next(station):
    first, second = make.placed(station, 2)
    received(station, TODAY - timedelta(days=60), second)
    received(station, TODAY - timedelta(days=30), first)
    rule = rule_at(station, seats=1)
    generate(date(2026, 1, 31), TODAY)
    assert [*rule.receptions.get().mandates.all()] == [second]


def test_a_day_that_was_cancelled_was_nobody_s_turn(station):
    first, second = make.placed(station, 2)
    received(station, TODAY - timedelta(days=20), first, status="cancelled")
    received(station, TODAY - timedelta(days=30), second)
    rule = rule_at(station, seats=1)
    generate(date(2026, 1, 31), TODAY)
    assert [*rule.receptions.get().mandates.all()] == [first]


def test_a_turn_of_more_than_a_year_ago_is_forgotten(station):
    first, second = make.placed(station, 2)
    for days in (370, 400):
        received(station, TODAY - timedelta(days=days), first)
    received(station, TODAY - timedelta(days=30), second)
    rule = rule_at(station, seats=1)
    generate(date(2026, 1, 31), TODAY)
    assert [*rule.receptions.get().mandates.all()] == [first]


def test_a_shut_station_and_a_rule_that_is_over_make_nothing(station):
    rule_at(make.station(status="closed"))
    rule_at(station, valid_to=TODAY - timedelta(days=1))
    assert generate(UNTIL, TODAY) == Outcome()


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"kind": "monthly", "numbers": [31], "months": [2]}, "numbers"),
        ({"kind": "monthly", "numbers": [30], "months": [2]}, "numbers"),
        ({"kind": "monthly", "numbers": []}, "numbers"),
        ({"kind": "weekly", "numbers": [8]}, "numbers"),
        ({"kind": "lunar", "numbers": [31]}, "numbers"),
        ({"kind": "nth", "numbers": [5]}, "nth"),
        ({"kind": "dates"}, "dates"),
        ({"kind": "weekly", "numbers": [3], "season_from": "10-20"}, "season_to"),
        ({"kind": "weekly", "numbers": [3], "season_from": "13-20", "season_to": "04-20"}, "season_from"),
    ],
)
def test_a_rule_that_never_happens_or_is_half_said_is_refused(facts, field):
    with pytest.raises(ValidationError) as caught:
        ReceptionRule(**facts, starts_at=time(9), ends_at=time(11)).clean()
    assert set(caught.value.message_dict) == {field}


def test_the_29th_of_february_happens_in_leap_years(station):
    rule = rule_at(station, numbers=[29], months=[2])
    rule.clean()
    assert rule.days(date(2026, 1, 1), date(2028, 12, 31)) == [date(2028, 2, 29)]


def test_the_command_makes_them_and_says_how_many(station, capsys, time_machine):
    time_machine.move_to("2026-01-05T09:00:00+08:00", tick=False)
    rule_at(station)
    call_command("generate_receptions", until=UNTIL)
    assert Reception.objects.count() == 12
    assert "12" in capsys.readouterr().out
