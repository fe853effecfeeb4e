"""Large print and English in a real browser: how big, how far apart, how wide, and with nothing cut off."""

from dataclasses import dataclass

import pytest

from tests.journeys import test_public_pages
from tests.journeys.test_public_pages import PLATES, WIDTHS
from tests.support.axe import violations
from tests.support.browsing import resize

LARGE, ENGLISH = "?size=large", "?lang=en&size=large"
PAGES = [path for path in test_public_pages.PAGES if path not in PLATES]  # a plate is as large as it prints
# Every element with words of its own that can be seen: its size, and its line height as a multiple of it.
WORDS = """() => [...document.body.querySelectorAll('*')]
    .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && e.checkVisibility())
    .filter(e => !e.closest('.hide, .skip') && e.tagName !== 'OPTION')
    .map(e => [e, getComputedStyle(e)])
    .map(([e, style]) => [e.tagName + ' ' + e.textContent.trim().slice(0, 20), parseFloat(style.fontSize),
                          parseFloat(style.lineHeight) / parseFloat(style.fontSize)])"""
TARGETS = """selector => [...document.querySelectorAll(selector)]
    .filter(e => e.checkVisibility() && !e.closest('.skip'))
    .map(e => [e.closest('label') || e, e])
    .map(([e, own]) => [own.outerHTML.slice(0, 90), e.getBoundingClientRect()])
    .map(([html, box]) => [html, Math.round(box.width), Math.round(box.height)])"""
WIDTH = "document.documentElement.scrollWidth"
ALL = "a:not(.skip), button, input:not([type=hidden]), select, textarea, summary"
# What a reader may set over a page's own style (WCAG 1.4.12).
SPACED = """() => { for (const e of document.querySelectorAll('*')) {
    e.style.setProperty('line-height', '1.5', 'important'); e.style.setProperty('letter-spacing', '.12em', 'important');
    e.style.setProperty('word-spacing', '.16em', 'important');
    if (e.tagName === 'P') e.style.setProperty('margin-bottom', '2em', 'important'); } }"""
CUT = """() => [...document.querySelectorAll('main *, header *, footer *')]
    .filter(e => e.checkVisibility() && !e.closest('.hide, svg, .skip') && getComputedStyle(e).overflowX !== 'visible')
    .filter(e => !['INPUT', 'TEXTAREA', 'SELECT'].includes(e.tagName))
    .filter(e => e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)
    .map(e => e.outerHTML.slice(0, 90))"""

FOCUSED = "[document.activeElement.tagName, getComputedStyle(document.activeElement).outlineWidth]"


@dataclass
class Seen:
    """What was read of a page in one visit."""

    words: list  # at 360 pixels
    targets: list
    screens: dict  # width -> (its own, what axe found)
    cut: list  # wide-spaced at 320 pixels
    widest: int


@pytest.fixture(scope="module")
def seen(page_for_many):
    """Each page in each print, opened once for all that is asked of it; axe looks at it in large print, for
    test_public_pages has it look at the other."""
    with page_for_many() as page_at:
        pages = {query: page_at(360) for query in ("", LARGE, ENGLISH)}
        return {
            query: {path: read(page, path + query, WIDTHS if query == LARGE else ()) for path in PAGES}
            for query, page in pages.items()
        }


def read(page, address, widths):
    resize(page, 360)
    page.goto(address)
    words, targets = page.evaluate(WORDS), page.evaluate(TARGETS, ALL)
    screens = {width: screen(page, width) for width in widths}
    resize(page, 320)
    page.evaluate(SPACED)
    return Seen(words, targets, screens, page.evaluate(CUT), page.evaluate(WIDTH))


def screen(page, width):
    resize(page, width)
    return page.evaluate(WIDTH), violations(page)


def test_large_print_has_no_flaw_and_fits_the_screen(seen):
    screens = {(path, width): each for path, page in seen[LARGE].items() for width, each in page.screens.items()}
    assert {(path, width) for (path, width), (wide, _flaws) in screens.items() if wide > width} == set()
    expected = {(path, width): [] for path in PAGES for width in WIDTHS}
    assert {at: flaws for at, (_wide, flaws) in screens.items()} == expected


@pytest.mark.parametrize(("query", "smallest", "tightest"), [("", 18, 1.3), (LARGE, 24, 1.5)])
def test_words_are_large_enough_and_lines_far_enough_apart(seen, query, smallest, tightest):
    for path, page in seen[query].items():
        assert len(page.words) > 10
        assert [word for word in page.words if word[1] < smallest or word[2] < tightest - 0.01] == [], path


@pytest.mark.parametrize("query", ["", LARGE])
def test_every_target_can_be_hit_with_a_thumb(seen, query):
    assert all(len(page.targets) > 8 for page in seen[query].values())
    small = {
        path: [target for target in page.targets if target[1] < 44 or target[2] < 44]
        for path, page in seen[query].items()
    }
    assert small == {path: [] for path in PAGES}


def test_main_buttons_are_larger_still_in_large_print(page_at):
    page = page_at(360)
    for path in ("/", "/opinions/new/", "/opinions/track/", "/stations/", "/feedback/", "/no/such/page/"):
        page.goto(path + LARGE)
        main = page.evaluate(TARGETS, ".button.main, .door")
        assert main, path
        assert [target for target in main if target[1] < 60 or target[2] < 60] == [], path


@pytest.mark.parametrize("query", ["", LARGE, ENGLISH])
def test_wide_spaced_text_at_400_percent_is_neither_cut_nor_wider_than_the_screen(seen, query):
    """1280 px enlarged four times are 320."""
    for path in PAGES:
        assert seen[query][path].cut == [], path
        assert seen[query][path].widest <= 320, path


@pytest.mark.parametrize("cookies", [True, False])
def test_somebody_without_scripts_chooses_by_keyboard_and_goes_on(page_at, cookies):
    """Without cookies the choice goes along in the links of the page's head."""
    page = page_at(360, javascript=False, cookies=cookies)
    page.goto("/stations/?q=1")
    page.locator("footer a", has_text="大字版").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.partition("/stations/")[2] == ("?q=1" if cookies else "?q=1&size=large")
    assert page.locator("html.large").count() == 1
    page.locator("nav a").first.click()
    page.wait_for_url("**/opinions/new/**")
    assert page.locator("html.large").count() == 1
    assert [cookie["name"] for cookie in page.context.cookies()] == (["preferences"] if cookies else [])


def test_english_is_one_choice_away_and_so_is_the_way_back(page_at):
    page = page_at(1366)
    page.goto("/representatives/")
    page.get_by_role("link", name="English").click()
    page.wait_for_selector("html[lang=en]")
    assert page.get_by_role("heading", level=1).inner_text() == "Our representatives"
    assert violations(page) == []
    page.get_by_role("link", name="简体中文").click()
    page.wait_for_selector("html[lang=zh-hans]")
    assert page.get_by_role("heading", level=1).inner_text() == "我们的人大代表"


def test_focus_can_be_seen_on_everything_a_keyboard_reaches(page_at):
    page = page_at(1366)
    page.goto("/feedback/")
    seen = []
    for _ in range(20):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate("[document.activeElement.tagName, getComputedStyle(document.activeElement).outlineWidth]")
        )
    reached = [mark for mark in seen if mark[0] != "BODY"]
    assert {"A", "TEXTAREA", "INPUT", "BUTTON"} <= {tag for tag, _width in reached}
    assert {width for _tag, width in reached} == {"3px"}
