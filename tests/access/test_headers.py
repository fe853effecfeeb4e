"""Every answer carries its headers, to the letter: pages, files, redirects and each kind of refusal.

That every address does is asked where every address is read: in test_matrix.py.
"""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from rest_framework.throttling import SimpleRateThrottle

from liaison.public import views
from tests.access.crawling import signed_in
from tests.support import factories as make

CSP = {  # what is not named may not be loaded; django-csp puts the rules in no fixed order
    *("default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'"),
    *("connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"),
}
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
}
FOR_RESIDENTS = {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}
LOCKED_UP = ["default-src 'none'", "sandbox"]  # a document that somebody attached
RESIDENTS_PAGES = ("/opinions/new/", "/opinions/track/")
NEVER = ("Server", "X-Powered-By", "Access-Control-Allow-Origin", "Strict-Transport-Security")
HSTS = "max-age=31536000; includeSubDomains"


def wrong(response, policy=CSP, **more) -> dict:
    """Header -> what stands there instead of the expected value."""
    expected = ALWAYS | more | {name: None for name in NEVER if name not in more}
    found = {name: response.get(name) for name, value in expected.items() if response.get(name) != value}
    said = response.get("Content-Security-Policy", "")
    return found if sorted(said.split("; ")) == sorted(policy) else found | {"Content-Security-Policy": said}


def is_kept_nowhere(response) -> bool:
    return "no-store" in response.get("Cache-Control", "")


def expected_at(address) -> dict:
    return FOR_RESIDENTS if address.startswith(RESIDENTS_PAGES) else {}


def break_down(request, *args, **kwargs):
    raise RuntimeError("broken")


def not_found(client, monkeypatch):
    return client.get("/nowhere/")


def bad_request(client, monkeypatch):
    return client.get("/stations/?x=%00")


def strange_host(client, monkeypatch):
    return client.get("/", HTTP_HOST="elsewhere.example")


def forged_form(client, monkeypatch):
    return Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "x"})


def wrong_method(client, monkeypatch):
    return client.delete("/stations/")


def wrong_method_with_a_page(client, monkeypatch):
    return client.post("/stations/")


def too_big(client, monkeypatch):
    return client.generic("POST", "/feedback/", b"x" * 2_600_000, content_type="application/x-www-form-urlencoded")


def too_often(client, monkeypatch):
    monkeypatch.setattr(SimpleRateThrottle, "get_rate", lambda throttle: "1/min")
    cache.clear()
    client.get("/api/v1/stations/")
    response = client.get("/api/v1/stations/")
    cache.clear()
    return response


def broken(client, monkeypatch):
    monkeypatch.setattr(views, "render", break_down)
    return client.get("/results/")


REFUSALS = {
    not_found: 404,
    bad_request: 400,
    strange_host: 400,
    forged_form: 403,
    wrong_method: 405,
    wrong_method_with_a_page: 405,
    too_big: 413,
    too_often: 429,
    broken: 500,
}


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.__name__)
def test_a_refusal_carries_the_same_headers(refusal, monkeypatch):
    make.office()
    response = refusal(Client(raise_request_exception=False), monkeypatch)
    assert (response.status_code, wrong(response)) == (REFUSALS[refusal], {})


def test_a_refusal_to_somebody_signed_in_is_kept_nowhere(here):
    client = signed_in(here.people["staff"])
    for address in ("/nowhere/", "/stations/?x=%00", "/dashboard/", f"/admin/visits/visit/{here.b.visit.pk}/change/"):
        response = client.get(address)
        assert response.status_code >= 400
        assert (is_kept_nowhere(response), wrong(response)) == (True, {}), address


STATIC = [path.relative_to(settings.BASE_DIR).as_posix() for path in Path(settings.BASE_DIR / "static").rglob("*.*")]


def test_static_files_carry_them_too_and_may_be_kept():
    kinds = {Path(name).suffix: name for name in STATIC} | {".admin": "static/admin/css/base.css"}
    assert {".css", ".js"} < set(kinds)
    for name in kinds.values():
        response = Client().get(f"/{name}")
        assert (response.status_code, wrong(response)) == (200, {}), name
        assert response["Cache-Control"].startswith("max-age="), name
        response.getvalue()


def test_a_missing_static_file_is_refused_with_the_same_headers():
    response = Client().get("/static/nothing.css")
    assert (response.status_code, wrong(response)) == (404, {})


def test_a_photograph_is_kept_nowhere_and_shown_as_what_it_is(here):
    client = signed_in(here.a.staff)
    waiting = f"/admin/opinions/opinion/{here.a.waiting.pk}"
    for address in (f"{waiting}/photos/{here.a.photo.pk}/", f"{waiting}/scans/{here.a.scan.pk}/"):
        response = client.get(address)
        assert (response.status_code, response["Content-Type"], wrong(response)) == (200, "image/jpeg", {})
        assert is_kept_nowhere(response)
        response.getvalue()


def test_a_receipt_tells_nobody_where_it_was_read(here):
    """The page with the query code, the one that asks again, and the tracked opinion."""
    photo = SimpleUploadedFile("a.txt", b"no picture", "image/jpeg")
    for address, typed in (("/opinions/new/", {"matter": "x", "photos": photo}), ("/opinions/track/", {"number": "x"})):
        response = Client().post(address, typed)
        assert response.status_code in (200, 422)
        assert wrong(response, **FOR_RESIDENTS) == {}, address


@override_settings(SECURE_HSTS_SECONDS=31_536_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True)
def test_over_https_every_answer_says_to_stay_there():
    """settings.py turns these two on where SITE_URL is https."""
    make.office()
    for address in ("/", "/nowhere/", "/admin/", "/stations/?x=%00", "/static/admin/css/base.css", "/opinions/new/"):
        response = Client().get(address, secure=True)
        more = expected_at(address) | {"Strict-Transport-Security": HSTS}
        assert wrong(response, **more) == {}, address
        response.getvalue()
