"""What was held, in which forms, as planned; and whether it was written down, whole and soon."""

from datetime import date

import pytest

from stations.receptions.models import Reception
from stations.visits.models import Attendance, Guest, Visit
from tests.eight_haves.conftest import TODAY
from tests.eight_haves.judging import MET, judged, result_of, rows, value
from tests.support import factories as make


@pytest.fixture
def at(time_machine, db):
    time_machine.move_to(make.moment(TODAY), tick=False)
    return make.station()


def plan(at, *months, **facts):
    return [make.reception(at, date(2026, month, 10), **facts) for month in months]


def test_planned_receptions_are_held(at):
    plan(at, 3, 4, 5)
    for month in (3, 4, 5):
        make.visit(at, date(2026, month, 10))
    assert judged(at, "planned_receptions_held", 100) == MET
    Visit.objects.exclude(date__month=4).update(form="training")
    sentence = "本期安排接待日3天，有记录1天，缺3月10日、5月10日。"
    assert judged(at, "planned_receptions_held", 100) == ("not_met", sentence)
    missing = Reception.objects.get(date=date(2026, 3, 10))
    address = f"/admin/visits/visit/add/?station={at.pk}&reception={missing.pk}"
    assert result_of(at, "planned_receptions_held", 100).mend.address == address


def test_a_reception_on_another_day_is_not_the_planned_one(at):
    plan(at, 3)
    make.visit(at, date(2026, 3, 11))
    assert value(at, "planned_receptions_held") == 0


def test_cancelled_days_and_those_not_over_are_not_due(at):
    plan(at, 3, status="cancelled")
    make.reception(at, TODAY)
    sentence = "本期还没有到期的接待日安排。"
    assert judged(at, "planned_receptions_held", 100) == ("not_applicable", sentence)
    make.reception(at, date(2026, 11, 2))
    assert judged(at, "planned_receptions_held", 100)[0] == "not_met"


def test_two_receptions_of_a_day_are_one_reception_day(at):
    plan(at, 3)
    plan(at, 3, hours=(14, 16))
    make.visit(at, date(2026, 3, 10))
    plan(at, 4)
    assert value(at, "planned_receptions_held") == 50


def test_only_the_days_on_which_a_station_was_open_are_due(at):
    plan(at, 3, 4, 5, 6)
    at.opened_on, at.closed_on = date(2026, 4, 10), date(2026, 6, 10)
    sentence = "本期安排接待日2天，有记录0天，缺4月10日、5月10日。"
    assert judged(at, "planned_receptions_held", 100) == ("not_met", sentence)


def test_visits_of_the_chosen_forms_are_counted(at):
    for month in (3, 4):
        make.visit(at, date(2026, month, 10), form="training")
    assert judged(at, "visits_of_forms", 2) == MET
    Visit.objects.filter(date__month=4).update(form="meeting")
    assert judged(at, "visits_of_forms", 2) == ("not_met", "培训有记录1次，应有2次。")
    assert result_of(at, "visits_of_forms", 2).mend.address.endswith("&form=training")
    assert judged(at, "visits_of_forms", 2, forms=["meeting", "training"]) == MET
    assert judged(at, "visits_of_forms", 3, forms=["meeting", "training"])[1] == "培训、座谈有记录2次，应有3次。"


def test_different_forms_are_counted(at):
    for month, form in ((3, "reception"), (4, "training"), (5, "training")):
        make.visit(at, date(2026, month, 10), form=form)
    assert judged(at, "forms_of_activity", 2) == MET
    sentence = "本期活动形式有2种（接待日、培训），应有3种。"
    assert judged(at, "forms_of_activity", 3) == ("not_met", sentence)
    Visit.objects.update(voided_on=TODAY)
    sentence = "本期还没有进站活动记录，活动形式应有2种。"
    assert judged(at, "forms_of_activity", 2) == ("not_met", sentence)


def test_visits_are_counted(at):
    for month in (3, 4):
        make.visit(at, date(2026, month, 10))
    assert judged(at, "visits_held", 2) == MET
    Visit.objects.filter(date__month=3).update(date=date(2025, 12, 31))
    assert judged(at, "visits_held", 2) == ("not_met", "本期进站活动有记录1次，应有2次。")


@pytest.mark.parametrize(
    ("measure", "alone", "together", "options"),
    [
        ("months_with_reception", 0, 10.0, {}),
        ("planned_receptions_held", 0, 100, {}),
        ("visits_of_forms", 0, 1, {"forms": ["reception"]}),
        ("forms_of_activity", 0, 1, {}),
        ("visits_held", 0, 1, {}),
    ],
)
def test_visits_of_linked_points_count_where_the_setting_says_so(measure, alone, together, options, at):
    plan(at, 3)
    point = make.station(kind="contact_point", parent=at)
    make.visit(point, date(2026, 3, 10))
    make.visit(make.station(kind="contact_point"), date(2026, 4, 10))
    assert value(at, measure, **options) == alone
    assert value(at, measure, with_points=True, **options) == together


def complete(at, month, **facts):
    return make.visit(at, date(2026, month, 10), **{"recorder": "江小雪"} | facts)


def test_a_visit_has_a_recorder_and_somebody_who_was_there(at):
    (seat,) = make.placed(at)
    first, second = complete(at, 3, present=[seat]), complete(at, 4)
    Guest.objects.create(visit=second, name="Guest")
    assert judged(at, "visits_incomplete", 0, comparison="at_most") == MET
    Guest.objects.all().delete()
    sentence = "有1次活动记录不完整（没有登记到场人员：4月10日）。"
    assert judged(at, "visits_incomplete", 0, comparison="at_most") == ("not_met", sentence)
    mend = result_of(at, "visits_incomplete", 0, comparison="at_most").mend
    assert mend.address == f"/admin/visits/visit/{second.pk}/change/"
    Visit.objects.filter(pk=first.pk).update(recorder=" ")
    sentence = "有2次活动记录不完整（没有填记录人：3月10日；没有登记到场人员：4月10日）。"
    assert judged(at, "visits_incomplete", 0, comparison="at_most") == ("not_met", sentence)
    assert judged(at, "visits_incomplete", 2, comparison="at_most") == MET


def test_whoever_is_on_leave_was_not_there(at):
    (seat,) = make.placed(at)
    visit = complete(at, 3, present=[seat])
    Attendance.objects.update(status="leave")
    assert rows(at, "visits_incomplete") == [visit]


def test_without_visits_there_is_no_ledger_to_complete(at):
    for measure in ("visits_incomplete", "days_to_enter"):
        assert judged(at, measure, 0, comparison="at_most") == ("to_confirm", "本期还没有进站活动记录。")


def test_a_visit_is_entered_within_three_working_days(at):
    """From 30 April over five days of rest; Saturday the 9th of May is a working day."""
    visit = make.visit(at, date(2026, 4, 30), entered_at=make.moment(date(2026, 5, 8)))
    assert judged(at, "days_to_enter", 0, comparison="at_most") == MET
    Visit.objects.filter(pk=visit.pk).update(entered_at=make.moment(date(2026, 5, 9)))
    sentence = "4月有1次活动5月9日才录入（应在活动后3个工作日内）。"
    assert judged(at, "days_to_enter", 0, comparison="at_most") == ("not_met", sentence)
    assert judged(at, "days_to_enter", 0, comparison="at_most", days=4) == MET
    assert rows(at, "days_to_enter", days=4) == []
