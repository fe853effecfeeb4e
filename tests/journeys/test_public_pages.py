"""Public pages as people meet them: light, readable at every width, without a flaw that axe can find."""

import re

import pytest

from tests.support.axe import violations
from tests.support.browsing import resize
from tests.support.places import ROOT

PAGES = ["/", "/opinions/new/", "/opinions/track/", "/stations/", "/accounts/login/", "/no/such/page/"]
PAGES += ["/proposals/"]
PAGES += ["/representatives/", "/representatives/1/", "/privacy/", "/accessibility/", "/feedback/"]
PLATES = ["/stations/230102-003-000-Z01/plate/", "/stations/230102-003-000-Z01/plate/?size=card"]
PAGES += PLATES
PAGES += ["/stations/230102-003-000-Z01/", "/receptions/", "/results/", "/results/1/", "/notices/", "/notices/1/"]
WIDTHS = [320, 360, 768, 1366]
FIRST_PAGE_BYTES, FIRST_PAGE_REQUESTS = 50_000, 4


def test_a_public_page_fits_every_screen_and_axe_finds_nothing_on_it(page_at):
    page, found = page_at(WIDTHS[0]), {}
    for path in PAGES:
        page.goto(path)
        for width in WIDTHS:
            resize(page, width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
            found[path, width] = violations(page)
    assert found == {(path, width): [] for path in PAGES for width in WIDTHS}


def test_no_script_asks_how_wide_its_window_is():
    """So a page opened once can be looked at in windows of every width."""
    asks = re.compile("[wW]idth|matchMedia|resize|BoundingClientRect|visualViewport|screen[.]")
    scripts = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "static" / "js").glob("*.js")}
    assert [name for name, text in scripts.items() if asks.search(text)] == []
    assert len(scripts) > 3


def test_errors_of_the_form_are_told_at_the_top_and_beside_the_field(page_at):
    page = page_at(360, javascript=False, cookies=False)
    page.goto("/opinions/new/")
    page.fill("[name=phone]", "123")
    page.click("form [type=submit]")
    summary = page.locator("[role=alert] a")
    assert [link.get_attribute("href") for link in summary.all()] == ["#id_matter", "#id_place", "#id_phone"]
    for field in ("matter", "place", "phone"):
        described = page.get_attribute(f"[name={field}]", "aria-describedby").split()
        assert any(page.locator(f"#{mark}").inner_text().strip() for mark in described)
        assert page.get_attribute(f"[name={field}]", "aria-invalid") == "true"
    assert page.input_value("[name=phone]") == "123"


@pytest.mark.parametrize("path", ["/", "/opinions/new/"])
def test_a_first_page_is_light(page_at, path):
    """As it comes over the line, compressed or not: HTML, style, script and pictures together."""
    page = page_at(360)
    sizes = []
    page.on("requestfinished", lambda request: sizes.append(sum(request.sizes()[part] for part in BODY)))
    page.goto(path, wait_until="networkidle")
    assert len(sizes) <= FIRST_PAGE_REQUESTS
    assert sum(sizes) <= FIRST_PAGE_BYTES


SMALL_TARGETS = """() => [...document.querySelectorAll(
    'main a, main button, main input:not([type=hidden]), main textarea, main label')]
    .filter(e => !(e.tagName === 'INPUT' && ['radio', 'checkbox'].includes(e.type)))
    .filter(e => e.tagName !== 'LABEL' || e.querySelector('input'))
    .map(e => [e.outerHTML.slice(0, 60), e.getBoundingClientRect().height])
    .filter(([html, height]) => height && height < 44 && !html.includes('tel:'))"""
BODY = ("responseBodySize", "responseHeadersSize")


def test_every_target_of_the_form_can_be_hit_with_a_thumb(page_at):
    page = page_at(360)
    page.goto("/opinions/new/")
    small = page.evaluate(SMALL_TARGETS)
    assert small == []


def test_the_work_platform_fits_both_screens(page_at, sign_in):
    for width in (360, 1366):
        page = page_at(width)
        sign_in(page, "staff")
        for path in ("/admin/", "/admin/visits/visit/add/", "/admin/opinions/opinion/"):
            page.goto(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
