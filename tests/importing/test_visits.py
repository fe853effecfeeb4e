"""A backlog of visits: known by station, day, start and form; who was there; what cannot have been."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from representatives.models import StatusReason
from representatives.standing import stand
from stations.visits.importing import VisitFile
from stations.visits.models import Attendance, Guest, Visit
from tests.importing.files import csv_of, plan_of, station, taken, wrong_in
from tests.support import factories as make

SHORT = "联络站编码 日期 活动形式 主要内容"
ALL = "联络站编码 日期 开始时间 结束时间 地点 活动形式 进站类型 主题 参加代表 请假代表 列席人员 接待群众"
ALL += " 主要内容 提出意见 成果 记录人"


@pytest.fixture
def at():
    return station("S-1", opened_on=date(2020, 1, 1))


def test_a_full_line_becomes_a_visit_with_those_who_were_there(at):
    here, away, absent = make.placed(at, 3)
    line = ["S-1", "2026年3月10日", "9:00", "11点半", "会议室", "接待日", "代表进站、政府部门进站", "供热"]
    line += [
        here.person.name,
        away.person.name,
        "区住建局 王某 科长；老李",
        "12人",
        "接待群众",
        "暖气不热",
        "已答复",
        "赵某",
    ]
    assert taken(VisitFile, csv_of(ALL, line)) == (1, 0, 0)
    visit = Visit.objects.get()
    assert (visit.date, visit.starts_at, visit.ends_at, visit.form) == (
        date(2026, 3, 10),
        time(9),
        time(11, 30),
        "reception",
    )
    assert (visit.enters_representatives, visit.enters_departments, visit.enters_leaders) == (True, True, False)
    assert (visit.residents_received, visit.recorder, visit.results) == (12, "赵某", "已答复")
    assert visit.content == "主题：供热\n接待群众\n提出意见：暖气不热"
    there = dict(Attendance.objects.values_list("mandate", "status"))
    assert there == {here.pk: "present", away.pk: "leave", absent.pk: "absent"}
    guests = Guest.objects.values_list("organisation", "name", "post")
    assert list(guests) == [("区住建局", "王某", "科长"), ("", "老李", "")]
    assert taken(VisitFile, csv_of(ALL, line)) == (0, 0, 1)
    assert (Attendance.objects.count(), Guest.objects.count()) == (3, 2)


def test_all_present_needs_no_names_and_no_residents_is_a_number(at):
    make.placed(at, 2)
    file = csv_of(f"{SHORT} 参加代表 接待群众", ["S-1", "2026-03-10", "走访", "走访", "全部", "0"])
    assert taken(VisitFile, file) == (1, 0, 0)
    assert Visit.objects.get().residents_received == 0
    assert list(Attendance.objects.values_list("status", flat=True)) == ["present", "present"]


def test_whoever_was_suspended_that_day_was_not_there(at):
    """As on the page of a visit: 全部到齐 leaves them out, and their name is refused."""
    there, suspended = make.placed(at, 2)
    detained = StatusReason.objects.get(pk="detained")
    stand(suspended, "suspended", on=date(2026, 3, 2), by=make.user(), reason=detained)
    head = f"{SHORT} 参加代表"
    assert taken(VisitFile, csv_of(head, ["S-1", "2026-03-10", "走访", "走访", "全部"])) == (1, 0, 0)
    assert list(Attendance.objects.values_list("mandate", flat=True)) == [there.pk]
    named = csv_of(head, ["S-1", "2026-03-11", "走访", "走访", suspended.person.name])
    assert wrong_in(VisitFile, named) == [(2, f"参加代表：{suspended.person.name}不是该站当日的代表")]
    before = csv_of(head, ["S-1", "2026-03-01", "走访", "走访", suspended.person.name])
    assert taken(VisitFile, before) == (1, 0, 0)


def test_what_cannot_have_been_is_refused(at):
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    head = f"{SHORT} 开始时间 结束时间 参加代表 接待群众"
    rows = [
        ["S-1", tomorrow, "接待日", "内容", "", "", "", ""],
        ["S-1", "2019-12-31", "接待日", "内容", "", "", "", ""],
        ["S-1", "2026-03-10", "接待日", "内容", "11:00", "9:00", "", ""],
        ["S-1", "2026-03-11", "接待日", "内容", "", "", "无名氏", ""],
        ["S-1", "2026-03-12", "喝茶", "", "25:00", "", "", "-1"],
        ["没有", "2026-03-12", "接待日", "内容", "", "", "", ""],
        ["S-1", "2026-03-13", "接待日", "内容", "", "", "", ""],
        ["S-1", "2026-03-13", "接待日", "又一次", "", "", "", ""],
    ]
    found = wrong_in(VisitFile, csv_of(head, *rows))
    assert [line for line, _words in found] == [2, 3, 4, 5, 6, 6, 6, 6, 7, 9]
    words = [words for _line, words in found]
    assert words[:4] == [
        "日期还没到，请核对",
        "日期：那时联络站还没有启用，请核对",
        "结束时间：结束不能早于开始",
        "参加代表：无名氏不是该站当日的代表",
    ]
    assert words[5:] == [
        "主要内容：没有填写",
        "开始时间：时间请写成 9:00 的样子",
        "接待群众：请写整数",
        "联络站编码：没有编码为没有的联络站",
        "开始时间：与第8行是同一次活动，请写明开始时间",
    ]


def test_a_station_of_others_is_not_there(at):
    station("N-1", f"{make.NANGANG}001")
    file = csv_of(SHORT, ["N-1", "2026-03-10", "接待日", "内容"], ["X-1", "2026-03-10", "接待日", "内容"])
    found = wrong_in(VisitFile, file, make.staff(at))
    assert [words for _line, words in found] == [f"联络站编码：没有编码为{code}的联络站" for code in ("N-1", "X-1")]


def test_what_was_typed_stays_and_what_it_lacked_is_added(at):
    make.visit(at, date(2026, 3, 10), content="typed here", place="大厅")
    file = csv_of(f"{SHORT} 地点 成果", ["S-1", "2026-03-10", "接待日", "of the file", "会议室", "路灯修好"])
    assert [found.after for found in plan_of(VisitFile, file).changes[0].differences] == ["路灯修好"]
    assert taken(VisitFile, file) == (0, 1, 0)
    visit = Visit.objects.get()
    assert (visit.content, visit.place, visit.results) == ("typed here", "大厅", "路灯修好")
