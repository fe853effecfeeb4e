"""A day at work: the clerk enters a visit in one save, the officer takes a figure away."""

import csv
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

MATTERS = [
    ("小区门口的雪没人清，老人出门容易滑倒。", "松涛苑南门"),
    ("四号楼电梯总停在三楼，物业说等配件。", "松涛苑4号楼"),
    ("菜市场搬走以后，买菜要走二十多分钟。", "安隆街"),
]


def fill_opinion(page, row, words, place):
    page.fill(f"[name=opinions-{row}-body]", words)
    page.fill(f"[name=opinions-{row}-place]", place)


@pytest.fixture
def visit_page(page_at, sign_in):
    page = page_at(1366)
    sign_in(page, "staff")
    page.goto("/admin/visits/visit/add/")
    return page


def test_a_visit_is_entered_in_a_single_save(site, visit_page):
    """6 of 8 representatives, one guest, three opinions, one commitment."""
    page = visit_page
    page.fill("[name=date]", "2026.10.29")
    page.select_option("[name=form]", "reception")
    boxes = page.locator("[name=present]")
    assert boxes.count() == 8
    for index in range(6):
        boxes.nth(index).check()
    page.fill("[name=residents_received]", "12")
    page.fill("[name=content]", "接待群众十二人次，记录意见三件。")
    page.fill("[name=guests-lines]", "街道办事处 某某 副主任")
    page.fill("[name=commitments-lines]", "街道办事处 三日内清雪")
    page.locator("#opinions-group summary").click()
    for row, (words, place) in enumerate(MATTERS):
        fill_opinion(page, row, words, place)
    page.click("[name=_save]")
    page.wait_for_url("**/admin/visits/visit/")
    visit = site.sql("SELECT MAX(id) FROM visits_visit")[0][0]
    there = "SELECT status, COUNT(*) FROM visits_attendance WHERE visit_id = %s GROUP BY status ORDER BY status"
    assert site.sql(there, visit) == [("absent", 2), ("present", 6)]
    assert site.sql("SELECT COUNT(*) FROM visits_guest WHERE visit_id = %s", visit) == [(1,)]
    assert site.sql("SELECT COUNT(*) FROM visits_commitment WHERE visit_id = %s", visit) == [(1,)]
    assert site.sql("SELECT body, place FROM opinions_opinion WHERE visit_id = %s ORDER BY id", visit) == MATTERS


def test_all_present_takes_one_tick(site, visit_page):
    page = visit_page
    page.fill("[name=date]", "10月28日")
    page.select_option("[name=form]", "training")
    page.check("[name=all_present]")
    page.fill("[name=content]", "学习代表法。")
    page.click("[name=_save]")
    page.wait_for_url("**/admin/visits/visit/")
    visit = site.sql("SELECT MAX(id) FROM visits_visit")[0][0]
    there = "SELECT COUNT(*) FROM visits_attendance WHERE visit_id = %s AND status = 'present'"
    assert site.sql(there, visit) == [(8,)]


def test_a_wrong_day_is_told_beside_the_field_and_what_was_typed_stays(visit_page):
    page = visit_page
    page.fill("[name=date]", "2026.13.45")
    page.fill("[name=content]", "这段话不能丢。")
    page.click("[name=_save]")
    page.wait_for_selector(".field-date .errorlist")
    assert page.input_value("[name=content]") == "这段话不能丢。"
    assert page.input_value("[name=date]") == "2026.13.45"


PERIOD = "from=2026-05-01&to=2026-10-30"


def figures_of(page):
    marks = page.locator("a[data-figure]")
    names = ("data-figure", "data-value", "href")
    return [tuple(mark.get_attribute(name) for name in names) for mark in marks.all()]


def test_an_officer_filters_opens_a_figure_and_takes_it_away(page_at, sign_in, site):
    page = page_at(1366)
    sign_in(page, "officer")
    page.goto("/dashboard/")
    page.fill("[name=from]", "2026-05-01")
    page.fill("[name=to]", "2026-10-30")
    page.locator("form:has([name=from]) [type=submit]").click()
    assert "from=2026-05-01" in page.url
    value = int(page.get_attribute("a[data-figure=opinions_received]", "data-value"))
    assert value > 0
    page.locator("a[data-figure=opinions_received]").first.click()
    assert int(page.get_attribute("[data-count]", "data-count")) == value
    with page.expect_download() as csv_file:
        page.locator("a[href*='.csv']").first.click()
    rows = list(csv.reader(StringIO(csv_file.value.path().read_text("utf-8-sig"))))
    with page.expect_download() as xlsx_file:
        page.locator("a[href*='.xlsx']").first.click()
    assert len(rows) - 1 == value
    assert load_workbook(BytesIO(xlsx_file.value.path().read_bytes())).active.max_row - 1 == value


def test_every_figure_s_rows_equal_it(page_at, sign_in, site):
    page = page_at(1366)
    sign_in(page, "officer")
    page.goto(f"/dashboard/?{PERIOD}")
    figures = figures_of(page)
    assert len(figures) >= 12
    client = site.client()
    client.sign_in("officer")
    for key, value, href in figures:
        if key not in NO_COUNTS and "%" not in page.inner_text(f"a[data-figure={key}] >> nth=0"):
            assert client.get(href).attribute("data-count") == (value or "0"), key


# Sums and a median over the rows that are listed
NO_COUNTS = ("residents_received", "reception_residents", "median_handling_days")
