"""A station at which nothing is lacking on 3 November 2026; each test breaks one thing."""

from datetime import date

import pytest

from feedback.opinions.models import Opinion
from liaison.tools.periods import Period
from stations.eight_haves.evaluation import evaluate
from stations.register.models import RuleKind, StaffPost
from stations.visits.models import Visit
from tests.support import factories as make

TODAY = date(2026, 11, 3)
YEAR = Period(date(2026, 1, 1), TODAY)


@pytest.fixture
def at(time_machine, db):
    """A station with nothing on record, on 3 November."""
    time_machine.move_to(make.moment(TODAY), tick=False)
    return make.station()


def post(at, kind, **facts):
    usual = {"name": kind, "staffing_mode": "reassigned", "is_full_time": True, "valid_from": date(2024, 1, 1)}
    return StaffPost.objects.create(station=at, post=kind, **usual | facts)


def reception(at, month, entered=None, day=10):
    return make.visit(at, date(2026, month, day), entered_at=make.moment(entered or date(2026, month, day)))


def replied(at, told=True, due=date(2026, 12, 1)):
    facts = {"state": "archived" if told else "replied", "replied_on": date(2026, 5, 5), "feed_back_due_on": due}
    opinion = make.opinion(at, on=date(2026, 4, 4))
    Opinion.objects.filter(pk=opinion.pk).update(fed_back_on=date(2026, 5, 6) if told else None, **facts)


def complete(at):
    """Gives a station everything it needs."""
    make.confirmation(at, entered_at=make.moment(date(2026, 3, 3)))
    post(at, "head")
    post(at, "liaison_officer", is_full_time=False)
    for kind in RuleKind.objects.filter(is_required=True):
        make.rule(at, kind.pk, entered_at=make.moment(date(2026, 1, 2)))
    make.funds(at, 30_000, entered_at=make.moment(date(2026, 1, 2)))
    for month in range(1, 11):
        reception(at, month)
    replied(at)
    return at


def lines_of(at, period=YEAR, known_by=TODAY):
    (card,) = evaluate([at], period, known_by)
    return {line.have.key: line for line in card.lines}


def said(at, have, **asked):
    """(how it stands, the sentence) of one have."""
    line = lines_of(at, **asked)[have]
    return line.standing, line.sentence


def taken_away(at, *months):
    """As if they had never been entered."""
    Visit._base_manager.filter(station=at, date__month__in=months).delete()


@pytest.fixture
def station(time_machine):
    time_machine.move_to(make.moment(TODAY), tick=False)
    make.office()
    return complete(make.station())
