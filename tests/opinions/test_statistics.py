"""What each figure of opinions counts and what it leaves out, at the edges."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from feedback.opinions import workflow
from feedback.opinions.models import Opinion
from feedback.opinions.statistics import figures
from liaison.tools.periods import Period
from liaison.tools.workflow import RESIDENT, SYSTEM
from tests.support import factories as make

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
DUE = date(2026, 7, 1)


@pytest.fixture
def station():
    make.office()
    return make.station()


def counted(today=DUE, period=YEAR):
    """Every figure by its key, over all rows there are."""
    return {figure.key: figure for figure in figures(lambda model: model.objects.all(), period, today)}


def values(today=DUE, period=YEAR):
    return {key: figure.value for key, figure in counted(today, period).items()}


def assigned(station, state="handling"):
    """An opinion with an assignment due on DUE."""
    life = make.Life(make.opinion(station, on=date(2026, 6, 1)))
    life.accept(date(2026, 6, 1))
    life.assign(date(2026, 6, 1), due_on=DUE)
    if state == "handling":
        life.acknowledge(date(2026, 6, 2))
    return life


def received_at(station, *clock):
    opinion = make.opinion(station)
    Opinion.objects.filter(pk=opinion.pk).update(received_at=timezone.make_aware(datetime(*clock)))


def test_a_day_ends_at_midnight_in_shanghai(station):
    received_at(station, 2025, 12, 31, 23, 59, 59)
    received_at(station, 2026, 1, 1, 0, 0)
    received_at(station, 2026, 12, 31, 23, 59, 59)
    received_at(station, 2027, 1, 1, 0, 0)
    assert values()["opinions_received"] == 2


def test_accepted_are_some_of_the_received(station):
    """An opinion of last year accepted this year is none of this year's."""
    make.Life(make.opinion(station, on=date(2025, 12, 31))).until("accepted", date(2026, 1, 4))
    make.Life(make.opinion(station, on=date(2026, 1, 4))).until("handling", date(2026, 1, 5))
    make.opinion(station, on=date(2026, 1, 6))
    found = values()
    assert (found["opinions_received"], found["opinions_accepted"]) == (2, 1)


IN_HAND = {"accepted", "passed_on", "assigned", "handling", "rehandling", "replied"}


@pytest.mark.parametrize("state", workflow.STATES)
def test_in_hand_is_accepted_and_not_yet_told(state, station):
    Opinion.objects.filter(pk=make.opinion(station, on=date(2025, 1, 1)).pk).update(state=state)
    assert values()["opinions_open"] == (state in IN_HAND)


@pytest.mark.parametrize("state", ["assigned", "handling"])
def test_late_from_the_day_after_the_due_day(state, station):
    assigned(station, state)
    assert values(date(2026, 7, 1))["opinions_overdue"] == 0
    assert values(date(2026, 7, 2))["opinions_overdue"] == 1
    row = counted(date(2026, 7, 11))["opinions_overdue"]
    assert row.columns[-1].of(row.rows.get()) == 10


def test_late_ones_stay_late_whatever_the_period(station):
    assigned(station)
    period = Period(date(2026, 12, 1), date(2026, 12, 31))
    assert values(date(2026, 12, 31), period)["opinions_overdue"] == 1


def test_what_is_answered_is_late_no_more(station):
    assigned(station).reply(date(2026, 8, 1))
    assert values(date(2026, 9, 1))["opinions_overdue"] == 0


@pytest.mark.parametrize(("day", "share"), [(DUE, 100.0), (date(2026, 7, 2), 0.0)])
def test_on_time_is_up_to_the_due_day(day, share, station):
    assigned(station).reply(day)
    assert values(date(2026, 9, 1))["replied_on_time"] == share


def test_what_is_not_due_yet_is_in_no_rate(station):
    """Not even when it is answered already."""
    assigned(station).reply(date(2026, 6, 3))
    assert values(date(2026, 6, 30))["replied_on_time"] is None
    assert values(date(2026, 7, 1))["replied_on_time"] == 100.0


def test_due_days_outside_the_period_are_in_no_rate(station):
    assigned(station)
    assert values(date(2026, 9, 1), Period(date(2026, 1, 1), date(2026, 6, 30)))["replied_on_time"] is None
    assert values(date(2026, 9, 1), Period(date(2026, 7, 2), date(2026, 9, 1)))["replied_on_time"] is None
    assert values(date(2026, 9, 1), Period(DUE, DUE))["replied_on_time"] == 0.0


def test_nobody_is_late_with_what_was_withdrawn(station):
    assigned(station).opinion.move(workflow.WITHDRAW, by=RESIDENT)
    found = values(date(2026, 9, 1))
    assert (found["opinions_overdue"], found["replied_on_time"], found["opinions_open"]) == (0, None, 0)


def test_imported_opinions_are_received_and_replied_and_never_late(station):
    opinion = make.opinion(station, on=date(2026, 3, 1))
    Opinion.objects.filter(pk=opinion.pk).update(channel="import", accept_due_on=None)
    opinion.move(workflow.IMPORT_REPLY, by=SYSTEM, at=make.moment(date(2026, 3, 9)), text="answered")
    found = counted(date(2026, 9, 1))
    assert found["opinions_received"].value == 1
    assert found["opinions_overdue"].value == 0
    assert found["replied_on_time"].denominator_count == 0
    assert (found["told_rate"].numerator_count, found["told_rate"].denominator_count) == (0, 1)


def test_told_of_those_replied_in_the_period(station):
    make.Life(make.opinion(station, on=date(2025, 12, 1))).until("fed_back", date(2025, 12, 31))
    make.Life(make.opinion(station, on=date(2025, 12, 1))).until("fed_back", date(2026, 1, 1))
    make.Life(make.opinion(station, on=date(2025, 12, 1))).until("replied", date(2026, 1, 1))
    told = counted()["told_rate"]
    assert (told.numerator_count, told.denominator_count, told.value) == (1, 2, 50.0)


def test_satisfaction_is_of_the_evaluations_in_the_period(station):
    for score, on in [
        ("satisfied", date(2026, 2, 1)),
        ("basically", date(2026, 2, 1)),
        ("dissatisfied", date(2026, 2, 1)),
        ("satisfied", date(2027, 1, 1)),
    ]:
        opinion = make.Life(make.opinion(station, on=date(2026, 1, 1))).until("fed_back", date(2026, 1, 2))
        opinion.move(workflow.RATE, by=RESIDENT, at=make.moment(on), score=score, reason="too slow")
    found = values()
    assert found["rated_by_resident"] == 3
    assert (found["satisfied"], found["satisfied_or_basically"]) == (33.3, 66.7)


def test_without_evaluations_there_is_no_rate(station):
    found = values()
    assert (found["rated_by_resident"], found["satisfied"], found["satisfied_or_basically"]) == (0, None, None)


def test_every_figure_can_be_counted_again_from_its_rows(station):
    assigned(station)
    assigned(station).reply(DUE)
    for figure in counted(date(2026, 9, 1)).values():
        assert figure.recount() == figure.value, figure.key
