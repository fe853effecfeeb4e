"""A backlog pasted from a spreadsheet: the wrong rows are named and mended in place, and all are saved or none."""

from datetime import date, time, timedelta

import pytest

from stations.visits import backlog
from stations.visits.models import Attendance, Visit
from tests.support import factories as make
from tests.support.pages import Page, fields

PAGE = "/admin/visits/visit/backlog/"
KEYS = list(backlog.COLUMNS)


def line(**cells) -> str:
    told = {"date": "2026-03-10", "form": "接待日", "content": "接待群众"} | cells
    return "\t".join(told.get(key, "") for key in KEYS)


def lines(count, **cells):
    return [line(date=(date(2025, 1, 1) + timedelta(days=number)).isoformat(), **cells) for number in range(count)]


def form_of(response):
    return fields(next(form for form in Page(response.text).forms if any(name == "draft_token" for name, _ in form)))


def paste(client, rows):
    return client.post(PAGE, form_of(client.get(PAGE)) | {"text": "\n".join(rows)})


def save(client, response, **changes):
    return client.post(PAGE, form_of(response) | changes | {"_save": "1"})


def test_a_row_has_everything_the_page_of_a_visit_has(clerk, station, mandates):
    names = [row.person.name for row in mandates]
    full = line(
        starts_at="9点",
        ends_at="11:00",
        place="Hall",
        types="代表进站、政府部门进站",
        present="、".join(names[:2]),
        leave=names[2],
        guests="街道办 周某 副主任；供热公司 钱某",
        residents_received="12人",
        results="已答复",
        commitments="街道办 清雪",
        recorder="江某",
    )
    assert save(clerk, paste(clerk, [full])).status_code == 302
    visit = Visit.objects.get()
    assert (visit.station, visit.date, visit.starts_at, visit.ends_at) == (
        station,
        date(2026, 3, 10),
        time(9),
        time(11),
    )
    assert (visit.enters_representatives, visit.enters_departments, visit.enters_leaders) == (True, True, False)
    assert (visit.residents_received, visit.content, visit.results, visit.recorder) == (
        12,
        "接待群众",
        "已答复",
        "江某",
    )
    assert list(visit.guests.values_list("name", flat=True)) == ["周某", "钱某"]
    assert visit.commitments.get().what == "清雪"
    statuses = list(visit.attendances.order_by("id").values_list("status", flat=True))
    assert statuses == ["present"] * 2 + ["leave"] + ["absent"] * 5


def test_of_three_hundred_rows_the_twelve_wrong_are_named_and_mended_in_place(clerk):
    rows = lines(300)
    wrong = range(7, 300, 25)
    for number in wrong:
        rows[number] = rows[number].replace("接待日", "没有的形式")
    response = paste(clerk, rows)
    assert [row["line"] for row in response.context["wrong"]] == [number + 1 for number in wrong]
    assert save(clerk, response).status_code == 200
    assert Visit.objects.count() == 0
    mended = {f"cell-{number + 1}-form": "培训" for number in list(wrong)[:-1]}
    response = save(clerk, response, **mended)
    assert [row["line"] for row in response.context["wrong"]] == [283]
    assert save(clerk, response, **{"cell-283-form": "培训"}).status_code == 302
    assert Visit.objects.count() == 300
    assert Visit.objects.filter(form="training").count() == 12


@pytest.mark.parametrize(
    ("cells", "wrong"),
    [
        ({"date": "2026.13.45"}, "date"),
        ({"date": ""}, "date"),
        ({"date": "2999-01-01"}, "date"),
        ({"date": "2019-12-31"}, "date"),
        ({"starts_at": "25:99"}, "starts_at"),
        ({"starts_at": "11:00", "ends_at": "9:00"}, "ends_at"),
        ({"form": "聚餐"}, "form"),
        ({"types": "亲友进站"}, "types"),
        ({"present": "没有这个人"}, "present"),
        ({"residents_received": "-1"}, "residents_received"),
        ({"residents_received": "很多"}, "residents_received"),
        ({"content": ""}, "content"),
        ({"place": "长" * 101}, "place"),
        ({"guests": f"街道办 {'长' * 51}"}, "guests"),
        ({"content": "路" * 10_001}, "content"),
    ],
)
def test_what_is_wrong_is_told_in_its_cell_and_stays_as_it_was_typed(clerk, cells, wrong):
    response = paste(clerk, [line(**cells)])
    (row,) = response.context["wrong"]
    assert set(row["errors"]) == {wrong}
    assert form_of(response)[f"cell-1-{wrong}"].strip() == cells[wrong]
    assert save(clerk, response).status_code == 200
    assert Visit.objects.count() == 0


def test_names_may_be_parted_by_blanks_or_hold_one(clerk, mandates):
    for row, name in zip(mandates, ["张三", "李四", "王五六"], strict=False):
        type(row.person).objects.filter(pk=row.person_id).update(name=name)
    save(clerk, paste(clerk, [line(present="张\u3000三、李四 王五六")]))
    assert Attendance.objects.filter(status="present").count() == 3


def test_rows_keep_their_numbers_with_and_without_headings(clerk):
    heading = "\t".join(str(words) for words in backlog.COLUMNS.values())
    for rows, number in (([line(form="聚餐")], 1), ([heading, line(form="聚餐")], 2)):
        response = paste(clerk, rows)
        for _again in range(2):
            assert [row["line"] for row in response.context["wrong"]] == [number]
            response = save(clerk, response)


def test_nobody_received_is_a_number_too(clerk):
    save(clerk, paste(clerk, [line(residents_received="0")]))
    assert Visit.objects.get().residents_received == 0


def test_columns_may_come_in_any_order_with_their_headings(clerk):
    rows = ["主要内容\t活动形式\t日期", "学习代表法\t培训\t3月9日"]
    assert save(clerk, paste(clerk, rows)).status_code == 302
    assert (Visit.objects.get().form, Visit.objects.get().content) == ("training", "学习代表法")


def test_what_is_there_already_is_asked_about(clerk, station):
    make.visit(station)
    response = paste(clerk, [line(), line(date="2026-03-11"), line(date="2026-03-11")])
    assert [row["line"] for row in response.context["wrong"]] == [1, 3]
    assert save(clerk, response).status_code == 200
    assert save(clerk, response, **{"another-1": "on", "another-3": "on"}).status_code == 302
    assert Visit.objects.count() == 4


def test_everybody_but_those_on_leave(clerk, mandates):
    save(clerk, paste(clerk, [line(present="全部到齐", leave=mandates[0].person.name)]))
    statuses = list(Attendance.objects.order_by("id").values_list("status", flat=True))
    assert statuses == ["leave"] + ["present"] * 7


def test_too_many_rows_are_refused_and_stay_there(clerk):
    response = paste(clerk, [line(content="听取意见")] * (backlog.MOST + 1))
    assert response.context["most"] == backlog.MOST
    assert form_of(response)["text"].count("听取意见") == backlog.MOST + 1
    assert Visit.objects.count() == 0


def test_a_paste_of_nothing_asks_again(clerk):
    assert paste(clerk, ["", "  "]).context["is_asked"] is False


def test_rows_sent_without_a_session_come_back(clerk, writer):
    sent = form_of(clerk.get(PAGE)) | {"text": line(form="聚餐")}
    clerk.logout()
    refused = clerk.post(PAGE, sent)
    clerk.force_login(writer)
    back = clerk.get(refused.url.partition("next=")[2].replace("%3F", "?").replace("%3D", "="))
    assert [row["line"] for row in back.context["wrong"]] == [1]
