"""What was held, in which forms, as planned; and whether it was written down, whole and soon."""

from datetime import date

import pytest

from liaison.tools.periods import Period
from stations.receptions.models import Reception
from stations.register.models import Station
from stations.visits.models import Attendance, Guest, Visit
from tests.eight_haves.conftest import TODAY
from tests.eight_haves.judging import MET, judged, result_of, rows, value
from tests.support import factories as make


def held_monthly(at, *months):
    for month in months:
        make.visit(at, date(2026, month, 10))


def test_of_ten_months_nine_have_a_reception(at):
    held_monthly(at, *range(1, 10))
    assert (value(at, "months_with_reception"), len(rows(at, "months_with_reception"))) == (90, 9)
    held_monthly(at, 10)
    make.visit(at, date(2026, 11, 2))
    assert (value(at, "months_with_reception"), len(rows(at, "months_with_reception"))) == (100, 10)


def test_two_receptions_of_a_month_are_two_on_record_and_fill_no_other(at):
    held_monthly(at, 1, 1, *range(2, 10))
    sentence = "1至10月接待日应开展10次，有记录10次，缺10月。"
    assert judged(at, "months_with_reception", 100) == ("not_met", sentence)
    assert value(at, "months_with_reception") == 90


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "months"),
    [
        (date(2026, 1, 1), date(2026, 6, 30), "1至6月接待日应开展6次，有记录0次，缺1、2、3、4、5、6月"),
        (date(2026, 1, 1), date(2026, 6, 29), "1至5月接待日应开展5次，有记录0次，缺1、2、3、4、5月"),
        (date(2026, 5, 2), date(2026, 7, 1), "6月接待日应开展1次，有记录0次，缺6月"),
        (date(2026, 5, 1), date(2026, 5, 31), "5月接待日应开展1次，有记录0次，缺5月"),
        (date(2025, 11, 30), date(2026, 1, 31), "12至1月接待日应开展2次，有记录0次，缺12、1月"),
    ],
)
def test_the_whole_months_within_the_period_are_due(starts_on, ends_on, months, at):
    found = result_of(at, "months_with_reception", 100, period=Period(starts_on, ends_on))
    assert (found.standing, found.words) == ("not_met", months)


def test_without_a_whole_month_nothing_is_due(at):
    period = Period(date(2026, 5, 2), date(2026, 5, 31))
    assert judged(at, "months_with_reception", 100, period=period) == ("not_applicable", "本期还没有满一个月。")


@pytest.mark.parametrize(
    ("opened_on", "closed_on", "due"),
    [
        (date(2026, 3, 1), None, 8),
        (date(2026, 3, 2), None, 7),
        (date(2025, 12, 2), None, 10),
        (None, None, 10),
        (None, date(2026, 8, 31), 7),
        (None, date(2026, 9, 1), 8),
        (date(2026, 3, 1), date(2026, 9, 30), 6),
    ],
)
def test_the_months_in_which_a_station_was_open_to_their_last_day_are_due(opened_on, closed_on, due, at):
    at.opened_on, at.closed_on = opened_on, closed_on
    assert f"应开展{due}次" in result_of(at, "months_with_reception", 100).words


def plan(at, *months, **facts):
    return [make.reception(at, date(2026, month, 10), **facts) for month in months]


def shut(at, time_machine, *changes):
    """Its status changes on these days, each entered on it."""
    at.begin_history()
    for day, status in changes:
        time_machine.move_to(make.moment(day), tick=False)
        Station.objects.get(pk=at.pk).change_status(status, day)
    time_machine.move_to(make.moment(TODAY), tick=False)
    at.refresh_from_db()


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ([(date(2026, 1, 5), "closed"), (date(2026, 7, 1), "operating")], "7、8、9、10"),
        ([(date(2026, 2, 28), "suspended"), (date(2026, 7, 1), "operating")], "1、7、8、9、10"),
        ([(date(2026, 3, 1), "suspended"), (date(2026, 5, 31), "operating")], "1、2、6、7、8、9、10"),
        ([(date(2026, 9, 30), "suspended")], "1、2、3、4、5、6、7、8"),
        ([(date(2026, 10, 31), "suspended"), (date(2026, 11, 1), "operating")], "1、2、3、4、5、6、7、8、9"),
    ],
)
def test_a_month_in_which_a_station_was_shut_is_not_due(changes, missing, at, time_machine):
    shut(at, time_machine, *changes)
    assert result_of(at, "months_with_reception", 100).words.endswith(f"缺{missing}月")


def test_days_planned_while_a_station_was_shut_are_not_due(at, time_machine):
    plan(at, *range(1, 8))
    shut(at, time_machine, (date(2026, 3, 10), "suspended"), (date(2026, 6, 10), "operating"))
    sentence = "本期安排接待日4天，有记录0天，缺1月10日、2月10日、6月10日、7月10日。"
    assert judged(at, "planned_receptions_held", 100) == ("not_met", sentence)


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


def test_planned_days_of_the_period_are_due_once_they_are_over(at):
    make.reception(at, date(2025, 12, 31))
    first, last = make.reception(at, date(2026, 1, 1)), make.reception(at, date(2026, 6, 30))
    period = Period(date(2026, 1, 1), date(2026, 6, 30))
    sentence = "本期安排接待日2天，有记录0天，缺1月1日、6月30日。"
    assert judged(at, "planned_receptions_held", 100, period=period) == ("not_met", sentence)
    for row in (first, last):
        make.visit(at, row.date)
    assert judged(at, "planned_receptions_held", 100, period=period) == MET
    make.reception(at, TODAY)
    year = Period(date(2026, 1, 1), date(2026, 12, 31))
    assert judged(at, "planned_receptions_held", 100, period=year) == MET


def test_more_receptions_than_were_planned_fill_no_other_day(at):
    plan(at, 3, 4, 5)
    for day in (date(2026, 3, 10), date(2026, 3, 10), date(2026, 3, 11)):
        make.visit(at, day)
    sentence = "本期安排接待日3天，有记录1天，缺4月10日、5月10日。"
    assert judged(at, "planned_receptions_held", 100) == ("not_met", sentence)
    assert value(at, "planned_receptions_held") == 33.3
    assert [row.date for row in rows(at, "planned_receptions_held")] == [date(2026, 3, 10)] * 2


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
    held = [make.visit(at, date(2026, month, 10), form="training") for month in (4, 3)]
    assert judged(at, "visits_of_forms", 2) == MET
    assert rows(at, "visits_of_forms") == held
    Visit.objects.filter(date__month=4).update(form="meeting")
    assert judged(at, "visits_of_forms", 2) == ("not_met", "培训有记录1次，应有2次。")
    assert result_of(at, "visits_of_forms", 2).mend.address.endswith("&form=training")
    assert judged(at, "visits_of_forms", 2, forms=["meeting", "training"]) == MET
    assert judged(at, "visits_of_forms", 3, forms=["meeting", "training"])[1] == "培训、座谈有记录2次，应有3次。"


def test_different_forms_are_counted(at):
    days = ((5, "training"), (4, "training"), (3, "reception"))
    held = [make.visit(at, date(2026, month, 10), form=form) for month, form in days]
    assert judged(at, "forms_of_activity", 2) == MET
    assert rows(at, "forms_of_activity") == held
    sentence = "本期活动形式有2种（接待日、培训），应有3种。"
    assert judged(at, "forms_of_activity", 3) == ("not_met", sentence)
    Visit.objects.update(voided_on=TODAY)
    sentence = "本期还没有进站活动记录，活动形式应有2种。"
    assert judged(at, "forms_of_activity", 2) == ("not_met", sentence)


def test_visits_are_counted(at):
    held = [make.visit(at, date(2026, month, 10)) for month in (4, 3)]
    assert judged(at, "visits_held", 2) == MET
    assert rows(at, "visits_held") == held
    Visit.objects.filter(date__month=3).update(date=date(2025, 12, 31))
    assert judged(at, "visits_held", 2) == ("not_met", "本期进站活动有记录1次，应有2次。")


@pytest.mark.parametrize(
    "measure", ["visits_held", "visits_of_forms", "forms_of_activity", "visits_incomplete", "visits_entered_late"]
)
def test_visits_of_the_first_and_the_last_day_that_is_judged_count(measure, at):
    """Of each one form, without a recorder and entered late."""
    days = {date(2025, 12, 31): "report", date(2026, 1, 1): "training", TODAY: "meeting", date(2026, 11, 4): "research"}
    for day, form in days.items():
        make.visit(at, day, form=form)
    Visit.objects.update(entered_at=make.moment(TODAY))
    options = {"forms": list(days.values())} if measure == "visits_of_forms" else {}
    year = Period(date(2026, 1, 1), date(2026, 12, 31))
    assert value(at, measure, period=year, **options) == (1 if measure == "visits_entered_late" else 2)


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


@pytest.mark.parametrize("measure", ["visits_entered_late", "days_to_enter", "visits_incomplete"])
def test_what_points_wrote_down_late_or_in_part_counts_where_the_setting_says_so(measure, at):
    make.visit(make.station(kind="contact_point", parent=at), date(2026, 3, 10), recorder="")
    Visit.objects.update(entered_at=make.moment(date(2026, 4, 11)))
    assert (value(at, measure), value(at, measure, with_points=True)) == (None, 1)


def test_a_station_below_another_is_judged_by_itself_alone(at):
    below = make.station(parent=at)
    make.visit(below)
    assert [value(each, "visits_held", with_points=True) for each in (at, below)] == [0, 1]
    Station.objects.filter(pk=below.pk).update(kind="contact_point")
    assert value(at, "visits_held", with_points=True) == 1


def test_visits_of_a_station_and_of_its_points_count_together(at):
    point = make.station(kind="contact_point", parent=at)
    for place in (at, point, point):
        make.visit(place)
    assert value(at, "visits_held", with_points=True) == 3
    assert value(point, "visits_held", with_points=True) == 2


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


def test_a_visit_without_a_recorder_and_without_anybody_is_one(at):
    for _time in range(2):
        make.visit(at, date(2026, 4, 10), recorder="")
    sentence = "有2次活动记录不完整（没有填记录人：4月10日；没有登记到场人员：4月10日）。"
    assert judged(at, "visits_incomplete", 1, comparison="at_most") == ("not_met", sentence)
    first = result_of(at, "visits_incomplete", 1, comparison="at_most")
    assert first.mend.address == f"/admin/visits/visit/{first.reading.rows[0].pk}/change/"
    assert len(set(first.reading.rows)) == 2


def test_the_record_that_is_mended_first_is_the_earliest(at):
    later, earlier = make.visit(at, date(2026, 4, 10)), make.visit(at, date(2026, 3, 10))
    assert rows(at, "visits_incomplete") == [earlier, later]
    assert result_of(at, "visits_incomplete", 1).reading.mend.address.endswith(f"/{earlier.pk}/change/")


def entered(at, held_on, day, hour=10):
    return make.visit(at, held_on, entered_at=make.moment(day).replace(hour=hour))


def test_each_visit_entered_late_is_counted_by_its_month(at):
    entered(at, date(2026, 8, 31), date(2026, 9, 10), hour=23)
    entered(at, date(2026, 8, 31), date(2026, 9, 11), hour=0)
    entered(at, date(2026, 9, 1), date(2026, 10, 12))
    entered(at, date(2026, 9, 30), date(2026, 10, 11))
    sentence = "8月有1次活动9月11日才录入、9月有2次活动10月12日才录入（应在次月10日前）。"
    assert judged(at, "visits_entered_late", 2, comparison="at_most") == ("not_met", sentence)
    assert judged(at, "visits_entered_late", 3, comparison="at_most") == MET
    assert len(rows(at, "visits_entered_late")) == 3


def test_what_was_held_in_december_is_entered_by_the_tenth_of_january(at):
    year = Period(date(2025, 1, 1), date(2025, 12, 31))
    entered(at, date(2025, 12, 31), date(2026, 1, 10))
    assert value(at, "visits_entered_late", period=year) == 0
    entered(at, date(2025, 12, 1), date(2026, 1, 11))
    assert value(at, "visits_entered_late", period=year) == 1


def test_working_days_to_enter_are_not_days(at):
    """A Friday to the Wednesday after it."""
    entered(at, date(2026, 10, 23), date(2026, 10, 28))
    assert value(at, "days_to_enter") == 0
    late = entered(at, date(2026, 10, 23), date(2026, 10, 29))
    assert (value(at, "days_to_enter"), rows(at, "days_to_enter")) == (1, [late])
