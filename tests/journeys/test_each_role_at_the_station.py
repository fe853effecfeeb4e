"""A working day at the station, role by role, as it is seen on the screen and kept in the database."""

import datetime

import pytest

from tests.journeys.work import fill, look_up, move, organisation_of, press, save, speak, station_of, today

PHONE = "13945671234"
MONTH = datetime.timedelta(days=30)


@pytest.fixture(scope="module")
def station(site):
    return station_of(site, "staff")


@pytest.fixture(scope="module")
def department(site):
    return organisation_of(site, "department_clerk")


@pytest.fixture
def staff(page_at, sign_in):
    page = page_at(1366)
    sign_in(page, "staff")
    return page


@pytest.fixture
def head(page_at, sign_in):
    page = page_at(1366)
    sign_in(page, "station_head")
    return page


def given_to(page, spoken, department):
    """Taken on and given to a department."""
    move(page, spoken.opinion, "accept", summary="楼道灯坏了")
    move(page, spoken.opinion, "assign", organisation=department[0])


def a_month_passes(site, opinion):
    """Everything about the opinion happened thirty days earlier than it did; its answer was due twenty days ago."""
    was, due = today() - MONTH, today() - datetime.timedelta(days=20)
    moment = datetime.datetime.combine(was, datetime.time(4), datetime.UTC)
    site.sql("UPDATE opinions_opinion SET received_at = %s, reply_due_on = %s WHERE id = %s", moment, due, opinion)
    site.sql("UPDATE opinions_opinion SET accepted_on = %s WHERE id = %s", was, opinion)
    given = "UPDATE opinions_opinionassignment SET assigned_on = %s, due_on = %s WHERE opinion_id = %s"
    site.sql(given, was, due, opinion)
    return due


def state_of(site, opinion):
    return site.sql("SELECT state FROM opinions_opinion WHERE id = %s", opinion)[0][0]


# Station staff


def test_staff_come_from_a_tile_to_the_matter_and_take_it_on(site, staff, station):
    spoken = speak(site, station[1], "楼道里的灯坏了两个多月。")
    staff.goto("/admin/")
    tile = staff.locator(".tiles a", has_text="待核实")
    waiting = int(tile.locator("b").inner_text())
    tile.click()
    assert staff.get_attribute("h1[data-count]", "data-count") == str(waiting)
    staff.locator("#result_list").get_by_text(spoken.number).click()
    staff.click("[data-move=accept]")
    assert "楼道里的灯坏了两个多月。" in staff.inner_text("#content-main")
    fill(staff, summary="楼道灯坏了")
    press(staff)
    assert state_of(site, spoken.opinion) == "accepted"
    staff.goto("/admin/")
    assert staff.locator(".tiles a", has_text="待核实").locator("b").inner_text() == str(waiting - 1)


def test_what_is_said_at_the_desk_gets_a_number_and_a_receipt_slip(site, staff):
    staff.goto("/admin/opinions/opinion/add/")
    fill(staff, body="希望在公交站装一把长椅。", place="安隆街公交站", name="某某", phone=PHONE)
    save(staff, "**/admin/opinions/opinion/")
    told = staff.inner_text(".messagelist")
    opinion, channel = site.sql("SELECT id, channel FROM opinions_opinion ORDER BY id DESC LIMIT 1")[0]
    number = f"YJ-{today().year}-{opinion:04d}"
    code = next(
        word for word in told.replace("，", " ").replace("。", " ").split() if word.count("-") == 2 and word != number
    )
    assert (channel, number in told) == ("desk", True)
    staff.goto(f"/admin/opinions/opinion/{opinion}/change/")
    staff.click("[data-paper=receipt]")
    staff.fill("[name=code]", code)
    staff.locator("form:has([name=code]) [type=submit]").click()
    slip = staff.locator(f"[data-slip={number}]")
    slip.get_by_text(code).wait_for()
    assert PHONE not in staff.content()
    staff.emulate_media(media="print")
    assert [slip.is_visible(), staff.locator("header.bar").is_visible()] == [True, False]
    assert look_up(site, number, code).status == 200


def test_a_paper_reply_entered_late_counts_by_the_day_on_the_paper(site, staff, station, department):
    spoken = speak(site, station[1], "单元门关不上。")
    given_to(staff, spoken, department)
    due = a_month_passes(site, spoken.opinion)
    staff.goto(spoken.page)
    assert "超期20天" in staff.inner_text("#content-main")
    move(staff, spoken.opinion, "reply_for", paper_on=due, text="门已修好。", outcome="solved")
    assert state_of(site, spoken.opinion) == "replied"
    given = "SELECT replied_on, due_on, on_behalf FROM opinions_opinionassignment WHERE opinion_id = %s"
    replied_on, due_on, on_behalf = site.sql(given, spoken.opinion)[0]
    assert (str(replied_on), str(due_on), bool(on_behalf)) == (str(due), str(due), True)
    assert "代录" in staff.inner_text("#content-main")


def test_a_paper_from_before_it_was_given_is_refused_beside_the_field(site, staff, station, department):
    spoken = speak(site, station[1], "井盖响。")
    given_to(staff, spoken, department)
    staff.goto(spoken.page)
    staff.click("[data-move=reply_for]")
    fill(staff, paper_on=today() - MONTH, text="井盖已换。", outcome="solved")
    staff.locator("#content-main [type=submit]").first.click()
    staff.wait_for_selector(".errornote")
    assert staff.input_value("[name=text]") == "井盖已换。"
    assert state_of(site, spoken.opinion) == "assigned"


def test_staff_call_the_resident_back_and_enter_what_they_said(site, staff, station, department):
    spoken = speak(site, station[1], "路口没有斑马线。", phone=PHONE)
    given_to(staff, spoken, department)
    move(staff, spoken.opinion, "reply_for", paper_on=today(), text="斑马线已画好。", outcome="solved")
    staff.goto("/admin/")
    staff.locator(".today li", has_text=spoken.number).locator("a.button").click()
    assert staff.get_attribute("a.tel", "href") == f"tel:{PHONE}"
    fill(staff, reached="yes", told="告诉他斑马线画好了。", score="satisfied")
    press(staff)
    assert state_of(site, spoken.opinion) == "evaluated"
    rating = "SELECT score, source FROM opinions_rating WHERE opinion_id = %s"
    assert site.sql(rating, spoken.opinion) == [("satisfied", "phone")]
    looks = "SELECT COUNT(*) FROM audit_entry WHERE action = 'reveal' AND object_id = %s"
    assert site.sql(looks, str(spoken.opinion))[0][0] >= 1


def test_after_a_reissue_the_old_code_fails_and_the_new_one_opens(site, staff, station):
    spoken = speak(site, station[1], "健身器材松了。", phone=PHONE)
    move(staff, spoken.opinion, "accept")
    staff.locator("summary", has_text="更多").click()
    staff.click("[data-beside=reissue]")
    fill(staff, way="in_person")
    staff.locator("#content-main [type=submit]").first.click()
    staff.wait_for_selector("#receipt-code")
    code = staff.inner_text("#receipt-code")
    assert staff.inner_text("#receipt-number") == spoken.number
    assert PHONE not in staff.content()
    assert look_up(site, spoken.number, spoken.code).status == 422
    assert look_up(site, spoken.number, code).attribute("data-status") == "accepted"
    lines = "SELECT COUNT(*) FROM audit_entry WHERE action = 'reissue' AND object_id = %s"
    assert site.sql(lines, str(spoken.opinion)) == [(1,)]


def test_the_assignment_slip_holds_the_matter_and_no_telephone(site, staff, station, department):
    spoken = speak(site, station[1], f"请打{PHONE}找我，暖气不热。", phone=PHONE)
    given_to(staff, spoken, department)
    staff.goto(spoken.page)
    staff.click("[data-paper=assignment]")
    slip = staff.inner_text(f"[data-slip={spoken.number}]")
    assert [words for words in (department[1], "楼道灯坏了", "回执") if words not in slip] == []
    assert PHONE not in staff.content()


def test_a_reception_on_a_sunday_moves_and_the_public_is_told(site, page_at, staff, station):
    worked = {str(day) for (day,) in site.sql("SELECT date FROM rulebook_calendarday WHERE is_working")}
    days = (today() + datetime.timedelta(days=number) for number in range(3, 60))
    sunday = next(day for day in days if day.isoweekday() == 7 and str(day) not in worked)
    staff.goto("/admin/receptions/reception/add/")
    fill(staff, date=sunday, starts_at="13:30", ends_at="15:30", place="联络站接待室", receiving=True)
    save(staff, "**/admin/receptions/reception/")
    row = "SELECT date, planned_on, station_id FROM receptions_reception ORDER BY id DESC LIMIT 1"
    day, planned_on, where = site.sql(row)[0]
    assert (str(planned_on), where) == (str(sunday), station[0])
    assert str(day) > str(sunday)
    resident = page_at(360, javascript=False, cookies=False)
    resident.goto(f"/receptions/?station={station[1]}")
    assert f"原定{sunday.month}月{sunday.day}日" in resident.inner_text("main")


# Station head


def test_the_head_mends_what_is_lacking_and_sees_it_turn(site, head, station):
    site.sql("DELETE FROM stations_ruledocument WHERE station_id = %s", station[0])
    head.goto("/eight-haves/")
    assert station[2] in head.inner_text("h1")
    rules = head.locator("#have-rules")
    assert rules.locator("[data-standing]").get_attribute("data-standing") == "not_met"
    kinds = site.sql("SELECT COUNT(*) FROM stations_rulekind")[0][0]
    for number in range(kinds):
        rules.locator("a.button").first.click()
        fill(head, title=f"制度{number}", valid_from=today())
        save(head, "**/eight-haves/**")
        if rules.locator("[data-standing]").get_attribute("data-standing") == "met":
            break
    assert rules.locator("[data-standing]").inner_text() == "达标"
    kept = site.sql("SELECT COUNT(*) FROM stations_ruledocument WHERE station_id = %s", station[0])[0][0]
    assert kept == number + 1


def test_the_head_adds_a_colleague_s_post(site, head, station):
    head.goto("/admin/stations/staffpost/add/")
    assert "head" not in head.locator("[name=post] option").evaluate_all("options => options.map(o => o.value)")
    fill(head, name="新来的同志", post="liaison_officer", staffing_mode="temporary", valid_from=today())
    if head.locator("[name=station]").evaluate("e => e.tagName === 'SELECT' && !e.value"):
        head.select_option("[name=station]", str(station[0]))
    save(head, "**/admin/stations/staffpost/")
    assert "新来的同志" in head.inner_text("#result_list")
    kept = "SELECT station_id, post FROM stations_staffpost WHERE name = '新来的同志'"
    assert site.sql(kept) == [(station[0], "liaison_officer")]
