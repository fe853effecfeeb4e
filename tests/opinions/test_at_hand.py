"""What a clerk has at hand: the slip to print, what was discussed, what is due, what was typed wrongly."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from feedback.opinions import workflow
from feedback.opinions.models import AgendaItem, Opinion, OpinionAssignment
from feedback.submissions import receipts
from liaison.audit.models import Entry
from tests.access.crawling import signed_in
from tests.access.filling import send
from tests.submissions.saying import page_of
from tests.support import factories as make
from tests.support.pages import Page

ADD = "/admin/opinions/opinion/add/"
PHONE = "13977700011"
KNOWN = {"name": "NAME-IN-PLAIN", "phone": PHONE, "identity_mode": "confidential"}


@pytest.fixture
def station():
    make.office()
    return make.station()


@pytest.fixture
def staff(station):
    return signed_in(make.staff(station))


def page(opinion, name="change"):
    return reverse(f"admin:opinions_opinion_{name}", args=(opinion.pk,))


# The receipt slip


def buttons(text) -> list[dict]:
    """What the buttons beside the messages would post, and where."""
    return [values for tag, values in Page(text).elements if tag == "button" and values.get("form") == "print-receipt"]


def test_a_button_beside_the_news_prints_the_slip_with_its_code(staff):
    added = send(staff, ADD, body="灯坏了", place="松苑", channel="phone")
    (button,) = buttons(staff.get(added.url).text)
    opinion = Opinion.objects.get()
    assert button["formaction"] == reverse("admin:opinions_opinion_slip", args=(opinion.pk, "receipt"))
    assert button["value"] not in button["formaction"]
    slip = staff.post(button["formaction"], {"code": button["value"]})
    assert receipts.fits(receipts.read_code(page_of(slip).texts["receipt-code"]), opinion.code_hash)
    assert buttons(staff.get(added.url).text) == []  # shown once


def test_each_opinion_entered_with_a_visit_has_its_own_slip(staff):
    rows = {f"opinions__{n}__{name}": f"{name} {n}" for n in range(2) for name in ("body", "place")}
    facts = {"date": "2026-03-10", "form": "reception", "content": "接待群众"}
    added = send(staff, "/admin/visits/visit/add/", **facts, **rows)
    made = {
        reverse("admin:opinions_opinion_slip", args=(opinion.pk, "receipt")): opinion
        for opinion in Opinion.objects.all()
    }
    found = {button["formaction"]: button["value"] for button in buttons(staff.get(added.url).text)}
    assert len(made) == 2
    assert {address: receipts.fits(code, made[address].code_hash) for address, code in found.items()} == dict.fromkeys(
        made, True
    )


def test_a_place_with_marks_stays_text_in_the_news(staff):
    added = send(staff, ADD, body="灯坏了", place="<b>松苑</b>", channel="phone")
    text = staff.get(added.url).text
    assert "&lt;b&gt;松苑" in text
    assert "<b>松苑" not in text


def test_the_other_size_keeps_the_code(staff):
    added = send(staff, ADD, body="灯坏了", place="松苑", channel="phone")
    (button,) = buttons(staff.get(added.url).text)
    shown = Page(staff.post(button["formaction"], {"code": button["value"]}).text)
    sizes = [values["formaction"] for tag, values in shown.elements if values.get("form") == "other-size"]
    (typed,) = [dict(form)["code"] for form in shown.forms if "code" in dict(form)]
    assert sizes == [f"{button['formaction']}?size=a4", f"{button['formaction']}?size=a5"]
    assert page_of(staff.post(sizes[1], {"code": typed})).texts["receipt-code"].strip() == typed


# A code issued anew


def test_the_number_is_opened_on_the_page_that_asks_for_the_call(staff, station):
    opinion = make.opinion(station, reporter=KNOWN)
    closed = staff.get(page(opinion, "reissue")).text
    assert (PHONE in closed, "?number=1" in closed) == (False, True)
    assert Entry.objects.filter(action="reveal").count() == 0
    assert PHONE in staff.get(page(opinion, "reissue"), {"number": "1"}).text
    assert Entry.objects.get(action="reveal").detail["for"] == "reissue"


def test_there_is_no_number_to_open_where_none_was_left(staff, station):
    opinion = make.opinion(station, reporter={"name": "老王"})
    assert "?number=1" not in staff.get(page(opinion, "reissue"), {"number": "1"}).text
    assert Entry.objects.filter(action="reveal").count() == 0


def test_the_new_slip_is_the_receipt_of_its_day(staff, station):
    opinion = make.opinion(station, reporter=KNOWN, on=timezone.localdate() - timedelta(days=40))
    text = send(staff, page(opinion, "reissue"), way="in_person").text
    today = timezone.localdate()
    assert [
        words
        for words in (
            station.name,
            "0451-00000000",
            f"{today.year}年{today.month}月{today.day}日",
            "以前的查询码已失效",
        )
        if words not in text
    ] == []
    assert "截图" not in text


# What was discussed at a visit


def discussed(station, opinion):
    held = make.visit(station)
    AgendaItem.objects.create(visit=held, opinion=opinion)
    return held


def test_an_opinion_says_at_which_visit_it_was_discussed(staff, station):
    opinion = make.opinion(station)
    held = discussed(station, opinion)
    lines = staff.get(page(opinion)).context["timeline"]
    assert [line["detail"] for line in lines if line["words"] == "进站活动研究"] == [f"{held.date} {station.name}"]


def test_a_department_does_not_read_of_visits(station):
    life = make.Life(make.opinion(station))
    discussed(station, life.until("assigned"))
    lines = signed_in(life.clerk).get(page(life.opinion)).context["timeline"]
    assert [line for line in lines if line["words"] == "进站活动研究"] == []


def test_what_was_discussed_is_printed_of_those_in_reach(staff, station):
    opinion = make.opinion(station, summary="修路灯")
    held = discussed(station, opinion)
    hidden = make.opinion(make.station(), summary="别站的事")
    AgendaItem.objects.create(visit=held, opinion=hidden)
    form = staff.get(reverse("admin:visits_visit_paper", args=(held.pk,))).text
    book = staff.get("/admin/visits/visit/book/", {"from": "2026-01-01", "to": "2026-12-31"}).text
    for text in (form, book):
        assert f"{opinion.number} 修路灯" in text
        assert "别站的事" not in text


def test_a_chosen_opinion_keeps_its_words_when_something_else_was_wrong(staff, station):
    opinion = make.opinion(station, summary="修路灯")
    typed = {"date": "", "form": "reception", "content": "接待群众", "agenda_items__0__opinion": str(opinion.pk)}
    response = send(staff, "/admin/visits/visit/add/", **typed)
    assert re.search(rf'<option value="{opinion.pk}" selected>\s*{opinion.number} 修路灯', response.text)


# What is due


def to_do(client):
    return [(row["name"], row["step_href"].split("/")[-2]) for row in client.get("/admin/").context["to_do"]]


def assigned(station, due_in):
    """Assigned, with the department's day so many days from today."""
    opinion, day = make.Life(make.opinion(station)).until("assigned"), timezone.localdate() + timedelta(days=due_in)
    OpinionAssignment.objects.filter(opinion=opinion).update(due_on=day)
    Opinion.objects.filter(pk=opinion.pk).update(reply_due_on=day)
    return opinion


def test_a_department_that_is_late_or_nearly_so_is_to_be_urged(staff, station):
    near, today, late = (assigned(station, days) for days in (1, 0, -2))
    assigned(station, 30)
    assert to_do(staff) == [(late.number, "urge"), (today.number, "urge"), (near.number, "urge")]
    reasons = [str(row["why"]) for row in staff.get("/admin/").context["to_do"]]
    assert reasons == ["承办单位应答复，待催办"] * 2 + ["承办单位答复期限临近，可先催办"]


def test_who_was_urged_has_until_the_day_asked_for(staff, station):
    opinion, today = assigned(station, -2), timezone.localdate()
    opinion.move(workflow.URGE, by=make.granted("officer"), answer_by=today + timedelta(days=2))
    assert to_do(staff) == []
    opinion.assignments.get().urgings.update(urged_on=today - timedelta(days=3), answer_by=today)
    assert to_do(staff) == [(opinion.number, "urge")]


def test_a_request_to_return_is_answered_before_anybody_urges(staff, station):
    life = make.Life(make.opinion(station))
    life.until("assigned")
    OpinionAssignment.objects.update(due_on=timezone.localdate())
    life.opinion.move(workflow.ASK_RETURN, by=life.clerk, note="not ours")
    assert to_do(staff) == [(life.opinion.number, "agree_return")]


@pytest.mark.parametrize(("due_in", "is_shown"), [(0, True), (1, True), (30, False)])
def test_what_was_passed_on_is_asked_after_when_its_day_is_near(due_in, is_shown, staff, station):
    life = make.Life(make.opinion(station))
    life.opinion.move(workflow.PASS_ON, by=life.officer, body="12345热线", number="A-17")
    day = timezone.localdate() + timedelta(days=due_in)
    Opinion.objects.update(reply_due_on=day)
    assert to_do(staff) == ([(life.opinion.number, "follow")] if is_shown else [])


def test_what_was_evaluated_is_archived_after_the_rest(staff, station):
    life = make.Life(make.opinion(station, urgency="danger"))
    life.until("fed_back")
    said = {"score": "satisfied", "source": "in_person", "paper_on": timezone.localdate()}
    life.opinion.move(workflow.RATE_FOR, by=life.officer, **said)
    fresh = make.opinion(station)
    assert to_do(staff) == [(fresh.number, "accept"), (life.opinion.number, "archive")]


# After a call, and what the road says


def test_a_call_says_what_it_did_and_keeps_the_words_of_the_resident_once(staff, station):
    opinion = make.Life(make.opinion(station, reporter=KNOWN)).until("replied")
    typed = {"reached": "yes", "told": "THE-RESIDENT-SAYS", "score": "satisfied"}
    response = send(staff, page(opinion, "call"), **typed)
    shown = staff.get(response.url)
    said = [str(message) for message in shown.context["messages"]]
    assert said == [f"{opinion.number} 已{move}。" for move in ("登记回访", "向反映人反馈", "登记评价（代录）")]
    assert [line["words"] for line in shown.context["timeline"] if line["note"] == typed["told"]] == ["登记回访"]


def test_the_road_says_under_which_number_it_was_passed_on(staff, station):
    life = make.Life(make.opinion(station))
    life.opinion.move(workflow.PASS_ON, by=life.officer, body="12345热线", number="A-17")
    life.opinion.move(workflow.FOLLOW, by=life.officer, note="asked", number="A-18")
    lines = staff.get(page(life.opinion)).context["timeline"]
    assert [line["detail"] for line in lines][-2:] == ["12345热线 A-18", "A-18"]


def test_a_department_stands_in_chinese_brackets(staff, station):
    life = make.Life(make.opinion(station))
    life.until("assigned")
    assert f"{life.department}（独办，待签收）" in staff.get(page(life.opinion)).text


# What was typed wrongly


def wrong(response) -> list[str]:
    """Where the list of mistakes leads; each address is one on the page."""
    shown = Page(response.text)
    known = {values["id"] for _tag, values in shown.elements if "id" in values}
    links = [
        values["href"] for tag, values in shown.elements if tag == "a" and values.get("href", "").startswith("#id_")
    ]
    assert [link for link in links if link[1:] not in known] == []
    return links


def test_the_list_of_mistakes_leads_to_each_field(staff):
    response = send(staff, ADD, body="", place="松苑", phone="123")
    assert wrong(response) == ["#id_body", "#id_phone"]
    assert "change_form.js" not in response.text  # it would take the focus to the first field


def test_mistakes_in_rows_of_a_visit_are_listed_too(staff):
    typed = {"date": "", "form": "reception", "content": "接待群众", "opinions__1__body": "灯坏了"}
    assert wrong(send(staff, "/admin/visits/visit/add/", **typed)) == ["#id_date", "#id_opinions-1-place"]


def test_a_form_of_a_move_lists_its_mistakes(staff, station):
    opinion = make.opinion(station)
    address = reverse("admin:opinions_opinion_move", args=(opinion.pk, "refuse"))
    assert set(wrong(send(staff, address))) >= {"#id_office", "#id_note"}


def test_without_a_mistake_there_is_no_list(staff):
    assert "errornote" not in staff.get(ADD).text
