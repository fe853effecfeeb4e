"""Rules, funds, self-checks and pairings as their writers enter them, and whom a pairing lets in."""

from datetime import date

import pytest

from liaison.accounts.scope import Reach, scope_of
from stations.register.models import ActivityFunds, AnnualPlan, Pairing, RuleDocument, Station, YearlyConfirmation
from stations.visits.models import Guest, Visit
from tests.access.filling import errors_on, send
from tests.support import factories as make

TODAY = date(2026, 11, 3)
RULE = {"kind": "study", "title": "学习制度", "version": "1", "valid_from": "2026-01-01"}


@pytest.fixture
def station(time_machine):
    time_machine.move_to(make.moment(TODAY), tick=False)
    make.office()
    return make.station()


@pytest.fixture
def staff(client, station):
    client.force_login(make.staff(station))
    return client


@pytest.fixture
def officer(client, station):
    client.force_login(make.granted("officer"))
    return client


def refused(client, name, **typed):
    """The fields at which a form is sent back, and what is said."""
    response = send(client, f"/admin/stations/{name}/add/", **typed)
    assert response.status_code == 200
    return errors_on(response), response.text


def test_staff_enter_a_rule_and_the_trail_knows_who(staff, station):
    assert send(staff, "/admin/stations/ruledocument/add/", station=station.pk, **RULE).status_code == 302
    assert RuleDocument.objects.get().entered_by == station.posts.get().user


def test_a_rule_does_not_end_before_it_begins(staff, station):
    _fields, text = refused(staff, "ruledocument", station=station.pk, **RULE, valid_to="2025-12-31")
    assert "学习制度" in text
    assert not RuleDocument.objects.exists()


def test_a_version_is_entered_once(staff, station):
    make.rule(station, version="1")
    assert "版本1已登记，请写2" in refused(staff, "ruledocument", station=station.pk, **RULE)[1]
    assert RuleDocument.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"year": 2026, "amount": -1}, "amount"),
        ({"year": 2026, "amount": 100_000_001}, "amount"),
        ({"year": 1999, "amount": 1}, "year"),
        ({"year": 2101, "amount": 1}, "year"),
        ({"year": "\x00", "amount": 1}, "year"),
    ],
)
def test_absurd_funds_are_sent_back(typed, field, staff, station):
    assert refused(staff, "activityfunds", station=station.pk, **typed)[0] == {field}
    assert not ActivityFunds.objects.exists()


def test_a_year_s_funds_are_entered_once(staff, station):
    make.funds(station)
    text = refused(staff, "activityfunds", station=station.pk, year=2026, amount=1)[1]
    assert "这一年的经费已登记，请直接修改" in text
    assert ActivityFunds.objects.get().amount == 30_000


def check(station, **typed):
    return {"station": station.pk, "confirmed_on": "2026-11-03", "confirmed_by": "江小雪"} | typed


def test_a_self_check_is_neither_empty_nor_in_the_future(staff, station):
    assert "请勾选已确认的项目" in refused(staff, "yearlyconfirmation", **check(station))[1]
    tomorrow = check(station, confirmed_on="2026-11-04", plate="on")
    assert refused(staff, "yearlyconfirmation", **tomorrow)[0] == {"confirmed_on"}
    assert not YearlyConfirmation.objects.exists()


def test_nobody_enters_anything_for_another_station(staff):
    other = make.station()
    assert refused(staff, "yearlyconfirmation", **check(other, plate="on"))[0] == {"station"}
    assert refused(staff, "activityfunds", station=other.pk, year=2026, amount=1)[0] == {"station"}
    assert refused(staff, "ruledocument", station=other.pk, **RULE)[0] == {"station"}


def test_only_committees_are_paired_and_each_once(officer, station):
    committee, department = make.organisation(kind="special_committee"), make.organisation()
    typed = {"station": station.pk, "valid_from": "2026-01-01"}
    assert refused(officer, "pairing", organisation=department.pk, **typed)[0] == {"organisation"}
    assert send(officer, "/admin/stations/pairing/add/", organisation=committee.pk, **typed).status_code == 302
    assert "这个委室已与该站对口联系" in refused(officer, "pairing", organisation=committee.pk, **typed)[1]
    assert Pairing.objects.count() == 1


def test_a_committee_reaches_its_paired_stations_while_they_are_paired(station):
    committee = make.organisation(kind="special_committee")
    somebody = make.granted("committee", organisation=committee)
    make.pairing(station, committee, valid_to=TODAY)
    make.pairing(make.station())
    assert Reach("committee", station=station.pk) in scope_of(somebody, TODAY).reaches
    assert list(Station.objects.visible_to(somebody)) == [station]
    assert list(Visit.objects.visible_to(somebody)) == []
    visit = make.visit(station)
    assert list(Visit.objects.visible_to(somebody)) == [visit]
    assert scope_of(somebody, date(2026, 11, 4)).places("station") == []


def test_another_role_over_the_committee_reaches_no_station(station):
    committee = make.organisation(kind="special_committee")
    make.pairing(station, committee)
    assert scope_of(make.clerk(committee), TODAY).places("station") == []


def test_the_list_of_pairings_shows_the_last_contact(officer, station):
    pairing = make.pairing(station)
    address = "/admin/stations/pairing/"
    assert "还没有" in officer.get(address).text
    for day in (date(2026, 9, 8), date(2026, 3, 3)):
        Guest.objects.create(visit=make.visit(station, day), organisation=pairing.organisation.name, name="Guest")
    assert "2026年9月8日" in officer.get(address).text


def test_staff_plan_a_year_month_by_month_and_once(staff, station):
    address, typed = "/admin/stations/annualplan/add/", {"station": station.pk, "year": "2026", "text": "走进社区"}
    items = {"items__0__month": "3", "items__0__what": "供热座谈", "items__1__month": "1", "items__1__what": "学习"}
    assert send(staff, address, **typed, **items).status_code == 302
    plan = AnnualPlan.objects.get()
    assert list(plan.items.values_list("month", "what")) == [(1, "学习"), (3, "供热座谈")]
    text = refused(staff, "annualplan", **typed)[1]
    assert "这一年的计划已登记" in text
    assert AnnualPlan.objects.count() == 1


def test_the_station_s_page_shows_its_records_at_a_glance(officer, station):
    make.funds(station, 30_000)
    make.expense(station, 1_500)
    make.rule(station, title="学习制度")
    pairing = make.pairing(station)
    make.station(kind="studio", name="云汀工作室", parent=station)
    text = officer.get(f"/admin/stations/station/{station.pk}/change/").text
    for words in ("2026 · 30,000元 · 已支出5.0%", "学习制度", pairing.organisation.name, "云汀工作室", "0名代表"):
        assert words in text, words
