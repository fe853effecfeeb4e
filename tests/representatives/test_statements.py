"""The yearly duty statement: written by one, reviewed by another, public as it was reviewed."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from liaison.audit.models import Entry
from representatives.models import DutyStatement
from tests.access.crawling import signed_in
from tests.access.filling import errors_on, send
from tests.support import factories as make

ADD = "/admin/representatives/dutystatement/add/"
TEXT = "received residents ten times"


@pytest.fixture
def mandate():
    return make.mandate(name="Wen")


@pytest.fixture
def writer():
    return make.granted("officer", username="writer")


@pytest.fixture
def reviewer():
    return make.granted("officer", username="reviewer")


def page_of(statement):
    return f"/admin/representatives/dutystatement/{statement.pk}/change/"


def is_public(client, mandate, words=TEXT):
    return words in client.get(f"/representatives/{mandate.person_id}/").content.decode()


def test_it_is_public_after_another_s_review_and_not_before(client, mandate, writer, reviewer):
    facts = {"mandate": mandate.pk, "year": "2025", "text": TEXT}
    assert send(signed_in(writer), ADD, **facts, publish="on").status_code == 302
    statement = DutyStatement.objects.get()
    assert (statement.written_by, statement.published_on, is_public(client, mandate)) == (writer, None, False)
    send(signed_in(writer), page_of(statement), publish="on")
    assert not is_public(client, mandate)
    assert send(signed_in(reviewer), page_of(statement), publish="on").status_code == 302
    statement.refresh_from_db()
    assert (statement.reviewed_by, statement.published_on) == (reviewer, timezone.localdate())
    assert is_public(client, mandate)
    assert Entry.objects.get(action="publish").actor_id == reviewer.pk


def test_a_changed_text_waits_for_review_anew(client, mandate, writer, reviewer):
    statement = make.statement(mandate, by=reviewer, written_by=writer)
    assert is_public(client, mandate)
    assert send(signed_in(reviewer), page_of(statement), text="eleven times").status_code == 302
    statement.refresh_from_db()
    assert (statement.written_by, statement.reviewed_by, statement.published_on) == (reviewer, None, None)
    assert [is_public(client, mandate, words) for words in (TEXT, "eleven times")] == [False, False]
    send(signed_in(writer), page_of(statement), publish="on")
    assert is_public(client, mandate, "eleven times")


def test_nobody_reviews_what_they_change_in_the_same_go(client, mandate, writer, reviewer):
    statement = make.statement(mandate, written_by=writer)
    answer = send(signed_in(reviewer), page_of(statement), text="mine now", publish="on")
    assert errors_on(answer) == {"publish"}
    assert not is_public(client, mandate, "mine now")


def test_the_database_itself_refuses_one_who_reviews_their_own(mandate, writer):
    with pytest.raises(IntegrityError):
        make.statement(mandate, by=writer, written_by=writer)


def test_it_is_taken_down_and_may_be_shown_again(client, mandate, writer, reviewer):
    statement = make.statement(mandate, by=reviewer, written_by=writer)
    send(signed_in(writer), page_of(statement), take_down="on")
    assert not is_public(client, mandate)
    send(signed_in(reviewer), page_of(statement), publish="on")
    assert is_public(client, mandate)


def test_it_is_not_read_before_its_day(client, mandate, reviewer):
    make.statement(mandate, by=reviewer, published_on=timezone.localdate() + timedelta(days=1))
    assert not is_public(client, mandate)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"text": "call 139 0000 0000"}, "text"),
        ({"text": "call 0451-86001234"}, "text"),
        ({"text": "a" * 3001}, "text"),
        ({"text": " "}, "text"),
        ({"year": "2199"}, "year"),
        ({"year": "1999"}, "year"),
        ({"year": "x"}, "year"),
    ],
)
def test_wrong_words_stand_beside_their_field(facts, field, mandate, writer):
    good = {"mandate": mandate.pk, "year": "2025", "text": TEXT}
    assert errors_on(send(signed_in(writer), ADD, **good | facts)) == {field}


def test_a_year_is_told_once(mandate, writer):
    make.statement(mandate)
    answer = send(signed_in(writer), ADD, mandate=mandate.pk, year="2025", text=TEXT)
    assert answer.status_code == 200
    assert DutyStatement.objects.count() == 1


def test_another_district_s_statement_is_read_and_not_reviewed(mandate):
    statement = make.statement(mandate)
    client = signed_in(make.granted("officer", code=make.NANGANG))
    assert client.get(page_of(statement)).status_code == 200
    assert send(client, page_of(statement), publish="on").status_code == 403
