"""Opinions at work: entered at the desk, found, moved on, and who spoke read only where it is written down."""

import re

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from feedback.opinions import workflow
from feedback.opinions.models import Opinion
from feedback.submissions import receipts
from liaison.audit.models import Entry
from liaison.tools import files
from tests.access.crawling import signed_in
from tests.access.filling import errors_on, form_on, send
from tests.access.test_queries import questions
from tests.submissions.saying import jpeg, page_of, rows
from tests.support import factories as make

LIST, ADD = "/admin/opinions/opinion/", "/admin/opinions/opinion/add/"
SAID = {"body": "三号楼前的路灯坏了", "place": "松涛苑3号楼"}


@pytest.fixture
def station():
    make.office()
    return make.station()


@pytest.fixture
def staff(station):
    return signed_in(make.staff(station))


def move(opinion, key):
    return reverse("admin:opinions_opinion_move", args=(opinion.pk, key))


def page(opinion, name="change"):
    return reverse(f"admin:opinions_opinion_{name}", args=(opinion.pk,))


# At the desk


def test_what_staff_enter_gives_number_and_code_to_hand_over(staff, station):
    response = send(staff, ADD, **SAID, channel="phone", name="老王", phone="13900000000", identity_mode="real")
    opinion = Opinion.objects.get()
    assert (opinion.body, opinion.channel, opinion.station) == (SAID["body"], "phone", station)
    assert opinion.reporter.reveal() == {"name": "老王", "phone": "13900000000"}
    told = staff.get(response.url).content.decode()
    codes = re.findall(r"\d{3}-\d{4}-\d{4}", told)
    assert [receipts.fits(receipts.read_code(code), opinion.code_hash) for code in codes] == [True]
    assert opinion.number in told


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"body": ""}, {"body"}),
        ({"body": "路" * 10_001}, {"body"}),
        ({"place": "路" * 201}, {"place"}),
        ({"phone": "123"}, {"phone"}),
        ({"name": "王" * 51}, {"name"}),
        ({"channel": "pigeon"}, {"channel"}),
        ({"urgency": "\x00"}, {"urgency"}),
        ({"category": "abc"}, {"category"}),
        ({"identity_mode": "secret"}, {"identity_mode"}),
        ({"body": "", "place": "", "phone": "1"}, {"body", "place", "phone"}),
    ],
)
def test_a_mistake_at_the_desk_is_told_beside_its_field_and_what_was_typed_stays(changes, wrong, staff):
    typed = SAID | {"name": "老王"} | changes
    before = rows()
    response = send(staff, ADD, **typed)
    assert errors_on(response) == wrong
    for name in ("body", "place", "name"):
        assert typed[name] in response.content.decode()
    assert rows() == before


def test_the_words_of_a_resident_are_shown_and_not_changed(staff, station):
    opinion = make.opinion(station, body="<b>the lamp</b> is out\nfor weeks")
    assert "body" not in form_on(staff, page(opinion))
    assert "&lt;b&gt;the lamp&lt;/b&gt; is out" in staff.get(page(opinion)).content.decode()
    assert send(staff, page(opinion), summary="a lamp").status_code == 302
    opinion.refresh_from_db()
    assert (opinion.body, opinion.summary) == ("<b>the lamp</b> is out\nfor weeks", "a lamp")


# Searching


def found(client, words):
    return {row.body for row in client.get(LIST, {"q": words}).context["cl"].queryset}


def test_an_opinion_is_found_by_number_words_place_and_summary(staff, station):
    one = make.opinion(station, body="路灯坏了", place="松涛苑")
    make.opinion(station, body="电梯停了", place="安隆街", summary="电梯")
    assert found(staff, one.number) == found(staff, f" {one.number.lower()} ") == {"路灯坏了"}
    assert found(staff, "路灯") == found(staff, "松涛") == {"路灯坏了"}
    assert found(staff, "电梯") == {"电梯停了"}
    assert found(staff, "") == {"路灯坏了", "电梯停了"}
    assert found(staff, "没有") == found(staff, "YJ-1999-0001") == set()


@pytest.mark.parametrize(
    "words", ["%", "_", "\\", "'", '"', "YJ-2026-" + "9" * 18, "YJ--", "路" * 20_000, "a " * 9_000]
)
def test_no_words_bring_the_search_down_or_find_what_is_not_there(words, staff, station):
    make.opinion(station, body="路灯坏了")
    assert found(staff, words) == set()


# Moving on


def test_only_the_moves_that_are_open_are_offered(staff, station):
    life = make.Life(make.opinion(station))
    clerk = signed_in(life.clerk)

    def offered(client):
        elements = page_of(client.get(page(life.opinion))).elements
        return [values["data-move"] for _tag, values in elements if "data-move" in values]

    assert offered(staff) == ["accept", "refuse", "answer_on_spot", "pass_on"]
    life.accept()
    assert offered(staff) == ["assign", "answer_on_spot", "pass_on"]
    life.assign()
    assert (offered(staff), offered(clerk)) == (["reply_for"], ["acknowledge", "ask_return", "ask_extension"])
    life.acknowledge()
    assert (offered(staff), offered(clerk)) == (["reply_for"], ["reply", "ask_return", "ask_extension"])
    life.reply()
    assert (offered(staff), offered(clerk)) == (["feed_back"], [])


def test_an_opinion_is_carried_down_the_road_through_the_pages(staff, station):
    opinion, department = make.opinion(station), make.organisation()
    clerk = signed_in(make.clerk(department))
    send(staff, move(opinion, "accept"))
    send(staff, move(opinion, "assign"), organisation=department.pk, due_on="2027-01-31", instructions="soon")
    send(clerk, move(opinion, "acknowledge"))
    send(clerk, move(opinion, "reply"), text="mended", outcome="solved")
    send(staff, move(opinion, "feed_back"), way="phone", note="told by telephone")
    opinion.refresh_from_db()
    assert (opinion.state, opinion.outcome) == ("fed_back", "solved")
    assert str(opinion.assignments.get().due_on) == "2027-01-31"


@pytest.mark.parametrize(
    ("state", "key", "typed", "wrong"),
    [
        (None, "accept", {"taker": ""}, {"taker"}),
        (None, "accept", {"taker": "abc"}, {"taker"}),
        (None, "accept", {"summary": "x" * 201}, {"summary"}),
        (None, "refuse", {"note": "", "office": ""}, {"note", "office"}),
        (None, "refuse", {"note": "x", "office": "x", "channel": "moon"}, {"channel"}),
        ("accepted", "assign", {"organisation": ""}, {"organisation"}),
        ("accepted", "assign", {"organisation": "\x00"}, {"organisation"}),
        ("accepted", "assign", {"due_on": "2026-13-45"}, {"organisation", "due_on"}),
        ("handling", "reply", {"text": "", "outcome": "solved"}, {"text"}),
        ("handling", "reply", {"text": "x" * 10_001, "outcome": "nothing"}, {"text", "outcome"}),
        ("replied", "feed_back", {"note": " ", "way": "phone"}, {"note"}),
        ("replied", "feed_back", {"note": "\ufffd", "way": "\x00"}, {"note", "way"}),
    ],
)
def test_a_mistake_in_a_move_is_told_beside_its_field_and_nothing_moves(state, key, typed, wrong, station):
    life = make.Life(make.opinion(station))
    if state:
        life.until(state)
    client = signed_in(life.clerk if key == "reply" else life.officer)
    before = rows(), Opinion.objects.values().get()
    response = send(client, move(life.opinion, key), **typed)
    assert response.status_code == 200
    assert errors_on(response) == wrong
    assert (rows(), Opinion.objects.values().get()) == before


def test_whoever_tells_the_resident_has_the_answers_in_front(staff, station):
    opinion = make.Life(make.opinion(station)).until("replied")
    opinion.replies.create(round=1, body="Hotline 12345", text="the lamp burns again", replied_at=timezone.now())
    told = staff.get(move(opinion, "feed_back")).content.decode()
    before_the_form = told[: told.index('name="way"')]
    for reply in opinion.replies.all():
        assert reply.answered_by in before_the_form
        assert reply.text in before_the_form


def test_nothing_is_said_of_answers_before_there_are_any(staff, station):
    opinion = make.Life(make.opinion(station)).until("accepted")
    assert "replies-heading" not in staff.get(move(opinion, "assign")).content.decode()


@pytest.mark.parametrize("address", [lambda opinion: move(opinion, "feed_back"), lambda opinion: page(opinion, "call")])
def test_answers_are_asked_for_in_one_question_however_many(address, staff, station):
    opinion = make.Life(make.opinion(station, reporter={"name": "老王", "phone": "13900000000"})).until("replied")
    of_one = questions(staff, address(opinion))
    for _more in range(3):
        facts = {"round": 1, "text": "mended", "replied_at": timezone.now()}
        opinion.replies.create(organisation=make.organisation(), **facts)
    assert questions(staff, address(opinion)) == of_one


def test_a_move_made_meanwhile_by_somebody_else_is_refused_and_written_down(staff, station, monkeypatch):
    """Both had the page open: the second presses after the first."""
    opinion = make.opinion(station)
    taken = workflow.ACCEPT.key
    monkeypatch.setattr(Opinion, "_take", _somebody_was_quicker(Opinion._take))
    response = send(staff, move(opinion, taken))
    assert response.status_code == 200
    assert response.context["form"].non_field_errors()
    refused = Entry.objects.get(action=taken, result="refused")
    assert (refused.object_id, refused.detail["reason"] != "") == (str(opinion.pk), True)


def _somebody_was_quicker(take):
    def late(self, before, after):
        type(self).objects.filter(pk=self.pk).update(state="refused")
        return take(self, before, after)

    return late


def test_a_page_left_open_makes_no_second_move_and_loses_no_word(staff, station):
    opinion = make.opinion(station)
    typed = form_on(staff, move(opinion, "accept")) | {"note": "WORDS TYPED FOR LONG"}
    assert staff.post(move(opinion, "accept"), typed).status_code == 302
    again = staff.post(move(opinion, "accept"), typed)
    assert (again.status_code, len(again.context["form"].non_field_errors())) == (200, 1)
    assert "WORDS TYPED FOR LONG" in again.content.decode()
    assert opinion.steps.filter(move="accept").count() == 1
    assert Entry.objects.filter(action="accept", result="refused", object_id=str(opinion.pk)).count() == 1
    assert staff.get(move(opinion, "accept")).url == page(opinion)


# Who spoke, and what it looked like


def test_each_look_at_a_reporter_is_one_line_of_the_trail(staff, station):
    opinion = make.opinion(station, reporter={"name": "NAME-IN-PLAIN", "phone": "13900000000"})
    for looks in (1, 2):
        assert "NAME-IN-PLAIN" in staff.get(page(opinion, "reporter")).content.decode()
        seen = Entry.objects.filter(action="reveal", object_id=str(opinion.pk))
        assert seen.count() == looks
    assert "NAME-IN-PLAIN" not in str(list(seen.values()))
    assert "NAME-IN-PLAIN" not in staff.get(page(opinion)).content.decode()


def test_there_is_no_page_about_somebody_who_left_nothing(staff, station):
    opinion = make.opinion(station)
    assert staff.get(page(opinion, "reporter")).status_code == 404
    assert page(opinion, "reporter") not in staff.get(page(opinion)).content.decode()
    assert Entry.objects.filter(action="reveal").count() == 0


def test_a_photograph_is_served_as_a_picture_and_nothing_else(staff, station):
    opinion = make.opinion(station)
    name = files.store(files.Photo(jpeg(), "image/jpeg", 16, 16, "0" * 64), default_storage)
    kept = opinion.photos.create(file=name, sha256="0" * 64, width=16, height=16)
    response = staff.get(reverse("admin:opinions_opinion_photo", args=(opinion.pk, kept.pk)))
    assert b"".join(response.streaming_content) == jpeg()
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    other = make.opinion(station)
    assert staff.get(reverse("admin:opinions_opinion_photo", args=(other.pk, kept.pk))).status_code == 404
    default_storage.delete(name)
    assert staff.get(reverse("admin:opinions_opinion_photo", args=(opinion.pk, kept.pk))).status_code == 404
