"""Checks and things to be rectified in the work platform: opened, moved, listed with the overdue first."""

import re
from datetime import date

import pytest
from django.utils import translation

from stations.assessment import workflow
from stations.assessment.models import Assessment, Rectification
from stations.register.models import RuleDocument
from tests.access.crawling import signed_in
from tests.access.filling import errors_on
from tests.assessment.conftest import TODAY, found
from tests.support import factories as make

CHECKS = "/admin/assessment/assessment/"
ITEMS = "/admin/assessment/rectification/"


@pytest.fixture
def officer(there):
    return signed_in(there.people["officer"])


def test_one_is_opened_by_the_standard_in_force(officer, there):
    other = make.station()
    assert officer.post(f"{CHECKS}add/", {"station": other.pk, "year": "2026"}).status_code == 302
    check = Assessment.objects.get(station=other)
    assert (check.state, check.standard, check.opened_on) == ("self_check", there.check.standard, TODAY)
    assert check.steps.get().move == "begin"


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({}, "station", "该站本年度检查正在进行"),
        ({"year": "2027"}, "year", "还没到这一年"),
        ({"year": "1999"}, "year", ""),
        ({"station": "987654"}, "station", ""),
        ({"standard": "987654"}, "standard", ""),
    ],
)
def test_what_cannot_be_opened_is_told(changes, field, words, officer, there):
    refused = officer.post(f"{CHECKS}add/", {"station": there.station.pk, "year": "2026"} | changes)
    assert errors_on(refused) == {field}
    assert words in refused.text
    assert Assessment.objects.count() == 1


def test_a_station_out_of_reach_is_not_checked(there):
    client = signed_in(there.people["officer_elsewhere"])
    assert errors_on(client.post(f"{CHECKS}add/", {"station": there.station.pk, "year": "2025"})) == {"station"}
    assert signed_in(there.people["township_officer"]).get(f"{CHECKS}add/").status_code == 403


def test_many_are_opened_at_once(officer, there):
    make.station(), make.station(f"{make.DAOLI}002"), make.station(f"{make.NANGANG}001"), make.station(kind="studio")
    before = Assessment.objects.count()
    answer = officer.post(f"{CHECKS}many/", {"year": "2026", "division": make.DAOLI}, follow=True)
    assert Assessment.objects.count() == before + 3
    assert "已发起3个联络站的年度检查。" in answer.text
    assert "云杉里联络站：该站本年度检查正在进行。" in answer.text
    refused = officer.post(f"{CHECKS}many/", {"year": "2027", "division": make.NANGANG})
    assert errors_on(refused) == {"year", "division"}


def test_a_second_check_of_a_year_is_opened_for_one_station_only(officer, there):
    there.until("done")
    asked = {"year": "2026", "division": make.DAOLI}
    answer = officer.post(f"{CHECKS}many/", asked, follow=True)
    assert any(there.station.name in str(words) for words in answer.context["messages"])
    assert Assessment.objects.filter(station=there.station).count() == 1
    assert officer.post(f"{CHECKS}add/", {"station": there.station.pk, "year": "2026"}).status_code == 302
    assert Assessment.objects.filter(station=there.station).count() == 2


def test_many_are_those_that_stood_in_the_year(officer, there, time_machine):
    closed = make.station(closed_on=date(2027, 1, 5))
    new = make.station(opened_on=date(2027, 1, 6))
    time_machine.move_to(make.moment(date(2027, 2, 1)), tick=False)
    officer = signed_in(there.people["officer"])
    with translation.override("en"):
        answer = officer.post(f"{CHECKS}many/", {"year": "2026", "division": make.DAOLI}, follow=True)
    assert Assessment.objects.filter(station=closed, year=2026).exists()
    assert not Assessment.objects.filter(station=new).exists()
    assert any(new.name in str(words) for words in answer.context["messages"])


def test_where_nothing_is_inspected_no_check_is_opened(officer, there):
    make.station(f"{make.DAOLI}002", kind="studio")
    refused = officer.post(f"{CHECKS}many/", {"year": "2026", "division": f"{make.DAOLI}002"})
    assert errors_on(refused) == {"division"}


def test_no_check_is_opened_of_a_year_in_which_the_station_did_not_stand(officer, there):
    new = make.station(opened_on=date(2026, 12, 1))
    assert errors_on(officer.post(f"{CHECKS}add/", {"station": new.pk, "year": "2026"})) == {"station"}
    assert not Assessment.objects.filter(station=new).exists()


def test_the_page_of_a_check_offers_what_its_reader_may_do(officer, there):
    def offered(who):
        text = signed_in(there.people[who]).get(f"{CHECKS}{there.check.pk}/change/").text
        return re.findall(r'data-move="(\w+)"', text)

    assert (offered("staff"), offered("leader")) == (["hand_in"], [])  # the first stands out: on before back
    there.until("county_review")
    assert (offered("staff"), offered("township_officer"), offered("officer")) == (
        [],
        [],
        ["confirm", "rectify", "return"],
    )


def test_a_station_is_taken_along_its_road_on_the_pages(there):
    def go(who, move, **typed):
        answer = signed_in(there.people[who]).post(f"{CHECKS}{there.check.pk}/move/{move}/", typed)
        assert answer.status_code == 302, answer.context["form"].errors
        return answer

    go("staff", "hand_in", note="自查完毕")
    go("township_officer", "review")
    have = there.have()
    go("officer", "rectify", have=have.pk, what="补一份制度", due_on="2026-11-20")
    item = Rectification.objects.get()
    go("station_head", "mend", item=item.pk, done_on="2026-11-03", note="已补")
    go("officer", "recheck", item=item.pk, is_in_order="yes")
    go("officer", "finish")
    item.refresh_from_db()
    assert Assessment.objects.get().state == "done"
    assert (item.done_note, item.rechecked_by) == ("已补", str(there.people["officer"]))
    text = signed_in(there.people["staff"]).get(f"{CHECKS}{there.check.pk}/change/").text
    for words in ("提交自查", "自查完毕", "补一份制度", "已复查", "区县确认表"):
        assert words in text


@pytest.mark.parametrize(
    ("state", "move"), [("self_check", "hand_in"), ("township_review", "review"), ("county_review", "confirm")]
)
def test_whoever_moves_a_check_reads_what_is_lacking(state, move, officer, there):
    there.until(state)
    address = f"{CHECKS}{there.check.pk}/move/{move}/"
    assert "各项都不缺。" in officer.get(address).text
    RuleDocument.objects.filter(station=there.station, kind="feedback").update(valid_to=date(2026, 11, 1))
    assert "八项中有1项待补<br>有制度：缺“群众意见建议处理反馈制度”。" in officer.get(address).text
    found(there.station, "not_met")
    on_the_spot = "现场认定：有制度 未达标（江小雪，2026年11月3日，理由：墙上有制度，佐证：照片一张）"
    assert f"反馈制度”。<br>{on_the_spot}</p>" in officer.get(address).text


@pytest.mark.parametrize(
    ("move", "typed", "field"),
    [
        ("rectify_more", {"due_on": "2026-11-02", "what": "x"}, "due_on"),
        ("rectify_more", {"due_on": "2126-11-20", "what": "x"}, "due_on"),
        ("rectify_more", {"due_on": "2026-11-20", "what": ""}, "what"),
        ("rectify_more", {"due_on": "2026-11-20", "what": "x", "have": "987654"}, "have"),
        ("mend", {"done_on": "2026-11-04", "note": "x"}, "done_on"),
        ("mend", {"done_on": "2026-11-02", "note": "x"}, "done_on"),
        ("mend", {"done_on": "2026-11-03", "note": ""}, "note"),
        ("mend", {"done_on": "2026-11-03", "note": "x", "item": "0"}, "item"),
        ("recheck", {"is_in_order": "no"}, "note"),
        ("recheck", {"is_in_order": "maybe"}, "is_in_order"),
    ],
)
def test_what_is_typed_wrong_is_told_beside_its_field(move, typed, field, officer, there):
    item = there.until("rectifying").check.items.get()
    if move == "recheck":
        there.mend(item)
    usual = {"have": there.have().pk} if move == "rectify_more" else {"item": item.pk}
    refused = officer.post(f"{CHECKS}{there.check.pk}/move/{move}/", usual | typed)
    assert errors_on(refused) == {field}
    assert there.check.items.count() == 1


def test_the_overdue_come_first(there, time_machine):
    there.until("county_review")
    days = {
        "late": date(2026, 11, 5),
        "later": date(2026, 11, 4),
        "soon": date(2026, 11, 20),
        "done": date(2026, 11, 6),
    }
    items = {what: there.rectify(what, day) for what, day in days.items()}
    there.recheck(items["done"])
    checked = there.rectify("to recheck", date(2026, 11, 4))
    there.mend(checked)
    time_machine.move_to(make.moment(date(2026, 11, 10)), tick=False)
    officer = signed_in(there.people["officer"])  # the session of a week ago has ended
    shown = [row.what for row in officer.get(ITEMS).context["cl"].result_list]
    assert shown == ["later", "late", "soon", "to recheck", "done"]
    for key, expected in (
        ("overdue", ["later", "late"]),
        ("open", ["soon"]),
        ("to_recheck", ["to recheck"]),
        ("closed", ["done"]),
    ):
        assert [row.what for row in officer.get(f"{ITEMS}?how_far={key}").context["cl"].result_list] == expected
    assert officer.get(f"{ITEMS}?year=2025").context["cl"].result_count == 0


def test_the_panel_of_a_check_says_what_is_to_be_done_about_its_items(there):
    item = there.until("county_review").rectify("补一份制度")
    other = there.rectify("补一张照片")

    def panel(who):
        text = signed_in(there.people[who]).get(f"{CHECKS}{there.check.pk}/change/").text
        section = text.partition('<section class="panel next"')[2].partition("</section>")[0]
        return re.findall(r"move/(\w+)/\?item=(\d+)", section), "目前没有需要您办的事" in section

    mend, mend_other = (("mend", str(row.pk)) for row in (item, other))
    assert panel("station_head") == ([mend, mend_other], False)
    assert panel("leader") == ([], True)
    there.mend(item)
    assert (panel("station_head"), panel("committee")) == (([mend_other], False), ([], True))
    assert panel("officer") == ([("recheck", str(item.pk)), mend_other], False)
    there.recheck(item)
    there.recheck(other)
    assert panel("station_head") == ([], True)


def test_what_waits_for_its_reader_stands_out_in_the_panel_of_a_check(officer, there):
    first, second = there.until("county_review").rectify("补一份制度"), there.rectify("补一张照片")

    def stands_out(client):
        text = client.get(f"{CHECKS}{there.check.pk}/change/").text
        return re.findall(r'class="button default"\s[^>]*href="[^"]*move/([^"]*)"', text)

    head = signed_in(there.people["station_head"])
    assert (stands_out(officer), stands_out(head)) == (["rectify_more/"], [f"mend/?item={first.pk}"])
    there.mend(second)
    assert (stands_out(officer), stands_out(head)) == ([f"recheck/?item={second.pk}"], [f"mend/?item={first.pk}"])


def test_what_is_to_be_rectified_says_the_next_step_to_whoever_may_take_it(officer, there):
    item = there.until("rectifying").check.items.get()
    address = f"{ITEMS}{item.pk}/change/"
    link = f"{CHECKS}{there.check.pk}/move/mend/?item={item.pk}"
    assert link in signed_in(there.people["staff"]).get(address).text
    assert link not in signed_in(there.people["leader"]).get(address).text
    assert signed_in(there.people["staff_elsewhere"]).get(address).status_code == 404
    there.mend(item)
    assert f"move/recheck/?item={item.pk}" in officer.get(address).text
    assert "move/recheck" not in signed_in(there.people["staff"]).get(address).text


def test_a_step_that_was_taken_already_says_so_and_one_that_may_not_be_taken_yet(officer, there):
    there.hand_in()
    officer.get("/preferences/", {"lang": "en"})

    def told(move):
        answer = officer.get(f"{CHECKS}{there.check.pk}/move/{move}/", follow=True)
        assert answer.redirect_chain == [(f"{CHECKS}{there.check.pk}/change/", 302)]
        (said,) = answer.context["messages"]
        return str(said)

    assert told("hand_in").endswith(": Hand in the self-check, done already.")
    assert told("confirm").endswith(": Confirm, nothing to be rectified, not possible now.")
    assert officer.get(f"{CHECKS}{there.check.pk}/move/review/").status_code == 200


def test_what_is_not_in_order_says_so_and_why_wherever_it_is_open_again(officer, there):
    item = there.until("rectifying").check.items.get()
    page = f"{CHECKS}{there.check.pk}/"
    places = (f"{page}change/", f"{page}move/mend/?item={item.pk}", f"{ITEMS}{item.pk}/change/")

    def shown():
        head = signed_in(there.people["station_head"])
        return ["照片不清楚" in head.get(address).text.partition("past-heading")[0] for address in places]

    there.mend(item)
    typed = {"item": item.pk, "is_in_order": "no", "note": "照片不清楚"}
    (said,) = officer.post(f"{page}move/recheck/", typed, follow=True).context["messages"]
    assert str(workflow.REDO.label) in str(said)
    assert shown() == [True, True, True]
    there.mend(item)
    assert shown() == [False, False, False]


def test_a_recheck_is_asked_for_on_one_page(officer, there):
    there.until("rectifying").mend()
    page = f"{CHECKS}{there.check.pk}/move/"
    assert officer.get(f"{page}redo/")["Location"] == f"{page}recheck/"


def test_the_first_page_names_a_check_to_whoever_moves_it_on(there):
    def to_do():
        people = ("staff", "staff_elsewhere", "township_officer", "officer", "leader")
        first_pages = {who: signed_in(there.people[who]).get("/admin/").context["to_do"] for who in people}
        found = {who: [row for row in rows if "年度检查" in str(row["gist"])] for who, rows in first_pages.items()}
        return {
            who: [(row["gist"], str(row["why"]), row["href"]) for row in rows] for who, rows in found.items() if rows
        }

    page = f"{CHECKS}{there.check.pk}/change/"
    assert to_do() == {"staff": [("2026年度检查", "自查中", page)]}
    there.hand_in()
    assert to_do() == {"township_officer": [("2026年度检查", "待乡镇（街道）复核", page)]}
    there.review()
    assert to_do() == {"officer": [("2026年度检查", "待区县确认", page)]}
    item = there.rectify()
    assert to_do() == {}
    there.mend(item)
    there.recheck(item)
    assert to_do() == {"officer": [("2026年度检查", "已复查", page)]}


def test_the_first_page_counts_the_checks_that_wait_for_a_decision(there):
    def tiles(who):
        client = signed_in(there.people[who])
        found = [tile for tile in client.get("/admin/").context["tiles"] if "年度检查" in str(tile["name"])]
        assert all(client.get(tile["href"]).context["cl"].result_count == tile["value"] for tile in found)
        return [(str(tile["name"]), tile["value"]) for tile in found]

    people = ("staff", "township_officer", "officer", "officer_elsewhere", "leader")
    assert [tiles(who) for who in people] == [[]] * 5
    there.hand_in()
    assert [tiles(who) for who in people] == [[], [("年度检查：待乡镇（街道）复核", 1)], [], [], []]
    there.review()
    assert [tiles(who) for who in people] == [[], [], [("年度检查：待区县确认", 1)], [], []]
    there.confirm()
    assert [tiles(who) for who in people] == [[]] * 5


def test_the_first_page_counts_what_is_overdue_and_what_waits_for_the_recheck(there, time_machine):
    def tiles(who):
        client = signed_in(there.people[who])
        found = [tile for tile in client.get("/admin/").context["tiles"] if "how_far" in tile["href"]]
        opened = [client.get(tile["href"]).context["cl"].result_list for tile in found]
        assert [tile["value"] for tile in found] == [len(rows) for rows in opened]
        return [sorted(row.what for row in rows) for rows in opened]

    there.until("county_review")
    days = {"late": date(2026, 11, 5), "later": date(2026, 11, 4), "soon": date(2026, 11, 20)}
    for what, day in days.items():
        there.rectify(what, day)
    assert tiles("officer") == []
    there.mend(there.rectify("to recheck", date(2026, 11, 4)))
    there.recheck(there.rectify("closed", date(2026, 11, 4)))
    assert tiles("officer") == [["to recheck"]]
    time_machine.move_to(make.moment(date(2026, 11, 10)), tick=False)
    assert tiles("officer") == [["late", "later"], ["to recheck"]]
    assert [tiles(who) for who in ("staff", "township_officer", "officer_elsewhere", "leader")] == [[]] * 4


def test_the_first_page_names_what_is_to_be_done_and_to_whom(there):
    def to_do(who):
        rows = signed_in(there.people[who]).get("/admin/").context["to_do"]
        return [(row["gist"], str(row["step"])) for row in rows if "整改" in str(row["why"])]

    item = there.until("county_review").rectify("补一份制度")
    assert to_do("staff") == [("补一份制度", "报告整改完成")]
    assert to_do("staff_elsewhere") == to_do("leader") == []
    there.mend(item)
    assert (to_do("staff"), to_do("officer")) == ([], [("补一份制度", "复查")])
    there.recheck(item)
    assert to_do("officer") == []
