"""A representative reads their record, says what is wrong with it, and reads the office's answer."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from representatives.models import CorrectionRequest, Mandate
from tests.access.filling import errors_on, send
from tests.duty.conftest import signed_in
from tests.support import factories as make
from tests.support.pages import Page

TODAY = timezone.localdate()
ADMIN = "/admin/representatives/correctionrequest/"


def visited(station, by):
    return make.visit(station, TODAY, present=[by.mandate])


def asks(by, row="", text="it was two hours"):
    return by.client.post(f"/mine/record/correct/?row={row}", {"text": text})


def test_the_record_shows_counts_with_rows_and_nothing_of_others(station, mine, other):
    visited(station, mine)
    visited(station, other)
    make.duty_entry(other.mandate, title="somebody else's meeting", on=TODAY)
    page = mine.client.get("/mine/record/").text
    counted = {each["data-kind"]: each["data-value"] for _tag, each in Page(page).elements if "data-kind" in each}
    assert counted["reception"] == "1"
    assert "somebody else" not in page


def test_a_row_is_said_to_be_wrong_and_the_answer_is_read(station, mine):
    visit = visited(station, mine)
    answer = asks(mine, f"visit:{visit.pk}")
    assert (answer.status_code, answer.url) == (302, f"/mine/record/?year={TODAY.year}#asked")
    asked = CorrectionRequest.objects.get()
    assert (asked.mandate, asked.state, "接待日" in asked.about) == (mine.mandate, "open", True)
    officer = signed_in(make.granted("officer"))
    assert "更正申请" in officer.get("/admin/").text
    page = officer.get(f"{ADMIN}{asked.pk}/change/").text
    assert f"/admin/visits/visit/{visit.pk}/change/" in page
    assert send(officer, f"{ADMIN}{asked.pk}/change/", decision="accepted", answer="corrected").status_code == 302
    asked.refresh_from_db()
    assert (asked.state, asked.answered_on) == ("accepted", TODAY)
    shown = mine.client.get("/mine/record/").text
    assert "已采纳" in shown
    assert "corrected" in shown


def test_something_missing_hangs_at_the_mandate_held_now(mine):
    assert asks(mine).status_code == 302
    asked = CorrectionRequest.objects.get()
    assert (asked.mandate, asked.row, asked.about) == (mine.mandate, "", "")


def test_a_row_of_somebody_else_is_not_there(station, mine, other):
    visit = visited(station, other)
    for key in (f"visit:{visit.pk}", "visit:99999999999999999999", "nothing", "visit:x"):
        assert asks(mine, key).status_code == 404
    assert not CorrectionRequest.objects.exists()


@pytest.mark.parametrize(("text", "words"), [("", "请写明要更正的内容"), ("x" * 1001, "1000")])
def test_what_cannot_be_taken_is_said_beside_its_field(text, words, mine):
    page = asks(mine, text=text)
    assert (page.status_code, words in page.text) == (200, True)


def test_a_row_is_asked_about_once_at_a_time(station, mine):
    key = f"visit:{visited(station, mine).pk}"
    asks(mine, key)
    again = asks(mine, key)
    assert "正在等答复" in again.text
    CorrectionRequest.objects.get().decide("declined", "no", None, TODAY)
    assert asks(mine, key).status_code == 302


def test_an_answer_needs_both_and_is_given_once(mine):
    asks(mine)
    asked, officer = CorrectionRequest.objects.get(), signed_in(make.granted("officer"))
    address = f"{ADMIN}{asked.pk}/change/"
    assert errors_on(send(officer, address, decision="", answer="")) == {"decision", "answer"}
    assert asked.decide("declined", "no", None, TODAY)
    assert not asked.decide("accepted", "yes", None, TODAY)
    assert officer.post(address, {"decision": "accepted", "answer": "yes"}).status_code == 403
    asked.refresh_from_db()
    assert asked.answer == "no"


def test_the_station_of_the_representative_answers_too_and_another_does_not(station, mine):
    asks(mine)
    asked = CorrectionRequest.objects.get()
    here, elsewhere = make.staff(station), make.staff(make.station())
    assert signed_in(here).get(f"{ADMIN}{asked.pk}/change/").status_code == 200
    assert signed_in(elsewhere).get(f"{ADMIN}{asked.pk}/change/").status_code == 404
    assert "更正申请 " not in signed_in(elsewhere).get("/admin/").text


def seat_above(mine, **held):
    """The same person's, in the congress above."""
    seat = make.mandate(make.HARBIN)
    Mandate.objects.filter(pk=seat.pk).update(person=mine.mandate.person, **held)
    return seat


def test_something_missing_is_accepted_once_it_is_on_record(mine):
    asks(mine)
    asked, officer = CorrectionRequest.objects.get(), signed_in(make.granted("officer"))
    address = f"{ADMIN}{asked.pk}/change/"
    enter = f"/admin/representatives/dutyentry/add/?mandate={mine.mandate.pk}"
    assert enter in officer.get(address).text
    page = send(officer, address, decision="accepted", answer="entered")
    assert (errors_on(page), "请先登记" in page.text) == ({"entered"}, True)
    assert f'value="{mine.mandate.pk}" selected' in officer.get(enter).text
    old = make.duty_entry(mine.mandate, title="an old meeting", on=TODAY, entered_at=timezone.now() - timedelta(days=9))
    entry = make.duty_entry(mine.mandate, title="the meeting", on=TODAY)
    theirs = make.duty_entry(make.mandate(), title="somebody else's", on=TODAY)
    page = officer.get(address)
    assert page.context["adminform"].form["entered"].value() == f"entry:{entry.pk}"
    assert [key for key, _words in page.context["adminform"].form.fields["entered"].choices] == [
        "",
        f"entry:{entry.pk}",
        f"entry:{old.pk}",
    ]
    for wrong in (f"entry:{theirs.pk}", "x", "entry:0"):
        assert errors_on(send(officer, address, decision="accepted", answer="a", entered=wrong)) == {"entered"}
    assert send(officer, address, decision="accepted", answer="entered").status_code == 302
    asked.refresh_from_db()
    assert (asked.state, asked.row, "the meeting" in asked.about) == ("accepted", f"entry:{entry.pk}", True)


def test_something_missing_is_declined_without_any_record(mine):
    asks(mine)
    asked, officer = CorrectionRequest.objects.get(), signed_in(make.granted("officer"))
    assert send(officer, f"{ADMIN}{asked.pk}/change/", decision="declined", answer="no").status_code == 302
    asked.refresh_from_db()
    assert (asked.state, asked.row) == ("declined", "")


def test_while_it_waits_it_is_marked_at_its_row_and_may_be_withdrawn(station, mine, other):
    key = f"visit:{visited(station, mine).pk}"
    assert "更正申请待答复" not in mine.client.get("/mine/record/").text
    asks(mine, key)
    page = mine.client.get("/mine/record/").text
    assert ("更正申请待答复" in page, "撤回申请" in page) == (True, True)
    asked = CorrectionRequest.objects.get()
    other.client.post("/mine/record/correct/", {"withdraw": asked.pk})
    for nothing in ("x", "9" * 30, "", "\x00", "0"):
        assert mine.client.post("/mine/record/correct/", {"withdraw": nothing}).status_code == 302
    assert CorrectionRequest.objects.open().count() == 1
    back = mine.client.post("/mine/record/correct/", {"withdraw": asked.pk})
    assert (back.status_code, back.url) == (302, f"/mine/record/?year={TODAY.year}#asked")
    asked.refresh_from_db()
    assert (asked.state, asked.answered_on) == ("withdrawn", TODAY)
    page = mine.client.get("/mine/record/").text
    assert ("已撤回" in page, "更正申请待答复" in page) == (True, False)
    officer = signed_in(make.granted("officer"))
    assert officer.post(f"{ADMIN}{asked.pk}/change/", {"decision": "accepted", "answer": "yes"}).status_code == 403
    assert asks(mine, key).status_code == 302


def test_what_is_answered_is_not_withdrawn(mine):
    asks(mine)
    asked = CorrectionRequest.objects.get()
    asked.decide("declined", "no", None, TODAY)
    mine.client.post("/mine/record/correct/", {"withdraw": asked.pk})
    asked.refresh_from_db()
    assert asked.state == "declined"


def test_whoever_sits_for_two_congresses_says_which_one_it_concerns(station, mine):
    above = seat_above(mine)
    page = asks(mine)
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["mandate"])
    assert "请选择涉及哪一级人大" in page.text
    nothing = asks(mine, text="").context["form"]
    assert [field.name for field in nothing if field.errors] == ["mandate", "text"]  # as the page asks for them
    sent = {"text": "I was there", "mandate": make.mandate().pk}
    assert list(mine.client.post("/mine/record/correct/", sent).context["form"].errors) == ["mandate"]
    assert mine.client.post("/mine/record/correct/", sent | {"mandate": above.pk}).status_code == 302
    assert CorrectionRequest.objects.get().mandate == above
    assert "mandate" not in mine.client.get(f"/mine/record/correct/?row=visit:{visited(station, mine).pk}").text


def test_of_a_year_gone_by_it_concerns_the_mandate_held_then(mine):
    ended = seat_above(mine, starts_on=date(2018, 1, 1), ends_on=date(2020, 1, 1))
    mine.client.post("/mine/record/correct/?year=2019", {"text": "I was there"})
    assert CorrectionRequest.objects.get().mandate == ended
