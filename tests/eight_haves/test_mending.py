"""Every criterion of the shipped standard, broken through ordinary records: its link leads where it is mended.

Of the measures no shipped standard asks for, the link is opened.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from urllib.parse import urlencode

import pytest
from django.test import Client

from liaison.accounts.roles import ROLES, roles_with
from liaison.tools.figures import MET
from stations.eight_haves.evaluation import evaluate
from stations.eight_haves.forms import VIEW
from stations.eight_haves.models import Criterion
from stations.register.models import ActivityFunds, RuleDocument, StaffPost, YearlyConfirmation
from stations.visits.models import Visit
from tests.access.filling import form_on
from tests.eight_haves import judging
from tests.eight_haves.conftest import TODAY, YEAR, taken_away
from tests.support import factories as make

POST = {"name": "江小雪", "staffing_mode": "reassigned", "is_full_time": "on", "valid_from": "2026-11-01"}
CHECK = {"confirmed_on": "2026-11-03", "confirmed_by": "江小雪"}
VISIT = {"date": "2026-03-11", "form": "reception", "content": "received residents", "recorder": "江小雪"}
AT_STATIONS = {"staff": "liaison_officer", "station_head": "head"}


def accepted_long_ago(at):
    make.Life(make.opinion(at, on=date(2026, 9, 1))).until("accepted", date(2026, 9, 1))


def replied_long_ago(at):
    make.Life(make.opinion(at, on=date(2026, 9, 1))).until("replied", date(2026, 9, 1))


@dataclass(frozen=True)
class Break:
    """How a criterion comes to lack something, and what is typed where its link leads; `move` of a matter listed."""

    lose: Callable
    typed: dict = field(default_factory=dict)
    move: str = ""
    of_time: bool = False  # what is late stays late: the link opens the rows


def lost(model, **changes):
    def lose(at):
        model.objects.filter(station=at).update(**changes)

    return lose


def without(kind):
    def lose(at):
        StaffPost.objects.filter(station=at, post=kind).delete()
        StaffPost.objects.filter(station=at).update(is_full_time=True)

    return lose


def rule_ended(at):
    RuleDocument.objects.filter(station=at, kind="feedback").update(valid_to=date(2026, 11, 2))


def entered_late(at):
    Visit.objects.filter(station=at, date__month=9).update(entered_at=make.moment(TODAY))


BREAKS = {
    "premises_confirmed": Break(lost(YearlyConfirmation, premises=False), CHECK),
    "signs_confirmed": Break(lost(YearlyConfirmation, plate=False), CHECK),
    "full_time_staff": Break(lost(StaffPost, is_full_time=False), POST | {"post": "deputy_head"}),
    "heads": Break(without("head"), POST | {"post": "head"}),
    "liaison_officers": Break(without("liaison_officer"), POST | {"post": "liaison_officer"}),
    "required_rules_missing": Break(rule_ended, {"title": "new rule", "version": "2", "valid_from": "2026-11-03"}),
    "funds_of_floor": Break(lost(ActivityFunds, amount=18_000), {"amount": "30000"}),
    "months_with_reception": Break(lambda at: taken_away(at, 3), VISIT),
    "visits_entered_late": Break(entered_late, of_time=True),
    "opinions_without_handler": Break(accepted_long_ago, {"due_on": "2027-01-31", "instructions": "soon"}, "assign"),
    "residents_not_told": Break(replied_long_ago, {"way": "phone", "note": "told by telephone"}, "feed_back"),
}


def shipped() -> set[str]:
    """What is only shown is late at others: nothing at a station mends it."""
    required = Criterion.objects.filter(have__standard__state="published", is_required=True)
    return set(required.values_list("measure", flat=True))


def test_every_criterion_shipped_is_broken_here(station):
    assert shipped() == set(BREAKS)


def result_of(at, measure):
    (card,) = evaluate([at], YEAR, TODAY)
    return next(result for line in card.lines for result in line.results if result.measure.key == measure)


def somebody(role, at):
    """An account of the role that brings the station nothing it lacks."""
    if role not in AT_STATIONS:
        return make.granted(role)
    account = make.user()
    StaffPost.objects.create(
        station=at,
        user=account,
        name="clerk",
        post=AT_STATIONS[role],
        staffing_mode="reassigned",
        valid_from=date(2020, 1, 1),
        entered_at=make.moment(date(2020, 1, 1)),
        is_full_time=False,
    )
    return account


def signed_in(permission, at):
    """As the first role of the page of roles that reads scorecards and may mend this."""
    may = roles_with(permission) & roles_with(VIEW) - (set(AT_STATIONS) if permission.endswith("staffpost") else set())
    client = Client()
    client.force_login(somebody(next(role for role in ROLES if role in may), at))
    return client


def link_on(client, at, measure) -> str:
    text = client.get(f"/eight-haves/{at.code}/").text
    criterion = re.search(rf'<li data-criterion="{measure}">(.*?)</li>', text, re.DOTALL)[1]
    return unescape(re.search(r'<a class="button" href="([^"]+)"', criterion)[1])


@pytest.mark.parametrize("measure", BREAKS)
def test_the_link_of_a_sentence_leads_to_the_page_that_mends_it(measure, station):
    broken = BREAKS[measure]
    assert result_of(station, measure).standing == MET
    broken.lose(station)
    result = result_of(station, measure)
    assert result.is_lacking
    client = signed_in(result.mend.permission, station)
    link = link_on(client, station, measure)
    page = client.get(link)
    assert page.status_code == 200
    if broken.of_time:
        assert {row.pk for row in result.reading.rows} <= {row.pk for row in page.context["cl"].result_list}
    else:
        mend(client, link, broken, station)
        assert result_of(station, measure).standing == MET


def mend(client, link, broken, at):
    """By the move of the one matter whose page the link opens; else by the form, the station filled in."""
    typed = dict(broken.typed)
    if broken.move:
        (key,) = re.findall(r"^/admin/opinions/opinion/(\d+)/change/$", link)
        assert at.opinions.filter(pk=key).exists()
        page, link = client.get(link), f"/admin/opinions/opinion/{key}/move/{broken.move}/"
        assert link in page.text
        if broken.move == "assign":
            typed["organisation"] = make.organisation().pk
    else:
        assert at.name in client.get(link).text
    answer = client.post(link, form_on(client, link) | typed)
    assert answer.status_code == 302, answer.text


def nothing(at):
    """It lacks it all."""


ASSIGN, RULES = "/admin/stations/stationassignment/add/?station={}", "/admin/stations/ruledocument/add/?station={}"
ENTER, SEEN = "/admin/visits/visit/add/?station={}", "/admin/visits/visit/?station__id__exact={}"
FUNDS = "/admin/stations/activityfunds/add/?station={}&year=2026"


@pytest.mark.parametrize(
    ("measure", "arrange", "address"),
    [
        ("representatives_here", nothing, ASSIGN),
        ("representatives_assigned", nothing, ASSIGN),
        ("representatives_assigned", lambda at: make.mandate(), ASSIGN),
        ("representatives_entered", nothing, ASSIGN),
        ("representatives_entered", make.placed, ENTER),
        ("rules_in_force", nothing, RULES),
        ("rules_reviewed", nothing, RULES),
        ("funds_of_floor", nothing, FUNDS),
        ("funds_spent", nothing, FUNDS),
        ("funds_spent", make.funds, "/admin/stations/fundexpense/add/?station={}"),
        ("forms_of_activity", nothing, ENTER),
        ("visits_held", nothing, ENTER),
        ("visits_entered_late", nothing, SEEN),
        ("days_to_enter", nothing, SEEN),
        ("days_to_enter", make.visit, SEEN),
        ("visits_incomplete", nothing, SEEN),
    ],
)
def test_the_link_of_any_measure_leads_to_what_the_station_lacks(measure, arrange, address, at):
    arrange(at)
    way = judging.result_of(at, measure, 1_000).mend
    assert way.address == address.format(at.pk)
    assert signed_in(way.permission, at).get(way.address).status_code == 200


def confirm_on(client, at, measure):
    link = link_on(client, at, measure)
    opened = client.get(link)
    if opened.status_code == 302:
        link = opened["Location"]
    return client.post(link, form_on(client, link))


def test_what_is_confirmed_later_on_a_day_joins_its_record(station):
    YearlyConfirmation.objects.all().delete()
    client = signed_in("stations.add_yearlyconfirmation", station)
    for measure in ("signs_confirmed", "premises_confirmed"):
        assert result_of(station, measure).is_lacking
        assert confirm_on(client, station, measure).status_code == 302
        assert result_of(station, measure).standing == MET
    assert YearlyConfirmation.objects.get(station=station).confirmed_on == TODAY


def test_a_page_that_is_looked_at_ticks_nothing(station):
    YearlyConfirmation.objects.all().delete()
    make.confirmation(station, TODAY, "plate")
    client = signed_in("stations.add_yearlyconfirmation", station)
    client.get(link_on(client, station, "premises_confirmed"), follow=True)
    assert result_of(station, "premises_confirmed").is_lacking


def test_a_saved_form_leads_back_to_the_item(station):
    YearlyConfirmation.objects.all().delete()
    client = signed_in("stations.add_yearlyconfirmation", station)
    answer = confirm_on(client, station, "premises_confirmed")
    assert answer["Location"] == f"/eight-haves/{station.code}/?year=2026#have-premises"
    page = client.get(answer["Location"]).text
    assert 'id="have-premises"' in page
    assert f"已新增自查“{station} 2026-11-03”。" in unescape(re.sub("<[^>]+>", "", page))


@pytest.mark.parametrize("address", ["https://elsewhere.test/", "//elsewhere.test/", "javascript:alert(1)", ""])
def test_a_form_leads_nowhere_but_to_this_site(address, station):
    YearlyConfirmation.objects.all().delete()
    client = signed_in("stations.add_yearlyconfirmation", station)
    rows = "/admin/stations/yearlyconfirmation/"
    link = f"{rows}add/?{urlencode({'station': station.pk, 'plate': 'on', 'back': address})}"
    answer = client.post(link, form_on(client, link))
    assert (answer.status_code, answer["Location"]) == (302, rows)


def test_whoever_may_not_mend_is_told_who_may(station):
    without("head")(station)
    client = Client()
    client.force_login(somebody("staff", station))
    page = client.get(f"/eight-haves/{station.code}/").text
    criterion = re.search(r'<li data-criterion="heads">(.*?)</li>', page, re.DOTALL)[1]
    assert "站长、乡镇（街道）人大工作人员、代表工委工作人员" in criterion
    assert "button" not in criterion


def test_a_share_of_a_paper_is_mended_where_the_paper_is_divided(station):
    paper = make.budget_paper(entered_at=make.moment(date(2026, 1, 2)))
    ActivityFunds.objects.filter(station=station).update(amount=18_000, budget=paper)
    mend = result_of(station, "funds_of_floor").mend
    assert mend.address == f"/admin/stations/budgetpaper/{paper.pk}/change/"
    assert mend.permission == "stations.change_budgetpaper"


def test_a_missing_rule_is_named_in_the_form(station):
    rule_ended(station)
    client = signed_in("stations.add_ruledocument", station)
    page = client.get(link_on(client, station, "required_rules_missing"))
    assert page.context["adminform"].form["title"].value() == "群众意见建议处理反馈制度"


def test_the_items_lacking_are_named_where_they_are_counted(station):
    rule_ended(station)
    client = signed_in("stations.add_ruledocument", station)
    assert '<a href="#have-rules">有制度</a>' in client.get(f"/eight-haves/{station.code}/").text
