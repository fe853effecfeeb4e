"""What a new visit begins with."""

from datetime import timedelta

import pytest
from django.utils import timezone

from stations.receptions.models import Reception
from stations.visits.models import Attendance, Visit
from tests.support import factories as make
from tests.visits.typing import ADD, page_fields


@pytest.fixture
def reception(station, mandates):
    return make.reception(station, timezone.localdate(), place="Hall", receiving=mandates[:2])


def test_the_reception_of_the_day_fills_what_it_knows(clerk, reception, mandates):
    fields = page_fields(clerk.get(ADD, {"reception": reception.pk}, follow=True))
    day = timezone.localdate().isoformat()
    told = {"date": [day], "starts_at": ["09:00"], "ends_at": ["11:00"], "place": ["Hall"], "form": ["reception"]}
    assert {name: fields[name] for name in told} == told
    assert fields["present"] == [str(row.pk) for row in mandates[:2]]


@pytest.mark.parametrize("asked", ["0", "x", "9" * 30, "-1", ""])
def test_a_reception_that_is_not_mine_is_not_there(clerk, asked):
    assert clerk.get(ADD, {"reception": asked}).status_code == 404


def test_nor_is_another_station_s(clerk):
    theirs = make.reception(make.station(), timezone.localdate())
    assert clerk.get(ADD, {"reception": theirs.pk}).status_code == 404


def test_the_last_visit_is_copied_but_never_what_was_said(clerk, station, mandates):
    last = make.visit(station, place="Hall", content="secret words", results="more", recorder="Old", form="training")
    Attendance.objects.create(visit=last, mandate=mandates[0])
    Attendance.objects.create(visit=last, mandate=mandates[1], status="leave")
    page = clerk.get(ADD, {"copy": "1", "station": station.pk})
    fields = page_fields(page)
    told = {"date": [""], "place": ["Hall"], "form": ["training"], "recorder": ["Old"], "content": [""]}
    assert {name: fields[name] for name in told} == told
    assert (fields["present"], fields["leave"]) == ([str(mandates[0].pk)], [str(mandates[1].pk)])
    assert "secret words" not in page.text


def test_copying_where_nothing_was_held_begins_empty(clerk, station):
    assert page_fields(clerk.get(ADD, {"copy": "1", "station": station.pk}))["place"] == [""]


def lines_of(client):
    return [row["step_href"] for row in client.get("/admin/").context["to_do"]]


def test_receptions_that_have_come_wait_on_the_first_page_until_they_are_entered(clerk, station, reception):
    make.reception(station, timezone.localdate() + timedelta(days=1))
    make.reception(station, timezone.localdate() - timedelta(days=1), status="cancelled")
    make.reception(make.station(), timezone.localdate())
    (address,) = lines_of(clerk)
    assert address == f"{ADD}?reception={reception.pk}&station={station.pk}"
    clerk.post(address, page_fields(clerk.get(address)) | {"content": "heard residents"})
    assert Visit.objects.get().place == "Hall"
    assert Reception.objects.get(pk=reception.pk).status == "held"
    assert lines_of(clerk) == []
