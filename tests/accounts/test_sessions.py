"""A session ends with its account, its password, its idle hours and its day; a sign-in makes a new one."""

import time_machine
from django.test import Client
from django.utils import timezone

from liaison.accounts.models import User
from tests.access.filling import send
from tests.support import factories as make

LOGIN, PASSWORD = "/accounts/login/", "a long enough passphrase"


def signed_in(name="officer"):
    client = Client()
    assert client.post(LOGIN, {"username": name, "password": PASSWORD}).status_code == 302
    return client


def open_sessions(count=3):
    make.office()
    make.granted("officer", username="officer")
    return [signed_in() for _ in range(count)]


def answers(clients):
    return [client.get("/admin/").status_code for client in clients]


def keeper():
    client = Client()
    client.force_login(make.granted("sysadmin"))
    return client


def page_of(name, page="change"):
    return f"/admin/accounts/user/{User.objects.get(username=name).pk}/{page}/"


def test_a_deactivated_account_is_refused_in_all_its_sessions_and_they_never_come_back():
    sessions = open_sessions()
    assert answers(sessions) == [200] * 3
    office = keeper()
    assert send(office, page_of("officer"), is_active="").status_code == 302
    assert User.objects.get(username="officer").is_active is False
    assert answers(sessions) == [302] * 3
    assert send(office, page_of("officer"), is_active="on").status_code == 302
    assert User.objects.get(username="officer").is_active is True
    assert answers(sessions) == [302] * 3


def test_a_reset_password_ends_every_session_and_is_good_for_one_sign_in():
    sessions = open_sessions()
    told = keeper().post(page_of("officer", "password"), {})
    password = told.context["password"]
    assert told["Cache-Control"].startswith("max-age=0")
    assert answers(sessions) == [302] * 3
    client = Client()
    assert client.post(LOGIN, {"username": "officer", "password": PASSWORD}).status_code == 200
    assert client.post(LOGIN, {"username": "officer", "password": password}).status_code == 302
    assert client.get("/admin/").url == client.get("/dashboard/").url == "/accounts/password/"
    new = {"oldpassword": password, "password1": "Kettle-river-9", "password2": "Kettle-river-9"}
    assert client.post("/accounts/password/", new).url == "/accounts/entrance/"
    assert client.get("/admin/").status_code == 200


def test_whoever_was_away_too_long_signs_in_again_and_comes_back():
    with time_machine.travel("2026-11-02 09:00 +0800", tick=False) as clock:
        (client,) = open_sessions(1)
        for minute in (119, 238):
            clock.move_to(f"2026-11-02 {9 + minute // 60:02d}:{minute % 60:02d} +0800")
            assert client.get("/admin/").status_code == 200
        clock.move_to("2026-11-02 15:30 +0800")
        gone = client.get("/admin/visits/visit/?e=1")
        assert gone.url == "/accounts/login/?ended=1&next=/admin/visits/visit/%3Fe%3D1"
        assert client.get("/admin/").url == "/admin/login/?next=/admin/"


def test_no_session_lasts_longer_than_twelve_hours():
    with time_machine.travel("2026-11-02 08:00 +0800", tick=False) as clock:
        (client,) = open_sessions(1)
        for hour in range(9, 20):
            clock.move_to(f"2026-11-02 {hour:02d}:00 +0800")
            assert client.get("/admin/").status_code == 200
        clock.move_to("2026-11-02 20:01 +0800")
        assert client.get("/admin/").status_code == 302


def test_a_session_given_by_somebody_else_is_not_signed_in_with():
    make.office()
    make.granted("officer", username="officer")
    victim = Client()
    victim.get(LOGIN)
    session = victim.session
    session["planted"] = True
    session.save()
    victim.cookies["sessionid"] = planted = session.session_key
    victim.post(LOGIN, {"username": "officer", "password": PASSWORD})
    assert victim.cookies["sessionid"].value != planted
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert thief.get("/admin/").status_code == 302


def test_the_cookie_goes_with_the_browser():
    (client,) = open_sessions(1)
    cookie = client.cookies["sessionid"]
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == ("", True, "Lax")
    assert client.session.get_expiry_date() > timezone.now()
