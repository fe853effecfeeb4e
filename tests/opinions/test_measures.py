"""Each measure of opinions: met at its threshold, broken by one unit, in the very words; and right for past days."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from feedback.opinions import workflow
from feedback.opinions.handover import HAND_OVER
from feedback.opinions.measures.rows import percent_down
from feedback.opinions.models import Opinion
from feedback.opinions.publications import Publication
from liaison.rulebook.clocks import due_on
from liaison.rulebook.models import Clock
from liaison.tools.periods import Period
from liaison.tools.workflow import RESIDENT, SYSTEM
from stations.register.models import StaffPost
from tests.opinions.test_as_known import ANSWER, Walk
from tests.support import factories as make
from tests.support.standards import result, said

TODAY = date(2026, 11, 3)
ONE_DAY = timedelta(days=1)
PHONE = {"name": "somebody", "phone": "0451-00000000"}
MET = ("met", "")


@pytest.fixture
def clock(time_machine):
    """`clock(day)` moves on to ten o'clock of a day."""
    return lambda day: time_machine.move_to(make.moment(day), tick=False)


@pytest.fixture
def station(clock):
    clock(date(2026, 9, 1))
    make.office()
    return make.station()


def walked(clock, station, until, on=date(2026, 9, 1)):
    clock(on)
    walk = Walk(station)
    walk.until(until)
    return walk


def with_a_telephone(clock, station, on=date(2026, 9, 1)):
    clock(on)
    life = make.Life(make.opinion(station, reporter=PHONE))
    life.until("fed_back")
    return life


def address_of(station, **query):
    asked = "".join(f"{key}={value}&" for key, value in query.items())
    return f"{reverse('admin:opinions_opinion_changelist')}?{asked}station__id__exact={station.pk}"


def page_of(opinion):
    return reverse("admin:opinions_opinion_change", args=[opinion.pk])


def value(station, measure):
    return result(station, measure, 100).reading.value


# Which, and how many

RECEIVED, ACCEPTED, REPLIED, TOLD = (date(2026, 3, day) for day in (10, 12, 20, 24))


def on_its_days(clock, station, until):
    """One of somebody with a telephone, taken down its road on four days; it is November."""
    clock(RECEIVED)
    walk = make.Life(make.opinion(station, reporter=PHONE))
    steps = {ACCEPTED: ["accept"], REPLIED: ["assign", "acknowledge", "reply"], TOLD: ["feed_back"]}
    days = ["accepted", "replied", "fed_back"].index(until) + 1
    for day, moves in list(steps.items())[:days]:
        clock(day)
        for move in moves:
            getattr(walk, move)()
    clock(TODAY)


@pytest.mark.parametrize(
    ("measure", "until", "day"),
    [
        ("accepted_in_time", "fed_back", RECEIVED),
        ("assigned_in_time", "fed_back", ACCEPTED),
        ("opinions_without_handler", "accepted", ACCEPTED),
        ("told_in_time", "fed_back", REPLIED),
        ("residents_told", "fed_back", REPLIED),
        ("residents_not_told", "replied", REPLIED),
        ("residents_called_back", "fed_back", TOLD),
    ],
)
def test_an_opinion_counts_in_the_period_of_its_day(measure, until, day, clock, station):
    on_its_days(clock, station, until)
    days = [Period(each, each) for each in (day - ONE_DAY, day, day + ONE_DAY)]
    assert [len(result(station, measure, 1, period=period).reading.rows) for period in days] == [0, 1, 0]


@pytest.mark.parametrize(
    ("measure", "until", "query"),
    [
        ("opinions_without_handler", "accepted", {"state": "accepted"}),
        ("department_late", "handling", {"late": 1}),
        ("residents_not_told", "replied", {"state": "replied"}),
    ],
)
def test_each_opinion_is_counted_and_two_are_listed(measure, until, query, clock, station):
    for _time in range(2):
        walked(clock, station, until)
    walked(clock, make.station(), until)
    clock(TODAY)
    reading = result(station, measure, 1, "at_most").reading
    assert (reading.value, len(reading.rows)) == (2, 2)
    assert said(station, measure, 1, "at_most")[0] == "not_met"
    assert result(station, measure, 1, "at_most").mend.address == address_of(station, **query)


# Verified, assigned, told in time


def due_day(opinion):
    opinion.refresh_from_db()
    return opinion.accept_due_on


def test_opinions_are_verified_in_time(clock, station):
    walked(clock, station, "accepted")
    last = Walk(station)
    clock(due_day(last.opinion))
    last.accept()
    clock(TODAY)
    assert said(station, "accepted_in_time", 100) == MET
    late = walked_late(clock, station)
    clock(TODAY)
    assert said(station, "accepted_in_time", 100) == ("not_met", "本期应核实意见3件，有1件没有在时限内核实")
    found = result(station, "accepted_in_time", 100)
    assert (str(found.reading.value), found.reading.rows[0].number) == ("66.6", late.opinion.number)
    assert found.mend.address == address_of(station)


def walked_late(clock, station):
    clock(date(2026, 9, 1))
    late = Walk(station)
    clock(due_day(late.opinion) + ONE_DAY)
    late.accept()
    return late


def test_what_nobody_verified_counts_when_its_time_is_over(clock, station):
    opinion = Walk(station).opinion
    clock(due_day(opinion))
    assert said(station, "accepted_in_time", 100) == ("not_applicable", "本期没有应核实的意见")
    clock(opinion.accept_due_on + ONE_DAY)
    assert said(station, "accepted_in_time", 100) == ("not_met", "本期应核实意见1件，有1件没有在时限内核实")
    mend = result(station, "accepted_in_time", 100).mend
    assert (mend.address, mend.permission) == (page_of(opinion), "opinions.view_opinion")
    opinion.move(workflow.WITHDRAW, by=RESIDENT)
    assert said(station, "accepted_in_time", 100)[0] == "not_applicable"
    assert said(station, "accepted_in_time", 100, known_by=opinion.accept_due_on + ONE_DAY)[0] == "not_applicable"


def test_one_that_waits_is_opened_and_two_are_listed(clock, station):
    first, second = Walk(station).opinion, Walk(station).opinion
    clock(due_day(second) + ONE_DAY)
    assert result(station, "accepted_in_time", 100).mend.address == address_of(station, state="submitted")
    first.move(workflow.WITHDRAW, by=RESIDENT)
    assert result(station, "accepted_in_time", 100).mend.address == page_of(second)


def test_what_the_resident_adds_decides_nothing(clock, station):
    opinion = Walk(station).opinion
    opinion.move(workflow.ADD, by=RESIDENT, note="it flickers")
    clock(due_day(opinion) + ONE_DAY)
    assert said(station, "accepted_in_time", 100) == ("not_met", "本期应核实意见1件，有1件没有在时限内核实")


def test_refusing_is_deciding(clock, station):
    Walk(station).go("refuse", note="a lawsuit", channel="court", office="court")
    assert said(station, "accepted_in_time", 100) == MET


def test_one_late_of_thousands_is_not_all(station):
    assert [str(percent_down(part, 3000)) for part in (2999, 3000)] == ["99.9", "100"]


def assign_due(opinion):
    return due_on("assign", opinion.division_id, date(2026, 9, 1))


def test_opinions_are_assigned_in_time(clock, station):
    walk = walked(clock, station, "accepted")
    last = assign_due(walk.opinion)
    clock(last)
    assert said(station, "assigned_in_time", 100) == ("not_applicable", "本期没有应交办的意见")
    walk.assign()
    assert said(station, "assigned_in_time", 100) == MET
    late = walked(clock, station, "accepted")
    clock(last + ONE_DAY)
    assert said(station, "assigned_in_time", 100) == ("not_met", "本期应交办意见2件，有1件没有在时限内交办")
    assert value(station, "assigned_in_time") == 50
    assert result(station, "assigned_in_time", 100).mend.address == page_of(late.opinion)
    late.go("pass_on", body="12345")
    assert said(station, "assigned_in_time", 100)[1] == "本期应交办意见2件，有1件没有在时限内交办"
    assert said(station, "assigned_in_time", 100, known_by=last) == MET


def test_what_came_back_from_a_department_was_assigned_once(clock, station):
    walk = walked(clock, station, "assigned")
    walk.go("ask_return", walk.clerk, note="not our street")
    walk.of_given("agree_return")
    clock(TODAY)
    assert said(station, "assigned_in_time", 100) == MET
    assert len(result(station, "assigned_in_time", 100).reading.rows) == 1
    walk.go("assign", organisation=walk.other)
    assert said(station, "assigned_in_time", 100) == MET


def test_what_was_withdrawn_had_not_to_be_assigned(clock, station):
    walked(clock, station, "accepted").go("withdraw", RESIDENT)
    clock(TODAY)
    assert said(station, "assigned_in_time", 100)[0] == "not_applicable"


def test_the_time_to_assign_is_its_own_and_its_street_s(clock, station):
    Clock.objects.create(key="assign", division=station.division, amount=6, unit="working_days")
    walk = walked(clock, station, "accepted")
    last = assign_due(walk.opinion)
    assert last > due_on("accept", walk.opinion.division_id, date(2026, 9, 1))
    clock(last)
    assert said(station, "assigned_in_time", 100)[0] == "not_applicable"
    assert said(station, "opinions_without_handler", 0, "at_most") == MET
    clock(last + ONE_DAY)
    assert said(station, "assigned_in_time", 100)[0] == "not_met"
    assert said(station, "opinions_without_handler", 0, "at_most")[0] == "not_met"


def test_residents_are_told_in_time(clock, station):
    Clock.objects.create(key="feed_back", division=station.division, amount=9, unit="working_days")
    walk = walked(clock, station, "replied")
    last = walk.opinion.feed_back_due_on
    clock(last)
    assert said(station, "told_in_time", 100) == ("not_applicable", "本期没有应反馈的意见")
    walk.feed_back()
    assert said(station, "told_in_time", 100) == MET
    late = walked(clock, station, "replied")
    clock(last + ONE_DAY)
    assert said(station, "told_in_time", 100) == ("not_met", "本期应反馈2件，有1件没有在时限内告诉反映人")
    assert value(station, "told_in_time") == 50
    assert result(station, "told_in_time", 100).mend.address == page_of(late.opinion)
    late.feed_back()
    assert said(station, "told_in_time", 100)[0] == "not_met"
    assert said(station, "told_in_time", 100, known_by=last) == MET


def test_the_time_to_tell_begins_when_a_paper_is_entered(clock, station):
    walk = walked(clock, station, "handling")
    clock(date(2026, 9, 28))
    walk.paper("reply_for", date(2026, 9, 2), **ANSWER)
    clock(walk.opinion.feed_back_due_on)
    walk.feed_back()
    assert said(station, "told_in_time", 100) == MET
    assert said(station, "told_in_time", 100, known_by=date(2026, 9, 27))[0] == "not_applicable"


# With a department


def test_what_is_given_to_nobody_is_missing_in_the_ledger(clock, station):
    walk = walked(clock, station, "accepted")
    clock(assign_due(walk.opinion))
    assert said(station, "opinions_without_handler", 0, "at_most") == MET
    clock(assign_due(walk.opinion) + ONE_DAY)
    assert said(station, "opinions_without_handler", 0, "at_most") == ("not_met", "1件意见没有填承办单位")
    then = timezone.localdate()
    clock(TODAY)
    walk.assign()
    assert said(station, "opinions_without_handler", 0, "at_most") == MET
    assert said(station, "opinions_without_handler", 0, "at_most", known_by=then)[0] == "not_met"


def test_what_a_department_is_late_with_is_shown(clock, station):
    walk = walked(clock, station, "handling")
    first = walk.opinion.reply_due_on
    clock(first)
    assert said(station, "department_late", 0, "at_most") == MET
    clock(first + ONE_DAY)
    assert said(station, "department_late", 0, "at_most") == ("not_met", "有1件意见承办单位超期没有答复")
    mend = result(station, "department_late", 0, "at_most").mend
    assert (mend.action, mend.address) == ("去催办", address_of(station, late=1))
    walk.of_given("extend", due_on=first + 30 * ONE_DAY)
    assert said(station, "department_late", 0, "at_most") == MET
    clock(first + 2 * ONE_DAY)
    assert said(station, "department_late", 0, "at_most") == MET
    clock(first + 31 * ONE_DAY)
    assert said(station, "department_late", 0, "at_most")[0] == "not_met"
    walk.reply()
    assert said(station, "department_late", 0, "at_most") == MET
    later = first + ONE_DAY
    assert said(station, "department_late", 0, "at_most", known_by=later) == MET
    assert said(station, "department_late", 0, "at_most", known_by=first) == MET


# Told, called back, solved


def test_residents_are_told(clock, station):
    walked(clock, station, "fed_back")
    assert said(station, "residents_told", 100) == MET
    waiting = walked(clock, station, "replied")
    clock(TODAY)
    assert said(station, "residents_told", 100) == ("not_met", "本年已答复2件，有1件还没有告诉反映人")
    assert value(station, "residents_told") == 50
    assert result(station, "residents_told", 100).mend.address == page_of(waiting.opinion)
    assert said(station, "residents_not_told", 0, "at_most") == ("not_met", "本年已答复2件，有1件还没有告诉反映人")
    waiting.feed_back()
    assert said(station, "residents_told", 100) == MET
    assert said(station, "residents_not_told", 0, "at_most") == MET
    assert said(station, "residents_told", 100, known_by=TODAY - ONE_DAY)[0] == "not_met"


def test_one_told_too_late_is_worse_than_one_still_in_time(clock, station):
    first = walked(clock, station, "replied").opinion.feed_back_due_on
    clock(first)
    assert said(station, "residents_not_told", 0, "at_most")[0] == "basically"
    walked(clock, station, "replied", on=first)
    assert said(station, "residents_not_told", 0, "at_most")[0] == "basically"
    clock(first + ONE_DAY)
    assert said(station, "residents_not_told", 0, "at_most") == ("not_met", "本年已答复2件，有2件还没有告诉反映人")


def test_who_is_answered_on_the_spot_is_told_in_time(clock, station):
    Walk(station).go("answer_on_spot", note="at nine", outcome="explained")
    clock(TODAY)
    for measure in ("assigned_in_time", "told_in_time", "residents_told"):
        assert said(station, measure, 100) == MET


def test_without_a_reply_there_is_nothing_to_tell(station):
    assert said(station, "residents_told", 100) == ("to_confirm", "本期还没有已答复的意见")
    assert result(station, "residents_told", 100).mend.address == address_of(station)


def test_who_left_a_telephone_is_called_back(clock, station):
    walked(clock, station, "fed_back")
    assert said(station, "residents_called_back", 100) == ("not_applicable", "本期没有留有电话、可以回访的意见")
    called, waiting = (with_a_telephone(clock, station) for _time in range(2))
    called.opinion.move(workflow.CALL, by=called.officer, note="they are glad")
    waiting.opinion.move(workflow.CALL, by=waiting.officer, note="nobody", is_reached=False)
    sentence = "本期已反馈且反映人留有电话的2件，有1件还没有电话回访"
    assert said(station, "residents_called_back", 100) == ("not_met", sentence)
    assert value(station, "residents_called_back") == 50
    mend = result(station, "residents_called_back", 100).mend
    assert (mend.action, mend.address) == ("去回访", page_of(waiting.opinion))
    clock(TODAY)
    facts = {"score": "satisfied", "paper_on": TODAY}
    waiting.opinion.move(workflow.RATE_FOR, by=waiting.officer, source="phone", **facts)
    assert said(station, "residents_called_back", 100) == MET
    assert said(station, "residents_called_back", 100, known_by=TODAY - ONE_DAY)[1] == sentence


def test_a_call_before_the_result_was_told_is_no_call_back(clock, station):
    life = make.Life(make.opinion(station, reporter=PHONE))
    life.until("replied")
    life.opinion.move(workflow.CALL, by=life.officer, note="we are on it")
    clock(TODAY)
    life.feed_back()
    assert said(station, "residents_called_back", 100)[0] == "not_met"
    life.opinion.move(workflow.CALL, by=life.officer, note="they are glad")
    assert said(station, "residents_called_back", 100) == MET


def test_what_was_solved_is_told_to_everybody(clock, station):
    walk = walked(clock, station, "fed_back")
    Opinion.objects.update(publish_consent=True)
    assert said(station, "cases_of_effect", 1) == ("not_met", "本期公布推动解决的事0件，应有1件")
    mend = result(station, "cases_of_effect", 1).mend
    address = f"{reverse('admin:opinions_publication_add')}?opinion={walk.opinion.pk}"
    assert (mend.action, mend.address, mend.permission) == ("去填写", address, "opinions.add_publication")
    text = Publication.objects.create(opinion=walk.opinion, title="Lamps", text="mended")
    address = reverse("admin:opinions_publication_change", args=[text.pk])
    assert result(station, "cases_of_effect", 1).mend.address == address
    clock(TODAY)
    text.publish(make.user(), TODAY)
    text.save()
    assert said(station, "cases_of_effect", 1) == MET
    assert said(station, "cases_of_effect", 1, known_by=TODAY - ONE_DAY)[0] == "not_met"


def told_of(clock, station, on):
    """A matter solved in August, of which everybody is told on a day."""
    walk = walked(clock, station, "fed_back", on=date(2026, 8, 3))
    clock(on)
    return make.publication(walk.opinion)


def test_matters_told_to_everybody_are_counted_in_the_period_of_their_day(clock, station):
    first, last = told_of(clock, station, date(2026, 9, 1)), told_of(clock, station, date(2026, 9, 30))
    told_of(clock, make.station(parent=station, kind="contact_point"), date(2026, 9, 15))
    clock(TODAY)
    days = [(date(2026, 9, 1), date(2026, 9, 30)), (date(2026, 9, 2), TODAY), (date(2026, 8, 1), date(2026, 9, 29))]
    found = [result(station, "cases_of_effect", 2, period=Period(*pair)).reading for pair in days]
    assert [reading.value for reading in found] == [2, 1, 1]
    assert [reading.rows for reading in found] == [(first, last), (last,), (first,)]


@pytest.mark.parametrize(
    ("outcome", "until", "agrees"),
    [("explained", "fed_back", True), ("solved", "replied", True), ("solved", "fed_back", False)],
)
def test_only_what_may_be_told_is_to_be_written_down(outcome, until, agrees, clock, station):
    walk = walked(clock, station, "handling")
    walk.reply(outcome=outcome)
    if until == "fed_back":
        walk.feed_back()
    Opinion.objects.update(publish_consent=agrees)
    mend = result(station, "cases_of_effect", 1).mend
    assert (mend.action, mend.address) == ("去看", address_of(station))


def test_what_was_told_already_is_not_written_again(clock, station):
    elsewhere = walked(clock, make.station(parent=station, kind="contact_point"), "fed_back")
    Publication.objects.create(opinion=elsewhere.opinion, title="Lamps", text="mended")
    make.publication(walked(clock, station, "fed_back").opinion)
    assert result(station, "cases_of_effect", 2).mend.address == address_of(station)


def test_a_text_taken_down_after_the_period_stood_in_it(clock, station):
    text = told_of(clock, station, date(2026, 9, 10))
    clock(date(2026, 9, 20))
    text.take_down(date(2026, 9, 20))
    text.save()
    periods = [Period(date(2026, 9, 1), date(2026, 9, last)) for last in (19, 20)]
    assert [result(station, "cases_of_effect", 1, period=period).reading.value for period in periods] == [1, 0]


def test_a_text_of_an_earlier_period_may_be_mended(clock, station):
    text = told_of(clock, station, date(2026, 8, 4))
    clock(TODAY)
    text.title = "Five lamps"
    text.save()
    autumn = Period(date(2026, 9, 1), date(2026, 9, 30))
    found = [result(station, "cases_of_effect", 1, period=autumn, known_by=day) for day in (autumn.ends_on, TODAY)]
    assert [each.reading.value for each in found] == [0, 0]


def test_a_text_of_an_earlier_period_is_not_counted_again(clock, station):
    walk = walked(clock, station, "fed_back")
    make.publication(walk.opinion, on=date(2026, 8, 31))
    periods = [Period(date(2026, first, 1), TODAY) for first in (8, 9)]
    clock(TODAY)
    assert [result(station, "cases_of_effect", 1, period=period).reading.value for period in periods] == [1, 0]


def test_a_text_counts_while_it_stands(clock, station):
    walk = walked(clock, station, "fed_back")
    clock(date(2026, 9, 10))
    text = make.publication(walk.opinion)
    clock(date(2026, 9, 20))
    text.take_down(date(2026, 9, 20))
    text.save()
    clock(date(2026, 10, 1))
    text.publish(make.user(), date(2026, 10, 1))
    text.save()
    days = [date(2026, 9, 9), date(2026, 9, 19), date(2026, 9, 20), date(2026, 9, 30), date(2026, 10, 1)]
    standings = [said(station, "cases_of_effect", 1, known_by=day)[0] for day in days]
    assert standings == ["not_met", "met", "not_met", "not_met", "met"]


@pytest.mark.parametrize(("outcome", "standing"), [("solved", "met"), ("partly", "met"), ("explained", "not_met")])
def test_only_what_was_solved_is_of_effect(outcome, standing, clock, station):
    walk = walked(clock, station, "handling")
    walk.reply(outcome=outcome)
    walk.feed_back()
    make.publication(walk.opinion)
    assert said(station, "cases_of_effect", 1)[0] == standing


def test_what_is_handled_again_was_of_effect_before(clock, station):
    walk = walked(clock, station, "fed_back")
    make.publication(walk.opinion)
    clock(TODAY)
    walk.go("rate", RESIDENT, score="dissatisfied", reason="dark again")
    walk.go("ask_again", RESIDENT, note="dark again")
    assert said(station, "cases_of_effect", 1)[0] == "not_met"
    assert said(station, "cases_of_effect", 1, known_by=TODAY - ONE_DAY) == MET


# Handed over


def test_who_leaves_hands_over(clock, station):
    old, new = make.staff(station, username="old"), make.staff(station, username="new")
    for _time in range(2):
        opinion = make.opinion(station)
        opinion.move(workflow.ACCEPT, by=old, taker=old)
    post = StaffPost.objects.get(user=old)
    clock(TODAY)
    post.valid_to = TODAY
    post.save()
    assert said(station, "takers_gone", 0, "at_most") == MET
    post.valid_to = TODAY - ONE_DAY
    post.save()
    sentence = "有2件在办意见的接办人已经离任（old），还没有交接"
    assert said(station, "takers_gone", 0, "at_most") == ("not_met", sentence)
    reading = result(station, "takers_gone", 0, "at_most").reading
    assert (reading.value, len(reading.rows)) == (2, 2)
    mend = result(station, "takers_gone", 0, "at_most").mend
    address = reverse("admin:stations_staffpost_handover", args=[post.pk])
    assert (mend.action, mend.address, mend.permission) == ("去交接", address, "stations.change_staffpost")
    assert said(station, "takers_gone", 0, "at_most", known_by=TODAY - ONE_DAY) == MET
    clock(TODAY + ONE_DAY)
    for opinion in Opinion.objects.all():
        opinion.move(HAND_OVER, by=SYSTEM, taker=new)
    assert said(station, "takers_gone", 0, "at_most") == MET
    assert said(station, "takers_gone", 0, "at_most", known_by=TODAY)[1] == sentence


def test_an_opinion_of_last_year_is_handed_over_too(clock, station):
    clock(date(2025, 12, 1))
    old = make.staff(station)
    opinion = make.opinion(station)
    opinion.move(workflow.ACCEPT, by=old, taker=old)
    clock(date(2026, 3, 1))
    StaffPost.objects.update(valid_to=date(2026, 2, 1))
    assert said(station, "takers_gone", 0, "at_most")[0] == "not_met"
    clock(date(2026, 3, 5))
    opinion.move(workflow.WITHDRAW, by=RESIDENT)
    assert said(station, "takers_gone", 0, "at_most") == MET
    assert said(station, "takers_gone", 0, "at_most", known_by=date(2026, 3, 4))[0] == "not_met"
    assert said(station, "takers_gone", 0, "at_most", known_by=date(2026, 2, 28)) == MET


def test_what_was_received_this_year_is_not_of_last_year(clock, station):
    """Asked in November of either year; who left did so last year."""
    old = make.staff(station)
    StaffPost.objects.update(valid_to=date(2025, 6, 30))
    walked(clock, station, "handling", on=date(2026, 4, 1))
    clock(TODAY)
    Opinion.objects.update(taker=old)
    this_year, last_year = (Period(date(year, 1, 1), date(year, 12, 31)) for year in (2026, 2025))
    for measure in ("takers_gone", "department_late"):
        found = [result(station, measure, 0, "at_most", period=year).reading.value for year in (this_year, last_year)]
        assert found == [1, 0], measure


def test_of_last_year_a_department_is_late_with_what_was_due_in_it(clock, station):
    walk = walked(clock, station, "handling", on=date(2025, 9, 1))
    clock(TODAY)
    due_on = walk.opinion.reply_due_on
    for last_day, late in ((due_on - ONE_DAY, 0), (due_on, 1)):
        period = Period(date(2025, 1, 1), last_day)
        assert result(station, "department_late", 0, "at_most", period=period).reading.value == late


def test_who_has_not_come_yet_has_not_left(clock, station):
    somebody = make.staff(station)
    make.opinion(station).move(workflow.ACCEPT, by=somebody, taker=somebody)
    clock(TODAY)
    StaffPost.objects.update(valid_from=TODAY + ONE_DAY)
    assert said(station, "takers_gone", 0, "at_most") == MET
    assert said(station, "takers_gone", 0, "at_most", period=Period(date(2026, 1, 1), TODAY)) == MET


def test_a_post_without_an_account_answers_for_no_opinion(clock, station):
    facts = {"name": "S", "post": "head", "staffing_mode": "rota", "valid_from": date(2020, 1, 1)}
    StaffPost.objects.create(station=station, valid_to=date(2026, 8, 31), **facts)
    Walk(station).go("pass_on", body="12345", number="7")
    Opinion.objects.update(taker=None)
    assert said(station, "takers_gone", 0, "at_most") == MET


def test_the_last_post_of_who_left_is_handed_over(clock, station):
    somebody = make.staff(station)
    opinion = make.opinion(station)
    opinion.move(workflow.ACCEPT, by=somebody, taker=somebody)
    first = StaffPost.objects.get(user=somebody)
    facts = {"station": station, "user": somebody, "name": "S", "post": "head", "staffing_mode": "rota"}
    last = StaffPost.objects.create(valid_from=date(2026, 9, 1), valid_to=date(2026, 9, 2), **facts)
    StaffPost.objects.filter(pk=first.pk).update(valid_to=date(2026, 8, 31))
    clock(TODAY)
    address = reverse("admin:stations_staffpost_handover", args=[last.pk])
    assert result(station, "takers_gone", 0, "at_most").mend.address == address


def test_an_officer_who_took_it_on_never_left_a_post(clock, station):
    walked(clock, station, "accepted")
    assert said(station, "takers_gone", 0, "at_most") == MET


def test_imported_opinions_keep_no_clock_of_ours(clock, station):
    make.opinion(station, channel="import")
    clock(TODAY)
    assert said(station, "accepted_in_time", 100)[0] == "not_applicable"
