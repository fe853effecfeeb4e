"""By telephone and at the desk: calling back, a new code for a lost one, what is urgent first."""

from datetime import date

import pytest
from django.urls import reverse

from feedback.opinions import intake, workflow
from feedback.opinions.models import Opinion
from feedback.submissions import receipts
from liaison.audit.models import Entry
from tests.access.crawling import signed_in
from tests.access.filling import errors_on, form_on, send
from tests.opinions.test_tracking import status_on
from tests.submissions.saying import FORM, page_of
from tests.submissions.saying import said as posting
from tests.support import factories as make

NAME, PHONE = "NAME-IN-PLAIN", "13977700011"
KNOWN = {"name": NAME, "phone": PHONE, "identity_mode": "confidential"}


@pytest.fixture
def station():
    make.office()
    return make.station()


@pytest.fixture
def staff(station):
    return signed_in(make.staff(station))


def page(opinion, name="change"):
    return reverse(f"admin:opinions_opinion_{name}", args=(opinion.pk,))


def said(station, reporter=KNOWN):
    return intake.take(intake.Said(body="the lamp is out", place="Pine Court 3", station=station, reporter=reporter))


def entries(opinion, action):
    return Entry.objects.filter(action=action, object_id=str(opinion.pk))


# Calling back


def test_one_click_opens_the_number_and_each_click_is_a_line_of_the_trail(staff, station):
    opinion = make.Life(make.opinion(station, reporter=KNOWN)).until("replied")
    for looks in (1, 2):
        response = staff.get(page(opinion, "call"))
        assert PHONE in response.content.decode()
        assert "no-store" in response["Cache-Control"]
        assert entries(opinion, "reveal").count() == looks
    assert PHONE not in str(list(entries(opinion, "reveal").values()))


def test_who_is_reached_is_told_and_evaluates_in_one_go(staff, station):
    opinion = make.Life(make.opinion(station, reporter=KNOWN)).until("replied")
    response = send(staff, page(opinion, "call"), reached="yes", told="mended", score="dissatisfied", reason="dark")
    assert response.status_code == 302
    opinion.refresh_from_db()
    assert (opinion.state, opinion.feedback_way, opinion.ratings.get().source) == ("evaluated", "phone", "phone")
    assert [step.move for step in opinion.steps.all()][-3:] == ["call", "feed_back", "rate_for"]


def test_every_attempt_is_recorded_and_nobody_is_told_who_was_not_reached(staff, station):
    opinion = make.Life(make.opinion(station, reporter=KNOWN)).until("replied")
    for _attempt in range(2):
        send(staff, page(opinion, "call"), reached="no")
    opinion.refresh_from_db()
    assert (opinion.state, opinion.steps.filter(move="call").count()) == ("replied", 2)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({}, {"reached"}),
        ({"reached": "perhaps"}, {"reached"}),
        ({"reached": "yes"}, {"told"}),
        ({"reached": "yes", "told": "x" * 10_001}, {"told"}),
        ({"reached": "yes", "told": "x", "score": "dissatisfied"}, {"reason"}),
        ({"reached": "no", "score": "satisfied"}, {"score"}),
        ({"reached": "yes", "told": "x", "score": "\x00"}, {"score"}),
    ],
)
def test_a_mistake_about_a_call_is_told_beside_its_field(typed, wrong, staff, station):
    opinion = make.Life(make.opinion(station, reporter=KNOWN)).until("replied")
    assert errors_on(send(staff, page(opinion, "call"), **typed)) == wrong
    assert opinion.steps.filter(move="call").count() == 0


def test_nobody_is_called_who_left_no_number(staff, station):
    opinion = make.Life(make.opinion(station)).until("replied")
    assert staff.get(page(opinion, "call")).status_code == 404
    assert page(opinion, "call") not in staff.get(page(opinion)).content.decode()


def test_a_department_neither_calls_nor_reads_what_was_said(staff, station):
    life = make.Life(make.opinion(station, reporter=KNOWN))
    opinion = life.until("replied")
    send(staff, page(opinion, "call"), reached="yes", told="WORDS-TO-THE-RESIDENT")
    clerk = signed_in(life.clerk)
    assert clerk.get(page(opinion, "call")).status_code == 403
    assert "WORDS-TO-THE-RESIDENT" not in clerk.get(page(opinion)).content.decode()
    assert "WORDS-TO-THE-RESIDENT" in staff.get(page(opinion)).content.decode()


def test_a_department_that_has_returned_it_knows_no_longer_who_spoke(station):
    shared = KNOWN | {"identity_mode": "real", "share_identity": True}
    life = make.Life(make.opinion(station, reporter=shared))
    opinion, clerk = life.until("assigned"), signed_in(life.clerk)
    assert PHONE in clerk.get(page(opinion, "reporter")).content.decode()
    opinion.move(workflow.ASK_RETURN, by=life.clerk, note="not ours")
    opinion.move(workflow.AGREE_RETURN, by=life.officer, assignment=opinion.assignments.get())
    assert clerk.get(page(opinion, "reporter")).status_code == 404


# A new code for a lost one


def reissued(client, opinion, way="in_person"):
    response = send(client, page(opinion, "reissue"), way=way)
    return response, receipts.read_code(page_of(response).texts.get("receipt-code", ""))


def opens(client, opinion, code):
    return status_on(client.post("/opinions/track/", {"number": opinion.number, "code": code})) is not None


@pytest.mark.parametrize("way", ["in_person", "phone"])
def test_the_new_code_opens_the_old_one_does_not_and_one_line_says_so(way, staff, station, client):
    receipt = said(station)
    _response, code = reissued(staff, receipt.opinion, way)
    assert (opens(client, receipt.opinion, code), opens(client, receipt.opinion, receipt.code)) == (True, False)
    assert entries(receipt.opinion, "reissue").count() == 1
    assert receipt.opinion.steps.get(move="reissue").source == way
    assert code not in str(list(Entry.objects.values()))


def test_the_first_receipt_sent_again_shows_no_code_that_opens_nothing(staff, station, client):
    typed = posting(phone=PHONE, station=station.code)
    client.post(FORM, typed)
    reissued(staff, Opinion.objects.get())
    again = client.post(FORM, typed)
    assert "receipt-code" not in page_of(again).texts
    assert len(again.context["receipt"]["notices"]) == 1


def test_the_slip_names_nobody_and_is_kept_nowhere(staff, station):
    receipt = said(station)
    response, _code = reissued(staff, receipt.opinion)
    text = response.content.decode()
    assert (response.status_code, "no-store" in response["Cache-Control"]) == (200, True)
    assert receipt.opinion.number in text
    assert NAME not in text
    assert PHONE not in text


def test_the_same_press_twice_is_one_code_and_one_line(staff, station):
    receipt = said(station)
    typed = form_on(staff, page(receipt.opinion, "reissue")) | {"way": "in_person"}
    codes = {page_of(staff.post(page(receipt.opinion, "reissue"), typed)).texts["receipt-code"] for _press in range(2)}
    assert (len(codes), entries(receipt.opinion, "reissue").count()) == (1, 1)


def test_nobody_can_prove_to_be_the_anonymous_one(staff, station, client):
    receipt = said(station, reporter={})
    response = staff.get(page(receipt.opinion, "reissue"))
    assert (response.status_code, response.context["form"]) == (200, None)
    staff.post(page(receipt.opinion, "reissue"), {"way": "in_person", "token": "x"})
    assert opens(client, receipt.opinion, receipt.code)
    assert Entry.objects.filter(action="reissue", result="done").count() == 0


def test_without_a_number_on_file_nobody_is_called_back_for_a_code(staff, station, client):
    receipt = said(station, reporter={"name": NAME, "identity_mode": "real"})
    assert errors_on(send(staff, page(receipt.opinion, "reissue"), way="phone")) == {"way"}
    assert opens(client, receipt.opinion, receipt.code)


@pytest.mark.parametrize("token", ["", "x", "\x00"])
def test_a_forged_token_makes_no_code(token, staff, station, client):
    receipt = said(station)
    response = send(staff, page(receipt.opinion, "reissue"), way="in_person", token=token)
    assert (response.status_code, "receipt-code" in page_of(response).texts) == (200, False)
    assert opens(client, receipt.opinion, receipt.code)


# What is urgent comes first


def test_danger_stands_first_with_its_word_and_whether_it_was_told(staff, station):
    ordinary = make.opinion(station)
    urgent, danger = make.opinion(station, urgency="urgent"), make.opinion(station, urgency="danger")
    make.opinion(station)
    listed = staff.get("/admin/opinions/opinion/", {"state": "submitted"}).context["cl"].result_list
    assert [row.pk for row in listed][:2] == [danger.pk, urgent.pk]
    assert ordinary.pk in [row.pk for row in listed][2:]
    danger.move(workflow.TELL_AT_ONCE, by=make.granted("officer"), whom="duty room", note="gas smell")
    alarms = staff.get("/admin/opinions/opinion/").context["alarms"]
    assert [(alarm["opinion"].pk, bool(alarm["told"])) for alarm in alarms] == [(danger.pk, True), (urgent.pk, False)]


# What is to be done today


def to_do(client):
    return [(row["name"], row["step_href"].split("/")[-2]) for row in client.get("/admin/").context["to_do"]]


def test_each_line_of_the_day_has_the_one_step_that_comes_next(staff, station):
    late = make.opinion(station, on=date(2026, 2, 2))
    danger = make.opinion(station, urgency="danger")
    answered = make.Life(make.opinion(station, reporter=KNOWN)).until("replied")
    make.Life(make.opinion(station)).until("assigned")  # the department's turn
    make.opinion(make.station())  # somebody else's
    assert to_do(staff) == [(danger.number, "accept"), (late.number, "accept"), (answered.number, "call")]


def test_a_department_s_day_holds_its_own_assignments(station):
    life = make.Life(make.opinion(station))
    life.until("assigned")
    make.Life(make.opinion(station)).until("assigned")
    clerk = signed_in(life.clerk)
    assert to_do(clerk) == [(life.opinion.number, "acknowledge")]
    life.acknowledge()
    assert to_do(clerk) == [(life.opinion.number, "reply")]


def test_a_request_of_a_department_is_somebody_s_turn(staff, station):
    life = make.Life(make.opinion(station))
    life.until("assigned")
    life.opinion.move(workflow.ASK_RETURN, by=life.clerk, note="not ours")
    assert to_do(staff) == [(life.opinion.number, "agree_return")]
