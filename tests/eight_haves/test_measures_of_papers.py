"""Rules in force and reviewed, and what was spent of the funds."""

from datetime import date

from liaison.tools.periods import Period
from stations.register.models import ActivityFunds, FundExpense, FundFloor, RuleDocument, RuleKind
from tests.eight_haves.conftest import TODAY
from tests.eight_haves.judging import MET, judged, result_of, rows, value
from tests.support import factories as make

WHOLE_YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
TOMORROW = date(2026, 11, 4)


def test_each_required_rule_that_is_missing_is_counted(at):
    required = list(RuleKind.objects.filter(is_required=True))
    RuleKind.objects.create(key="keys", name="Keys")
    assert value(at, "required_rules_missing") == len(required)
    for kind in required[2:]:
        make.rule(at, kind.pk)
    assert judged(at, "required_rules_missing", 1, comparison="at_most")[0] == "not_met"
    made = make.rule(at, required[1].pk, valid_from=TODAY, valid_to=TODAY)
    assert judged(at, "required_rules_missing", 1, comparison="at_most") == MET
    sentence = f"缺“{required[0].name}”。"
    assert judged(at, "required_rules_missing", 0, comparison="at_most") == ("not_met", sentence)
    assert len(rows(at, "required_rules_missing")) == len(required) - 1
    RuleDocument.objects.filter(pk=made.pk).update(valid_from=TOMORROW, valid_to=None)
    assert value(at, "required_rules_missing", period=WHOLE_YEAR) == 2


def test_a_rule_counts_from_its_first_day(at):
    make.rule(at, valid_from=TODAY)
    assert value(at, "rules_in_force", period=WHOLE_YEAR) == 1
    RuleDocument.objects.update(valid_from=TOMORROW)
    assert value(at, "rules_in_force", period=WHOLE_YEAR) == 0


def test_kinds_of_rules_in_force_are_counted_once_each(at):
    made = [make.rule(at, kind) for kind in ("study", "reception", "feedback", "study")]
    assert judged(at, "rules_in_force", 3) == MET
    assert set(rows(at, "rules_in_force")) == set(made)
    RuleDocument.objects.filter(kind="feedback").update(valid_to=date(2026, 11, 2))
    assert judged(at, "rules_in_force", 3) == ("not_met", "在用的制度有2项，应有3项。")


def test_a_rule_is_reviewed_every_year(at):
    make.rule(at, "study", title="学习制度", valid_from=date(2025, 11, 4))
    rule = make.rule(at, "reception", title="接待制度", reviewed_on=date(2025, 11, 4))
    assert judged(at, "rules_reviewed", 100) == MET
    RuleDocument.objects.filter(pk=rule.pk).update(reviewed_on=date(2025, 11, 3))
    assert judged(at, "rules_reviewed", 100) == ("not_met", "“接待制度”已满12个月没有复核。")
    assert result_of(at, "rules_reviewed", 100).mend.address == f"/admin/stations/ruledocument/{rule.pk}/change/"
    RuleDocument.objects.filter(pk=rule.pk).update(reviewed_on=None)
    assert value(at, "rules_reviewed") == 50


def test_the_months_between_reviews_are_a_setting(at):
    make.rule(at, title="学习制度", reviewed_on=date(2026, 5, 3))
    assert judged(at, "rules_reviewed", 100) == MET
    assert judged(at, "rules_reviewed", 100, months=6)[1] == "“学习制度”已满6个月没有复核。"
    assert judged(at, "rules_reviewed", 100, months=7) == MET


def test_a_review_counts_on_the_last_day_and_not_after_it(at):
    make.rule(at, reviewed_on=TODAY)
    assert value(at, "rules_reviewed", period=WHOLE_YEAR) == 100
    RuleDocument.objects.update(reviewed_on=TOMORROW)
    assert value(at, "rules_reviewed", period=WHOLE_YEAR) == 0
    RuleDocument.objects.update(reviewed_on=date(2025, 12, 1))
    assert value(at, "rules_reviewed", period=WHOLE_YEAR) == 100
    RuleDocument.objects.update(valid_from=date(2026, 2, 1), reviewed_on=TOMORROW)
    assert value(at, "rules_reviewed", period=WHOLE_YEAR) == 100


def test_of_three_rules_in_force_two_are_reviewed(at):
    for kind in ("study", "reception"):
        make.rule(at, kind, valid_from=date(2026, 2, 1))
    make.rule(at, "feedback")
    make.rule(at, "feedback", valid_to=date(2026, 11, 2))
    assert (value(at, "rules_reviewed"), len(rows(at, "rules_reviewed"))) == (66.6, 3)


def test_without_rules_there_is_nothing_to_review(at):
    make.rule(at, valid_to=date(2026, 11, 2))
    assert judged(at, "rules_reviewed", 100) == ("to_confirm", "还没有在用的制度。")


def test_a_review_is_entered_where_the_link_leads(at, client):
    rule = make.rule(at, "study", title="学习制度")
    client.force_login(make.staff(at))
    address = result_of(at, "rules_reviewed", 100).mend.address
    facts = {"station": at.pk, "kind": "study", "title": rule.title, "version": rule.version}
    facts |= {"valid_from": "2020-01-01", "valid_to": ""}

    def sent(day):
        response = client.post(address, facts | {"reviewed_on": day})
        return [] if response.status_code == 302 else response.context["adminform"].form.errors["reviewed_on"]

    assert sent("2026-11-04") == ["日期还没到，请核对"]
    assert sent("2019-12-31") == ["这一天制度还没有施行。"]
    assert sent("2020-01-01") == []
    assert judged(at, "rules_reviewed", 100)[0] == "not_met"
    assert sent("2026-11-03") == []
    assert judged(at, "rules_reviewed", 100) == MET


def test_the_standard_is_the_latest_that_has_begun(at):
    given = make.funds(at, 30_000)
    FundFloor.objects.create(division_kind="street", year_from=2027, amount=60_000)
    assert (value(at, "funds_of_floor"), rows(at, "funds_of_floor")) == (100, [given])
    FundFloor.objects.filter(year_from=2027).update(year_from=2026)
    assert value(at, "funds_of_floor") == 50
    FundFloor.objects.create(division_kind="street", year_from=2025, amount=10_000)
    assert value(at, "funds_of_floor") == 50


def test_the_funds_are_those_of_the_year_in_which_the_period_ends(at):
    make.funds(at, 30_000, year=2025)
    make.funds(at, 15_000, year=2026)
    make.funds(at, 3_000, year=2027)
    make.expense(at, 150, on=date(2025, 12, 31))
    make.expense(at, 1_500, on=date(2026, 1, 1))
    winter = Period(date(2025, 11, 1), date(2026, 2, 28))
    assert (value(at, "funds_of_floor"), value(at, "funds_of_floor", period=winter)) == (50, 50)
    assert value(at, "funds_spent", period=winter) == 10
    assert value(at, "funds_of_floor", period=Period(date(2025, 1, 1), date(2025, 12, 31))) == 100


def test_the_funds_of_another_year_are_not_this_year_s(at):
    for year in (2025, 2027):
        make.funds(at, 30_000, year=year)
    sentence = "2026年本级财政安排的活动经费还没有登记，街道标准30,000元。"
    assert judged(at, "funds_of_floor", 100) == ("to_confirm", sentence)
    assert value(at, "funds_spent") is None


def test_of_no_yuan_nothing_is_to_be_spent(at):
    make.funds(at, 0)
    assert judged(at, "funds_spent", 80) == ("not_applicable", "2026年活动经费为0元，没有可支出的经费。")


def test_what_was_spent_counts_from_new_year_though_the_period_begins_later(at):
    make.funds(at, 1_000)
    make.expense(at, 100, on=date(2026, 1, 1))
    make.expense(at, 200, on=date(2026, 10, 1))
    assert value(at, "funds_spent", period=Period(date(2026, 10, 1), date(2026, 10, 31))) == 30
    assert value(at, "funds_spent", period=Period(date(2026, 9, 1), date(2026, 9, 30))) == 10


def test_what_is_spent_after_the_cut_off_is_not_spent_yet(at):
    day = date(2026, 1, 1)
    make.funds(at, 1_000, entered_at=make.moment(date(2025, 12, 1)))
    make.expense(at, 100, on=day, entered_at=make.moment(date(2025, 12, 1)))
    winter = Period(date(2025, 11, 1), date(2026, 2, 28))
    days = (date(2025, 12, 31), day)
    assert [value(at, "funds_spent", period=winter, known_by=known_by) for known_by in days] == [0, 10]


def test_more_than_the_standard_lacks_nothing(at):
    make.funds(at, 30_001)
    assert judged(at, "funds_of_floor", 100) == MET
    assert judged(at, "funds_of_floor", 101)[1] == "2026年本级财政安排活动经费30,001元，街道标准30,000元，差0元。"


def test_a_standard_of_nothing_is_reached_by_nothing(at):
    FundFloor.objects.filter(division_kind="street").update(amount=0)
    make.funds(at, 0)
    assert value(at, "funds_of_floor") == 100


def test_a_contact_point_of_a_street_lives_off_its_station(at):
    point = make.station(kind="contact_point", parent=at)
    make.funds(point, 10)
    for measure in ("funds_of_floor", "funds_spent"):
        assert judged(point, measure, 100) == ("not_applicable", "社区、村屯联络点：不适用。")


def test_a_kind_of_division_without_a_standard_is_asked_for_no_funds(at):
    FundFloor.objects.filter(division_kind="street").delete()
    assert judged(at, "funds_of_floor", 100)[0] == "not_applicable"


def test_funds_are_spent(at):
    make.funds(at, 30_000)
    make.expense(at, 20_000)
    make.expense(at, 4_000, on=date(2026, 1, 1))
    assert judged(at, "funds_spent", 80) == MET
    FundExpense.objects.filter(amount=4_000).update(amount="3999.50")
    sentence = "2026年活动经费30,000元，已使用23,999.50元，执行率79.9%。"
    assert judged(at, "funds_spent", 80) == ("not_met", sentence)


def test_only_what_stands_and_was_spent_in_the_year_and_here_counts(at):
    make.funds(at, 1_000)
    make.funds(at, 5_000, year=2025)
    make.expense(at, 100, on=date(2025, 12, 31))
    make.expense(make.station(), 100)
    gone, kept = make.expense(at, 400), make.expense(at, 500, on=TODAY)
    assert value(at, "funds_spent") == 90
    gone.void("twice")
    assert value(at, "funds_spent") == 50
    assert rows(at, "funds_spent") == [kept]


def test_without_funds_nothing_can_be_spent(at):
    assert judged(at, "funds_spent", 80) == ("to_confirm", "2026年本级财政安排的活动经费还没有登记。")
    village = make.station(f"{make.DAOLI}001001")
    assert judged(village, "funds_spent", 80) == ("not_applicable", "社区、村屯联络点：不适用。")


def test_one_paper_for_three_stations_gives_each_its_share(at, client):
    three = [at, make.station(f"{make.DAOLI}002"), make.station(f"{make.DAOLI}003")]
    paper = make.budget_paper(amount=90_000)
    client.force_login(make.granted("officer"))
    shares = {f"share_{station.pk}": amount for station, amount in zip(three, (30_000, 29_999, 30_001), strict=True)}
    assert client.post(f"/admin/stations/budgetpaper/{paper.pk}/divide/", shares).status_code == 302
    assert [value(station, "funds_of_floor") for station in three] == [100, 99.9, 100]
    sentence = "2026年本级财政安排活动经费29,999元，街道标准30,000元，差1元。"
    assert judged(three[1], "funds_of_floor", 100) == ("not_met", sentence)
    assert sum(ActivityFunds.objects.values_list("amount", flat=True)) == 90_000
