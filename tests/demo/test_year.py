"""The demo's year: what lives in it, and that no two of its records contradict each other."""

from collections import Counter
from datetime import date

import pytest
from django.db.models import Count, F, Q
from django.db.models.functions import TruncMonth

from feedback.opinions.models import Opinion, OpinionAssignment, OpinionReply, OpinionStep, OpinionUrging, Rating
from liaison.accounts.models import Grant, User
from liaison.accounts.roles import ROLES
from liaison.audit.models import Earlier
from liaison.tools.periods import Period
from representatives.models import Mandate, Person
from stations.assessment.models import Assessment, AssessmentStep, Determination, Frozen, Rectification
from stations.eight_haves.evaluation import evaluate
from stations.eight_haves.statistics import inspected
from stations.receptions.models import Confirmation, Reception, TurnRequest
from stations.register.models import Pairing, StaffPost, Station
from stations.visits.models import Visit
from stations.visits.pairings import with_last_contact

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db(databases=["default", "keys"])]

TODAY = date(2026, 10, 30)


def moves_of(opinion):
    return [step.move for step in opinion.steps.order_by("at", "id")]


def test_more_than_a_hundred_different_matters_fill_every_month_of_the_year():
    months = Opinion.objects.order_by().annotate(month=TruncMonth("received_at")).values_list("month", flat=True)
    assert len(set(months)) == 13
    assert Opinion.objects.values("body").distinct().count() == Opinion.objects.count() == 112


def test_this_month_can_be_laid_beside_the_same_month_a_year_ago():
    for year in (2025, 2026):
        october = Period(date(year, 10, 1), date(year, 10, 29))
        assert Opinion.objects.received(october).exists()
        assert Visit.objects.held(october).filter(form="reception").count() == 10
        assert Reception.objects.during(october).filter(status="held").exists()


def test_every_role_of_the_contract_has_an_account_named_after_it():
    granted = set(Grant.objects.filter(user__username=F("role")).values_list("role", flat=True))
    posted = set(StaffPost.objects.filter(user__username__in=["staff", "station_head"]).values_list("post", flat=True))
    assert granted == ROLES.keys() - {"staff", "station_head"}
    assert posted == {"liaison_officer", "head"}


def test_the_representatives_account_is_one_persons_who_sits_at_a_station():
    person = Person.objects.get(user__username="representative")
    assert person.name == User.objects.get(username="representative").name == "温如松"
    places = Mandate.objects.filter(person=person).values_list("assignments__station__code", flat=True)
    assert "230102-003-000-Z01" in places


def test_nothing_is_answered_before_it_was_given_or_given_before_it_was_taken_on():
    given = OpinionAssignment.objects.all()
    assert not given.filter(
        Q(due_on__lt=F("assigned_on"))
        | Q(acknowledged_on__lt=F("assigned_on"))
        | Q(replied_on__lt=F("assigned_on"))
        | Q(assigned_on__lt=F("opinion__accepted_on"))
    ).exists()
    assert not Opinion.objects.filter(
        Q(accepted_on__lt=F("received_at__date"))
        | Q(replied_on__lt=F("accepted_on"))
        | Q(fed_back_on__lt=F("replied_on"))
        | Q(feed_back_due_on__lt=F("replied_on"))
    ).exists()
    assert not OpinionReply.objects.filter(replied_at__lt=F("opinion__received_at")).exists()
    assert not Rating.objects.filter(rated_at__lt=F("opinion__received_at")).exists()


def test_what_is_on_paper_was_entered_after_it_happened_and_before_today():
    entered = OpinionStep.objects.exclude(paper_on=None)
    assert {step.move for step in entered} == {"reply_for", "rate_for", "sign_for", "answer_elsewhere"}
    assert not entered.filter(Q(entered_at__lt=F("at")) | Q(entered_at__date__gte=TODAY)).exists()
    assert not entered.filter(source="").exists()


def test_residents_own_evaluations_and_those_entered_for_them_stand_apart():
    sources = Counter(Rating.objects.values_list("source", flat=True))
    assert sources.keys() == {"resident", "phone", "in_person"}
    assert min(sources["resident"], sources["phone"]) > 5
    entered = OpinionStep.objects.filter(move="rate_for").count()
    assert sources["phone"] + sources["in_person"] == entered


@pytest.mark.parametrize(
    ("summary", "state", "moves"),
    [
        ("居民不知道自己的人大代表是谁", "answered_on_spot", ["begin", "accept", "answer_on_spot"]),
        ("地铁口直梯停用近一个月", "passed_on", ["begin", "accept", "pass_on", "follow"]),
        ("同一部电梯停运，十五层住户出行困难", "merged", ["begin", "accept", "merge"]),
        ("商业街统一更换牌匾，商户希望保留特色", "assigned", ["begin", "accept", "assign", "ask_return"]),
    ],
)
def test_special_roads_end_where_they_should(summary, state, moves):
    opinion = Opinion.objects.get(summary=summary)
    assert opinion.state == state
    assert moves_of(opinion) == moves


def test_a_second_round_was_had_and_ended_with_an_explanation():
    opinion = Opinion.objects.get(state="closed_with_explanation")
    assert opinion.round == 2
    assert [rating.score for rating in opinion.ratings.order_by("round")] == ["dissatisfied", "dissatisfied"]
    first, second = opinion.replies.order_by("round")
    assert first.text != second.text
    assert Opinion.objects.get(state="rehandling").assignments.filter(round=2, state="acknowledged").count() == 1


def test_what_was_handed_back_was_answered_by_the_other_department():
    handed_back = OpinionAssignment.objects.get(state="returned")
    answered = handed_back.opinion.assignments.get(state="replied")
    assert (handed_back.organisation.short_name, answered.organisation.short_name) == ("道里区城管局", "道里区公安分局")


def test_more_time_was_given_once_and_is_asked_for_once():
    extended = Opinion.objects.get(steps__move="extend")
    assert extended.state == "archived"
    assert all(assignment.is_on_time for assignment in extended.assignments.all())
    assert OpinionAssignment.objects.exclude(asked_until=None).get().opinion.steps.last().move == "ask_extension"


def test_the_overdue_were_urged_and_only_they():
    urged = OpinionUrging.objects.select_related("assignment")
    assert urged.count() >= 3
    assert all(urging.urged_on > urging.assignment.due_on for urging in urged)
    assert all(urging.assignment.is_open for urging in urged)


def test_danger_was_told_by_telephone_the_same_day():
    for opinion in Opinion.objects.filter(urgency="danger"):
        told = opinion.steps.get(move="tell_at_once")
        assert told.at.date() == opinion.received_at.date()


def test_some_stations_have_all_eight_and_the_others_lack_something_said_in_words():
    stations = inspected(Station.objects.all(), TODAY)
    cards = evaluate(stations, Period(date(2026, 1, 1), TODAY), TODAY)
    lacking = {card.station.name: len(card.lacking) for card in cards}
    assert list(lacking.values()).count(0) >= 1
    assert sum(1 for count in lacking.values() if 1 <= count <= 3) >= 2
    assert all(line.sentence for card in cards for line in card.lacking)


def test_yearly_checks_stand_at_every_stage_and_each_was_moved_by_somebody_who_may():
    states = dict(Assessment.objects.values_list("station__code", "state"))
    assert Counter(states.values()) == {
        "rectifying": 3,
        "self_check": 1,
        "township_review": 1,
        "county_review": 1,
        "done": 1,
    }
    assert Frozen.objects.count() == 4
    frozen = Frozen.objects.get(assessment__station__code="230102-013-000-Z01")
    assert frozen.said["confirmed_on"] == frozen.assessment.steps.filter(move="rectify").first().at.date().isoformat()
    assert [finding["label"] for finding in frozen.said["findings"]] == ["达标"]
    assert not AssessmentStep.objects.filter(at__date__gte=TODAY).exists()


def test_something_is_overdue_something_waits_and_what_was_found_differs_from_what_is_worked_out():
    assert Counter(item.how_far(TODAY) for item in Rectification.objects.all()) == {
        "overdue": 1,
        "open": 2,
        "to_recheck": 1,
        "closed": 1,
    }
    found = {row.station_id: row.standing for row in Determination.objects.all()}
    cards = evaluate(Station.objects.filter(pk__in=found).order_by("code"), Period(date(2026, 1, 1), TODAY), TODAY)
    worked_out = [(card.line("signage").standing, card.line("premises").standing) for card in cards]
    assert worked_out[0][0] == "to_confirm" != "met" == found[cards[0].station.pk]
    assert worked_out[1][1] == "met" != "basically" == found[cards[1].station.pk]


def test_a_past_cut_off_knows_which_station_a_studio_hangs_under():
    assert not Earlier.objects.filter(kind="stations.station").exists()


def test_committees_were_at_their_stations_and_one_was_not():
    last = dict(with_last_contact(Pairing.objects.all(), TODAY).values_list("station__code", "contacted_on"))
    assert last["230102-015-000-Z01"]
    assert None in last.values()


def test_staff_wrote_down_who_did_what_and_everybody_of_them_has_done_something():
    done = dict(OpinionStep.objects.filter(actor_kind="user").values_list("actor_name").annotate(Count("id")))
    assert len(done) > 20


def test_two_representatives_have_said_something_to_their_days():
    asked = TurnRequest.objects.open(TODAY).order_by("kind")
    assert [(row.kind, row.mandate.person.name) for row in asked] == [("leave", "邵桂兰"), ("swap", "邵桂兰")]
    assert asked.last().to.person.user.username == "representative"
    assert Confirmation.objects.filter(day__gt=TODAY).exists()
    assert OpinionStep.objects.get(move="represent").actor_name == "温如松"
