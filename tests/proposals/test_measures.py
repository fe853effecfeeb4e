"""Opinions that became proposals: counted once each, by the day the proposal was submitted, as it was known."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from feedback.proposals import news
from feedback.proposals import workflow as proposals
from feedback.proposals.models import Proposal
from liaison.tools.periods import Period
from stations.eight_haves.rows import seen_by
from tests.support import factories as make
from tests.support.standards import result, said

TODAY = date(2026, 11, 3)
ONE_DAY = timedelta(days=1)
MET = ("met", "")
MEASURE = "opinions_in_proposals"


@pytest.fixture
def clock(time_machine):
    return lambda day: time_machine.move_to(make.moment(day), tick=False)


@pytest.fixture
def station(clock):
    """In the words of the standard, though these tests else speak English."""
    clock(TODAY)
    make.office()
    with translation.override("zh-hans"):
        yield make.station()


def lacking(count, met):
    return ("not_met", f"本期有{count}件意见形成代表建议，应有{met}件")


def test_opinions_become_proposals(station):
    opinions = [make.opinion(station) for _time in range(2)]
    make.proposal(opinions=opinions, on=TODAY)
    make.proposal(opinions=opinions[:1], on=TODAY)
    make.proposal(opinions=[make.opinion(make.station())], on=TODAY)
    assert said(station, MEASURE, 2) == MET
    found = result(station, MEASURE, 2)
    assert sorted(row.number for row in found.reading.rows) == sorted(
        [opinions[0].number, opinions[0].number, opinions[1].number]
    )


def test_whoever_may_see_the_opinions_reads_them_behind_the_number(station):
    opinion = make.opinion(station)
    proposal = make.proposal(opinions=[opinion], on=TODAY)
    found = result(station, MEASURE, 1)
    (here,), (elsewhere,) = (seen_by(make.staff(at), [found]) for at in (station, make.station()))
    assert [(row.number, row.title) for row in here] == [(opinion.number, proposal.title)]
    assert elsewhere == []


def test_opinions_are_counted_and_not_proposals(station):
    one, other = make.opinion(station), make.opinion(station)
    make.proposal(opinions=[one, other], on=TODAY)
    assert result(station, MEASURE, 1).reading.value == 2
    make.proposal(opinions=[one], on=TODAY)
    make.proposal(opinions=[one], on=TODAY)
    assert result(station, MEASURE, 1).reading.value == 2


def test_one_opinion_too_few_is_not_met(station):
    make.proposal(opinions=[make.opinion(station)], on=TODAY)
    assert said(station, MEASURE, 2) == lacking(1, 2)
    mend = result(station, MEASURE, 2).mend
    address = reverse("admin:proposals_proposal_add")
    assert (mend.action, mend.address, mend.permission) == ("去登记", address, "proposals.add_proposal")


def test_it_counts_in_the_period_of_its_submission(station):
    proposal = make.proposal(opinions=[make.opinion(station)], on=date(2026, 1, 1))
    assert said(station, MEASURE, 1) == MET
    Proposal.objects.filter(pk=proposal.pk).update(submitted_on=date(2025, 12, 31))
    assert said(station, MEASURE, 1) == lacking(0, 1)


def test_it_counts_on_the_first_and_the_last_day_of_a_period(station, clock):
    make.proposal(opinions=[make.opinion(station)], on=TODAY)
    clock(TODAY + 9 * ONE_DAY)
    days = [TODAY + days * ONE_DAY for days in (-1, 0, 1)]
    found = [result(station, MEASURE, 1, period=Period(day, day)).reading.value for day in days]
    assert found == [0, 1, 0]


def test_one_that_was_submitted_after_the_period_was_never_part_of_it(station, clock):
    proposal = make.proposal(opinions=[make.opinion(station)], on=TODAY)
    clock(TODAY + ONE_DAY)
    proposal.submitted_on = date(2026, 6, 30)
    proposal.save()
    spring = Period(date(2026, 1, 1), date(2026, 6, 30))
    days = (TODAY, TODAY + ONE_DAY)
    assert [result(station, MEASURE, 1, period=spring, known_by=day).reading.value for day in days] == [0, 1]


def test_a_past_day_knows_what_was_linked_and_submitted_then(station, clock):
    proposal, opinion = make.proposal(on=TODAY), make.opinion(station)
    clock(TODAY + ONE_DAY)
    proposal.links.create(opinion=opinion)
    news.follow(proposal, proposal.key, set(), by=make.granted("officer"))
    clock(TODAY + 2 * ONE_DAY)
    proposal.submitted_on = date(2025, 12, 31)
    proposal.save()
    clock(TODAY + 3 * ONE_DAY)
    proposal.submitted_on, was = TODAY, proposal.key
    proposal.sequence += 500
    proposal.save()
    news.follow(proposal, was, {opinion}, by=make.granted("officer"))
    standings = [said(station, MEASURE, 1, known_by=TODAY + days * ONE_DAY)[0] for days in range(4)]
    assert standings == ["not_met", "met", "not_met", "met"]


def test_what_is_linked_at_midnight_is_of_the_new_day(station, time_machine):
    proposal, opinion = make.proposal(on=TODAY), make.opinion(station)
    time_machine.move_to(make.moment(TODAY + ONE_DAY).replace(hour=0), tick=False)
    proposal.links.create(opinion=opinion)
    news.follow(proposal, proposal.key, set(), by=make.granted("officer"))
    standings = [said(station, MEASURE, 1, known_by=TODAY + days * ONE_DAY)[0] for days in (0, 1)]
    assert standings == ["not_met", "met"]


def test_one_withdrawn_by_an_earlier_paper_stood_until_that_was_entered(station, clock):
    road = make.Road(make.proposal(opinions=[make.opinion(station)], on=TODAY))
    clock(TODAY + 3 * ONE_DAY)
    road.proposal.move(proposals.WITHDRAW, by=road.officer, at=make.moment(TODAY + ONE_DAY), note="taken back")
    standings = [said(station, MEASURE, 1, known_by=TODAY + days * ONE_DAY)[0] for days in (2, 3)]
    assert standings == ["met", "not_met"]
