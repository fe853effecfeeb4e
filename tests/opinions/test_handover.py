"""When a post ends, its open items pass to a named successor; what is closed keeps the old name."""

from datetime import date

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.test import Client

from feedback.opinions import workflow
from feedback.opinions.models import Opinion
from liaison.audit.models import Entry
from stations.register.models import StaffPost
from tests.access.filling import errors_on, send
from tests.support import factories as make

TODAY = "2026-11-20 10:00 +0800"
DECEMBER = date(2026, 12, 1)


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def at():
    make.office()
    return make.station()


def post_of(user):
    return StaffPost.objects.get(user=user)


def page_of(user):
    return f"/admin/stations/staffpost/{post_of(user).pk}/handover/"


def taken(at, by, until="accepted"):
    life = make.Life(make.opinion(at))
    life.opinion.move(workflow.ACCEPT, by=by, taker=by)
    for step in (life.assign, life.acknowledge, life.reply, life.feed_back, life.archive):
        if life.opinion.state == until:
            break
        step()
    return life.opinion


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def test_open_items_pass_with_a_step_each_and_closed_ones_keep_the_old_name(at):
    old, new = make.staff(at, username="old"), make.staff(at, username="new")
    open_ones = [taken(at, old), taken(at, old, "handling")]
    closed, another = taken(at, old, "archived"), taken(at, new)
    officer = make.granted("officer")
    answer = send(signed_in(officer), page_of(old), successor=post_of(new).pk, day="2026-12-01")
    assert answer.status_code == 302
    kept = {row.pk: (row.taker, row.taker_name) for row in Opinion.objects.all()}
    assert [kept[row.pk] for row in open_ones] == [(new, "new")] * 2
    assert kept[closed.pk] == (old, "old")
    assert kept[another.pk] == (new, "new")
    steps = [row.steps.filter(move="hand_over") for row in (*open_ones, closed, another)]
    assert [found.count() for found in steps] == [1, 1, 0, 0]
    step = steps[0].get()
    assert (step.actor_id, step.from_state, step.to_state) == (officer.pk, "accepted", "accepted")
    assert "old" in step.note
    assert "new" in step.note
    assert Entry.objects.filter(action="hand_over", actor_id=officer.pk, result="done").count() == 2
    assert post_of(old).valid_to == date(2026, 11, 30)


def test_from_the_first_of_december_the_new_clerk_opens_the_items_and_the_old_one_none(at):
    old, new = make.staff(at), make.user()
    StaffPost.objects.create(
        station=at, user=new, name="new", post="liaison_officer", staffing_mode="rota", valid_from=DECEMBER
    )
    opinion = taken(at, old)
    page = f"/admin/opinions/opinion/{opinion.pk}/change/"
    answer = send(signed_in(make.granted("officer")), page_of(old), successor=post_of(new).pk, day="2026-12-01")
    assert answer.status_code == 302
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert ["2026年12月1日" in words for words in said] == [False, True]
    assert "您的岗位从12月1日开始" in signed_in(new).get("/admin/").text
    seen = {}
    for day in ("2026-11-30 23:00 +0800", "2026-12-01 00:01 +0800"):
        with time_machine.travel(day, tick=False):
            seen[day[:10]] = [signed_in(user).get(page).status_code for user in (old, new)]
            listed = [list(Opinion.objects.visible_to(type(user).objects.get(pk=user.pk))) for user in (old, new)]
            assert [bool(rows) for rows in listed] == [status == 200 for status in seen[day[:10]]]
    assert seen == {"2026-11-30": [200, 403], "2026-12-01": [403, 200]}


@pytest.mark.parametrize("day", ["2026-11-19", "2027-06-01", "2026-13-45", "\x00", ""])
def test_a_day_that_cannot_be_is_refused_beside_its_field(day, at):
    old, new = make.staff(at), make.staff(at)
    answer = send(signed_in(make.granted("officer")), page_of(old), successor=post_of(new).pk, day=day)
    assert (answer.status_code, errors_on(answer)) == (200, {"day"})
    assert post_of(old).valid_to is None


def test_a_successor_of_another_station_or_not_yet_there_is_refused(at):
    old = make.staff(at)
    late = make.staff(at)
    StaffPost.objects.filter(user=late).update(valid_from=date(2027, 1, 1))
    client = signed_in(make.granted("officer"))
    for other in (make.staff(make.station()), old, late):
        answer = send(client, page_of(old), successor=post_of(other).pk, day="2026-12-01")
        assert errors_on(answer) == {"successor"}
    for key in ("abc", "\x00", "9" * 30, ""):
        assert errors_on(send(client, page_of(old), successor=key, day="2026-12-01")) == {"successor"}


def test_only_who_could_have_given_the_post_hands_it_over(at):
    head, old, new = make.staff(at, post="head"), make.staff(at), make.staff(at)
    allowed = {user: signed_in(user).get(page_of(old)).status_code for user in (head, new, make.granted("leader"))}
    assert list(allowed.values()) == [200, 403, 403]
    assert signed_in(head).get(page_of(head)).status_code == 403
    assert signed_in(make.granted("officer", code=make.NANGANG)).get(page_of(old)).status_code == 404
    for key in ("0", "9" * 30):
        assert signed_in(head).get(f"/admin/stations/staffpost/{key}/handover/").status_code == 404
