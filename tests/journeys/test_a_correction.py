"""A representative finds a mistake in their record, by keyboard on a telephone's width; the office answers."""

TEXT = "那天下午我也在站里"
WIDE = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


def tab_to(page, selector, most=120):
    """With the Tab key alone."""
    for _number in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(selector)


def test_a_correction_is_asked_by_keyboard_and_answered(site, page_at, sign_in):
    page = page_at(360)
    sign_in(page, "representative")
    page.goto("/mine/")
    tab_to(page, "a[href^='/mine/record/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/mine/record/**")
    assert page.evaluate(WIDE)
    tab_to(page, "a[href*='/mine/record/correct/'][href*='row=']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/mine/record/correct/**")
    assert page.evaluate(WIDE)
    tab_to(page, "textarea[name=text]")
    page.keyboard.type(TEXT)
    tab_to(page, "main button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/mine/record/?*#asked")
    assert TEXT in page.inner_text("#asked")
    assert "待答复" in page.inner_text("#asked")

    desk = page_at(1366)
    sign_in(desk, "officer")
    desk.goto("/admin/representatives/correctionrequest/?state__exact=open")
    desk.locator("#result_list th a").last.click()
    desk.get_by_label("已采纳").check()
    desk.fill("[name=answer]", "已改为出席")
    desk.locator("[name=_save]").click()
    desk.wait_for_url("**/correctionrequest/**")

    page.reload()
    assert "已改为出席" in page.inner_text("#asked")
