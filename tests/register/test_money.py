"""Budget papers divided among stations, each station's funds, and what was spent of them."""

from datetime import date
from decimal import Decimal

import pytest

from stations.register.models import ActivityFunds, BudgetPaper, FundExpense, FundFloor
from stations.register.spending import with_spending
from tests.access.filling import errors_on, form_on, send
from tests.support import factories as make

TODAY = date(2026, 11, 3)
STREET, TOWN = f"{make.DAOLI}001", f"{make.DAOLI}101"
PAPERS, SPENDING = "/admin/stations/budgetpaper/", "/admin/stations/fundexpense/"


@pytest.fixture
def station(time_machine):
    time_machine.move_to(make.moment(TODAY), tick=False)
    make.office()
    return make.station(STREET)


@pytest.fixture
def officer(client, station):
    client.force_login(make.granted("officer"))
    return client


@pytest.fixture
def staff(client, station):
    client.force_login(make.staff(station))
    return client


def divide(client, paper, shares):
    return send(client, f"{PAPERS}{paper.pk}/divide/", **{f"share_{at.pk}": yuan for at, yuan in shares.items()})


def shares(paper):
    return dict(paper.shares.values_list("station", "amount"))


# A paper and its shares


def test_one_paper_is_divided_among_the_stations_of_its_division(officer, station):
    town, paper = make.station(TOWN, kind="home"), make.budget_paper(amount=50_000)
    assert divide(officer, paper, {station: "30000", town: "20,000"[:2] + "000"}).status_code == 302
    assert shares(paper) == {station.pk: 30_000, town.pk: 20_000}
    row = ActivityFunds.objects.get(station=station)
    assert (row.year, row.is_divided, row.paper, row.entered_by is not None) == (2026, True, "2026-7", True)


def test_the_shares_do_not_exceed_the_paper_and_what_was_typed_stays(officer, station):
    town, paper = make.station(TOWN), make.budget_paper(amount=50_000)
    refused = divide(officer, paper, {station: "30001", town: "20000"})
    assert "各站合计50,001元，文件只有50,000元，多出1元。" in refused.text
    assert 'value="30001"' in refused.text
    assert not ActivityFunds.objects.exists()
    assert divide(officer, paper, {station: "30000", town: "20000"}).status_code == 302


@pytest.mark.parametrize("typed", ["-1", "三万", "1e5", "100000001", "9" * 400, "\x00"])
def test_a_share_that_is_no_amount_is_sent_back(typed, officer, station):
    paper = make.budget_paper(amount=100_000_000)
    assert errors_on(divide(officer, paper, {station: typed})) == {f"share_{station.pk}"}
    assert not ActivityFunds.objects.exists()


def test_stations_that_have_no_funds_of_their_own_are_not_offered(officer, station):
    for kind in ("contact_point", "studio"):
        make.station(STREET, kind=kind)
    make.station(STREET, status="closed")
    make.station(f"{make.NANGANG}001")
    form = form_on(officer, f"{PAPERS}{make.budget_paper().pk}/divide/")
    assert [name for name in form if name.startswith("share_")] == [f"share_{station.pk}"]


def test_funds_registered_by_hand_stay_beside_a_paper(officer, station):
    own, paper = make.funds(station, 12_000), make.budget_paper()
    page = officer.get(f"{PAPERS}{paper.pk}/divide/")
    assert "本年已另有经费" in page.text
    assert divide(officer, paper, {station: "30000"}).status_code == 302
    own.refresh_from_db()
    assert (own.amount, own.budget) == (12_000, None)


def test_a_share_may_become_nothing_but_not_vanish(officer, station):
    paper = make.budget_paper()
    divide(officer, paper, {station: "30000"})
    assert errors_on(divide(officer, paper, {station: ""})) == {f"share_{station.pk}"}
    assert divide(officer, paper, {station: "0"}).status_code == 302
    assert shares(paper) == {station.pk: 0}


def test_a_divided_paper_does_not_shrink_below_its_shares(officer, station):
    paper = make.budget_paper(amount=50_000)
    divide(officer, paper, {station: "30000"})
    refused = send(officer, f"{PAPERS}{paper.pk}/change/", amount="29999")
    assert errors_on(refused) == {"amount"}
    assert "已分配30,000元" in refused.text
    assert send(officer, f"{PAPERS}{paper.pk}/change/", amount="30000").status_code == 302


def test_a_share_is_changed_on_its_paper_s_page_only(staff, station):
    row = make.funds(station, 30_000, budget=make.budget_paper())
    address = f"/admin/stations/activityfunds/{row.pk}/change/"
    assert staff.get(address).status_code == 200
    assert staff.post(address, {"station": station.pk, "year": 2026, "amount": 90_000}).status_code == 403
    row.refresh_from_db()
    assert row.amount == 30_000


def test_whoever_sees_a_share_sees_the_paper_and_does_not_divide_it(staff, station):
    paper = make.budget_paper()
    assert staff.get(f"{PAPERS}{paper.pk}/change/").status_code == 404
    make.funds(station, 30_000, budget=paper)
    assert staff.get(f"{PAPERS}{paper.pk}/change/").status_code == 200
    assert staff.get(f"{PAPERS}{paper.pk}/divide/").status_code == 403


def test_a_city_s_paper_is_not_divided_by_a_district_that_has_a_share(officer, station):
    paper = make.budget_paper(make.HARBIN)
    make.funds(station, 30_000, budget=paper)
    assert officer.get(f"{PAPERS}{paper.pk}/divide/").status_code == 403
    assert "amount" not in form_on(officer, f"{PAPERS}{paper.pk}/change/")


def test_nobody_registers_a_paper_of_another_division(officer):
    typed = {"year": "2026", "title": "经费", "amount": "1", "division": make.division(make.NANGANG).pk}
    assert errors_on(send(officer, f"{PAPERS}add/", **typed)) == {"division"}
    assert not BudgetPaper.objects.exists()


# Spending


def test_spending_is_entered_and_counted_by_the_year(staff, station):
    typed = {"station": station.pk, "purpose": "订阅报刊", "voucher": "记-12"}
    for day, yuan in (("2026-03-10", "1200.50"), ("2026.9.24", "300"), ("2025-12-31", "7")):
        assert send(staff, f"{SPENDING}add/", **typed, spent_on=day, amount=yuan).status_code == 302
    make.funds(station, 30_000)
    row = with_spending(ActivityFunds.objects.all()).get()
    assert (row.spent_yuan, row.rate) == (Decimal("1500.50"), 5.0)
    assert FundExpense.objects.filter(entered_by=station.posts.get().user).count() == 3


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"amount": "0"}, "amount"),
        ({"amount": "-5"}, "amount"),
        ({"amount": "1.005"}, "amount"),
        ({"amount": "NaN"}, "amount"),
        ({"amount": "100000001"}, "amount"),
        ({"spent_on": "2026-11-04"}, "spent_on"),
        ({"spent_on": "2019-12-31"}, "spent_on"),
        ({"spent_on": "0206-01-01"}, "spent_on"),
        ({"purpose": ""}, "purpose"),
    ],
)
def test_absurd_spending_is_sent_back(typed, field, staff, station):
    usual = {"station": station.pk, "purpose": "茶叶", "amount": "10", "spent_on": "2026-03-10"}
    assert errors_on(send(staff, f"{SPENDING}add/", **usual | typed)) == {field}
    assert not FundExpense.objects.exists()


def test_what_was_entered_by_mistake_is_voided_with_a_reason_and_stays_to_be_seen(staff, station):
    make.funds(station, 30_000)
    spent = make.expense(station, 500)
    assert send(staff, f"{SPENDING}{spent.pk}/void/", reason="").status_code == 200
    assert send(staff, f"{SPENDING}{spent.pk}/void/", reason="重复录入").status_code == 302
    spent.refresh_from_db()
    assert (spent.voided_on, spent.void_reason) == (TODAY, "重复录入")
    assert with_spending(ActivityFunds.objects.all()).get().spent_yuan == 0
    assert "重复录入" in staff.get(f"{SPENDING}{spent.pk}/change/").text
    assert staff.post(f"{SPENDING}{spent.pk}/void/", {"reason": "again"}).status_code == 403


def test_nothing_given_has_no_rate_of_execution(station):
    make.funds(station, 0)
    assert with_spending(ActivityFunds.objects.all()).get().rate is None


# The standard


def test_the_standard_is_rows_that_an_office_changes(officer, station):
    typed = {"division_kind": "street", "year_from": "2027", "amount": "36000"}
    assert send(officer, "/admin/stations/fundfloor/add/", **typed).status_code == 302
    assert FundFloor.objects.get(year_from=2027).amount == 36_000
    assert "这一年的标准已登记" in send(officer, "/admin/stations/fundfloor/add/", **typed).text
