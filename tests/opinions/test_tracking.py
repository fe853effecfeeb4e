"""Looking an opinion up, and what its resident may do with it then."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import gettext as _

from feedback.opinions import intake
from feedback.opinions.models import Opinion
from feedback.submissions import receipts
from tests.support import factories as make
from tests.support.pages import Page

TRACK = "/opinions/track/"


@pytest.fixture
def receipt():
    make.office()
    return intake.take(intake.Said(body="楼道灯坏了", place="松涛苑", station=make.station()))


def look_up(client, receipt, **more):
    return client.post(TRACK, {"number": receipt.opinion.number, "code": receipt.code} | more)


def status_of(response) -> str:
    return next(values["data-status"] for _tag, values in Page(response.text).elements if "data-status" in values)


def test_number_and_code_open_the_page(client, receipt):
    response = look_up(client, receipt)
    assert (response.status_code, status_of(response)) == (200, "submitted")
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies


CHINESE = str.maketrans("0123456789", "〇一二三四五六七八九")
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@pytest.mark.parametrize(
    "typed",
    [
        lambda code: receipts.grouped(code),
        lambda code: " ".join(code),
        lambda code: code.translate(WIDE),
        lambda code: code.translate(CHINESE),
        lambda code: code.replace("0", "O").replace("1", "l"),
        lambda code: f"　{code[:3]}—{code[3:7]}－{code[7:]} ",
    ],
)
def test_a_code_is_read_however_it_is_copied(client, receipt, typed):
    response = client.post(TRACK, {"number": receipt.opinion.number.lower(), "code": typed(receipt.code)})
    assert status_of(response) == "submitted"


def test_a_wrong_code_and_an_unknown_number_get_the_same_answer(client, receipt):
    number = receipt.opinion.number
    wrong = client.post(TRACK, {"number": number, "code": "23456789018"})
    unknown = client.post(TRACK, {"number": "YJ-2026-9999", "code": "23456789018"})
    assert wrong.status_code == unknown.status_code == 422
    assert wrong.text.replace(number, "") == unknown.text.replace("YJ-2026-9999", "")
    assert str(_("Number or query code is not right, please check and try again")) in wrong.text


@pytest.mark.parametrize(
    "number", ["", "\x00", "YJ", "YJ-2026-", "YJ-2026-99999999999999999999999", "'; --", "YJ-２０２６-000１", "😀" * 10]
)
def test_odd_numbers_are_only_wrong_numbers(client, receipt, number):
    assert client.post(TRACK, {"number": number, "code": receipt.code}).status_code == 422


def test_the_address_of_a_receipt_fills_in_the_number_only(client, receipt):
    response = client.get(TRACK, {"number": receipt.opinion.number})
    fields = dict(Page(response.text).forms[0])
    assert (fields["number"], fields["code"]) == (receipt.opinion.number, "")
    assert receipt.code not in response.text


def test_the_page_shows_no_identity_and_nobody_s_notes(client):
    make.office()
    who = {"identity_mode": "real", "name": "王秀兰标记", "phone": "13812345678"}
    receipt = intake.take(intake.Said(body="灯", place="苑", station=make.station(), reporter=who))
    life = make.Life(receipt.opinion)
    life.until("fed_back")
    page = look_up(client, receipt).text
    assert "mended" in page  # the department's words
    for hidden in ("王秀兰标记", "13812345678", "told by telephone", str(life.officer), str(life.clerk)):
        assert hidden not in page


def follow_up(client, receipt, **fields):
    ticket = dict(pair for form in Page(look_up(client, receipt).text).forms for pair in form)["ticket"]
    return client.post(TRACK, {"ticket": ticket} | fields)


def test_a_resident_adds_to_it(client, receipt):
    response = follow_up(client, receipt, action="add", note="三单元也坏了")
    assert "三单元也坏了" in response.text
    assert receipt.opinion.steps.get(move="add").note == "三单元也坏了"


def test_a_resident_withdraws_it_and_the_department_has_nothing_more_to_do(client, receipt):
    make.Life(receipt.opinion).until("assigned")
    assert status_of(follow_up(client, receipt, action="withdraw")) == "withdrawn"
    assert receipt.opinion.assignments.get().state == "closed"


def test_a_resident_rates_it_once(client, receipt):
    make.Life(receipt.opinion).until("fed_back")
    without_reason = follow_up(client, receipt, action="rate", score="dissatisfied")
    assert (without_reason.status_code, status_of(without_reason)) == (422, "fed_back")
    rated = follow_up(client, receipt, action="rate", score="dissatisfied", reason="还是黑的")
    assert status_of(rated) == "evaluated"
    follow_up(client, receipt, action="rate", score="satisfied")
    assert receipt.opinion.ratings.get().score == "dissatisfied"


@pytest.mark.parametrize("action", ["withdraw", "rate", "add", "", "no-such"])
def test_a_follow_up_that_may_not_be_changes_nothing(client, receipt, action):
    make.Life(receipt.opinion).until("archived")
    before = receipt.opinion.steps.count()
    response = follow_up_with(client, receipt, action)
    receipt.opinion.refresh_from_db()
    assert response.status_code in (200, 422)
    assert (receipt.opinion.state, receipt.opinion.steps.count()) == ("archived", before)


def follow_up_with(client, receipt, action):
    ticket = look_up(client, receipt).context["ticket"]
    return client.post(TRACK, {"ticket": ticket, "action": action, "score": "satisfied"})


def test_an_expired_ticket_keeps_the_text_and_asks_for_the_code_again(client, receipt, time_machine):
    ticket = look_up(client, receipt).context["ticket"]
    time_machine.move_to(timezone.now() + timedelta(hours=25), tick=False)
    asked = client.post(TRACK, {"ticket": ticket, "action": "add", "note": "写了很久的一段话"})
    fields = dict(Page(asked.text).forms[0])
    assert fields["note"] == "写了很久的一段话"
    opened = client.post(TRACK, fields | {"number": receipt.opinion.number, "code": receipt.code})
    assert "写了很久的一段话" in opened.text
    assert receipt.opinion.steps.filter(move="add").count() == 0


@pytest.mark.parametrize("ticket", ["forged", "1:abc:def", "\x00", "9" * 3000])
def test_a_forged_ticket_opens_nothing(client, receipt, ticket):
    response = client.post(TRACK, {"ticket": ticket, "action": "withdraw"})
    assert "data-status" not in response.text
    assert Opinion.objects.get().state == "submitted"


def test_a_ticket_opens_its_own_opinion_only(client, receipt):
    other = intake.take(intake.Said(body="别的事", place="苑", station=receipt.opinion.station))
    follow_up(client, receipt, action="withdraw", number=other.opinion.number)
    other.opinion.refresh_from_db()
    assert other.opinion.state == "submitted"
