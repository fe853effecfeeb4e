"""Who works here on the date; representatives: how many have their place here, how many anywhere, and who has come."""

import re
from datetime import date

import pytest

from liaison.tools.periods import Period
from representatives.models import Mandate, MandateStatus
from representatives.turnover import Plan, carry_out
from stations.register.models import StaffPost, StationAssignment
from stations.visits.models import Attendance
from tests.eight_haves.conftest import TODAY, post
from tests.eight_haves.judging import MET, judged, result_of, rows, value
from tests.support import factories as make

TOWN = f"{make.DAOLI}102"
WHOLE_YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
POSTS = ("head", "deputy_head", "liaison_officer", "informant", "volunteer")


@pytest.mark.parametrize(
    ("measure", "counted", "words"),
    [
        ("full_time_staff", ["head", "deputy_head", "liaison_officer"], "在岗专职工作人员3人，应有4人。"),
        ("heads", ["head", "deputy_head"], "在岗站长、副站长2人，应有3人。"),
        ("liaison_officers", ["liaison_officer"], "在岗联络员1人，应有2人。"),
    ],
)
def test_each_post_counts_where_it_belongs(measure, counted, words, at):
    for kind in POSTS:
        post(at, kind)
    wanted = len(counted)
    assert [row.post for row in rows(at, measure)] == counted
    assert (judged(at, measure, wanted), judged(at, measure, wanted + 1)) == (MET, ("not_met", words))
    StaffPost.objects.filter(post=counted[0]).delete()
    assert judged(at, measure, wanted)[0] == "not_met"


def test_who_works_part_time_is_no_row_of_those_who_work_full_time(at):
    held = post(at, "head")
    post(at, "deputy_head", is_full_time=False)
    post(at, "liaison_officer", staffing_mode="rota")
    without_rota = {"counts_rota": False}
    assert value(at, "full_time_staff", **without_rota) == 1
    assert rows(at, "full_time_staff", **without_rota) == [held]


def test_whether_representatives_by_rota_are_full_time_staff_is_a_setting(at):
    post(at, "head", staffing_mode="rota")
    assert judged(at, "full_time_staff", 1) == MET
    sentence = "没有在岗的专职工作人员（现有1人，兼职）。"
    assert judged(at, "full_time_staff", 1, counts_rota=False) == ("not_met", sentence)
    post(at, "liaison_officer", staffing_mode="temporary")
    assert judged(at, "full_time_staff", 1, counts_rota=False) == MET
    assert value(at, "full_time_staff", counts_rota=True) == 2


def test_who_works_part_time_is_not_full_time_staff(at):
    post(at, "head", is_full_time=False)
    assert (value(at, "full_time_staff"), value(at, "heads")) == (0, 1)


@pytest.mark.parametrize(
    ("measure", "kind"), [("full_time_staff", "head"), ("heads", "head"), ("liaison_officers", "liaison_officer")]
)
def test_a_post_counts_from_its_first_day_to_its_last(measure, kind, at):
    post(at, kind, valid_from=TODAY, valid_to=TODAY)
    assert value(at, measure) == 1
    StaffPost.objects.update(valid_to=date(2026, 11, 4), valid_from=date(2026, 11, 4))
    assert value(at, measure, period=WHOLE_YEAR) == 0
    StaffPost.objects.update(valid_from=date(2026, 1, 1), valid_to=date(2026, 11, 2))
    assert value(at, measure, period=WHOLE_YEAR) == 0


def test_representatives_with_a_place_here_are_counted(at):
    first, _second = make.placed(at, 2)
    assert judged(at, "representatives_here", 2) == MET
    Mandate.objects.filter(pk=first.pk).update(ends_on=date(2026, 11, 2), status="ended")
    assert judged(at, "representatives_here", 2) == ("not_met", "编入本站的在任代表有1人，应有2人。")


def test_a_place_counts_to_its_last_day_and_a_seat_to_its(at):
    make.placed(at)
    StationAssignment.objects.update(valid_to=TODAY)
    Mandate.objects.update(ends_on=TODAY)
    assert value(at, "representatives_here") == 1
    StationAssignment.objects.update(valid_to=date(2026, 11, 2))
    assert value(at, "representatives_here") == 0


def test_a_place_counts_from_its_first_day_and_a_seat_from_its(at):
    (seat,) = make.placed(at)
    StationAssignment.objects.update(valid_from=TODAY)
    Mandate.objects.update(starts_on=TODAY)
    assert value(at, "representatives_here", period=WHOLE_YEAR) == 1
    Mandate.objects.update(starts_on=date(2026, 11, 4))
    assert value(at, "representatives_here", period=WHOLE_YEAR) == 0
    Mandate.objects.update(starts_on=TODAY)
    StationAssignment.objects.update(valid_from=date(2026, 11, 4))
    assert value(at, "representatives_here", period=WHOLE_YEAR) == 0
    assert rows(at, "representatives_assigned", period=WHOLE_YEAR) == [seat]


def test_who_is_suspended_or_elsewhere_is_not_here(at):
    (seat,) = make.placed(at)
    make.placed(make.station())
    assert rows(at, "representatives_here") == [seat]
    MandateStatus.objects.create(mandate=seat, status="suspended", since=TODAY)
    assert value(at, "representatives_here") == 0
    MandateStatus.objects.update(since=date(2026, 11, 4))
    assert value(at, "representatives_here", period=WHOLE_YEAR) == 1


def test_the_mandates_of_the_county_speak_for_a_street(at):
    make.placed(at, 9)
    make.placed(make.station(f"{make.DAOLI}002"), 10)
    make.mandate()
    make.mandate(make.HARBIN)
    assert judged(at, "representatives_assigned", 95) == MET
    free = make.mandate()
    sentence = "Congress 230102在任代表21人，已编入联络站19人，还有2人没有编入。"
    assert judged(at, "representatives_assigned", 95) == ("not_met", sentence)
    assert free in rows(at, "representatives_assigned")


def test_a_share_is_never_rounded_up(at):
    make.placed(at, 2)
    make.mandate()
    make.placed(at, code=make.HARBIN)
    assert value(at, "representatives_assigned") == 66.6


def test_a_township_speaks_for_itself_and_its_villages(at):
    in_town, in_village = make.station(TOWN), make.station(f"{TOWN}001")
    make.placed(in_town, 1, code=TOWN)
    make.mandate()
    assert value(in_town, "representatives_assigned") == 100
    assert value(in_village, "representatives_assigned") == 100
    make.mandate(TOWN)
    assert value(in_village, "representatives_assigned") == 50


def test_places_of_yesterday_are_none(at):
    make.placed(at)
    StationAssignment.objects.update(valid_to=date(2026, 11, 2))
    assert value(at, "representatives_assigned") == 0


def test_without_representatives_it_is_not_known(at):
    assert judged(at, "representatives_assigned", 95) == ("to_confirm", "还没有登记在任代表。")
    assert judged(at, "representatives_entered", 100) == ("to_confirm", "还没有代表编入本站。")


def test_every_representative_enters(at):
    two = make.placed(at, 2)
    make.visit(at, present=two[:1], recorder="w")
    visit = make.visit(at, date(2026, 4, 10), present=two)
    assert judged(at, "representatives_entered", 100) == MET
    Attendance.objects.filter(visit=visit, mandate=two[1]).update(status="leave")
    assert judged(at, "representatives_entered", 100) == ("not_met", "编入本站的代表2人，有1人进站还不到1次。")
    assert rows(at, "representatives_entered") == [two[1]]


def test_they_enter_as_often_as_the_setting_says(at):
    (seat,) = make.placed(at)
    make.visit(at, present=[seat])
    assert value(at, "representatives_entered") == 100
    assert judged(at, "representatives_entered", 100, times=2)[1] == "编入本站的代表1人，有1人进站还不到2次。"
    make.visit(at, date(2026, 4, 10), present=[seat])
    assert judged(at, "representatives_entered", 100, times=2) == MET


def test_who_is_elected_again_keeps_the_visits_of_the_term_before(at):
    old = make.placed(at, 2)
    for month in (3, 6):
        make.visit(at, date(2026, month, 10), present=old)
    assert value(at, "representatives_entered", times=2) == 100
    plan = Plan(old[0].term.congress, 19, date(2026, 11, 1), frozenset(row.pk for row in old))
    carry_out(plan, plan.digest, make.user())
    assert (value(at, "representatives_here"), value(at, "representatives_entered", times=2)) == (2, 100)


def test_a_person_with_two_seats_is_one_representative(at):
    (seat,) = make.placed(at)
    higher = make.mandate(make.HARBIN)
    Mandate.objects.filter(pk=higher.pk).update(person=seat.person)
    StationAssignment.objects.create(station=at, mandate=higher, is_primary=False, valid_from=date(2022, 1, 1))
    make.visit(at, present=[higher])
    assert value(at, "representatives_entered") == 100
    assert value(at, "representatives_here") == 2


def test_visits_of_other_years_voided_ones_and_those_elsewhere_do_not_count(at):
    (seat,) = make.placed(at)
    make.visit(at, date(2025, 12, 31), present=[seat])
    make.visit(at, present=[seat], voided_on=TODAY)
    make.visit(make.station(), present=[seat])
    assert value(at, "representatives_entered") == 0


def test_a_guest_from_another_congress_is_no_representative_here(at):
    (seat,) = make.placed(at)
    make.visit(at, present=[seat, make.mandate(make.NANGANG)])
    assert judged(at, "representatives_entered", 100) == MET


def test_visits_of_points_count_where_the_setting_says_so(at):
    (seat,) = make.placed(at)
    make.visit(make.station(kind="contact_point", parent=at), present=[seat])
    assert value(at, "representatives_entered") == 0
    assert value(at, "representatives_entered", with_points=True) == 100


def test_no_sentence_names_who_has_not_come(at):
    (seat,) = make.placed(at)
    assert seat.person.name not in result_of(at, "representatives_entered", 100).words


def test_who_is_there_is_counted_where_more_are_wanted(at):
    post(at, "head")
    post(at, "liaison_officer", is_full_time=False)
    for measure in ("full_time_staff", "heads", "liaison_officers"):
        standing, sentence = judged(at, measure, 2)
        assert standing == "not_met"
        assert re.findall(r"\d+", sentence) == ["1", "2"], measure
