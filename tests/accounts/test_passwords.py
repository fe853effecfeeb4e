"""What a password must be in both profiles, how it is kept, and when it must be changed."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import identify_hasher, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from liaison.accounts import passwords
from liaison.accounts.models import User
from tests.support import factories as make

LOGIN, CHANGE, PASSWORD = "/accounts/login/", "/accounts/password/", "a long enough passphrase"
OURS = ["liaison.accounts.passwords.ModestArgon2", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
GOOD = ["correct horse battery", "松花江边第三棵树是歪的呀真的", "xxxxxxxQW7-kettle", "kettle-river" + "q" * 60]
BAD = [
    *("short", "elevenchars", "password1234", "123456789012", "renda2026lianluozhan", "haerbin20261122", ""),
    "人大代表联络站2026年",
]


def refused(password, user=None):
    try:
        validate_password(password, user)
    except ValidationError:
        return True
    return False


@pytest.mark.parametrize("password", GOOD)
def test_long_ones_pass_whatever_they_are_made_of(password):
    assert not refused(password)


@pytest.mark.parametrize("password", BAD)
def test_short_usual_and_our_own_words_do_not(password):
    assert refused(password)


@pytest.mark.parametrize(
    ("password", "is_refused"),
    [
        ("correct horse battery", True),
        ("Correct horse battery", False),
        ("correcthorsebattery7", True),
        ("CorrectHorseBattery7", False),
        ("松花江边第三棵树是歪的呀真的", True),
        ("Kettle-river", False),
        ("松花江边第三棵树Kettle9", False),
    ],
)
def test_the_profile_of_graded_protection_asks_for_three_classes(password, is_refused, settings):
    settings.PASSWORD_PROFILE = "mlps"
    assert refused(password) is is_refused


@pytest.mark.parametrize(
    ("profile", "days", "must"), [("default", 1_000, False), ("mlps", 89, False), ("mlps", 91, True)]
)
def test_only_graded_protection_changes_by_the_calendar(profile, days, must, settings, client):
    settings.PASSWORD_PROFILE = profile
    make.office()
    officer = make.granted("officer", username="officer")
    User.objects.update(password_changed_at=timezone.now() - timedelta(days=days))
    client.force_login(officer)
    answer = client.get("/admin/")
    assert (answer.status_code, answer.get("Location", "")) == ((302, CHANGE) if must else (200, ""))


def test_an_expired_password_is_changed_and_then_the_work_goes_on(settings, client):
    settings.PASSWORD_PROFILE = "mlps"
    make.office()
    client.force_login(make.granted("officer"))
    User.objects.update(password_changed_at=timezone.now() - timedelta(days=91))
    typed = {"oldpassword": PASSWORD, "password1": "Kettle-river-9", "password2": "Kettle-river-9"}
    assert client.post(CHANGE, typed | {"password1": PASSWORD, "password2": PASSWORD}).status_code == 200
    assert client.post(CHANGE, typed).status_code == 302
    assert client.get("/admin/").status_code == 200


def test_passwords_are_kept_as_argon2id_and_older_hashes_become_it(settings):
    settings.PASSWORD_HASHERS = OURS
    make.office()
    assert make_password("x").startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    make.granted("officer", username="officer")
    User.objects.update(password=make_password(PASSWORD, hasher="pbkdf2_sha256"))
    assert Client().post(LOGIN, {"username": "officer", "password": PASSWORD}).status_code == 302
    assert identify_hasher(User.objects.get().password).algorithm == "argon2"


def test_a_password_for_one_sign_in_satisfies_both_profiles(settings):
    made = {passwords.one_time() for _ in range(50)}
    assert len(made) == 50
    for settings.PASSWORD_PROFILE in ("default", "mlps"):
        assert [password for password in made if refused(password)] == []
