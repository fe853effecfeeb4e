"""A representative at a telephone 360 wide, by keyboard alone: confirms a day, asks leave, swaps, answers."""

import datetime

import pytest

from tests.journeys.work import today
from tests.support.axe import violations

WIDTH = 360
ANSWER = "已到现场看过，跟反映人说了在办。"


class Keys:
    """Goes from field to field by Tab, as somebody without a mouse does, and fails where there is no way."""

    MOST = 80

    def __init__(self, page):
        self.page = page

    def to(self, words, kind="button, a, textarea, select, input"):
        """Tab until what has the focus is called so (by its text, its label or its name)."""
        for _step in range(self.MOST):
            if self.page.evaluate(CALLED, [words, kind]):
                return self
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no way to {words} on {self.page.url}")

    def enter(self, expect=None):
        with self.page.expect_navigation(url=expect):
            self.page.keyboard.press("Enter")
        self.fits()

    def type(self, words):
        self.page.keyboard.insert_text(words)

    def fits(self):
        assert self.page.evaluate("document.documentElement.scrollWidth") <= WIDTH, self.page.url
        assert violations(self.page) == [], self.page.url


CALLED = """([words, kind]) => {
    const element = document.activeElement
    if (!element || !element.matches(kind)) return false
    const label = element.labels && element.labels.length ? element.labels[0].textContent : ''
    return [element.textContent, label, element.name || ''].some(text => text.trim().startsWith(words))
}"""


@pytest.fixture
def days(site):
    """Three own days to come, and nothing said to any: (to confirm, to give back, to swap)."""
    site.sql("DELETE FROM receptions_turnstep")
    site.sql("DELETE FROM receptions_turnrequest")
    site.sql("DELETE FROM receptions_confirmation")
    made = [reception(site, mandate_of(site, "representative"), in_days) for in_days in (3, 4, 5)]
    return [*made, reception(site, mandate_of(site, "representative2"), 6)]


STATION = "SELECT id FROM stations_station WHERE code = '230102-003-000-Z01'"


def mandate_of(site, username):
    """The mandate with which the account's person has a place at the station."""
    return site.sql(
        "SELECT a.mandate_id FROM stations_stationassignment a JOIN representatives_mandate m ON m.id = a.mandate_id "
        "JOIN representatives_person p ON p.id = m.person_id JOIN accounts_user u ON u.id = p.user_id "
        f"WHERE u.username = %s AND a.station_id = ({STATION})",
        username,
    )[0][0]


def reception(site, mandate, in_days):
    day = (today() + datetime.timedelta(days=in_days)).isoformat()
    (key,) = site.sql(
        "INSERT INTO receptions_reception (station_id, is_by_hand, date, planned_on, starts_at, ends_at, place, "
        f"status, reason, entered_at) SELECT ({STATION}), %s, %s, %s, '14:07', '16:00', '', 'planned', '', %s "
        "RETURNING id",
        *(False, day, day, f"{day} 00:00:00+00:00"),
    )[0]
    site.sql("INSERT INTO receptions_reception_mandates (reception_id, mandate_id) VALUES (%s, %s)", key, mandate)
    return key


def receiving(site, *keys):
    found = "SELECT mandate_id FROM receptions_reception_mandates WHERE reception_id = %s"
    return [[mandate for (mandate,) in site.sql(found, key)] for key in keys]


def page_of(key, rest=""):
    return f"**/mine/receptions/{key}/{rest}"


def opened(page_at, sign_in, username):
    page = page_at(WIDTH, javascript=True)
    page.set_viewport_size({"width": WIDTH, "height": 740})
    sign_in(page, username)
    return page, Keys(page)


def test_own_days_at_a_telephone_by_keyboard_alone(site, page_at, sign_in, days):
    confirmed, left, swapped, theirs = days
    page, keys = opened(page_at, sign_in, "representative")
    page.goto("/mine/receptions/")
    keys.fits()
    keys.to(f"确认参加 {words_of(3)}").enter(page_of(confirmed))
    assert "已确认" in page.inner_text(".state")

    page.goto("/mine/receptions/")
    keys.to(f"请假 {words_of(4)}").page.keyboard.press("Enter")
    page.wait_for_url(f"{page_of(left)}#leave")
    keys.to("请假", "button").enter()  # nothing written yet
    assert "请写明不能参加的原因" in page.inner_text("#errors")
    keys.to("不能参加的原因").type("那天在外地开会")
    keys.to("请假", "button").enter(page_of(left))
    assert "等联络站答复" in page.inner_text(".state")

    page.goto("/mine/receptions/")
    keys.to(f"找人换 {words_of(5)}").enter(page_of(swapped, "swap/"))
    keys.to("请谁替").type("邵桂兰")
    choose(page, "to", "邵桂兰")
    keys.to("换对方的哪一天")
    choose(page, "in_return", words_of(6))
    keys.to("请对方换班", "button").enter(page_of(swapped))
    assert "换班中" in page.inner_text(".state")

    _page, theirs_keys = opened(page_at, sign_in, "representative2")
    _page.goto("/mine/")
    theirs_keys.to(f"同意 {words_of(5)}").enter(page_of(swapped))
    assert "已确认" in _page.inner_text(".state")
    mine, hers = mandate_of(site, "representative"), mandate_of(site, "representative2")
    assert receiving(site, confirmed, left, swapped, theirs) == [[mine], [mine], [hers], [mine]]


def words_of(in_days):
    day = today() + datetime.timedelta(days=in_days)
    return f"{day.month}月{day.day}日"


def choose(page, name, words):
    """By the arrow keys of the list that has the focus."""
    for _step in range(60):
        if words in page.evaluate(f"document.querySelector('[name={name}]').selectedOptions[0].textContent"):
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{words} cannot be chosen")


def test_an_opinion_is_answered_by_keyboard_alone(site, page_at, sign_in):
    page, keys = opened(page_at, sign_in, "representative")
    page.goto("/mine/opinions/")
    for link in page.locator(".lines a").evaluate_all("links => links.map(link => link.pathname)"):
        page.goto(link)
        if page.locator("#answers textarea").count():
            break
    keys.fits()
    keys.to("发给联络站", "button").enter()
    assert "请写下您的意见或处理情况" in page.inner_text("#errors")
    keys.to("写给联络站").type(ANSWER)
    keys.to("发给联络站", "button").enter("**/mine/opinions/*/#answers")
    assert ANSWER in page.inner_text("#answers")
    number = page.inner_text("h1")
    at_work = page_at(1366)
    sign_in(at_work, "officer")
    at_work.goto(f"/admin/opinions/opinion/{int(number.split('-')[2])}/change/")
    assert ANSWER in at_work.inner_text("#content-main")
