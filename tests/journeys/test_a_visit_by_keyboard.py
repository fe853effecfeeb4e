"""A reception is entered from the work page by keyboard alone, and a lost session loses nothing."""

import time

import pytest

from tests.journeys.work import today

MOST_KEYS, MOST_SECONDS = 25, 180
GUESTS = ["街道办 周某 副主任", "供热公司 钱某 经理"]
MATTERS = [("南门", "雪没人清"), ("4号楼", "电梯总坏"), ("安隆街", "买菜太远")]
PROMISE = "街道办 三日内清雪 12月30日"


class Keyboard:
    """Counts every key that is not text."""

    def __init__(self, page):
        self.page, self.keys = page, 0

    def press(self, *names):
        for name in names:
            self.keys += 1
            self.page.keyboard.press(name)

    def type(self, words):
        self.page.keyboard.type(words)

    def lines(self, lines):
        for number, line in enumerate(lines):
            if number:
                self.press("Enter")
            self.type(line)


@pytest.fixture
def reception(site):
    """Today's, at the clerk's station, of whose eight representatives nobody is named yet; nothing half typed."""
    site.sql("DELETE FROM visits_draft")
    (station,) = site.sql(
        "SELECT p.station_id FROM stations_staffpost p JOIN accounts_user u ON u.id = p.user_id "
        "WHERE u.username = 'staff'"
    )[0]
    day = today().isoformat()
    site.sql(
        "INSERT INTO receptions_reception (station_id, date, planned_on, starts_at, ends_at, place, status, reason, "
        "entered_at, is_by_hand) VALUES (%s, %s, %s, '09:00', '11:00', 'Hall', 'planned', '', %s, TRUE) RETURNING id",
        *(station, day, day, f"{day} 00:00:00+00:00"),
    )
    return station


def focus(page, name):
    assert page.evaluate("document.activeElement.name || document.activeElement.id") == name


def sign_in_again(page, keyboard, site):
    """Username, password, and back on the page as it was typed."""
    page.wait_for_url("**/accounts/login/**")
    page.locator("[name=username]").focus()
    keyboard.type("staff")
    keyboard.press("Tab")
    keyboard.type(site.password)
    keyboard.press("Enter")
    page.wait_for_url("**/visit/add/**draft=*")


def test_a_reception_takes_25_keys_and_survives_a_lost_session(site, page_at, sign_in, reception):
    page = page_at(1366)
    sign_in(page, "staff")
    page.goto("/admin/")
    keyboard, began = Keyboard(page), time.monotonic()
    page.locator('a[href*="/visit/add/"]:focus').wait_for()  # the link to today's reception
    keyboard.press("Enter")
    page.wait_for_url("**/visit/add/**")
    page.locator("#id_all_present:focus").wait_for()
    keyboard.press("Space", "3", "6", "Tab")
    assert page.inner_text(".count") == "应到8 实到6 请假2"
    focus(page, "guests-lines")
    keyboard.lines(GUESTS)
    keyboard.press("Tab", "Tab")
    focus(page, "residents_received")
    keyboard.type("12")
    keyboard.press("Tab")
    focus(page, "content")
    keyboard.type("接待群众，登记意见三件")
    site.sql("DELETE FROM django_session")
    keyboard.press("Tab", "Tab")
    focus(page, "commitments-lines")
    keyboard.type(PROMISE)
    keyboard.press("Tab", "Tab")
    focus(page, "opinions-lines")
    keyboard.lines([f"{place}：{words}" for place, words in MATTERS])
    keyboard.press("Control+Enter")
    sign_in_again(page, keyboard, site)
    assert page.input_value("[name=content]") == "接待群众，登记意见三件"
    keyboard.press("Control+Enter")
    page.wait_for_url("**/admin/visits/visit/")
    assert (keyboard.keys <= MOST_KEYS, time.monotonic() - began < MOST_SECONDS) == (True, True), keyboard.keys
    check_saved(site)


def check_saved(site):
    visit, residents = site.sql("SELECT id, residents_received FROM visits_visit ORDER BY id DESC LIMIT 1")[0]
    there = "SELECT status, COUNT(*) FROM visits_attendance WHERE visit_id = %s GROUP BY status ORDER BY status"
    assert (residents, site.sql(there, visit)) == (12, [("leave", 2), ("present", 6)])
    guests = site.sql("SELECT organisation, name, post FROM visits_guest WHERE visit_id = %s ORDER BY id", visit)
    assert [" ".join(guest) for guest in guests] == GUESTS
    assert site.sql("SELECT who, what FROM visits_commitment WHERE visit_id = %s", visit) == [("街道办", "三日内清雪")]
    assert site.sql("SELECT place, body FROM opinions_opinion WHERE visit_id = %s ORDER BY id", visit) == MATTERS
    assert site.sql("SELECT COUNT(*) FROM visits_draft") == [(0,)]


def test_without_scripts_the_same_page_is_typed_and_saved(site, page_at, sign_in):
    page = page_at(1366, javascript=False)
    sign_in(page, "staff")
    page.goto("/admin/visits/visit/add/")
    page.fill("[name=date]", "2026-10-27")
    page.select_option("[name=form]", "meeting")
    page.check("[name=all_present]")
    page.locator("[name=leave]").first.check()
    page.fill("[name=guests-lines]", GUESTS[0])
    page.fill("[name=content]", "座谈。")
    page.click("[name=_save]")
    page.wait_for_url("**/admin/visits/visit/")
    visit = site.sql("SELECT MAX(id) FROM visits_visit")[0][0]
    there = "SELECT status, COUNT(*) FROM visits_attendance WHERE visit_id = %s GROUP BY status ORDER BY status"
    assert site.sql(there, visit) == [("leave", 1), ("present", 7)]


def test_what_a_closed_browser_held_is_offered_again(site, page_at, sign_in):
    page = page_at(1366)
    sign_in(page, "staff")
    page.goto("/admin/visits/visit/add/")
    page.fill("[name=content]", "这段话不能丢。")
    page.locator("#draft-state:not(:empty)").wait_for()
    page.context.clear_cookies()
    page.close()
    page = page_at(1366)
    sign_in(page, "staff")
    page.goto("/admin/visits/visit/add/")
    page.click(".draft a.button")
    assert page.input_value("[name=content]") == "这段话不能丢。"
