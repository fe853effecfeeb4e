"""One door to sign in at, the same words for every mistake, and out again at once."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils.translation import gettext

from liaison.accounts.models import Grant, User
from tests.access.filling import errors_on, form_on, send
from tests.support import factories as make

LOGIN, CHANGE, PASSWORD = "/accounts/login/", "/accounts/password/", "a long enough passphrase"


@pytest.fixture(autouse=True)
def _office():
    make.office()


def sign_in(client, username, password=PASSWORD, **more):
    return client.post(LOGIN, {"username": username, "password": password} | more)


def test_everybody_lands_where_their_work_is(client):
    for role, landing in (("officer", "/admin/"), ("leader", "/dashboard/brief/"), ("department_clerk", "/admin/")):
        client = Client()
        make.granted(role, username=role)
        assert sign_in(client, role).url == "/accounts/entrance/"
        assert client.get("/accounts/entrance/").url == landing


@pytest.mark.parametrize("where", ["/admin/visits/visit/?e=1", "/dashboard/"])
def test_whoever_is_sent_to_the_door_comes_back_to_where_they_were_going(where, client):
    make.granted("officer", username="officer")
    door = client.get(where, follow=True)
    assert door.request["PATH_INFO"] == LOGIN
    page = form_on(client, f"{LOGIN}?{door.request['QUERY_STRING']}")
    assert client.post(LOGIN, page | {"username": "officer", "password": PASSWORD}).url == where


def test_an_unknown_name_a_wrong_password_and_a_dismissed_account_get_the_same_words():
    make.user("known")
    make.user("gone", is_active=False)
    answers = []
    for name, password in (("known", "wrong"), ("nobod", "wrong"), ("gone", "wrong"), ("gone", PASSWORD)):
        response = sign_in(Client(), name, password)
        answers.append((response.status_code, [str(words) for words in response.context["form"].non_field_errors()]))
    assert answers == [answers[0]] * 4
    assert answers[0][0] == 200
    assert len(answers[0][1]) == 1


FOREIGN = ["//evil.example", "https://evil.example/", "javascript:alert(1)", "\\\\evil.example", "/\\evil.example"]


@pytest.mark.parametrize("address", [*FOREIGN, "http:///evil.example", "//testserver@evil.example", "\x00"])
def test_nobody_is_sent_to_a_foreign_place(address, client):
    make.granted("officer", username="officer")
    assert sign_in(client, "officer", next=address).url == "/accounts/entrance/"
    door = client.get("/admin/login/", {"next": address.replace("\x00", "")})
    assert door.url.startswith(f"{LOGIN}?next=")


@pytest.mark.parametrize("name", ["\x00", "x" * 10_000, "\ufffd", "路' OR 1=1", ""])
def test_nothing_typed_brings_the_door_down(name, client):
    response = sign_in(client, name, name)
    assert response.status_code == 200
    assert response.context["form"].errors


def test_signing_out_ends_the_session_for_good(client):
    client.force_login(make.granted("officer"))
    kept = client.cookies.copy()
    assert client.get("/admin/").status_code == 200
    assert client.post("/accounts/logout/").url == LOGIN
    stolen = Client()
    stolen.cookies = kept
    assert stolen.get("/admin/").status_code == 302
    assert Session.objects.count() == 0


def test_whoever_is_dismissed_is_out_at_the_next_click(client):
    officer = make.granted("officer")
    client.force_login(officer)
    assert client.get("/admin/stations/station/").status_code == 200
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert client.get("/admin/stations/station/").url.startswith(f"{LOGIN}?next=")


def test_whoever_loses_a_role_loses_it_at_the_next_click(client):
    officer = make.granted("officer")
    client.force_login(officer)
    assert client.get("/admin/stations/station/").status_code == 200
    Grant.objects.filter(user=officer).delete()
    assert client.get("/admin/stations/station/").status_code == 403


def test_a_new_password_ends_every_other_session(client):
    somebody = make.granted("officer")
    elsewhere = Client()
    client.force_login(somebody)
    elsewhere.force_login(somebody)
    new = "another long passphrase 9"
    changed = client.post(CHANGE, {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert changed.status_code == 302
    assert client.get("/admin/").status_code == 200
    assert elsewhere.get("/admin/").status_code == 302


@pytest.mark.parametrize("password", ["short", "password1234", "officer-officer"])
def test_a_weak_password_is_refused_in_words(password, client):
    client.force_login(make.granted("officer", username="officer-officer"))
    response = client.post(CHANGE, {"oldpassword": PASSWORD, "password1": password, "password2": password})
    assert response.status_code == 200
    assert response.context["form"].errors["password1"]


def test_accounts_are_kept_by_the_system_administrator():
    keeper = Client()
    keeper.force_login(make.granted("sysadmin"))
    words = {"password1": "a passphrase for ours", "password2": "a passphrase for ours"}
    assert send(keeper, "/admin/accounts/user/add/", username="new", name="新人", **words).status_code == 302
    new = User.objects.get(username="new")
    page = f"/admin/accounts/user/{new.pk}/change/"
    grant = {"role": "officer", "division": make.DAOLI, "valid_from": "2026-01-01"}
    rows = {"grants__TOTAL_FORMS": "1"} | {f"grants__0__{name}": value for name, value in grant.items()}
    assert send(keeper, page, **rows).status_code == 302
    assert new.grants.get().role == "officer"
    smuggled = {"is_superuser": "on", "is_staff": "on", "user_permissions": "1", "groups": "1"}
    assert send(keeper, page, **smuggled).status_code == 302
    new.refresh_from_db()
    assert (new.is_superuser, new.is_staff, new.user_permissions.count()) == (False, False, 0)


def test_a_wrong_grant_is_told_beside_its_row_and_not_saved():
    keeper = Client()
    keeper.force_login(make.granted("sysadmin"))
    somebody = make.user()
    page = f"/admin/accounts/user/{somebody.pk}/change/"
    rows = {"grants__TOTAL_FORMS": "1", "grants__0__role": "emperor", "grants__0__division": "\x00"}
    assert errors_on(send(keeper, page, **rows, grants__0__valid_from="2026-13-45")) == {
        "grants-0-role",
        "grants-0-division",
        "grants-0-valid_from",
    }
    assert somebody.grants.count() == 0


def test_a_refusal_is_told_in_our_own_words_and_in_chinese(client):
    client.force_login(make.granted("auditor"))
    response = client.get("/admin/visits/visit/")
    assert response.status_code == 403
    assert 'lang="zh-hans"' in response.content.decode()
    assert gettext("Back to the first page") in response.content.decode()
