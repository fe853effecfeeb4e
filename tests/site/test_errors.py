"""What went wrong is told on the site's own page: what to do, and whom to telephone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext

from liaison.rulebook import office as offices
from liaison.views import server_error
from tests.support import factories as make
from tests.support.pages import Page

PHONE, TOO_BIG = "0451-00000000", "x" * 2_600_000


def signed_in():
    client = Client(enforce_csrf_checks=True)
    client.force_login(make.granted("leader"))
    return client


REFUSALS = {
    "400": lambda: Client().get("/stations/?q=%00"),
    "403": lambda: signed_in().get("/admin/accounts/user/"),
    "403 csrf": lambda: signed_in().post("/accounts/logout/"),
    "404": lambda: Client().get("/nothing/"),
    "405": lambda: signed_in().get("/accounts/logout/"),
    "413": lambda: Client().post("/opinions/new/", {"matter": TOO_BIG}),
    "413 files": lambda: Client().post(
        "/opinions/new/", {f"f{n}": SimpleUploadedFile(f"{n}.jpg", b"x", "image/jpeg") for n in range(11)}
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_each_refusal_is_a_page_of_this_site(name):
    answer = REFUSALS[name]()
    page = Page(answer.content.decode())
    assert answer.status_code == int(name[:3])
    assert [tag for tag, _values in page.elements if tag in ("h1", "nav", "footer")] == ["nav", "h1", "footer"]
    links = [values["href"] for tag, values in page.elements if tag == "a"]
    assert links.count(f"tel:{PHONE}") == 2  # in the words and in the footer
    assert "/" in links
    assert page.texts["main"].strip()


def test_405_says_what_is_allowed():
    answer = REFUSALS["405"]()
    assert set(answer["Allow"].split(", ")) == {"POST"}


def test_other_methods_get_no_page():
    answer = Client().put("/stations/")
    assert (answer.status_code, answer.content) == (405, b"")


def test_a_refusal_keeps_to_large_print_and_language():
    page = Page(Client().get("/nothing/?size=large&lang=en").content.decode())
    assert page.elements[0] == ("html", {"lang": "en", "class": "large"})


def test_a_failure_asks_no_database_and_still_knows_the_telephone():
    Client().get("/")
    with CaptureQueriesContext(connection) as asked:
        answer = server_error(HttpRequest())
    assert (answer.status_code, len(asked)) == (500, 0)
    assert f"tel:{PHONE}" in answer.content.decode()


def test_a_failure_before_the_first_page_has_no_telephone(monkeypatch):
    monkeypatch.setattr(offices, "_last_known", [None])
    answer = server_error(HttpRequest())
    assert (answer.status_code, "tel:" in answer.content.decode()) == (500, False)
