"""Journeys go through a real server and, where a person looks, through a real Chromium."""

import uuid
from contextlib import contextmanager
from functools import partial

import pytest
from playwright.sync_api import sync_playwright

from tests.support import chromium
from tests.support.browsing import Visitor
from tests.support.sites import Site, copy_of_demo

WORDS = 60  # lines


@pytest.fixture(scope="module")
def site():
    """A server with the demo's data, one for each file."""
    site = Site(copy_of_demo(f"site_{uuid.uuid4().hex[:8]}"))
    try:
        yield site.start()
        assert site.failures() == [], site.log
    finally:
        site.stop()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """Under a journey that failed: what its server had said."""
    report = yield
    site = getattr(item, "funcargs", {}).get("site")
    if report.failed and site:
        lines = [line for line in site.log.splitlines() if "/static/" not in line]
        report.sections.append(("the server's last words", "\n".join(lines[-WORDS:])))
    return report


@pytest.fixture(scope="package")
def playwright():
    """Its event loop runs until it is stopped, and Django refuses to work beside one: not for the whole session."""
    if reason := chromium.missing():
        pytest.skip(reason)
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def browser(playwright):
    browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.FLAGS)
    yield browser
    browser.close()


@contextmanager
def pages_of(site, playwright, browser, folder):
    """What gives fresh visitors' pages; what went wrong on them is told at the end."""
    visitors = []

    def page_at(width, javascript=True, cookies=True):
        visitors.append(Visitor(site, playwright, browser, folder / f"profile{len(visitors)}"))
        return visitors[-1].page(width, javascript, cookies)

    yield page_at
    for visitor in visitors:
        visitor.leave()
    assert [complaint for visitor in visitors for complaint in visitor.complaints] == []


@pytest.fixture
def page_at(site, playwright, browser, tmp_path):
    """page_at(360, javascript=False, cookies=False): a fresh visitor's page; what went wrong on it fails the test."""
    with pages_of(site, playwright, browser, tmp_path) as page_at:
        yield page_at


@pytest.fixture(scope="module")
def page_for_many(site, playwright, browser, tmp_path_factory):
    """As `page_at`, for visits of which many tests ask; they are over before the first of them does."""
    return partial(pages_of, site, playwright, browser, tmp_path_factory.mktemp("visitors"))


@pytest.fixture
def sign_in(site):
    """sign_in(page, "staff"): through the sign-in page."""

    def sign_in(page, username):
        page.goto("/accounts/login/")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", site.password)
        page.locator("form:has(input[name=password]) [type=submit]").click()
        page.wait_for_url(lambda url: "/accounts/login" not in url)

    return sign_in
