"""A remark about the site: kept once, without a name, read and answered by whoever looks after it."""

from datetime import timedelta

import pytest
from django.core import signing
from django.utils import timezone

from liaison.remarks import forms, models
from liaison.remarks.models import Remark
from tests.access.crawling import signed_in
from tests.access.filling import send
from tests.support import factories as make

PAGE, BODY = "/feedback/", "the button does nothing"


def say(client, **answers):
    return client.post(PAGE, {"body": BODY, "page": "/stations/", "token": forms.issue_token()} | answers)


def test_what_is_said_is_kept_for_the_office_served(client, office):
    answer = say(client)
    assert (answer.status_code, dict(client.cookies)) == (200, {})
    kept = Remark.objects.get()
    assert (kept.body, kept.page, kept.division_id) == (BODY, "/stations/", office.division_id)
    assert timezone.now() - kept.received_at < timedelta(minutes=1)


def test_the_same_form_sent_again_is_one_remark(client):
    token = forms.issue_token()
    answers = [say(client, token=token), say(client, token=token, body="otherwise")]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert [remark.body for remark in Remark.objects.all()] == [BODY]


BAD = {
    "nothing": ({"body": ""}, "body", "请写下哪里不好、缺什么"),
    "blanks": ({"body": "\x00 \u200b\n"}, "body", "请写下哪里不好、缺什么"),
    "too long": ({"body": "字" * 2001}, "body", "内容太长，请控制在两千字以内"),
    "a long page": ({"page": "/" + "a" * 200}, "page", "内容太长，请控制在200字以内"),
    "broken characters": ({"body": "\ufffd"}, "body", "有些字认不出来，请检查后再提交"),
    "no token": ({"token": ""}, "token", "页面打开太久了，请再点一次提交"),
    "NUL for a token": ({"token": "\x00"}, "token", "页面打开太久了，请再点一次提交"),
    "a forged token": ({"token": "abc:def:ghi"}, "token", "页面打开太久了，请再点一次提交"),
    "a token of another form": (
        {"token": signing.TimestampSigner(salt="liaison.form").sign("x")},
        "token",
        "页面打开太久了，请再点一次提交",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_mistake_is_told_in_a_short_sentence_and_the_words_are_kept(client, name):
    answers, field, words = BAD[name]
    answer = say(client, **answers)
    form = answer.context["form"]
    assert (answer.status_code, dict(form.errors)) == (422, {field: [words]})
    assert len(words) <= 25
    assert Remark.objects.count() == 0
    assert form["page"].value() == answers.get("page", "/stations/")


def test_one_more_press_sends_what_came_with_an_old_token(client, monkeypatch):
    token = forms.issue_token()
    monkeypatch.setattr(forms, "TOKEN_SECONDS", -1)
    again = say(client, token=token)
    monkeypatch.undo()
    typed = {name: again.context["form"][name].value() for name in ("body", "page", "token")}
    assert client.post(PAGE, typed).status_code == 200
    assert Remark.objects.get().body == BODY


def test_more_than_anybody_can_read_is_not_kept_and_says_so(client, monkeypatch):
    monkeypatch.setattr(models, "MOST_A_DAY", 2)
    assert [say(client).status_code for _ in range(3)] == [200, 200, 429]
    Remark.objects.update(received_at=timezone.now() - timedelta(days=2))
    assert say(client).status_code == 200


def test_the_office_reads_it_and_writes_what_was_done(client):
    officer = make.granted("officer")
    remark = make.remark()
    page = f"/admin/remarks/remark/{remark.pk}/change/"
    assert send(signed_in(officer), page, outcome="mended", body="other words").status_code == 302
    remark.refresh_from_db()
    assert (remark.body, remark.outcome, remark.settled_by) == (BODY, "mended", officer)
    assert remark.settled_on == timezone.localdate()
    send(signed_in(officer), page, outcome="")
    remark.refresh_from_db()
    assert (remark.settled_on, remark.settled_by) == (None, None)


def test_open_ones_can_be_asked_for():
    client = signed_in(make.granted("officer"))
    make.remark("open")
    Remark.objects.filter(pk=make.remark("done").pk).update(settled_on=timezone.localdate())
    for choice, bodies in (("no", {"open"}), ("yes", {"done"}), ("9", {"open", "done"})):
        rows = client.get("/admin/remarks/remark/", {"settled": choice}).context["cl"].queryset
        assert {row.body for row in rows} == bodies


def test_another_district_s_remarks_are_not_there():
    theirs = make.remark(code=make.NANGANG)
    client = signed_in(make.granted("officer"))
    assert client.get(f"/admin/remarks/remark/{theirs.pk}/change/").status_code == 404
    assert list(client.get("/admin/remarks/remark/").context["cl"].queryset) == []
