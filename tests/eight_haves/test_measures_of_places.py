"""What a self-check found: the place, confirmed within the period, and the signs, each for so many months."""

from datetime import date

import pytest
from django.utils import translation

from liaison.tools.periods import Period
from stations.register.models import YearlyConfirmation
from tests.eight_haves.conftest import TODAY
from tests.eight_haves.judging import MET, judged, result_of, rows, value
from tests.support import factories as make

WHOLE_YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
TOMORROW = date(2026, 11, 4)


def confirming(result):
    return result.mend.address.partition("&")[2]


def test_a_self_check_of_the_signs_does_not_confirm_the_premises(at):
    make.confirmation(at, TODAY, "plate", "roster", "schedule", "qr")
    assert judged(at, "premises_confirmed", 1) == ("to_confirm", "2026年度自查还没有确认场地情况。")
    assert confirming(result_of(at, "premises_confirmed", 1)) == "premises=on"
    make.confirmation(at, date(2026, 11, 2), "premises")
    assert judged(at, "premises_confirmed", 1) == MET


def test_each_self_check_of_the_premises_is_counted(at):
    first, second = make.confirmation(at), make.confirmation(at, TODAY)
    assert rows(at, "premises_confirmed") == [second, first]
    assert judged(at, "premises_confirmed", 2) == MET
    assert judged(at, "premises_confirmed", 3)[0] == "to_confirm"


def test_the_premises_are_confirmed_up_to_the_last_day_that_is_judged(at):
    make.confirmation(at, TOMORROW)
    assert value(at, "premises_confirmed", period=WHOLE_YEAR) == 0
    YearlyConfirmation.objects.update(confirmed_on=TODAY)
    assert value(at, "premises_confirmed", period=WHOLE_YEAR) == 1
    assert value(at, "premises_confirmed", period=Period(date(2026, 1, 1), date(2026, 11, 2))) == 0


def test_the_self_check_is_that_of_the_year_in_which_the_period_ends(at):
    period = Period(date(2025, 7, 1), TODAY)
    assert judged(at, "premises_confirmed", 1, period=period)[1] == "2026年度自查还没有确认场地情况。"


@pytest.mark.parametrize("measure", ["premises_confirmed", "signs_confirmed"])
def test_for_a_period_that_is_over_no_self_check_can_be_made(measure, at):
    year, over = Period(date(2025, 1, 1), date(2025, 12, 31)), "the period is over, no self-check can be made"
    with translation.override("en"):
        then = result_of(at, measure, 1, period=year, known_by=date(2025, 12, 31))
        now = result_of(at, measure, 1, period=year)
    assert (then.standing, now.standing) == ("to_confirm", "to_confirm")
    assert (then.mend is None, now.mend is None) == (False, True)
    assert (over in then.words, over in now.words) == (False, True)


def test_a_sign_missing_is_one_too_few(at):
    make.confirmation(at, TODAY, "plate", "roster")
    make.confirmation(at, date(2025, 11, 3), "schedule")
    assert (value(at, "signs_confirmed"), len(rows(at, "signs_confirmed"))) == (2, 2)
    sentence = "二维码还没有确认过；接待安排表最近一次确认是2025年11月3日，已满一年。"
    assert judged(at, "signs_confirmed", 3) == ("to_confirm", sentence)
    assert confirming(result_of(at, "signs_confirmed", 3)) == "qr=on&schedule=on"


def test_only_the_signs_that_were_chosen_are_asked_for(at):
    make.confirmation(at, TODAY, "plate", "qr")
    assert value(at, "signs_confirmed", signs=["plate", "roster"]) == 1
    assert judged(at, "signs_confirmed", 2, signs=["plate", "roster"])[1] == "代表名册还没有确认过。"
    assert judged(at, "signs_confirmed", 2, signs=["plate", "qr"]) == MET


def test_the_months_between_self_checks_are_a_setting(at):
    make.confirmation(at, date(2026, 5, 3))
    assert [value(at, "signs_confirmed", months=months) for months in (5, 6, 7)] == [0, 0, 4]
    with translation.override("en"):
        said = judged(at, "signs_confirmed", 4, signs=["plate"], months=6)[1]
    assert said == "plate last confirmed on May 3, 2026, 6 months ago。"


def test_the_last_self_check_counts_in_whatever_order_they_were_entered(at):
    make.confirmation(at, date(2026, 3, 3))
    make.confirmation(at, date(2024, 3, 3))
    assert value(at, "signs_confirmed") == 4


def test_signs_are_judged_on_the_last_day(at):
    """Neither by what is found later, nor by a later day."""
    made = make.confirmation(at, TOMORROW)
    assert value(at, "signs_confirmed", period=WHOLE_YEAR) == 0
    YearlyConfirmation.objects.filter(pk=made.pk).update(confirmed_on=TODAY)
    assert value(at, "signs_confirmed", period=WHOLE_YEAR) == 4
    YearlyConfirmation.objects.filter(pk=made.pk).update(confirmed_on=date(2025, 12, 1))
    assert value(at, "signs_confirmed", period=WHOLE_YEAR) == 4
