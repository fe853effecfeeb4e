"""A station at which nothing is lacking, and everybody who has a say in its yearly check."""

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date

import pytest
from time_machine import travel

from liaison.accounts.models import User
from liaison.tools.workflow import MoveRefused
from stations.assessment import opening, workflow
from stations.assessment.models import Assessment, Determination
from stations.eight_haves.models import Have, Standard
from stations.register.models import Station
from tests.eight_haves.conftest import TODAY, complete
from tests.support import factories as make
from tests.support.shared import built_once

STREET = f"{make.DAOLI}001"
LATER = date(2026, 11, 20)


def as_published(standard, on):
    """As if it had been published on that day: a draft with all its items."""
    Standard._base_manager.filter(pk=standard.pk).update(state="published", published_at=make.moment(on))


@dataclass
class There:
    """One check of 2026, wherever a test takes it."""

    station: Station
    people: dict[str, User] = field(default_factory=dict)
    check: Assessment | None = None

    def have(self, key="rules") -> Have:
        return Have.objects.get(standard=self.check.standard, key=key)

    def move(self, move, by="officer", **facts):
        return self.check.move(move, by=User.objects.get(pk=self.people[by].pk), **facts)

    def until(self, state):
        """Along the road up to a state, with one thing to be rectified."""
        road = [self.hand_in, self.review, self.rectify, self.recheck, self.finish]
        states = ["self_check", "township_review", "county_review", "rectifying", "rechecked", "done"]
        for step in road[: states.index(state)]:
            step()
        return self

    def hand_in(self):
        self.move(workflow.HAND_IN, "staff", note="all in order")

    def review(self):
        self.move(workflow.REVIEW, "township_officer")

    def confirm(self):
        self.move(workflow.CONFIRM)

    def rectify(self, what="write the missing rule", due_on=LATER):
        move = workflow.RECTIFY if self.check.state == "county_review" else workflow.RECTIFY_MORE
        return self.move(move, have=self.have(), what=what, due_on=due_on).item

    def mend(self, item=None, done_on=TODAY):
        self.move(workflow.MEND, "staff", note="written", item=item or self.check.items.first(), done_on=done_on)

    def recheck(self, item=None, is_in_order=True, note=""):
        item = item or self.check.items.first()
        if not self.check.items.exclude(done_on=None).filter(pk=item.pk).exists():
            self.mend(item)
        self.move(workflow.RECHECK if is_in_order else workflow.REDO, note=note, item=item)

    def finish(self):
        self.move(workflow.FINISH)


def everybody(station) -> dict[str, User]:
    roles = ("officer", "leader", "dispatcher", "auditor", "sysadmin", "representative")
    committee = make.organisation(kind="special_committee")
    make.pairing(station, committee)
    return {
        "staff": make.staff(station),
        "station_head": make.staff(station, post="head"),
        "township_officer": make.granted("township_officer", code=STREET),
        "committee": make.granted("committee", organisation=committee),
        "department_clerk": make.clerk(make.organisation()),
        "staff_elsewhere": make.staff(make.station()),
        "officer_elsewhere": make.granted("officer", code=make.NANGANG),
        **{role: make.granted(role) for role in roles},
    }


def opened(there) -> Assessment:
    made, against = opening.open_many([there.station], 2026, by=there.people["officer"], on=TODAY)
    assert against == {}
    return made[0]


def found(station, standing="met", on=TODAY, **facts) -> Determination:
    """An inspector's finding of 2026, of the rules."""
    words = {"inspector": "江小雪", "reason": "墙上有制度", "evidence": "照片一张"}
    return make.determination(station, standing, on=on, **words | facts)


def reason_of(call, *args, **facts) -> str:
    with pytest.raises(MoveRefused) as refused:
        call(*args, **facts)
    return str(refused.value.reason)


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    with travel(make.moment(TODAY), tick=False), built_once(django_db_blocker, build) as there:
        yield there


def build() -> There:
    make.office()
    station = complete(make.station(name="云杉里联络站"))
    there = There(station, everybody(station))
    there.check = opened(there)
    return there


@pytest.fixture
def there(built, db, time_machine):
    """A copy: what a test changes on its records is nobody else's business."""
    time_machine.move_to(make.moment(TODAY), tick=False)
    return deepcopy(built)


@pytest.fixture
def station(there):
    return there.station
