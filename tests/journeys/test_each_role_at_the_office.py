"""A working day away from the station, role by role: the committee, the government office, the department, a leader,
the auditor, the administrator."""

import datetime

import pytest

from tests.journeys.work import (
    CHANGE,
    choose,
    fill,
    look_up,
    move,
    open_account,
    organisation_of,
    press,
    save,
    speak,
    station_of,
    today,
)

CALLER, PHONE = "乌有生", "13945671234"
DISTRICT, TOWN = "230102", "230102102"
OPINIONS = "/admin/opinions/opinion/"


@pytest.fixture(scope="module")
def station(site):
    return station_of(site, "staff")


@pytest.fixture(scope="module")
def department(site):
    return organisation_of(site, "department_clerk")


@pytest.fixture
def at_work(page_at, sign_in):
    """at_work("officer"): that account's page, signed in."""

    def at_work(username, width=1366):
        page = page_at(width)
        sign_in(page, username)
        return page

    return at_work


def state_of(site, opinion):
    return site.sql("SELECT state FROM opinions_opinion WHERE id = %s", opinion)[0][0]


def may_not_open(page, path):
    return page.goto(path).status in (403, 404)


# Township officer


def test_a_township_officer_counts_and_verifies_in_the_own_township(site, at_work, station):
    code = site.sql("SELECT code FROM stations_station WHERE division_id LIKE %s ORDER BY id LIMIT 1", f"{TOWN}%")[0][0]
    spoken, elsewhere = speak(site, code, "村口路灯不亮。"), speak(site, station[1], "楼道灯不亮。")
    page = at_work("township_officer")
    page.goto("/dashboard/")
    counted = "SELECT COUNT(*) FROM opinions_opinion WHERE division_id LIKE %s AND year = %s"
    expected = site.sql(counted, f"{TOWN}%", today().year)[0][0]
    assert page.get_attribute("[data-figure=opinions_received]", "data-value") == str(expected)
    move(page, spoken.opinion, "accept", summary="村口路灯")
    assert state_of(site, spoken.opinion) == "accepted"
    assert may_not_open(page, elsewhere.page)


# Officer


def test_an_officer_sets_a_period_beside_the_one_before(at_work):
    page = at_work("officer")
    page.goto("/dashboard/")
    assert page.locator("section.indicator").count() == 13
    page.select_option("[name=compare]", "previous")
    page.locator("form.filters [type=submit]").click()
    page.wait_for_url("**compare=previous**")
    assert "对比期" in page.locator("li:has([data-figure=opinions_received])").inner_text()


def test_an_officer_urges_all_that_are_late_in_two_clicks(site, at_work):
    page = at_work("officer")
    page.goto("/dashboard/")
    late = int(page.get_attribute("[data-figure=opinions_overdue]", "data-value"))
    assert late > 0
    page.locator("a[data-figure=opinions_overdue]").first.click()
    page.get_by_role("button", name="打印催办单").click()
    page.wait_for_url("**/urge/slips/**")
    assert page.locator("[data-slip]").count() == late
    assert "催办单" in page.inner_text("[data-slip] >> nth=0")
    assert site.sql("SELECT COUNT(*) FROM opinions_opinionurging WHERE urged_on = %s", today()) == [(late,)]


def test_an_officer_registers_a_proposal_made_of_an_opinion(site, at_work, station):
    spoken = speak(site, station[1], "希望小区有一处老年食堂。")
    lead = site.sql(
        "SELECT p.name FROM representatives_mandate m JOIN representatives_person p ON p.id = m.person_id "
        "JOIN representatives_term t ON t.id = m.term_id JOIN representatives_congress c ON c.id = t.congress_id "
        "WHERE c.division_id = %s ORDER BY m.id LIMIT 1",
        DISTRICT,
    )[0][0]
    page = at_work("officer")
    move(page, spoken.opinion, "accept")
    page.goto("/admin/proposals/proposal/add/")
    fill(page, title="关于增设老年食堂的建议", text="建议由民政部门牵头。", submitted_on=today())
    choose(page, "lead_by", lead, f"{lead}（县级）")
    choose(page, "links-0-opinion", spoken.number)
    save(page, "**/admin/proposals/proposal/")
    proposal, sequence = site.sql("SELECT id, sequence FROM proposals_proposal ORDER BY id DESC LIMIT 1")[0]
    behind = "SELECT opinion_id FROM proposals_proposalopinion WHERE proposal_id = %s"
    assert site.sql(behind, proposal) == [(spoken.opinion,)]
    page.goto(f"/admin/proposals/proposal/{proposal}/change/")
    page.click("[data-move=review]")
    press(page)
    assert "已审核" in page.inner_text("h1 small")
    assert f"提出了代表建议第{sequence}号" in look_up(site, spoken.number, spoken.code).text


def test_an_officer_publishes_what_was_solved(site, at_work, page_at, station, department):
    spoken = speak(site, station[1], "校门口没有路灯。", publish_consent="on")
    page = at_work("officer")
    move(page, spoken.opinion, "accept", summary="校门口路灯")
    move(page, spoken.opinion, "assign", organisation=department[0])
    move(page, spoken.opinion, "reply_for", paper_on=today(), text="路灯已装好。", outcome="solved")
    move(page, spoken.opinion, "feed_back", way="in_person", note="当面告诉了反映人。")
    page.locator(f"a[href*='publication/add/?opinion={spoken.opinion}']").click()
    fill(page, title="校门口亮起来了", text="代表反映后，有关单位在校门口新装了路灯。")
    save(page, "**/admin/opinions/publication/")
    resident = page_at(360, javascript=False, cookies=False)
    resident.goto("/results/")
    assert "校门口亮起来了" not in resident.content()
    page.locator("#result_list").get_by_role("link", name="校门口亮起来了").click()
    fill(page, publish=True)
    save(page, "**/admin/opinions/publication/")
    resident.reload()
    assert "校门口亮起来了" in resident.inner_text("main")
    assert "校门口没有路灯" not in resident.content()


def test_an_officer_opens_an_account_below_the_own_role_and_resets_its_password(site, at_work, page_at, sign_in):
    officer, own = at_work("officer"), page_at(1366)
    offered = open_account(officer, "leader-new", "新领导", "leader", DISTRICT, site.password)
    assert {"leader", "township_officer", "staff"} <= offered
    assert offered.isdisjoint({"officer", "auditor", "sysadmin"})
    account = site.sql("SELECT id FROM accounts_user WHERE username = 'leader-new'")[0][0]
    held = "SELECT role, division_id FROM accounts_grant WHERE user_id = %s"
    assert site.sql(held, account) == [("leader", DISTRICT)]
    sign_in(own, "leader-new")
    assert "/accounts/password/" in own.url
    officer.goto(f"/admin/accounts/user/{account}/change/")
    officer.locator(f"a[href*='/accounts/user/{account}/password/']").click()
    officer.locator("#content-main [type=submit]").click()
    password = officer.inner_text("#one-time-password")
    own.goto("/dashboard/brief/")
    assert "/accounts/login/" in own.url  # the session ended with the password
    own.fill("[name=username]", "leader-new")
    own.fill("[name=password]", password)
    own.locator("form:has([name=password]) [type=submit]").click()
    own.wait_for_url("**/accounts/password/**")
    own.fill("[name=oldpassword]", password)
    own.fill("[name=password1]", "Ice-Lantern-2027")
    own.fill("[name=password2]", "Ice-Lantern-2027")
    own.locator("form:has([name=oldpassword]) [type=submit]").click()
    own.wait_for_url(lambda url: "/accounts/" not in url)
    assert own.goto("/dashboard/brief/").status == 200


# System administrator and dispatcher


def test_an_administrator_keeps_accounts_and_sees_no_opinion(site, at_work):
    page = at_work("sysadmin")
    page.goto("/admin/")
    menu = page.inner_text("#content-main")
    assert ("账号与权限" in menu, "群众意见建议" in menu) == (True, False)
    opinion = site.sql("SELECT MAX(id) FROM opinions_opinion")[0][0]
    assert may_not_open(page, OPINIONS)
    assert may_not_open(page, CHANGE.format(opinion))
    assert may_not_open(page, "/dashboard/")
    offered = open_account(page, "auditor-new", "新审计", "auditor", DISTRICT, site.password)
    assert {"officer", "auditor", "sysadmin"} <= offered
    roles = "SELECT g.role FROM accounts_grant g JOIN accounts_user u ON u.id = g.user_id WHERE u.username = %s"
    assert site.sql(roles, "auditor-new") == [("auditor",)]


@pytest.fixture
def dispatcher(site, at_work, page_at, sign_in):
    """An account of the government office, opened by the administrator and given a password of its own."""
    open_account(at_work("sysadmin"), "dispatch-new", "新督查", "dispatcher", DISTRICT, site.password)
    page = page_at(1366)
    sign_in(page, "dispatch-new")
    page.fill("[name=oldpassword]", site.password)
    page.fill("[name=password1]", "Ice-Lantern-2027")
    page.fill("[name=password2]", "Ice-Lantern-2027")
    page.locator("form:has([name=oldpassword]) [type=submit]").click()
    page.wait_for_url(lambda url: "/accounts/" not in url)
    return page


def test_a_dispatcher_divides_proposals_and_only_looks_at_opinions(site, dispatcher, station, department):
    spoken = speak(site, station[1], "公交站没有座椅。", name=CALLER, phone=PHONE)
    dispatcher.goto(spoken.page)
    assert "公交站没有座椅。" in dispatcher.inner_text("#content-main")
    assert dispatcher.locator("[data-move]").count() == 0
    assert [words for words in (CALLER, PHONE) if words in dispatcher.content()] == []
    assert may_not_open(dispatcher, f"{OPINIONS}{spoken.opinion}/reporter/")
    dispatcher.goto("/admin/opinions/opinionassignment/")
    assert dispatcher.locator("#result_list tbody tr").count() > 0
    proposal = site.sql("SELECT id FROM proposals_proposal WHERE state = 'reviewed' ORDER BY id")[0][0]
    dispatcher.goto(f"/admin/proposals/proposal/{proposal}/change/")
    dispatcher.click("[data-move=assign]")
    fill(dispatcher, organisation=department[0])
    press(dispatcher)
    kept = "SELECT state, lead_handler_id FROM proposals_proposal WHERE id = %s"
    assert site.sql(kept, proposal) == [("assigned", department[0])]
    assert "已交办" in dispatcher.inner_text("h1 small")


# Department clerk


def test_a_department_signs_asks_for_time_and_replies_without_the_reporter(site, at_work, station, department):
    spoken = speak(site, station[1], "下水道返水。", name=CALLER, phone=PHONE)
    officer, clerk = at_work("officer"), at_work("department_clerk")
    move(officer, spoken.opinion, "accept", summary="下水道返水")
    move(officer, spoken.opinion, "assign", organisation=department[0])
    clerk.goto("/admin/")
    seen = [clerk.content()]
    clerk.locator(".today li", has_text=spoken.number).locator("a.button").click()
    seen.append(clerk.content())
    press(clerk)
    assert state_of(site, spoken.opinion) == "handling"
    until = today() + datetime.timedelta(days=60)
    move(clerk, spoken.opinion, "ask_extension", until=until, note="等待备件。")
    asked = "SELECT asked_until FROM opinions_opinionassignment WHERE opinion_id = %s"
    assert [str(day) for (day,) in site.sql(asked, spoken.opinion)] == [str(until)]
    seen.append(clerk.content())
    move(clerk, spoken.opinion, "reply", text="管道已疏通。", outcome="solved")
    seen.append(clerk.content())
    assert state_of(site, spoken.opinion) == "replied"
    assert [words for words in (CALLER, PHONE) for page in seen if words in page] == []
    assert may_not_open(clerk, f"{OPINIONS}{spoken.opinion}/reporter/")
    assert may_not_open(clerk, f"{OPINIONS}{spoken.opinion}/call/")
    assert may_not_open(clerk, "/dashboard/")


# Leader


@pytest.mark.parametrize("width", [1366, 360])
def test_a_leader_reads_six_numbers_and_who_is_late(at_work, width):
    page = at_work("leader", width)
    page.wait_for_url("**/dashboard/brief/")
    assert page.locator(".figures.six a[data-figure]").count() == 6
    assert "谁超期了" in page.inner_text("main")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    value = page.get_attribute("[data-figure=opinions_received]", "data-value")
    page.locator("a[data-figure=opinions_received]").click()
    assert page.get_attribute("[data-count]", "data-count") == value
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert may_not_open(page, OPINIONS)


# Auditor


def test_an_auditor_reads_the_trail_and_nothing_else(site, at_work):
    at_work("staff")
    (name,) = site.sql("SELECT name FROM accounts_user WHERE username = 'staff'")[0]
    page = at_work("auditor")
    page.get_by_role("link", name="操作记录").first.click()
    latest = page.locator("#result_list tbody tr").nth(1).inner_text()
    assert [words for words in (name, "登录") if words not in latest] == []
    page.fill("#searchbar", name)
    page.locator("#changelist-search [type=submit]").click()
    page.wait_for_url("**q=**")
    found = int(page.get_attribute("h1[data-count]", "data-count"))
    assert site.sql("SELECT COUNT(*) FROM audit_entry WHERE actor_name = %s", name) == [(found,)]
    facet = page.locator("details.facet", has=page.locator("a[href*='result__exact']"))
    facet.locator("summary").click()
    facet.locator("a").last.click()
    page.wait_for_url("**result__exact=**")
    shown = int(page.get_attribute("h1[data-count]", "data-count"))
    result = "refused" if "refused" in page.url else "done"
    counted = "SELECT COUNT(*) FROM audit_entry WHERE actor_name = %s AND result = %s"
    assert site.sql(counted, name, result) == [(shown,)]
    assert may_not_open(page, OPINIONS)
    assert may_not_open(page, "/dashboard/")
