"""What is typed and not saved is kept: sealed, for its writer alone, and for some days."""

import logging
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from liaison.audit.models import Entry
from stations.visits import drafts
from stations.visits.models import Draft, Visit
from tests.support import factories as make
from tests.visits.typing import ADD, errors_of, filled, page_fields

KEEP = "/admin/visits/visit/draft/"
WORDS = "王大娘家的灯坏了"


def kept(client, fields) -> dict:
    return client.post(KEEP, fields).json()


@pytest.fixture
def typed(clerk):
    return filled(clerk, content=WORDS) | {"guests-lines": "街道办 周某", "opinions-0-body": "电梯坏了"}


def test_what_is_typed_is_offered_in_words_and_restored_as_it_was(clerk, typed):
    answer = kept(clerk, typed | {"date": "2026.13.45"})
    assert (answer["kept"], answer["signed_in"]) == (True, True)
    page = clerk.get(ADD)
    assert f"有一份{answer['at']}没有保存的草稿" in page.text
    fields = page_fields(clerk.get(page.context["drafts"][0]["href"]))
    assert (fields["date"], fields["content"]) == (["2026.13.45"], [WORDS])
    assert (fields["guests-lines"], fields["opinions-0-body"]) == (["街道办 周某"], ["电梯坏了"])


def test_nothing_of_it_can_be_read_in_the_database_the_trail_or_the_logs(clerk, typed, caplog):
    caplog.set_level(logging.DEBUG)
    kept(clerk, typed)
    draft = Draft.objects.get()
    assert WORDS.encode() not in bytes(draft.sealed)
    assert WORDS in drafts.typed_in(draft)["content"]
    assert WORDS not in caplog.text + str(list(Entry.objects.values())) + str(draft)
    assert "csrfmiddlewaretoken" not in drafts.typed_in(draft)


def test_saving_removes_it_and_a_late_one_is_not_kept(clerk, typed):
    kept(clerk, typed)
    assert clerk.post(ADD, typed | {"opinions-0-place": "4号楼"}).status_code == 302
    assert Draft.objects.count() == 0
    assert kept(clerk, typed)["kept"] is False
    assert Draft.objects.count() == 0


def sheet_on(fields):
    (token,) = fields[drafts.TOKEN]
    return drafts.sheet_of({drafts.TOKEN: token})


def test_one_that_was_on_its_way_while_the_page_was_saved_is_not_kept_either(clerk, typed, monkeypatch):
    """The page is saved after the draft was let in, and before it is written."""
    sheet, saved = sheet_on(typed), make.visit(make.station())

    def save_meanwhile():
        Visit.objects.filter(pk=saved.pk).update(entry_key=sheet.key)

    monkeypatch.setattr(drafts, "forget_old", save_meanwhile)
    assert kept(clerk, typed)["kept"] is False
    assert Draft.objects.count() == 0


def test_the_draft_is_forgotten_once_more_when_the_visit_stands(clerk, typed, django_capture_on_commit_callbacks):
    sheet = sheet_on(typed)
    with django_capture_on_commit_callbacks(execute=True) as called:
        assert clerk.post(ADD, typed | {"opinions-0-place": "4号楼"}).status_code == 302
        late = {"page": "station:1", "sealed": b"late", "saved_at": timezone.now()}
        Draft.objects.create(user_id=sheet.user, key=sheet.key, **late)
    assert called
    assert Draft.objects.count() == 0


def test_a_draft_of_what_was_saved_elsewhere_leads_there_and_makes_no_second_one(clerk, typed, writer):
    kept(clerk, typed)
    draft = Draft.objects.get()
    saved = make.visit(make.station(), entry_key="another")
    Visit.objects.filter(pk=saved.pk).update(entry_key=draft.key, station=writer.posts.get().station)
    answer = clerk.get(ADD, {"draft": draft.pk}, follow=True)
    assert answer.redirect_chain[-1][0] == f"/admin/visits/visit/{saved.pk}/change/"
    assert "已经保存过" in answer.text
    assert Draft.objects.count() == 0


def test_a_draft_of_a_day_somebody_else_has_entered_asks_before_it_is_a_second_one(clerk, typed, station):
    kept(clerk, typed)
    make.visit(station, content="entered by somebody else")
    restored = page_fields(clerk.get(ADD, {"draft": Draft.objects.get().pk}))
    response = clerk.post(ADD, restored | {"opinions-0-place": "4号楼"})
    assert set(errors_of(response)) == {"date"}
    assert Visit.objects.count() == 1


def test_the_page_keeps_its_words_after_the_session_has_ended(clerk, typed):
    clerk.logout()
    answer = kept(clerk, typed)
    assert (answer["kept"], answer["signed_in"]) == (True, False)


def test_a_form_sent_without_a_session_comes_back_after_signing_in(clerk, typed, writer):
    clerk.logout()
    refused = clerk.post(ADD, typed)
    parts = urlsplit(refused.url)
    assert parts.path == "/accounts/login/"
    clerk.force_login(writer)
    page = clerk.get(parse_qs(parts.query)["next"][0])
    fields = page_fields(page)
    assert fields["content"] == [WORDS]
    assert "请核对后保存" in page.text
    assert clerk.post(ADD, fields | {"opinions-0-place": "4号楼"}).status_code == 302
    assert (Visit.objects.get().content, Draft.objects.count()) == (WORDS, 0)


@pytest.mark.parametrize(
    ("sent", "stands"), [("a1-3", WORDS), ("a1-5", "王大娘"), ("b2-1", "王大娘"), ("", "王大娘"), ("a1-x", "王大娘")]
)
def test_an_earlier_keeping_that_arrives_later_replaces_nothing(clerk, typed, sent, stands):
    """The form was sent with an ended session while the script's last keeping was still on its way."""
    clerk.logout()
    assert clerk.post(ADD, typed | {"_turn": "a1-4"}).status_code == 302
    assert kept(clerk, typed | {"content": "王大娘", "_turn": sent})["kept"] is True
    assert drafts.typed_in(Draft.objects.get())["content"] == stands
    assert "_turn" not in drafts.typed_in(Draft.objects.get())


def test_a_form_with_a_token_from_before_the_last_sign_in_comes_back_too(writer, mandates):
    client = Client(enforce_csrf_checks=True)
    client.force_login(writer)
    typed = filled(client, content=WORDS)
    refused = client.post(ADD, typed | {"csrfmiddlewaretoken": "a" * 64})
    assert (refused.status_code, urlsplit(refused.url).path) == (302, ADD)
    assert page_fields(client.get(refused.url))["content"] == [WORDS]


def test_a_draft_is_its_writer_s_alone(clerk, typed, station):
    kept(clerk, typed)
    draft = Draft.objects.get()
    other = Client()
    other.force_login(make.staff(station))
    assert other.get(ADD).context["drafts"] == []
    assert page_fields(other.get(ADD, {"draft": draft.pk}))["content"] == [""]
    other.post(KEEP, {"draft_token": page_fields(other.get(ADD))["draft_token"][0], "discard": "1"})
    assert Draft.objects.get() == draft


def test_discarding_forgets_it(clerk, typed):
    kept(clerk, typed)
    offered = clerk.get(ADD).context["drafts"][0]
    answer = clerk.post(KEEP, {"draft_token": offered["token"], "discard": "1", "next": ADD})
    assert (answer.url, Draft.objects.count()) == (ADD, 0)


def test_discarding_leads_to_no_other_site(clerk, typed):
    kept(clerk, typed)
    token = clerk.get(ADD).context["drafts"][0]["token"]
    answer = clerk.post(KEEP, {"draft_token": token, "discard": "1", "next": "https://example.org/"})
    assert answer.url == "/admin/"


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "\x00"])
def test_without_the_page_s_token_nothing_is_kept(clerk, typed, token):
    assert kept(clerk, typed | {"draft_token": token}) == {"kept": False, "signed_in": False}
    assert Draft.objects.count() == 0


def test_after_some_days_it_is_gone(clerk, typed):
    kept(clerk, typed)
    Draft.objects.update(saved_at=timezone.now() - drafts.LIFE - timedelta(hours=1))
    assert clerk.get(ADD).context["drafts"] == []
    kept(clerk, filled(clerk))
    assert Draft.objects.count() == 1


def test_one_too_large_is_not_kept(clerk, typed):
    assert kept(clerk, typed | {"content": "路" * 30_000})["kept"] is False


@pytest.mark.parametrize("asked", ["0", "x", "9" * 30, "-1", "٣"])
def test_a_draft_that_is_none_is_an_empty_page(clerk, asked):
    assert page_fields(clerk.get(ADD, {"draft": asked}))["content"] == [""]
