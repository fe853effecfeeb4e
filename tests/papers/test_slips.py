"""The slips an opinion is given on, printed and read back."""

from datetime import date

import pytest

from feedback.opinions import intake, workflow
from feedback.opinions.models import Opinion
from liaison.tools.papers import without_numbers
from tests.papers import saying
from tests.support import factories as make
from tests.support.printing import SIZES

SIZE = pytest.mark.parametrize("size", SIZES)


@pytest.fixture
def officer(client):
    officer = make.granted("officer", username="陆启明")
    client.force_login(officer)
    return officer


def holds(printed, *texts) -> None:
    assert [text for text in texts if text not in printed.text] == []
    assert [mark for mark in saying.MARKS if mark in printed.text] == []


@SIZE
def test_an_assignment_slip_says_who_what_and_by_when_with_a_receipt_to_tear_off(
    size, client, printer, officer, station
):
    life = saying.life(station, on=saying.LONG_AGO)
    life.accept(saying.LONG_AGO)
    life.assign(date(2026, 3, 3), instructions="请到现场核实")
    assignment = life.opinion.assignments.get()
    printed = printer.printed(saying.slip_of(client, life.opinion, "assignment", size=size))
    assert printed.sizes == [SIZES[size]]
    number = f"交办〔2026〕{assignment.pk}号"
    assert printed.text.count(number) == 2
    assert printed.text.count("道里区城市管理局") == 2
    holds(
        printed,
        *("群众意见建议交办单", life.opinion.number, saying.SUMMARY, "松苑3号楼", "2026年3月2日", "2026年3月3日"),
        *("请于2026年4月3日前书面答复", "请到现场核实", station.name, "道里区人大常委会", "（盖章）"),
        *("沿此线剪下", "回执", "签收人", "签收日期"),
    )


@SIZE
def test_an_urging_slip_says_how_late_and_how_often(size, client, printer, officer, station):
    life = saying.life(station, on=saying.LONG_AGO)
    life.until("assigned", saying.LONG_AGO)
    life.opinion.move(workflow.URGE, by=officer, at=make.moment(date(2026, 4, 7)), answer_by=date(2026, 4, 10))
    urged = life.opinion.assignments.get().urgings.get()
    printed = printer.printed(saying.slip_of(client, life.opinion, "urging", size=size))
    assert printed.sizes == [SIZES[size]]
    holds(
        printed,
        *("群众意见建议催办单", f"催办〔2026〕{urged.pk}号（第1次催办）", "道里区城市管理局", life.opinion.number),
        *("应于2026年4月2日前答复，已超期5天", "于2026年4月10日前书面答复", saying.SUMMARY, station.name),
        *("2026年4月7日", "道里区人大常委会", "（盖章）"),
    )


@SIZE
def test_a_feedback_slip_gives_the_reply_and_room_to_evaluate(size, client, printer, officer, station):
    life = saying.life(station, on=saying.LONG_AGO)
    life.until("fed_back", date(2026, 3, 20))
    life.opinion.replies.update(text="路灯已经修好")
    printed = printer.printed(saying.slip_of(client, life.opinion, "feedback", size=size))
    assert printed.sizes == [SIZES[size]]
    holds(
        printed,
        *("群众意见建议办理结果反馈单", life.opinion.number, "路灯已经修好", "道里区城市管理局", "已解决"),
        *("2026年3月2日", "2026年3月20日", "满意", "基本满意", "不满意", "反映人签字", station.name, "0451-11111111"),
    )


@SIZE
def test_a_guidance_slip_says_where_to_go(size, client, printer, officer, station):
    opinion = saying.opinion(station, on=saying.LONG_AGO)
    place = {"channel": "court", "office": "道里区人民法院", "phone": "12368", "address": "友谊路8号"}
    opinion.move(workflow.REFUSE, by=officer, note="已起诉", at=make.moment(date(2026, 3, 4)), **place)
    printed = printer.printed(saying.slip_of(client, opinion, "guidance", size=size))
    assert printed.sizes == [SIZES[size]]
    holds(
        printed,
        *("不予受理引导单", opinion.number, "法院诉讼", "道里区人民法院", "电话12368", "地址友谊路8号"),
        *("我们已登记您的来访", "2026年3月4日", station.name, "道里区人大常委会"),
    )


@SIZE
def test_a_receipt_without_the_code_says_where_to_get_it(size, client, printer, officer, station):
    opinion = saying.opinion(station, on=saying.LONG_AGO)
    printed = printer.printed(saying.slip_of(client, opinion, "receipt", size=size))
    assert printed.sizes == [SIZES[size]]
    holds(printed, opinion.number, "查询码", "丢了可到联络站，或拨打0451-00000000", "2026年3月2日", station.name)


def test_the_code_is_printed_where_it_is_typed_and_kept_nowhere(client, printer, officer, station):
    said = intake.Said(body="灯坏了", place="松苑", station=station, reporter={"name": saying.NAME})
    receipt = intake.take(said, by=officer)
    address = f"/admin/opinions/opinion/{receipt.opinion.pk}/slips/receipt/"
    typed = client.post(address, {"code": receipt.code})
    assert "no-store" in typed["Cache-Control"]
    holds(printer.printed(typed), receipt.opinion.number, receipt.grouped_code)
    assert receipt.grouped_code not in client.get(address).text
    assert Opinion.objects.filter(code_hash__contains=receipt.code).count() == 0


@pytest.mark.parametrize("code", ["", "123", "22222222222", "\x00", "９" * 50, "x" * 500])
def test_a_wrong_code_is_told_beside_its_field(code, client, officer, station):
    opinion = saying.opinion(station)
    page = client.post(f"/admin/opinions/opinion/{opinion.pk}/slips/receipt/", {"code": code})
    assert page.status_code == 200
    assert list(page.context["code_form"].errors) == ["code"]
    assert page.context["code"] == ""


def test_own_words_lose_their_numbers_and_the_screen_asks_to_look_for_names(client, printer, officer, station):
    life = saying.life(station, summary="", body=f"请打{saying.PHONE}找我", place="松苑 0451-12345678")
    life.until("assigned")
    page = saying.slip_of(client, life.opinion, "assignment")
    assert "还没有写摘要" in page.text
    printed = printer.printed(page)
    holds(printed, "请打***找我", "松苑***")
    assert "还没有写摘要" not in printed.text  # for the screen


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("打139 1234 5678找我", "打***找我"),
        ("+86 13912345678", "***"),
        ("身份证23010219900101123x", "身份证***"),
        ("电话0451-84612345", "电话***"),
        ("座机84612345", "座机***"),
        ("2026-03-10有120户，花了18000元", "2026-03-10有120户，花了18000元"),
    ],
)
def test_numbers_of_persons_are_struck_out_and_others_stay(text, kept):
    assert without_numbers(text) == kept


READY = [
    ("submitted", {"receipt"}),
    ("accepted", {"receipt"}),
    ("assigned", {"receipt", "assignment"}),
    ("replied", {"receipt", "assignment", "feedback"}),
    ("archived", {"receipt", "assignment", "feedback"}),
]


@pytest.mark.parametrize(("state", "offered"), READY)
def test_a_paper_is_offered_when_there_is_something_to_print(state, offered, client, officer, station):
    life = saying.life(station)
    if state != "submitted":
        life.until(state)
    page = client.get(f"/admin/opinions/opinion/{life.opinion.pk}/change/")
    assert {paper["key"] for paper in page.context["papers"]} == offered
    answers = {key: saying.slip_of(client, life.opinion, key).status_code for key in ("assignment", "feedback")}
    assert {key for key, status in answers.items() if status == 200} == offered - {"receipt"}


def test_the_station_of_somebody_else_prints_nothing_here(client, station):
    life = saying.life(station)
    life.until("fed_back")
    for somebody in (make.staff(make.station()), make.granted("leader"), life.clerk):
        client.force_login(somebody)
        assert saying.slip_of(client, life.opinion, "feedback").status_code == 404
        assert saying.slip_of(client, life.opinion, "nothing").status_code == 404
