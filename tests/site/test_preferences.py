"""Language and large print: chosen, kept in one cookie or in the address, and never a way out of the site."""

import pytest
from django.http import StreamingHttpResponse
from django.test import Client, RequestFactory
from django.utils import translation

from liaison.tools.preferences import Preferences, with_choices
from tests.support import factories as make
from tests.support.pages import Page

CHINESE, ENGLISH = "提意见建议", "Say something"


def html(client, address):
    """The attributes of <html>, and the page's text."""
    text = client.get(address).content.decode()
    return dict(Page(text).elements[0][1]), text


def choose(client, **query):
    return client.get("/preferences/", query, follow=True)


def test_nobody_is_given_a_cookie_unasked(client):
    for address in ("/", "/preferences/", "/preferences/?lang=xx&size=9", "/representatives/", "/nothing/"):
        client.get(address)
    assert not client.cookies


def test_english_comes_by_choice_and_not_by_the_browser_s_wish(client):
    attributes, text = html(Client(HTTP_ACCEPT_LANGUAGE="en"), "/")
    assert (attributes["lang"], CHINESE in text) == ("zh-hans", True)
    choose(client, lang="en")
    attributes, text = html(client, "/")
    assert (attributes["lang"], ENGLISH in text, CHINESE in text) == ("en", True, False)


def test_the_cookie_holds_the_choice_and_nothing_else(client):
    choose(client, lang="en")
    choose(client, size="large")
    assert list(client.cookies) == ["preferences"]
    kept = client.cookies["preferences"]
    assert (kept.value, kept["httponly"], kept["samesite"]) == ("lang=en&size=large", True, "Lax")
    attributes, _text = html(client, "/stations/")
    assert attributes == {"lang": "en", "class": "large"}


def test_a_choice_can_be_taken_back(client):
    choose(client, lang="en", size="large")
    choose(client, lang="zh-hans", size="normal")
    assert html(client, "/")[0] == {"lang": "zh-hans"}


@pytest.mark.parametrize("cookie", ["lang=fr&size=huge", "\x00", "a" * 9000, '"lang=en\\073lang=xx"', "%ff"])
def test_a_forged_cookie_changes_nothing(cookie):
    """Sent as it stands: newer Pythons keep no control character in a jar of their own."""
    assert html(Client(headers={"cookie": f"preferences={cookie}"}), "/")[0] == {"lang": "zh-hans"}


def test_whoever_chooses_comes_back_to_where_they_were(client):
    answer = choose(client, size="large", next="/stations/?q=lane&page=2")
    assert answer.redirect_chain[-1][0] == "/stations/?q=lane&page=2"


FOREIGN = ["//evil.example", "https://evil.example/", "javascript:alert(1)", "/\\evil.example", "///evil.example"]


@pytest.mark.parametrize("wanted", [*FOREIGN, "http:///evil.example", "evil.example", "/" + "a" * 3000, "\n//x", ""])
def test_nobody_is_sent_to_a_foreign_place(wanted, client):
    for query in ({"lang": "en", "next": wanted}, {"next": wanted}):
        assert choose(Client(), **query).redirect_chain[-1][0] == "/"


def test_without_cookies_the_address_keeps_the_choice():
    """Each request comes without what the one before was given."""
    first = Client().get("/preferences/", {"size": "large", "next": "/stations/?q=lane"})
    second = Client().get(first.url)
    assert second.url == "/stations/?q=lane&size=large"
    attributes, text = html(Client(), second.url)
    assert attributes["class"] == "large"
    links = [values["href"] for tag, values in Page(text).elements if tag == "a" and "nav" not in values]
    assert "/representatives/?size=large" in links
    third = Client().get(Client().get("/preferences/", {"lang": "en", "next": second.url}).url)
    assert third.url == "/stations/?q=lane&size=large&lang=en"


def test_an_address_keeps_each_choice_once():
    assert with_choices("/a/?lang=en&q=1&size=large", {"lang": "zh-hans"}) == "/a/?q=1&lang=zh-hans"


def test_the_switches_lead_back_and_a_receipt_has_none(client):
    page = Page(client.get("/stations/?q=lane").content.decode())
    switches = [values["href"] for tag, values in page.elements if values.get("href", "").startswith("/preferences/")]
    assert [client.get(address, follow=True).redirect_chain[-1][0] for address in switches] == ["/stations/?q=lane"] * 2
    answered = client.post("/opinions/new/", {"matter": "dark", "place": "here"}).content.decode()
    assert "/preferences/" not in answered


def test_the_work_platform_follows(client):
    client.force_login(make.granted("officer"))
    choose(client, lang="en")
    assert "Workbench" in client.get("/admin/").content.decode()


def test_the_language_ends_with_the_answer(client):
    before = translation.get_language()
    client.get("/?lang=en")
    assert translation.get_language() == before


def test_but_not_before_a_stream_is_written():
    def rows():
        yield translation.get_language()

    with translation.override("zh-hans"):
        middleware = Preferences(lambda request: StreamingHttpResponse(rows()))
        assert middleware(RequestFactory().get("/?lang=en")).getvalue() == b"en"
