"""What the representatives said, where the station works: on the reception, the first page, the page to answer."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from liaison.tools.workflow import Actor
from stations.receptions import turns
from stations.receptions.models import TurnRequest
from stations.visits.models import Attendance
from tests.support import factories as make
from tests.support.pages import Page, fields

LIST = "/admin/receptions/reception/"


def acting(mandate):
    return Actor("representative", mandate.person.name, mandate.person.user_id)


@pytest.fixture
def station():
    make.office()
    return make.station()


@pytest.fixture
def ann(station):
    (mandate,) = make.placed(station)
    mandate.person.user = make.granted("representative")
    mandate.person.save()
    return mandate


@pytest.fixture
def reception(station, ann):
    return make.reception(station, timezone.localdate() + timedelta(days=3), receiving=[ann])


@pytest.fixture
def asked(reception, ann):
    return turns.ask_leave(reception, ann, by=acting(ann), reason="in hospital")


@pytest.fixture
def clerk(station):
    return signed_in(make.staff(station))


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def page_of(request):
    return f"{LIST}{request.reception_id}/requests/{request.pk}/"


def test_it_waits_on_the_first_page_until_it_is_answered(clerk, asked, ann):
    page = clerk.get("/admin/")
    (tile,) = [tile for tile in page.context["tiles"] if tile["href"] == f"{LIST}?asked=1"]
    assert tile["value"] == clerk.get(tile["href"]).context["cl"].result_count == 1
    (line,) = page.context["to_do"]
    assert (line["step_href"], ann.person.name in line["why"]) == (page_of(asked), True)
    clerk.post(page_of(asked), {"answer": "grant", "note": ""})
    page = clerk.get("/admin/")
    assert (page.context["to_do"], clerk.get(f"{LIST}?asked=1").context["cl"].result_count) == ([], 0)


def test_the_tile_counts_requests_and_opens_the_days_they_are_about(clerk, asked, reception, station):
    (bo,) = make.placed(station)
    bo.person.user = make.granted("representative")
    bo.person.save()
    reception.mandates.add(bo)
    turns.ask_leave(reception, bo, by=acting(bo), reason="on a journey")
    (tile,) = [tile for tile in clerk.get("/admin/").context["tiles"] if tile["href"] == f"{LIST}?asked=1"]
    assert tile["value"] == 2
    assert [row.pk for row in clerk.get(tile["href"]).context["cl"].result_list] == [reception.pk]


def test_whoever_answers_reads_who_is_left_and_is_told_where_nobody_is(clerk, asked, reception, station, ann):
    (bo,) = make.placed(station)
    reception.mandates.add(bo)
    assert f"{ann.person.name}、{bo.person.name}" in clerk.get(page_of(asked)).text
    reception.mandates.remove(bo)
    page = clerk.post(page_of(asked), {"answer": "grant", "note": ""}, follow=True)
    assert "已没有代表接待" in page.text


def test_agreed_to_it_frees_the_seat(clerk, asked, reception):
    assert "in hospital" in clerk.get(page_of(asked)).text
    answer = clerk.post(page_of(asked), {"answer": "grant", "note": "get well"})
    assert answer.url == f"{LIST}{reception.pk}/change/"
    assert not reception.mandates.exists()
    page = clerk.get(answer.url).text
    assert all(words in page for words in ("请假", "已同意", "get well"))
    assert clerk.get(page_of(asked)).url == answer.url  # answered once


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        ({}, "answer"),
        ({"answer": "agree_for", "note": "x"}, "answer"),
        ({"answer": "refuse"}, "note"),
        ({"answer": "grant", "note": "路" * 201}, "note"),
        ({"answer": "\x00"}, "answer"),
    ],
)
def test_an_answer_that_is_none_is_said_beside_its_field(answer, field, clerk, asked):
    page = clerk.post(page_of(asked), answer)
    assert (page.status_code, list(page.context["form"].errors)) == (200, [field])
    assert TurnRequest.objects.get().state == "asked"


def test_what_can_no_longer_be_is_said_on_the_page(clerk, asked, reception):
    type(reception).objects.update(status="cancelled")
    assert "不能这样操作" in clerk.post(page_of(asked), {"answer": "grant"}).text


def test_the_station_enters_what_a_colleague_without_an_account_said(clerk, station, reception, ann):
    (colleague,) = make.placed(station)
    asked = turns.ask_swap(reception, ann, colleague, by=acting(ann))
    clerk.post(page_of(asked), {"answer": "agree_for", "note": "by telephone"})
    assert set(reception.mandates.all()) == {colleague}


def test_the_reception_s_page_says_who_has_confirmed(clerk, reception, ann):
    address = f"{LIST}{reception.pk}/change/"
    assert clerk.get(address).context["confirmed"] == []
    turns.confirm(reception, ann, by=acting(ann))
    assert clerk.get(address).context["confirmed"] == [ann.person.name]


def test_somebody_else_s_request_is_not_there(asked, clerk, reception):
    stranger = signed_in(make.staff(make.station()))
    assert [stranger.get(page_of(asked)).status_code, stranger.post(page_of(asked)).status_code] == [404, 404]
    assert (stranger.get("/admin/").context["to_do"], len(stranger.get("/admin/").context["tiles"])) == (
        [],
        len(clerk.get("/admin/").context["tiles"]) - 1,
    )
    absurd = (f"{LIST}{reception.pk}/requests/{10**30}/", f"{LIST}{10**30}/requests/{asked.pk}/")
    assert [clerk.get(address).status_code for address in absurd] == [404, 404]


def test_the_roll_of_the_visit_shows_who_was_given_leave_and_why(clerk, station, asked, ann, time_machine):
    (bo,) = make.placed(station)
    asked.reception.mandates.add(bo)
    clerk.post(page_of(asked), {"answer": "grant"})
    time_machine.move_to(timezone.now() + timedelta(days=3))
    clerk = signed_in(make.staff(station))
    page = clerk.get(f"/admin/visits/visit/add/?reception={asked.reception_id}", follow=True)
    form = fields(max(Page(page.text).forms, key=len))
    assert (form["present"], form["leave"], "in hospital" in page.text) == (str(bo.pk), str(ann.pk), True)
    clerk.post(page.redirect_chain[-1][0], form | {"content": "heard residents"})
    assert set(Attendance.objects.values_list("mandate", "status")) == {(ann.pk, "leave"), (bo.pk, "present")}
