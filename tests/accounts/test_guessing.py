"""Guessing is stopped by account and network; nobody shuts an owner out, and no header multiplies a place."""

import pytest
from axes.models import AccessAttempt
from django.test import Client

from liaison.accounts import guessing
from liaison.accounts.models import User
from liaison.audit.models import Entry
from tests.support import factories as make

LOGIN, PASSWORD = "/accounts/login/", "a long enough passphrase"
HOME, PROXY = "198.51.100.7", "10.0.0.1"


@pytest.fixture(autouse=True)
def _owner():
    make.office()
    make.granted("officer", username="owner")


def attempt(password, network=HOME, name="owner", **headers):
    return Client(REMOTE_ADDR=network, **headers).post(LOGIN, {"username": name, "password": password})


def let_in(response):
    return response.status_code == 302 and response.url == "/accounts/entrance/"


@pytest.fixture
def checks(monkeypatch):
    """Every real look at a password."""
    looked = []
    check = User.check_password

    def counting(user, raw):
        looked.append(user.username)
        return check(user, raw)

    monkeypatch.setattr(User, "check_password", counting)
    return looked


def test_one_network_has_five_tries_and_then_waits(checks):
    answers = [attempt("wrong").status_code for _ in range(12)]
    assert answers == [200] * 4 + [429] * 8
    assert len(checks) == 5
    assert attempt(PASSWORD).status_code == 429
    assert len(checks) == 5


def test_the_owner_comes_in_from_elsewhere_meanwhile():
    for _ in range(8):
        attempt("wrong", "203.0.113.9")
    assert attempt(PASSWORD, "203.0.113.9").status_code == 429
    assert let_in(attempt(PASSWORD))


def test_a_hundred_networks_have_few_tries_and_the_owner_s_own_keeps_its_five(checks):
    assert let_in(attempt(PASSWORD))
    checks.clear()
    networks = [f"203.0.113.{number}" for number in range(1, 101)]
    for network in networks:
        for _ in range(10):
            attempt("wrong", network)
    assert len(checks) <= guessing.BESIEGED + len(networks)
    assert [attempt("wrong").status_code for _ in range(4)] == [200] * 4
    assert let_in(attempt(PASSWORD))
    assert let_in(attempt(PASSWORD, "192.0.2.55"))
    assert Entry.objects.filter(action="guessed", result="refused").count() == 1


def test_after_a_success_the_count_begins_anew():
    for _ in range(3):
        assert [attempt("wrong").status_code for _ in range(4)] == [200] * 4
        assert let_in(attempt(PASSWORD))


def test_a_header_of_the_client_s_own_makes_no_other_network():
    answers = [attempt("wrong", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}").status_code for number in range(8)]
    assert answers == [200] * 4 + [429] * 4
    assert set(AccessAttempt.objects.values_list("ip_address", flat=True)) == {HOME}


@pytest.mark.parametrize(
    "forged", ["203.0.113.{n}", "203.0.113.{n}, 198.51.100.{n}", "x{n}", "::{n}, , ", "\u0661.{n}"]
)
def test_behind_our_proxy_only_its_own_entry_counts(forged, settings):
    settings.TRUSTED_PROXY_COUNT = 1
    for number in range(8):
        chain = f"{forged.format(n=number)}, {HOME}"
        last = attempt("wrong", PROXY, HTTP_X_FORWARDED_FOR=chain).status_code
    assert last == 429
    assert set(AccessAttempt.objects.values_list("ip_address", flat=True)) == {HOME}
    assert let_in(attempt(PASSWORD, PROXY, HTTP_X_FORWARDED_FOR=f"{HOME}, 203.0.113.77"))


def test_nobody_locks_another_network_by_naming_it(settings):
    settings.TRUSTED_PROXY_COUNT = 1
    for _ in range(8):
        attempt("wrong", PROXY, HTTP_X_FORWARDED_FOR=f"{HOME}, 203.0.113.9")
    assert let_in(attempt(PASSWORD, PROXY, HTTP_X_FORWARDED_FOR=HOME))


def test_a_request_past_the_proxy_counts_as_its_own_address(settings):
    settings.TRUSTED_PROXY_COUNT = 2
    answers = [attempt("wrong").status_code for _ in range(6)]
    assert answers == [200] * 4 + [429] * 2


def test_one_network_of_ipv6_is_one_network():
    answers = [attempt("wrong", f"2001:db8:1:2::{number}").status_code for number in range(1, 9)]
    assert answers == [200] * 4 + [429] * 4
    assert attempt("wrong", "2001:db8:1:3::1").status_code == 200


def test_a_name_that_does_not_exist_is_answered_like_one_that_does():
    known = [attempt("wrong") for _ in range(6)]
    unknown = [attempt("wrong", name="nobod") for _ in range(6)]
    assert [page.status_code for page in known] == [page.status_code for page in unknown]
    pages = [page.content.decode().replace("nobod", "owner") for page in (known[5], unknown[5])]
    assert pages[0] == pages[1]


def test_the_page_of_somebody_locked_out_says_what_to_do():
    for _ in range(5):
        page = attempt("wrong")
    assert page["Retry-After"] == "900"
    assert "0451-00000000" in page.content.decode()


def test_every_sign_in_and_refusal_is_a_line_of_the_trail():
    for _ in range(7):
        attempt("wrong")
    attempt(PASSWORD, "192.0.2.1")
    attempt("secret typed as a name", name="secret typed as a name")
    lines = list(Entry.objects.order_by("id").values_list("action", "result", "actor_name"))
    refused, owner = ("sign_in", "refused", "stranger"), User.objects.get(username="owner")
    assert lines == [refused] * 5 + [("locked", "refused", "stranger"), ("sign_in", "done", "owner"), refused]
    assert set(Entry.objects.values_list("object_id", flat=True)) == {str(owner.pk), ""}
    assert "secret" not in str(list(Entry.objects.values_list("detail", flat=True)))
