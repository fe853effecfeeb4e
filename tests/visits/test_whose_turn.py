"""At a reception for which some were named these are expected; the station's others may have come too."""

from datetime import time

import pytest
from django.test import Client
from django.utils import timezone

from stations.receptions import turn_moves
from stations.visits.models import Attendance, Visit
from tests.support import factories as make
from tests.visits.test_entry import TODAY
from tests.visits.typing import ADD, errors_of, filled, page_fields


@pytest.fixture
def reception(station, mandates):
    return make.reception(station, TODAY, receiving=mandates[3:5])


def rows():
    return {row.mandate: (row.status, row.was_expected) for row in Attendance.objects.all()}


def keys(mandates):
    return [str(row.pk) for row in mandates]


def roll_of(page):
    return page.context["adminform"].form["present"].field


def save(client, reception, **changes):
    address = f"{ADD}?reception={reception.pk}&station={reception.station_id}"
    response = client.post(address, page_fields(client.get(address)) | {"content": "接待群众"} | changes)
    assert response.status_code == 302, errors_of(response)


def test_those_named_stand_first_and_alone_are_counted(clerk, reception, mandates):
    page = clerk.get(ADD, {"reception": reception.pk}, follow=True)
    named, others = mandates[3:5], mandates[:3] + mandates[5:]
    assert [key for key, _words in roll_of(page).choices] == keys(named + others)
    assert roll_of(page).widget.others == frozenset(keys(others))
    assert ("应到2 实到2 请假0" in page.text, "其他代表" in page.text) == (True, True)
    assert page.text.count('name="leave"') == 2


def test_who_was_not_named_and_did_not_come_is_not_absent(clerk, reception, mandates):
    save(clerk, reception, present=keys([mandates[3], mandates[0]]))
    assert rows() == {mandates[3]: ("present", True), mandates[4]: ("absent", True), mandates[0]: ("present", False)}


def test_all_present_means_those_expected(clerk, reception, mandates):
    save(clerk, reception, present=[], all_present="on")
    assert rows() == dict.fromkeys(mandates[3:5], ("present", True))


def test_a_saved_visit_opens_so_and_the_ticks_of_others_may_be_taken_out(clerk, reception, mandates):
    save(clerk, reception, present=keys(mandates))
    address = f"/admin/visits/visit/{Visit.objects.get().pk}/change/"
    page = clerk.get(address)
    assert "应到2 实到2 请假0 其他代表到场6" in page.text
    assert clerk.post(address, page_fields(page) | {"present": keys(mandates[3:5])}).status_code == 302
    assert rows() == dict.fromkeys(mandates[3:5], ("present", True))


def test_whoever_was_given_leave_is_still_expected(clerk, reception, mandates):
    leave = {"kind": turn_moves.LEAVE, "state": turn_moves.AGREED.key, "asked_at": timezone.now()}
    reception.requests.create(mandate=mandates[3], **leave)
    reception.mandates.remove(mandates[3])
    save(clerk, reception)
    assert rows() == {mandates[3]: ("leave", True), mandates[4]: ("present", True)}


def test_of_two_on_one_day_the_one_of_that_hour_is_meant(clerk, station, reception, mandates):
    make.reception(station, TODAY, hours=(14, 16), receiving=mandates[:1])
    save(clerk, reception)
    assert set(rows()) == set(mandates[3:5])
    assert Visit.objects.get().starts_at == time(9)


@pytest.mark.parametrize("form", ["meeting", "training"])
def test_at_anything_else_the_whole_station_is_expected(form, clerk, reception, mandates):
    save(clerk, reception, form=form, present=keys(mandates[:2]))
    assert set(rows().values()) == {("present", True), ("absent", True)}
    assert len(rows()) == 8


def test_so_it_is_where_nobody_is_named_or_the_reception_was_cancelled(clerk, station, mandates):
    make.reception(station, TODAY)
    make.reception(station, TODAY, hours=(14, 16), receiving=mandates[:1], status="cancelled")
    response = clerk.post(ADD, filled(clerk, date=TODAY.isoformat(), present=keys(mandates[:2])))
    assert response.status_code == 302, errors_of(response)
    assert len(rows()) == 8


def test_whoever_only_looks_opens_it_too(clerk, reception, mandates):
    save(clerk, reception)
    looking = Client()
    looking.force_login(make.granted("committee"))
    page = looking.get(f"/admin/visits/visit/{Visit.objects.get().pk}/change/")
    assert page.status_code == 200
    assert 'name="present"' not in page.text
