"""What is entered, corrected or deleted later changes nothing for a past cut-off."""

from datetime import date

import pytest

from liaison.rulebook.models import CalendarDay
from liaison.tools.periods import Period
from representatives.models import Mandate
from representatives.standing import stand
from stations.receptions.models import Reception
from stations.register.models import FundExpense, RuleDocument, StationAssignment
from stations.visits.models import Attendance, Guest, Visit
from tests.eight_haves.conftest import TODAY
from tests.eight_haves.judging import value
from tests.support import factories as make

THEN = date(2026, 6, 30)


@pytest.fixture
def at(time_machine, db):
    """All that is made here is known in June; `later` goes on to November."""
    time_machine.move_to(make.moment(date(2026, 6, 1)), tick=False)
    return make.station()


@pytest.fixture
def later(time_machine):
    return lambda: time_machine.move_to(make.moment(TODAY), tick=False)


def both(at, measure, **options):
    """As it was known in June, and as it is known today of the same days."""
    period = Period(date(2026, 1, 1), THEN)
    return tuple(value(at, measure, period=period, known_by=day, **options) for day in (THEN, TODAY))


def came(at, seats, day=date(2026, 3, 10)):
    return make.visit(at, day, present=seats, recorder="w")


def test_who_entered_is_told_as_it_was_known(at, later):
    two = make.placed(at, 2)
    came(at, two[:1])
    later()
    assert both(at, "representatives_entered") == (50, 50)
    came(at, two[1:], date(2026, 4, 10))
    assert both(at, "representatives_entered") == (50, 100)


@pytest.mark.parametrize(
    "change",
    [
        lambda visit: Attendance.objects.update(status="leave"),
        lambda visit: Attendance.objects.all().delete(),
        lambda visit: Visit.objects.filter(pk=visit.pk).update(voided_on=TODAY),
        lambda visit: Visit.objects.filter(pk=visit.pk).update(date=date(2025, 12, 31)),
        lambda visit: Visit.objects.filter(pk=visit.pk).update(station=make.station()),
        lambda visit: visit.delete(),
        lambda visit: Visit.objects.all().delete(),
    ],
)
def test_who_entered_is_not_forgotten_in_june(change, at, later):
    visit = came(at, make.placed(at))
    later()
    change(visit)
    assert both(at, "representatives_entered") == (100, 0)


def test_who_was_on_leave_was_on_leave_in_june(at, later):
    came(at, make.placed(at))
    Attendance.objects.update(status="leave")
    later()
    Attendance.objects.update(status="present")
    assert both(at, "representatives_entered") == (0, 100)


def test_no_cut_off_lies_before_its_period(at):
    with pytest.raises(ValueError, match="before the period"):
        value(at, "visits_held", period=Period(THEN, THEN), known_by=date(2026, 6, 29))
    assert value(at, "visits_held", period=Period(THEN, THEN), known_by=THEN) == 0


def test_a_place_given_moved_or_taken_later(at, later):
    first, _second, _third = make.placed(at, 3)
    elsewhere = make.station()
    later()
    StationAssignment.objects.filter(mandate=first).update(station=elsewhere)
    assert both(at, "representatives_here") == (3, 2)
    assert both(elsewhere, "representatives_here") == (0, 1)
    StationAssignment.objects.filter(mandate=first).delete()
    assert both(at, "representatives_here") == (3, 2)
    assert both(at, "representatives_assigned") == (100, 66.6)
    make.placed(at)
    assert both(at, "representatives_here") == (3, 3)
    assert both(at, "representatives_assigned") == (100, 75)


def test_a_representative_of_a_higher_congress_left_later(at, later):
    make.placed(at, code=make.HARBIN)
    later()
    StationAssignment.objects.all().delete()
    assert both(at, "representatives_here") == (1, 0)


def test_a_mandate_moved_to_another_congress_later_was_of_this_one(at, later):
    make.placed(at)
    moved, elsewhere = make.mandate(), make.mandate(make.NANGANG)
    later()
    assert both(at, "representatives_assigned") == (50, 50)
    Mandate.objects.filter(pk=moved.pk).update(term=elsewhere.term)
    assert both(at, "representatives_assigned") == (50, 100)


def test_a_station_shut_before_june_owes_nothing_meanwhile_once_that_is_on_record(at, later):
    at.begin_history()
    later()
    row = at.statuses.create(status="suspended", since=date(2026, 3, 5))
    at.statuses.create(status="operating", since=date(2026, 4, 5))
    assert row.entered_at == make.moment(TODAY)
    come = [make.visit(at, date(2026, month, 10), entered_at=make.moment(THEN)) for month in (1, 2, 5)]
    assert len(come) == 3
    assert both(at, "months_with_reception") == (50, 75)


def test_a_place_entered_later_was_not_known(at, later):
    seat = make.mandate()
    later()
    StationAssignment.objects.create(station=at, mandate=seat, valid_from=date(2022, 1, 1))
    assert both(at, "representatives_here") == (0, 1)
    assert both(at, "representatives_assigned") == (0, 100)


def test_a_place_at_another_station_is_read_as_it_was(at, later):
    make.placed(at)
    make.placed(make.station())
    later()
    StationAssignment.objects.exclude(station=at).update(valid_to=date(2026, 6, 1))
    assert both(at, "representatives_assigned") == (100, 50)


def test_a_mandate_that_was_over_or_suspended_is_known_since_it_was_entered(at, later):
    first, second = make.placed(at, 2)
    officer = make.granted("officer")
    later()
    Mandate.objects.filter(pk=first.pk).update(ends_on=date(2026, 5, 1), status="ended")
    assert both(at, "representatives_here") == (2, 1)
    suspended = second.history.model.reason.field.related_model.objects.filter(status="suspended").first()
    stand(second, "suspended", on=date(2026, 5, 1), by=officer, reason=suspended)
    assert both(at, "representatives_here") == (2, 0)


def test_rules_are_read_as_they_were(at, later):
    rule = make.rule(at, reviewed_on=date(2026, 2, 1))
    later()
    RuleDocument.objects.filter(pk=rule.pk).update(reviewed_on=None)
    assert both(at, "rules_reviewed") == (100, 0)
    RuleDocument.objects.all().delete()
    assert both(at, "rules_reviewed") == (100, None)
    make.rule(at, "reception", valid_from=date(2026, 2, 1))
    make.rule(at, "feedback")
    assert both(at, "rules_reviewed") == (100, 50)
    assert both(at, "rules_in_force") == (1, 2)


def test_a_review_is_known_since_it_was_entered(at, later):
    rule = make.rule(at)
    later()
    RuleDocument.objects.filter(pk=rule.pk).update(reviewed_on=date(2026, 6, 30))
    assert both(at, "rules_reviewed") == (0, 100)


def test_the_plan_is_read_as_it_was(at, later):
    first = make.reception(at, date(2026, 3, 10))
    make.reception(at, date(2026, 4, 10))
    came(at, [])
    later()
    assert both(at, "planned_receptions_held") == (50, 50)
    Reception.objects.filter(date=date(2026, 4, 10)).update(status="cancelled")
    assert both(at, "planned_receptions_held") == (50, 100)
    Reception.objects.exclude(pk=first.pk).delete()
    assert both(at, "planned_receptions_held") == (50, 100)
    Reception.objects.filter(pk=first.pk).update(date=date(2026, 3, 11))
    assert both(at, "planned_receptions_held") == (50, 0)
    make.reception(at, date(2026, 3, 10))
    assert both(at, "planned_receptions_held") == (50, 50)


def test_money_is_read_as_it_was(at, later):
    make.funds(at, 1_000)
    first, second = make.expense(at, 100), make.expense(at, 200)
    later()
    first.void("twice")
    assert both(at, "funds_spent") == (30, 20)
    FundExpense.objects.filter(pk=second.pk).update(amount=500)
    assert both(at, "funds_spent") == (30, 50)
    make.expense(at, 100)
    assert both(at, "funds_spent") == (30, 60)


def test_who_else_came_is_read_as_it_was(at, later):
    first, second = came(at, []), came(at, [], date(2026, 4, 10))
    guest = Guest.objects.create(visit=first, name="Guest")
    later()
    assert both(at, "visits_incomplete") == (1, 1)
    Guest.objects.create(visit=second, name="Guest")
    assert both(at, "visits_incomplete") == (1, 0)
    guest.delete()
    assert both(at, "visits_incomplete") == (1, 1)
    Visit.objects.filter(pk=first.pk).update(recorder="")
    assert both(at, "visits_incomplete") == (1, 1)
    second.delete()
    assert both(at, "visits_incomplete") == (1, 1)


def test_a_visit_with_guests_that_was_deleted_was_complete(at, later):
    visit = came(at, [])
    Guest.objects.create(visit=visit, name="Guest")
    later()
    visit.delete()
    assert both(at, "visits_incomplete") == (0, None)


def test_of_two_guests_one_struck_out_was_there(at, later):
    gone, _kept = (Guest.objects.create(visit=came(at, [], date(2026, month, 10)), name="Guest") for month in (3, 4))
    later()
    gone.delete()
    assert both(at, "visits_incomplete") == (0, 1)


def test_what_is_entered_at_midnight_is_of_the_new_day(at, later, time_machine):
    visit, free, _seated = came(at, []), make.mandate(), make.placed(at)
    time_machine.move_to(Period(THEN, THEN).end_moment, tick=False)
    make.mandate()
    StationAssignment.objects.create(station=at, mandate=free, valid_from=date(2022, 1, 1))
    guest = Guest.objects.create(visit=visit, name="Guest")
    assert both(at, "representatives_assigned") == (50, 66.6)
    assert both(at, "visits_incomplete") == (1, 0)
    later()
    guest.delete()
    assert both(at, "visits_incomplete") == (1, 1)


def test_a_visit_dated_into_the_period_later_was_not_in_it(at, later):
    visit = came(at, [], date(2025, 12, 31))
    later()
    Visit.objects.filter(pk=visit.pk).update(date=date(2026, 3, 10))
    assert both(at, "visits_held") == (0, 1)


def test_a_day_of_rest_that_was_announced_later_was_a_working_day(at, later):
    """From a Tuesday to the Monday after it are four working days."""
    make.visit(at, date(2026, 3, 10), entered_at=make.moment(date(2026, 3, 16)))
    later()
    CalendarDay.objects.create(year_id=2026, date=date(2026, 3, 11), is_working=False, name="frost")
    assert both(at, "days_to_enter") == (1, 0)


def test_a_point_moved_to_another_station_later_was_this_ones(at, later):
    other, point = make.station(), make.station(kind="contact_point", parent=at)
    came(point, [])
    later()
    point.parent = other
    point.save()
    assert both(at, "visits_held", with_points=True) == (1, 0)
    assert both(other, "visits_held", with_points=True) == (0, 1)


def test_what_a_point_corrected_later_is_read_as_it_was(at, later):
    came(make.station(kind="contact_point", parent=at), [])
    later()
    Visit.objects.update(form="training")
    assert both(at, "visits_of_forms", with_points=True) == (0, 1)


def test_forms_are_read_as_they_were(at, later):
    came(at, [])
    later()
    Visit.objects.update(form="training")
    came(at, [], date(2026, 4, 10))
    assert both(at, "visits_of_forms") == (0, 1)
    assert both(at, "forms_of_activity") == (1, 2)
    assert both(at, "visits_held") == (1, 2)
