"""A district with something in every figure, its neighbour with the same, and readers of both."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from feedback.opinions import workflow
from feedback.opinions.models import Opinion, Rating
from feedback.proposals.models import ReplyType
from liaison.rulebook.models import Category
from liaison.tools.workflow import RESIDENT, SYSTEM
from stations.register.models import RuleKind, StaffPost
from tests.support import factories as make
from tests.support.shared import Remembered

TODAY = date(2026, 10, 30)
WORDS = "WORDS-OF-A-RESIDENT"
PLACE = "HOME-OF-A-RESIDENT"


@pytest.fixture
def today(time_machine):
    time_machine.move_to(timezone.make_aware(datetime(2026, 10, 30, 10)), tick=False)
    return TODAY


@pytest.fixture
def stations(today):
    """Two in Daoli, each in a street of its own, and one in Nangang."""
    return _stations()


@pytest.fixture
def world(today):
    """Every kind of row at each of the stations, and one opinion without a station."""
    return WORLD()


@pytest.fixture
def whole(today):
    """The world with what else is counted: plans, proposals, pairings, and some of the eight haves; all at one."""
    return WHOLE()


def _stations():
    make.office()
    return [make.station(code) for code in (f"{make.DAOLI}001", f"{make.DAOLI}002", f"{make.NANGANG}001")]


def _world():
    stations = _stations()
    for at in stations:
        _opinions(at, [make.organisation(at.division_id[:6]) for _ in range(2)])
        _visits(at)
    make.Life(make.opinion(on=date(2026, 5, 5), body=WORDS, place=PLACE)).until("assigned", date(2026, 5, 6))
    make.division(f"{make.DAOLI}004")  # a street without a station
    make.division(f"{make.DAOLI}400")  # a farm
    make.mandate()  # in office, with no place at a station
    return stations


def _opinions(at, departments):
    late, quick = departments
    opened = date(2026, 2, 2)
    _told(at, quick, "satisfied")
    _told(at, quick, "basically")
    _told(at, late, "dissatisfied")
    _heard_at_a_reception(at, quick)
    _life(at, late, opened).until("assigned", date(2026, 2, 3))
    _life(at, quick, opened).until("handling", date(2026, 10, 29))
    _life(at, late, date(2025, 12, 30)).until("handling", date(2025, 12, 31))
    _late_reply(_life(at, late, opened))
    _life(at, quick, opened).until("accepted", date(2026, 2, 3))
    _withdrawn(_life(at, late, opened))
    _said(at, date(2026, 10, 30))
    _imported(at)


def _said(at, on):
    category = Category.objects.order_by("id")[at.pk % 3]
    return make.opinion(at, body=WORDS, place=PLACE, on=on, category=category, reporter={"name": "N", "phone": "1"})


def _life(at, department, on):
    return make.Life(_said(at, on), department)


def _told(at, department, score):
    opinion = _life(at, department, date(2026, 3, 3)).until("fed_back", date(2026, 3, 4))
    moment = make.moment(date(2026, 3, 5))
    opinion.move(workflow.RATE, by=RESIDENT, at=moment, score=score, reason=WORDS)


def _heard_at_a_reception(at, department):
    """Archived, assigned too late, and rated over the telephone."""
    life = _life(at, department, date(2025, 11, 3))
    life.accept(date(2025, 11, 4))
    life.assign(date(2026, 1, 20))
    life.acknowledge(date(2026, 1, 21))
    life.reply(date(2026, 3, 9), outcome="partly")
    life.feed_back(date(2026, 3, 10))
    life.archive(date(2026, 3, 20))
    on = {"channel": "reception", "received_at": make.moment(date(2026, 1, 5))}
    Opinion.objects.filter(pk=life.opinion.pk).update(**on)
    Rating.objects.create(
        opinion=life.opinion, score="basically", source="phone", rated_at=make.moment(date(2026, 4, 1))
    )


def _late_reply(life):
    life.until("handling", date(2026, 2, 3))
    life.reply(date(2026, 9, 9))


def _withdrawn(life):
    life.until("assigned", date(2026, 2, 3))
    life.opinion.move(workflow.WITHDRAW, by=RESIDENT, at=make.moment(date(2026, 2, 4)))


def _imported(at):
    opinion = make.opinion(at, body=WORDS, place=PLACE, on=date(2026, 4, 4))
    Opinion.objects.filter(pk=opinion.pk).update(channel="import", accept_due_on=None)
    opinion.move(workflow.IMPORT_REPLY, by=SYSTEM, at=make.moment(date(2026, 4, 9)), text="answered")


def _visits(at):
    present = make.placed(at, 3)
    make.visit(at, date(2026, 3, 10), present, residents_received=5)
    make.visit(at, date(2026, 6, 10), present[:1], residents_received=7, enters_departments=True, enters_leaders=True)
    make.visit(at, date(2026, 7, 10), enters_representatives=False, enters_congress_work=True)
    make.visit(at, date(2025, 12, 31), present, residents_received=100)
    make.visit(at, date(2026, 8, 8), present, residents_received=100, voided_on=date(2026, 8, 9))
    away = make.visit(at, date(2026, 9, 9), present)
    away.attendances.filter(mandate=present[0]).update(status="absent")


def _whole():
    world = _world()
    for at, reply_type in zip(world, "BCD", strict=True):
        _plans(at)
        _proposals(at, reply_type)
        _pairings(at)
        make.placed(at)  # never came
        _due_today(at)
    first, second, third = world
    make.confirmation(first, date(2026, 3, 3), "premises")
    make.confirmation(second, date(2025, 10, 30))
    _posts(first, head=True)
    _posts(third, head=False, liaison_officer=True)
    _rules(third)
    for at, yuan in zip(world, (29_999, 30_000, 30_001), strict=True):
        make.funds(at, yuan)
    _lacks_nothing(make.station(f"{make.DAOLI}001"))
    make.funds(make.station(f"{make.DAOLI}001", kind="contact_point"), 90_000)
    make.funds(make.station(f"{make.DAOLI}004", status="closed"), 90_000)
    return world


def _due_today(at):
    """One that is answered, and one that may still be answered until midnight."""
    for is_answered in (True, False):
        life = _life(at, make.organisation(at.division_id[:6]), date(2026, 9, 29))
        life.until("handling", date(2026, 9, 30))
        if is_answered:
            life.reply(TODAY)


def _plans(at):
    make.reception(at, date(2026, 1, 1), status="held")
    make.reception(at, date(2026, 5, 11), planned_on=date(2026, 5, 10), status="held")
    make.reception(at, date(2026, 5, 20), status="cancelled", reason="repairs")
    make.reception(at, date(2026, 10, 30))
    make.reception(at, date(2026, 12, 1))
    make.reception(at, date(2025, 12, 31), status="cancelled", reason="repairs")


def _proposals(at, reply_type):
    """Delivered, late, not answered, kept back, refused and withdrawn with an opinion each, of the year before."""
    leader = at.assignments.first().mandate
    accepted = at.opinions.filter(accepted_on__year=2026).order_by("id")
    kept, refused, withdrawn = ([opinion] for opinion in accepted[:3])
    done = _road(leader, kept, session=5, is_key=True).until("replied")
    done.met_on, done.delivered_on = date(2026, 3, 9), date(2026, 5, 1)
    done.save()
    late = _road(leader)
    late.until("handling")
    late.go("reply", date(2026, 9, 1), reply_type=ReplyType.objects.get(code=reply_type))
    _road(leader).until("handling")
    _road(leader, kept)
    _road(leader, refused).go("refuse", note="a letter")
    gone = _road(leader, withdrawn)
    gone.until("handling")
    gone.go("withdraw", note="asked for")
    _road(leader, on=date(2025, 12, 31)).until("assigned", review=date(2026, 1, 4), assign=date(2026, 1, 5))


def _road(leader, opinions=(), **facts):
    return make.Road(make.proposal(leader, opinions, **facts))


def _pairings(at):
    """Lively, silent with its one guest of the last six months at a voided visit, ended, ended long ago, and young."""
    lively, silent, ended, _gone, _young = (
        make.pairing(at, **days)
        for days in (
            {},
            {},
            {"valid_to": date(2026, 5, 5)},
            {"valid_to": date(2025, 12, 31)},
            {"valid_from": date(2026, 4, 30)},
        )
    )
    for paired, day in (
        (lively, date(2026, 6, 10)),
        (silent, date(2025, 12, 31)),
        (silent, date(2026, 8, 8)),
        (ended, date(2026, 3, 10)),
    ):
        at.visits.get(date=day).guests.create(organisation=paired.organisation.name, name="Guest")


def _posts(at, **full_time):
    usual = {"name": "Staff", "staffing_mode": "reassigned", "valid_from": date(2024, 1, 1)}
    for post, is_full_time in full_time.items():
        StaffPost.objects.create(station=at, post=post, is_full_time=is_full_time, **usual)


def _rules(at):
    for kind in RuleKind.objects.filter(is_required=True):
        make.rule(at, kind.pk)


def _lacks_nothing(at):
    """All eight haves."""
    make.confirmation(at)
    _posts(at, head=True, liaison_officer=False)
    _rules(at)
    make.funds(at)
    for month in range(1, 10):
        make.visit(at, date(2026, month, 10), entered_at=make.moment(date(2026, month, 11)))
    _life(at, make.organisation(), date(2026, 4, 4)).until("fed_back", date(2026, 4, 5))


WORLD, WHOLE = Remembered(_world), Remembered(_whole)


@pytest.fixture
def signed_in(client):
    """Signs somebody in who has a role over a division (default Daoli)."""

    def sign_in(role="officer", **place):
        client.force_login(make.granted(role, **place))
        return client

    return sign_in
