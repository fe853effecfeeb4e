"""Setting rules of reception days: said in plain words, shown as days, made at once, and nothing absurd is taken."""

from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from liaison.rulebook.models import CalendarYear
from stations.receptions.models import Reception, ReceptionRule
from stations.receptions.outlook import outlook
from stations.receptions.scheduling import follow, horizon
from tests.support import factories as make
from tests.support.pages import Page, fields

ADD = reverse("admin:receptions_receptionrule_add")
LIST = reverse("admin:receptions_receptionrule_changelist")
AHEAD = reverse("admin:receptions_receptionrule_ahead")
TODAY = date(2026, 1, 5)
LUNAR_258 = [day for day in range(1, 31) if day % 10 in (2, 5, 8)]


@pytest.fixture(autouse=True)
def january(time_machine):
    time_machine.move_to("2026-01-05T09:00:00+08:00", tick=False)


@pytest.fixture
def station():
    return make.station()


@pytest.fixture
def client(station):
    return signed_in(make.staff(station, post="head"))


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def facts(**changed):
    """The 10th of every month, from today."""
    days = {"kind": "monthly", "month_days": [10], "which_months": "every", "policy": "next_day"}
    when = {"starts_at": "09:00", "ends_at": "11:00", "seats": 2, "notice_days": 3, "valid_from": "2026-01-05"}
    return days | when | changed


def add(client, **changed):
    return client.post(ADD, facts(**changed))


def change(client, rule, **changed):
    return client.post(reverse("admin:receptions_receptionrule_change", args=(rule.pk,)), facts(**changed))


def errors(response) -> dict:
    return dict(response.context["adminform"].form.errors)


def says(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


# In words


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("每月10日", {"kind": "monthly", "numbers": [10]}),
        ("每月9、19日", {"kind": "monthly", "numbers": [19, 9]}),
        ("单月15日", {"kind": "monthly", "numbers": [15], "months": [1, 3, 5, 7, 9, 11]}),
        ("双月20日", {"kind": "monthly", "numbers": [20], "months": [2, 4, 6, 8, 10, 12]}),
        ("每年3、6月1日", {"kind": "monthly", "numbers": [1], "months": [6, 3]}),
        ("每月第一个周五", {"kind": "nth", "numbers": [5], "nth": [1]}),
        ("每月第二个、最后一个周一", {"kind": "nth", "numbers": [1], "nth": [-1, 2]}),
        ("每周一", {"kind": "weekly", "numbers": [1]}),
        ("每周二、周四", {"kind": "weekly", "numbers": [2, 4]}),
        ("农历逢二、五、八", {"kind": "lunar", "numbers": LUNAR_258}),
        ("农历初一、十五", {"kind": "lunar", "numbers": [15, 1]}),
        ("农历逢十、廿一", {"kind": "lunar", "numbers": [10, 20, 30, 21]}),
        ("供暖季每周三", {"kind": "weekly", "numbers": [3], "season_from": "10-20", "season_to": "04-20"}),
        ("5月1日至9月30日每月5日", {"kind": "monthly", "numbers": [5], "season_from": "05-01", "season_to": "09-30"}),
        (
            "2026年3月8日、6月18日、2027年1月1日",
            {"kind": "dates", "dates": ["2026-03-08", "2027-01-01", "2026-06-18"]},
        ),
    ],
)
def test_a_rule_is_said_as_people_say_it(said, kept):
    rule = ReceptionRule(starts_at=time(9), ends_at=time(11), **kept)
    assert str(rule) == f"{said} 9:00—11:00"


def test_many_single_days_are_not_all_said():
    days = [f"2026-03-{day:02d}" for day in range(1, 8)]
    rule = ReceptionRule(kind="dates", dates=days)
    assert rule.in_words == "2026年3月1日、3月2日、3月3日、3月4日等7天"


# Typed


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({}, {"numbers": [10]}),
        ({"month_days": [9, 19], "which_months": "odd"}, {"numbers": [9, 19], "months": [1, 3, 5, 7, 9, 11]}),
        ({"which_months": "ticked", "months": [3, 6]}, {"numbers": [10], "months": [3, 6]}),
        ({"which_months": "ticked", "months": list(range(1, 13))}, {"numbers": [10], "months": []}),
        ({"months": [3]}, {"months": []}),
        ({"kind": "weekly", "weekdays": [1]}, {"numbers": [1]}),
        ({"kind": "nth", "weekdays": [5], "nth": [1, -1]}, {"numbers": [5], "nth": [1, -1]}),
        ({"kind": "lunar", "lunar_endings": [2, 5, 8]}, {"numbers": LUNAR_258}),
        ({"kind": "lunar", "lunar_endings": [10], "lunar_days": [1, 10]}, {"numbers": [1, 10, 20, 30]}),
        (
            {"kind": "weekly", "weekdays": [3], "season_from": "10月20日", "season_to": "4.20"},
            {"season_from": "10-20", "season_to": "04-20"},
        ),
        (
            {"kind": "dates", "dates": "2026.6.18\n二〇二六年三月八日、10月1日\n\n20260618", "season_from": "1-1"},
            {"numbers": [], "dates": ["2026-03-08", "2026-06-18", "2026-10-01"], "season_from": ""},
        ),
        ({"place": "  接待室\t", "valid_to": "6月30日"}, {"place": "接待室", "valid_to": date(2026, 6, 30)}),
    ],
)
def test_what_is_ticked_and_typed_is_kept_as_meant(typed, kept, client, station):
    response = add(client, **typed)
    assert response.status_code == 302, errors(response)
    rule = ReceptionRule.objects.get()
    assert {name: getattr(rule, name) for name in kept} == kept
    assert (rule.station, rule.entered_by) == (station, station.posts.get().user)


def test_a_new_rule_asks_for_little_more_than_its_days(client, station):
    make.reception(station, TODAY, hours=(15, 16), place="Hall")
    form = fields(max(Page(client.get(ADD).content.decode()).forms, key=len))
    assert client.post(ADD, form | {"kind": "weekly", "weekdays": [1]}).status_code == 302
    rule = ReceptionRule.objects.get()
    assert (rule.starts_at, rule.place, rule.seats, rule.notice_days) == (time(15), "Hall", 2, 3)
    assert (rule.policy, rule.valid_from, rule.valid_to) == ("next_day", TODAY, None)


@pytest.mark.parametrize(
    "typed",
    [
        {"kind": "lunar", "lunar_endings": [2, 5, 8], "lunar_days": [1]},
        {"kind": "nth", "weekdays": [5], "nth": [1]},
        {"which_months": "ticked", "months": [3, 4]},
        {"kind": "dates", "dates": "2026-03-08\n2026-06-18"},
        {"kind": "weekly", "weekdays": [3], "season_from": "10-20", "season_to": "04-20"},
    ],
)
def test_the_page_of_a_saved_rule_is_ticked_as_it_was(typed, client):
    add(client, **typed)
    rule = ReceptionRule.objects.get()
    before = ReceptionRule.objects.values().get()
    page = client.get(reverse("admin:receptions_receptionrule_change", args=(rule.pk,))).content.decode()
    sent = {}
    for name, value in max(Page(page).forms, key=len):
        sent.setdefault(name, []).append(value)
    assert client.post(reverse("admin:receptions_receptionrule_change", args=(rule.pk,)), sent).status_code == 302
    assert ReceptionRule.objects.values().get() == before


BAD = [
    ({"kind": ""}, "kind"),
    ({"kind": "gone"}, "kind"),
    ({"month_days": []}, "month_days"),
    ({"month_days": [32]}, "month_days"),
    ({"month_days": ["\x00"]}, "month_days"),
    ({"month_days": [31], "which_months": "ticked", "months": [2]}, "month_days"),
    ({"month_days": [31], "which_months": "ticked", "months": [2, 4, 6, 9, 11]}, "month_days"),
    ({"month_days": [31], "season_from": "9-1", "season_to": "9-30"}, "month_days"),
    ({"which_months": "ticked"}, "months"),
    ({"which_months": "ticked", "months": [13]}, "months"),
    ({"which_months": "sometimes"}, "which_months"),
    ({"kind": "weekly"}, "weekdays"),
    ({"kind": "nth", "weekdays": [5]}, "nth"),
    ({"kind": "nth", "nth": [1]}, "weekdays"),
    ({"kind": "lunar"}, "lunar_days"),
    ({"kind": "lunar", "lunar_days": [31]}, "lunar_days"),
    ({"kind": "dates"}, "dates"),
    ({"kind": "dates", "dates": "2026-02-31"}, "dates"),
    ({"kind": "dates", "dates": "2026-03-08\nabc"}, "dates"),
    ({"kind": "dates", "dates": "2036-03-08"}, "dates"),
    ({"kind": "dates", "dates": "\x00"}, "dates"),
    ({"kind": "dates", "dates": "路" * 20_000}, "dates"),
    ({"kind": "dates", "dates": "3月8日\n" * 201}, "dates"),
    ({"kind": "dates", "dates": "2026-03-08", "valid_from": "2026-04-01"}, "dates"),
    ({"season_from": "10-20"}, "season_to"),
    ({"season_from": "2-30", "season_to": "4-20"}, "season_from"),
    ({"season_from": "2026-10-20", "season_to": "4-20"}, "season_from"),
    ({"season_from": "abc", "season_to": "\x00"}, "season_from"),
    ({"policy": "never"}, "policy"),
    ({"starts_at": "25:00"}, "starts_at"),
    ({"seats": 0}, "seats"),
    ({"seats": "9" * 30}, "seats"),
    ({"notice_days": -1}, "notice_days"),
    ({"notice_days": "abc"}, "notice_days"),
    ({"valid_from": ""}, "valid_from"),
    ({"valid_from": "0206-01-05"}, "valid_from"),
    ({"valid_to": "2026-13-45"}, "valid_to"),
    ({"place": "路" * 101}, "place"),
]


@pytest.mark.parametrize(("typed", "field"), BAD)
def test_nothing_absurd_is_taken(typed, field, client):
    response = add(client, **typed)
    assert response.status_code == 200
    assert field in errors(response)
    assert not ReceptionRule.objects.exists()
    assert not Reception.objects.exists()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"kind": "dates", "dates": "2-31"}, "dates"),
        ({"season_from": "2-31", "season_to": "4-20"}, "season_from"),
        ({"season_from": "10-20", "season_to": "2-31"}, "season_to"),
        ({"month_days": [32]}, "month_days"),
        ({"valid_from": "2-31"}, "valid_from"),
        ({"valid_to": "2-31"}, "valid_to"),
    ],
)
def test_one_mistake_is_told_once(typed, field, client):
    assert {name: len(said) for name, said in errors(add(client, **typed)).items()} == {field: 1}


def test_31_february_is_refused_in_words_and_what_was_typed_stays(client):
    response = add(client, month_days=[31], which_months="ticked", months=[2], place="三楼会议室")
    page = response.content.decode()
    assert "没有这样的日子" in page
    assert "三楼会议室" in page
    ticked = {(values["name"], values["value"]) for tag, values in Page(page).elements if "checked" in values}
    assert {("month_days", "31"), ("months", "2"), ("which_months", "ticked"), ("kind", "monthly")} <= ticked


@pytest.mark.parametrize(
    "typed", [{"ends_at": "09:00"}, {"ends_at": "08:00"}, {"valid_from": "2026-03-01", "valid_to": "2026-02-01"}]
)
def test_an_end_lies_after_its_beginning(typed, client):
    response = add(client, **typed)
    assert response.status_code == 200
    assert errors(response)
    assert not ReceptionRule.objects.exists()


# As days


def test_the_next_twelve_months_are_shown_with_what_moves_and_what_is_provisional(client):
    add(client)
    page = client.get(reverse("admin:receptions_receptionrule_change", args=(ReceptionRule.objects.get().pk,)))
    days = [day.reception for day in page.context["outlook"].days]
    assert [day.date for day in days if day.is_shifted] == [date(2026, 1, 12), date(2026, 5, 11)]
    assert len(days) == 12
    assert "（原定5月10日，遇休息日顺延）" in page.content.decode()
    assert page.context["outlook"].provisional_years == []


def test_a_year_without_an_official_calendar_is_marked(client):
    CalendarYear.objects.filter(year=2027).delete()
    add(client, kind="weekly", weekdays=[1])
    rule = ReceptionRule.objects.get()
    page = client.get(reverse("admin:receptions_receptionrule_change", args=(rule.pk,))).content.decode()
    assert outlook(rule, TODAY).provisional_years == [2027]
    assert "2027年的放假安排还没有录入" in page
    assert page.count("<i>暂定</i>") == 1


def test_days_left_out_are_named(client):
    add(client, policy="skip")
    assert outlook(ReceptionRule.objects.get(), TODAY).left_out == ["1月10日（周六）", "5月10日（周日）"]


def test_a_preview_shows_the_days_and_saves_nothing(client):
    response = add(client, kind="weekly", weekdays=[1], _preview="x")
    assert (response.status_code, len(response.context["outlook"].days)) == (200, 52)
    assert "还没有保存" in response.content.decode()
    assert not ReceptionRule.objects.exists()
    assert not Reception.objects.exists()
    ticked = [values for _tag, values in Page(response.content.decode()).elements if "checked" in values]
    assert {"weekdays", "kind"} <= {values["name"] for values in ticked}


def test_a_preview_names_what_stands_at_that_time_already_and_saving_makes_the_others(client, station):
    other = make.reception_rule(station, "weekly", [2], hours=(10, 12))
    rows = [make.reception(station, date(2026, 2, 10), hours=(10, 12), rule=other, is_by_hand=False)]
    rows += [make.reception(station, date(2026, 3, 10), hours=(10, 12))]
    make.reception(station, date(2026, 4, 10), hours=(11, 12))  # begins when this one ends
    make.reception(station, date(2026, 5, 11), status="cancelled")
    make.reception(make.station(), date(2026, 6, 10))
    response = add(client, _preview="x")
    shown = response.context["outlook"]
    named = {day.reception.date: day.in_the_way for day in shown.days if day.in_the_way}
    assert named == {rows[0].date: "每周二 10:00—12:00", rows[1].date: "10:00—12:00（手工录入）"}
    page = response.content.decode()
    assert "该时间已有接待，不再生成：每周二 10:00—12:00" in page
    assert "其中2天该时间已有接待安排" in page
    assert "新生成4个" in says(client.post(ADD, facts(), follow=True))
    assert (shown.made_at_once, shown.taken) == (4, 2)


def test_a_rule_s_own_days_are_not_in_its_way_unless_moved_there_by_hand(client, station):
    add(client)
    rule = ReceptionRule.objects.get()
    assert outlook(rule, TODAY).taken == 0
    assert change(client, rule, month_days=[12], _preview="x").context["outlook"].taken == 0
    rule.receptions.filter(date=date(2026, 3, 10)).update(date=date(2026, 3, 12), is_by_hand=True)
    shown = change(client, rule, month_days=[12], _preview="x").context["outlook"]
    assert [day.reception.date for day in shown.days if day.in_the_way] == [date(2026, 3, 12)]


def test_a_preview_says_until_when_days_are_made(client, station):
    page = add(client, _preview="x").content.decode()
    assert "接待日先生成到2026年6月30日（下季度末；此前已生成更远的，到更远的那天），共6天" in page
    station.status = "suspended"
    station.save()
    shut = signed_in(make.granted("officer")).post(f"{ADD}?station={station.pk}", facts(_preview="x"))
    assert "联络站未开放，不生成接待日" in shut.content.decode()


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({}, '<td class="field-days_made">6</td>'),
        ({"valid_to": date(2026, 1, 4)}, "无：规则已结束"),
        ({"numbers": [31], "season_from": "09-01", "season_to": "09-30"}, "无：不会有符合规则的日子"),
        ({"valid_to": date(2026, 1, 9)}, "无：不会有符合规则的日子"),
        ({"months": [9]}, "无：最近一次在2026年9月10日，尚未生成"),
        ({"valid_from": date(2031, 1, 1)}, "无：最近一次在2031年1月10日，尚未生成"),
        ({"numbers": [1], "months": [1, 5], "policy": "skip"}, "无：遇休息日、该时间已有接待或尚未生成"),
    ],
)
def test_the_list_marks_a_rule_that_makes_nothing_and_says_why(rule, said, client, station):
    follow(make.reception_rule(station, **rule), TODAY)
    assert said in client.get(LIST).content.decode()


def test_the_list_says_of_a_shut_station_that_it_makes_nothing():
    make.reception_rule(make.station(status="suspended"))
    assert "无：联络站未开放" in signed_in(make.granted("officer")).get(LIST).content.decode()


def test_a_preview_of_a_changed_rule_leaves_it_as_it_was(client):
    add(client)
    rule = ReceptionRule.objects.get()
    response = change(client, rule, month_days=[15], _preview="x")
    assert {day.reception.planned_on.day for day in response.context["outlook"].days} == {15}
    rule.refresh_from_db()
    assert rule.numbers == [10]


def test_a_preview_with_a_mistake_says_so_and_shows_no_days(client):
    response = add(client, month_days=[], _preview="x")
    assert set(errors(response)) == {"month_days"}
    assert "outlook" not in response.context


# Made


def test_saving_makes_the_days_until_the_end_of_the_next_quarter_and_says_so(client, station):
    make.placed(station, 3)
    response = client.post(ADD, facts(), follow=True)
    days = list(Reception.objects.order_by("date").values_list("date", flat=True))
    assert days == [
        date(2026, 1, 12),
        *(date(2026, month, 10) for month in (2, 3, 4)),
        date(2026, 5, 11),
        date(2026, 6, 10),
    ]
    assert "新生成6个" in says(response)
    assert "每月10日 9:00—11:00" in says(response)
    assert {row.mandates.count() for row in Reception.objects.all()} == {2}


def test_a_rule_of_the_same_days_makes_none_twice_and_says_why(client):
    add(client)
    response = client.post(ADD, facts(starts_at="10:00", ends_at="12:00"), follow=True)
    assert "新生成0个" in says(response)
    assert "有6天该时间已有接待安排" in says(response)
    assert Reception.objects.count() == 6


def test_changing_and_ending_a_rule_is_followed_and_what_was_changed_by_hand_stays(client):
    add(client)
    rule = ReceptionRule.objects.get()
    rule.receptions.filter(date=date(2026, 3, 10)).update(place="Hall", is_by_hand=True)
    response = client.post(
        reverse("admin:receptions_receptionrule_change", args=(rule.pk,)),
        facts(starts_at="14:00", ends_at="16:00"),
        follow=True,
    )
    assert "调整5个" in says(response)
    assert set(rule.receptions.exclude(is_by_hand=True).values_list("starts_at", flat=True)) == {time(14)}
    change(client, rule, starts_at="14:00", ends_at="16:00", valid_to="2026-01-31")
    assert sorted(rule.receptions.values_list("date", flat=True)) == [date(2026, 1, 12), date(2026, 3, 10)]


def test_a_rule_of_single_days_can_be_ended_before_any_of_them(client):
    add(client, kind="dates", dates="2026-03-10\n2026-03-11")
    rule = ReceptionRule.objects.get()
    assert change(client, rule, kind="dates", dates="2026-03-10\n2026-03-11", valid_to="2026-01-05").status_code == 302
    assert not rule.receptions.exists()


def test_a_rule_of_a_shut_station_makes_nothing():
    shut = make.station(status="suspended")
    officer = signed_in(make.granted("officer"))
    assert officer.post(f"{ADD}?station={shut.pk}", facts()).status_code == 302
    assert not Reception.objects.exists()


def test_an_officer_makes_the_days_of_one_station_or_of_all_in_reach(station):
    officer = signed_in(make.granted("officer"))
    far = make.station(f"{make.NANGANG}001")
    rules = [make.reception_rule(place) for place in (station, make.station(), far)]
    assert f'value="{horizon(timezone.localdate()).isoformat()}"' in officer.get(AHEAD).content.decode()
    response = officer.post(AHEAD, {"station": station.pk, "until": "2026-02-28"}, follow=True)
    assert "新生成2个" in says(response)
    assert [rule.receptions.count() for rule in rules] == [2, 0, 0]
    officer.post(AHEAD, {"station": "", "until": "2026-03-31"})
    assert [rule.receptions.count() for rule in rules] == [3, 3, 0]


@pytest.mark.parametrize("until", ["", "abc", "2026-01-04", "2029-01-01", "2026-02-31", "\x00"])
def test_no_day_that_is_past_too_far_or_none(until, station):
    make.reception_rule(station)
    response = signed_in(make.granted("officer")).post(AHEAD, {"station": "", "until": until})
    assert set(response.context["form"].errors) == {"until"}
    assert not Reception.objects.exists()


def test_the_days_of_another_district_s_station_are_not_made(station):
    far = make.station(f"{make.NANGANG}001")
    make.reception_rule(station)
    make.reception_rule(far)
    for key in (far.pk, "abc", "\x00", 987_654):
        response = signed_in(make.granted("officer")).post(AHEAD, {"station": key, "until": "2026-03-31"})
        assert set(response.context["form"].errors) == {"station"}
    assert not Reception.objects.exists()


# Who


def test_staff_read_the_rule_in_words_and_set_none(station):
    rule = make.reception_rule(station)
    clerk = signed_in(make.staff(station))
    page = clerk.get(reverse("admin:receptions_receptionrule_change", args=(rule.pk,)))
    assert "每月10日" in page.content.decode()
    assert len(page.context["outlook"].days) == 12
    assert page.content.decode().count("<time") == 12
    assert [clerk.get(address).status_code for address in (ADD, AHEAD)] == [403, 403]
    assert change(clerk, rule, month_days=[15]).status_code == 403


def test_the_page_of_a_reception_tells_its_rule(client, station):
    add(client)
    reception = Reception.objects.first()
    page = client.get(reverse("admin:receptions_reception_change", args=(reception.pk,))).content.decode()
    assert "每月10日 9:00—11:00" in page


def test_the_list_says_each_rule_in_words(client, station):
    make.reception_rule(station, "weekly", [1], valid_to=TODAY + timedelta(days=9))
    assert "每周一" in client.get(LIST).content.decode()
