"""Each measure, broken by one unit, in the very words of the standard; and mended again."""

import re
from datetime import date

import pytest
from django.utils import timezone

from feedback.opinions.models import Opinion
from liaison.tools.periods import Period
from stations.assessment import card_words
from stations.eight_haves.evaluation import evaluate
from stations.eight_haves.models import Standard
from stations.eight_haves.sheets import asked_of
from stations.eight_haves.statistics import inspected_as_known
from stations.register.models import ActivityFunds, RuleDocument, StaffPost, Station, YearlyConfirmation
from stations.visits.models import Visit
from tests.eight_haves.conftest import TODAY, YEAR, complete, lines_of, post, reception, replied, said, taken_away
from tests.support import factories as make

MET = ("met", "")


def test_a_station_with_everything_lacks_nothing(station):
    assert {key: (line.standing, line.sentence) for key, line in lines_of(station).items()} == dict.fromkeys(
        ["premises", "signage", "staffing", "rules", "funding", "activities", "ledgers", "results"], MET
    )


def test_premises_are_confirmed_every_year(station):
    YearlyConfirmation.objects.update(confirmed_on=date(2025, 12, 31))
    assert said(station, "premises") == ("to_confirm", "2026年度自查还没有确认场地情况。")
    YearlyConfirmation.objects.update(confirmed_on=date(2026, 1, 1))
    assert said(station, "premises") == MET


def test_a_sign_is_confirmed_once_a_year(station):
    YearlyConfirmation.objects.update(schedule=False)
    make.confirmation(station, date(2025, 11, 4), "schedule")
    assert said(station, "signage") == MET
    YearlyConfirmation.objects.filter(schedule=True).update(confirmed_on=date(2025, 11, 3))
    assert said(station, "signage") == ("to_confirm", "接待安排表最近一次确认是2025年11月3日，已满一年。")


@pytest.mark.parametrize(
    ("sign", "name"), [("plate", "挂牌"), ("roster", "代表名册"), ("schedule", "接待安排表"), ("qr", "二维码")]
)
def test_each_sign_has_to_be_confirmed(sign, name, station):
    YearlyConfirmation.objects.update(**{sign: False})
    assert said(station, "signage") == ("to_confirm", f"{name}还没有确认过。")


def test_somebody_works_full_time(station):
    StaffPost.objects.filter(post="head").delete()
    assert said(station, "staffing") == ("not_met", "没有在岗的专职工作人员（现有1人，兼职）。")
    StaffPost.objects.all().delete()
    assert said(station, "staffing") == ("not_met", "没有在岗的专职工作人员（现有0人）。")


def test_a_post_counts_to_its_last_day(station):
    StaffPost.objects.filter(post="head").update(valid_to=TODAY)
    assert said(station, "staffing") == MET
    StaffPost.objects.filter(post="head").update(valid_to=date(2026, 11, 2))
    assert said(station, "staffing")[0] == "not_met"


@pytest.mark.parametrize(("kind", "words"), [("head", "没有在岗的站长。"), ("liaison_officer", "没有在岗的联络员。")])
def test_without_a_head_or_a_liaison_officer_it_is_basically_met(kind, words, station):
    StaffPost.objects.filter(post=kind).delete()
    post(station, {"head": "liaison_officer"}.get(kind, "head"))
    assert said(station, "staffing") == ("basically", words)


def test_every_required_rule_is_in_force(station):
    RuleDocument.objects.filter(kind="feedback").update(valid_to=date(2026, 11, 2))
    assert said(station, "rules") == ("not_met", "缺“群众意见建议处理反馈制度”。")
    RuleDocument.objects.filter(kind="reception").delete()
    assert said(station, "rules") == ("not_met", "缺“代表接待群众制度”、“群众意见建议处理反馈制度”。")


def test_funds_are_measured_against_the_standard_of_the_division(station):
    ActivityFunds.objects.update(amount=18_000)
    sentence = "2026年本级财政安排活动经费18,000元，街道标准30,000元，差12,000元。"
    assert said(station, "funding") == ("not_met", sentence)
    ActivityFunds.objects.update(amount=29_999)
    assert said(station, "funding")[1].endswith("差1元。")
    ActivityFunds.objects.all().delete()
    sentence = "2026年本级财政安排的活动经费还没有登记，街道标准30,000元。"
    assert said(station, "funding") == ("to_confirm", sentence)


def test_a_township_has_its_own_standard(station):
    in_a_town = make.station(f"{make.DAOLI}102")
    make.funds(in_a_town, 19_999)
    sentence = "2026年本级财政安排活动经费19,999元，乡镇标准20,000元，差1元。"
    assert said(in_a_town, "funding") == ("not_met", sentence)
    ActivityFunds.objects.update(amount=20_000)
    assert said(in_a_town, "funding") == MET


def test_stations_of_villages_need_no_funds(station):
    assert said(make.station(f"{make.DAOLI}001001"), "funding") == ("not_applicable", "社区、村屯联络点：不适用。")


def test_a_kind_the_standard_does_not_name_is_not_judged(station):
    (card,) = evaluate([make.station(kind="contact_point")], YEAR, TODAY)
    assert (card.standard, card.lines) == (None, ())


def test_a_standard_is_known_since_it_was_published(station):
    for published_at, is_known in ((make.moment(TODAY), True), (YEAR.end_moment, False)):
        Standard._base_manager.filter(state="published").update(published_at=published_at)
        (card,) = evaluate([station], YEAR, TODAY)
        inspected = inspected_as_known(Station.objects.filter(pk=station.pk), TODAY, TODAY)
        assert (card.standard is not None, inspected) == (is_known, [station] if is_known else [])


def test_a_reception_is_held_every_month(station):
    taken_away(station, 2, 6, 7, 8, 9)
    sentence = "1至10月接待日应开展10次，有记录5次，缺2、6、7、8、9月。"
    assert said(station, "activities") == ("not_met", sentence)
    for month in (2, 6, 7, 8, 9):
        reception(station, month)
    assert said(station, "activities") == MET


def test_the_present_month_is_not_due_yet(station):
    assert said(station, "activities", known_by=date(2026, 10, 30), period=Period(date(2026, 1, 1), TODAY)) == MET
    taken_away(station, 10)
    assert said(station, "activities", known_by=date(2026, 10, 30)) == MET
    assert said(station, "activities", known_by=date(2026, 10, 31))[0] == "not_met"


def test_a_station_opened_in_the_year_owes_the_months_after_its_opening(station):
    station.opened_on = date(2026, 8, 2)
    taken_away(station, *range(1, 9))
    assert said(station, "activities") == MET
    taken_away(station, 9)
    assert said(station, "activities")[1] == "9至10月接待日应开展2次，有记录1次，缺9月。"


def test_other_forms_and_voided_visits_are_no_receptions(station):
    Visit.objects.filter(date__month=3).update(form="training")
    Visit.objects.filter(date__month=4).update(voided_on=TODAY)
    assert said(station, "activities")[1] == "1至10月接待日应开展10次，有记录8次，缺3、4月。"


def test_what_was_entered_later_is_not_known_at_the_cut_off(station):
    taken_away(station, *range(1, 11))
    for month in (6, 7, 8, 9):
        reception(station, month)
    reception(station, 10, entered=TODAY)
    for day in (date(2026, 10, 31), date(2026, 11, 2)):
        assert "有记录4次" in said(station, "activities", known_by=day)[1]
    assert "有记录5次" in said(station, "activities", known_by=TODAY)[1]


def test_activities_are_entered_by_the_tenth_of_the_next_month(station):
    Visit.objects.filter(date__month=9).update(entered_at=make.moment(date(2026, 10, 10)))
    assert said(station, "ledgers") == MET
    Visit.objects.filter(date__month=9).update(entered_at=make.moment(date(2026, 10, 11)))
    assert said(station, "ledgers") == ("not_met", "9月有1次活动10月11日才录入（应在次月10日前）。")


def test_both_parts_of_the_ledger_are_said_in_one_sentence(station):
    Visit.objects.filter(date__month=9).update(entered_at=make.moment(TODAY))
    for _time in range(2):
        accepted(station, date(2026, 9, 1))
    sentence = "9月有1次活动11月3日才录入（应在次月10日前），另有2件意见没有填承办单位。"
    assert said(station, "ledgers") == ("not_met", sentence)


def accepted(at, on):
    opinion = make.opinion(at, on=on)
    Opinion.objects.filter(pk=opinion.pk).update(state="accepted", accepted_on=on)


def test_an_opinion_has_time_to_be_assigned(station):
    accepted(station, timezone.localdate())
    assert said(station, "ledgers") == MET


def test_a_station_without_any_visit_has_no_ledger(station):
    taken_away(station, *range(1, 13))
    assert said(station, "ledgers") == ("to_confirm", "本期还没有进站活动记录。")


def test_who_spoke_is_told(station):
    for _time in range(12):
        replied(station)
    for _time in range(4):
        replied(station, told=False, due=date(2026, 11, 2))
    assert said(station, "results") == ("not_met", "本年已答复17件，有4件还没有告诉反映人。")
    Opinion.objects.update(feed_back_due_on=TODAY)
    assert said(station, "results")[0] == "basically"


def test_without_replies_there_is_nothing_to_judge(station):
    Opinion.objects.update(replied_on=date(2025, 12, 31))
    assert said(station, "results") == ("to_confirm", "本期还没有已答复的意见。")


def test_the_records_of_one_station_are_not_another_s(station):
    other = make.station()
    assert all(line.is_lacking for line in lines_of(other).values())
    assert not any(line.is_lacking for line in lines_of(station).values())


@pytest.mark.parametrize("how_many", [1, 3, 30])
def test_many_stations_ask_as_much_as_one(how_many, station, django_assert_num_queries):
    for _time in range(how_many - 1):
        make.station()
    stations = list(Station.objects.select_related("division"))
    with django_assert_num_queries(14):
        assert len(evaluate(stations, YEAR, TODAY)) == how_many


def test_a_second_complete_station_is_complete_too(station):
    assert not any(line.is_lacking for line in lines_of(complete(make.station())).values())


def test_where_less_is_basically_met_whatever_it_is_no_zero_is_asked(station):
    (card,) = evaluate([station], YEAR, TODAY)
    (result,) = [result for result in card.line("staffing").results if result.measure.key == "heads"]
    paper = next(row for row in card_words.lines_of(card) if row["key"] == "staffing")
    wanted = [criterion["wanted"] for criterion in paper["criteria"] if criterion["measure"] == "heads"]
    assert [re.findall(r"\d+", words) for words in [asked_of(result), *wanted]] == [["1"], ["1"]]
