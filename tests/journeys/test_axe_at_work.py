"""The pages people work on all day: axe finds nothing on them, and none is wider than its screen."""

import pytest

from tests.journeys.work import station_of, today
from tests.support.axe import rest_at_the_end, violations
from tests.support.browsing import resize

LONGEST_LIVED = ("submitted", "accepted", "assigned", "handling", "replied", "fed_back", "evaluated", "archived")


def one_in(site, state):
    """An opinion of the officer's district in the state; None where the demo has none."""
    query = "SELECT MIN(id) FROM opinions_opinion WHERE state = %s AND division_id LIKE %s"
    return site.sql(query, state, "230102%")[0][0]


@pytest.fixture(scope="module")
def pages(site):
    """By account, the addresses of its pages."""
    _station, code, _name = station_of(site, "staff")
    opinions = {state: one_in(site, state) for state in LONGEST_LIVED}
    (proposal,) = site.sql("SELECT MIN(id) FROM proposals_proposal")[0]
    (reviewed,) = site.sql("SELECT MIN(id) FROM proposals_proposal WHERE state = 'reviewed'")[0]
    (account,) = site.sql("SELECT id FROM accounts_user WHERE username = 'staff'")[0]
    matter = "/admin/opinions/opinion/{}/"
    officer = [matter.format(pk) + "change/" for pk in opinions.values() if pk]
    officer += [
        *("/admin/", "/admin/opinions/opinion/", "/admin/opinions/opinion/add/", "/admin/opinions/opinionassignment/"),
        *(matter.format(opinions["accepted"]) + f"move/{key}/" for key in ("assign", "pass_on", "merge")),
        *(matter.format(opinions["replied"]) + f"move/{key}/" for key in ("feed_back",)),
        "/admin/opinions/opinionassignment/urge/",
        *("/dashboard/", "/dashboard/brief/", "/dashboard/opinions_overdue/", "/eight-haves/", f"/eight-haves/{code}/"),
        *("/admin/proposals/proposal/", "/admin/proposals/proposal/add/", "/admin/proposals/proposal/rates/"),
        *(f"/admin/proposals/proposal/{proposal}/change/", f"/admin/proposals/proposal/{reviewed}/move/assign/"),
        *("/admin/accounts/user/", "/admin/accounts/user/add/", f"/admin/accounts/user/{account}/change/"),
        *("/admin/opinions/publication/", "/admin/opinions/publication/add/"),
    ]
    staff = ["/admin/", "/admin/visits/visit/", "/admin/visits/visit/add/"]
    staff += ["/admin/receptions/reception/", "/admin/receptions/reception/add/"]
    return {"officer": officer, "staff": staff, "auditor": ["/admin/audit/entry/"]}


@pytest.mark.parametrize("username", ["officer", "staff", "auditor"])
def test_axe_finds_nothing_on_a_page_of_work(pages, page_at, sign_in, username):
    """Opened wide, and made narrow then: what a script had laid out for the wide window must fit as well."""
    page, found = page_at(1366), {}
    sign_in(page, username)
    for path in pages[username]:
        resize(page, 1366)
        assert page.goto(path).status == 200, path
        for width in (1366, 360):
            resize(page, width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
            rest_at_the_end(page)  # and so does the bar with the buttons
            found[path, width] = violations(page)
    assert {at: flaws for at, flaws in found.items() if flaws} == {}


def test_a_form_sent_back_is_as_clean(page_at, sign_in):
    page = page_at(1366)
    sign_in(page, "staff")
    for path in ("/admin/opinions/opinion/add/", "/admin/receptions/reception/add/"):
        page.goto(path)
        if page.locator("[name=date]").count():
            page.fill("[name=date]", f"{today().year}.13.45")
        page.click("[name=_save]")
        page.wait_for_selector(".errornote")
        assert violations(page) == [], path
