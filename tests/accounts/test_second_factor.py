"""The second factor: set up from the page alone, asked for at sign-in, guessed in vain, and required where it is."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.test import Client

from liaison.accounts.models import User
from liaison.audit.models import Entry
from tests.support import factories as make

LOGIN, PASSWORD = "/accounts/login/", "a long enough passphrase"
SET_UP, CODE = "/accounts/factor/app/", "/accounts/factor/code/"


def code_of(secret, steps=0):
    return format_hotp_value(hotp_value(secret, int(time.time() // 30) + steps))


@pytest.fixture(autouse=True)
def _office():
    make.office()


def sign_in(client, name="officer"):
    return client.post(LOGIN, {"username": name, "password": PASSWORD})


def key_shown(client):
    """The key on the set-up page, which asks for the password once more before it opens."""
    door = client.get(SET_UP).url
    assert client.post(door, {"password": "wrong"}).status_code == 200
    assert client.post(door, {"password": PASSWORD}).url == SET_UP
    page = client.get(SET_UP).content.decode()
    assert "<svg" in page
    assert "style=" not in page
    assert "data:" not in page
    return re.search(r'class="key">([A-Z2-7]+)<', page)[1]


@pytest.fixture
def officer():
    return make.granted("officer", username="officer")


@pytest.fixture
def secret(officer):
    made = generate_totp_secret()
    TOTP.activate(officer, made)
    return made


def test_it_is_set_up_from_the_page_and_asked_for_next_time(officer):
    client = Client()
    sign_in(client)
    key = key_shown(client)
    wrong = client.post(SET_UP, {"code": "000000"})
    assert (wrong.status_code, bool(wrong.context["form"].errors["code"])) == (200, True)
    assert client.post(SET_UP, {"code": code_of(key)}).url == "/accounts/factor/recovery/"
    codes = re.findall(r"<code>(\d{8})</code>", client.get("/accounts/factor/recovery/").content.decode())
    assert len(set(codes)) == 10
    assert key not in str(list(Authenticator.objects.values_list("data", flat=True)))
    again = Client()
    assert sign_in(again).url == CODE
    assert again.get("/admin/").status_code == 302
    assert again.post(CODE, {"code": codes[0]}).url == "/accounts/entrance/"
    assert again.get("/admin/").status_code == 200
    third = Client()
    sign_in(third)
    assert third.post(CODE, {"code": codes[0]}).status_code == 200


def test_a_code_is_good_once_and_half_a_minute_around(secret):
    for steps, is_good in ((1, True), (1, False), (3, False), (-3, False)):
        client = Client()
        sign_in(client)
        answer = client.post(CODE, {"code": code_of(secret, steps)})
        assert (answer.status_code == 302) is is_good, steps


def test_codes_are_guessed_no_more_often_than_passwords(secret):
    client = Client()
    sign_in(client)
    answers = [client.post(CODE, {"code": f"{number:06d}"}).status_code for number in range(8)]
    assert answers == [200] * 4 + [429] * 4
    assert client.post(CODE, {"code": code_of(secret)}).status_code == 429
    assert sign_in(Client()).status_code == 429
    assert sign_in(Client(REMOTE_ADDR="192.0.2.9")).url == CODE
    assert Entry.objects.filter(action="locked").count() == 1


def test_required_it_comes_before_anything_else(officer, settings):
    settings.SECOND_FACTOR = "required"
    client = Client()
    sign_in(client)
    assert [client.get(page).url for page in ("/admin/", "/dashboard/", "/accounts/entrance/")] == [SET_UP] * 3
    assert client.post("/admin/stations/station/add/", {}).url == SET_UP
    key = key_shown(client)
    assert client.post(SET_UP, {"code": code_of(key)}).status_code == 302
    assert client.get("/admin/").status_code == 200
    assert client.post("/accounts/factor/app/off/", {}).status_code == 200
    assert Authenticator.objects.filter(type="totp").count() == 1


def test_switched_off_its_pages_do_not_exist(officer, settings):
    settings.SECOND_FACTOR = "off"
    client = Client()
    sign_in(client)
    assert client.get("/accounts/factor/").status_code == client.get(SET_UP).status_code == 404
    assert client.get("/admin/").status_code == 200


def test_whoever_lost_the_telephone_asks_a_keeper(secret, officer):
    keeper = Client()
    keeper.force_login(make.granted("sysadmin"))
    told = keeper.post(f"/admin/accounts/user/{officer.pk}/password/", {"remove_factor": "on"})
    client = Client()
    answer = client.post(LOGIN, {"username": "officer", "password": told.context["password"]})
    assert answer.url == "/accounts/entrance/"
    assert Entry.objects.get(action="reset_password").detail == {"removed_factor": True}


def test_setting_it_up_and_switching_it_off_are_lines_of_the_trail(officer, django_capture_on_commit_callbacks):
    client = Client()
    sign_in(client)
    key = key_shown(client)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(SET_UP, {"code": code_of(key)})
    assert client.post("/accounts/factor/app/off/", {}).status_code == 302
    lines = [entry.detail for entry in Entry.objects.filter(action="second_factor").order_by("id")]
    assert {"set_up": "totp"} in lines
    assert {"removed": "totp"} in lines
    assert User.objects.get(pk=officer.pk).has_usable_password()
