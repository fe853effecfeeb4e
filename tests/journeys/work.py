"""What people do on their pages, told once: speak, move a matter, read and fill what stands before them."""

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

CHANGE = "/admin/opinions/opinion/{}/change/"


@dataclass(frozen=True)
class Spoken:
    """What a resident holds after speaking."""

    number: str
    code: str

    @property
    def opinion(self):
        return int(self.number.split("-")[2])

    @property
    def page(self):
        return CHANGE.format(self.opinion)


def today():
    """The day at the stations, whatever the hour of the machine that runs the test."""
    return datetime.datetime.now(ZoneInfo("Asia/Shanghai")).date()


def speak(site, station, matter, place="松涛苑7号楼", **more):
    """A resident fills the form at the station's address."""
    form = site.client().get("/opinions/new/", station=station).fields()
    receipt = site.client().post("/opinions/new/", form | {"matter": matter, "place": place} | more)
    return Spoken(receipt.text_of("receipt-number"), receipt.text_of("receipt-code"))


def look_up(site, number, code):
    """What the tracking page answers a resident."""
    return site.client().post("/opinions/track/", {"number": number, "code": code})


def fill(page, **answers):
    """Fill the fields of the page's own form, whatever kind they are."""
    for name, value in answers.items():
        field = page.locator(f"#content-main [name='{name}']").first
        kind = field.evaluate("element => element.tagName === 'SELECT' ? 'select' : element.type")
        if kind == "select":
            field.select_option(str(value))
        elif kind == "radio":
            page.check(f"#content-main [name='{name}'][value='{value}']")
        elif kind == "checkbox":
            field.set_checked(value)
        else:
            field.fill(str(value))


def press(page, expect="**/change/"):
    """Send the page's own form and wait for what it leads to."""
    page.locator("#content-main [type=submit]").first.click()
    page.wait_for_url(expect)


def move(page, opinion, key, **answers):
    """Make one move from the opinion's own page."""
    page.goto(CHANGE.format(opinion))
    page.click(f"[data-move={key}]")
    fill(page, **answers)
    press(page)


def save(page, expect):
    page.click("[name=_save]")
    page.wait_for_url(expect)


def station_of(site, username):
    """(id, code, name) of the station where an account has a post."""
    return site.sql(
        "SELECT s.id, s.code, s.name FROM stations_staffpost p JOIN stations_station s ON s.id = p.station_id "
        "JOIN accounts_user u ON u.id = p.user_id WHERE u.username = %s",
        username,
    )[0]


def organisation_of(site, username):
    """(id, name) of the organisation for which an account has a grant."""
    return site.sql(
        "SELECT o.id, o.name FROM accounts_grant g JOIN accounts_user u ON u.id = g.user_id "
        "JOIN organisations_organisation o ON o.id = g.organisation_id WHERE u.username = %s",
        username,
    )[0]


def choose(page, name, words, option=""):
    """Type words into a field that looks things up, and take the first that it finds (or the first called `option`)."""
    page.locator(f"select[name='{name}'] + .select2 .select2-selection").click()
    page.locator(".select2-container--open .select2-search__field").fill(words)
    page.locator(".select2-results__option[role=option]", has_text=option or words).first.click()


def open_account(page, username, name, role, division, password):
    """A new account and its role; returns the roles that were offered."""
    page.goto("/admin/accounts/user/add/")
    fill(page, username=username, name=name, password1=password, password2=password)
    save(page, "**/change/")
    page.locator(".add-row a").click()
    roles = page.locator("[name=grants-0-role] option").evaluate_all("options => options.map(each => each.value)")
    fill(page, **{"grants-0-role": role, "grants-0-valid_from": today()})
    if page.locator("select[name=grants-0-division].admin-autocomplete").count():
        choose(page, "grants-0-division", division)
    else:
        fill(page, **{"grants-0-division": division})
    save(page, "**/admin/accounts/user/")
    return {key for key in roles if key}
