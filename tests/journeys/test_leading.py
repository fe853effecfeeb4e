"""A representative on the telephone, and a leader with one sheet of paper."""

import io

import pypdf
import pytest

from tests.support.axe import violations

WIDTHS = [360, 1366]


@pytest.mark.parametrize("width", WIDTHS)
def test_a_representative_reads_their_own_things_without_a_script(page_at, sign_in, width):
    page = page_at(width, javascript=False)
    sign_in(page, "representative")
    assert page.url.endswith("/mine/")
    number = page.locator("#opinions ~ ul a").first.inner_text()
    page.click(f"text={number}")
    assert page.locator("h1").inner_text() == number
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.click("main >> a.back")
    page.click("#visits ~ p a.go")
    assert int(page.locator("[data-count]").get_attribute("data-count")) > 5


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_on_the_pages_of_representative_and_leader(page_at, sign_in, width):
    found = {}
    for username, paths in {"representative": ["/mine/", "/mine/visits/"], "leader": ["/dashboard/brief/"]}.items():
        page = page_at(width)
        sign_in(page, username)
        if username == "representative":
            paths.append(page.locator("#opinions ~ ul a").first.get_attribute("href"))
        for path in paths:
            page.goto(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            found[path] = violations(page)
    assert found == {path: [] for path in found}
    assert len(found) == 4


def test_the_leader_s_brief_is_one_sheet_of_a4(page_at, sign_in):
    page = page_at(1366)
    sign_in(page, "leader")
    assert page.url.endswith("/dashboard/brief/")
    sheets = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
    assert [tuple(round(float(side) / 72 * 25.4) for side in sheet.mediabox[2:]) for sheet in sheets] == [(210, 297)]
    assert "领导简报" in sheets[0].extract_text()
