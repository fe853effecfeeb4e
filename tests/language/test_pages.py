"""No English is left on a page: the public ones, those that refuse, and the work platform of each who enters it."""

import pytest
from django.contrib import admin
from django.template.loader import render_to_string
from django.urls import reverse

from tests.language import reading, world

PUBLIC = ["/", "/opinions/new/", "/opinions/track/", "/stations/", "/stations/?q=没有", "/accounts/login/", "/nothing/"]
PUBLIC += ["/representatives/", "/representatives/?q=没有", "/privacy/", "/accessibility/", "/feedback/"]
AT_WORK = ["officer", "station_head", "sysadmin", "auditor", "leader", "dispatcher"]


def lists():
    """The addresses of the work platform's lists; what may be added has its form below."""
    entries = [model._meta for model, page in admin.site._registry.items() if page.group]
    return [reverse(f"admin:{entry.app_label}_{entry.model_name}_changelist") for entry in entries]


def left_in(client, addresses):
    """{address: English} of the pages; one that may not be opened refuses in Chinese."""
    answers = {address: client.get(address, follow=True) for address in addresses}
    found = {address: reading.latin(answer.content.decode()) for address, answer in answers.items()}
    return {address: english for address, english in found.items() if english}


@pytest.fixture
def station():
    return world.build()


def test_the_public_pages_speak_chinese(client, station):
    assert left_in(client, ["/receptions/", "/results/", "/notices/", f"/stations/{station.code}/"]) == {}
    assert left_in(client, [*PUBLIC, f"/opinions/new/?station={station.code}", "/opinions/new/?station=nowhere"]) == {}


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "405", "413", "500"])
def test_the_pages_of_refusal_speak_chinese(name):
    assert reading.latin(render_to_string(f"{name}.html")) == []


@pytest.mark.parametrize("fields", [{}, {"matter": "灯坏了", "place": "3号楼", "phone": "1", "token": "old"}])
def test_a_form_sent_back_speaks_chinese(client, station, fields):
    assert reading.latin(client.post("/opinions/new/", fields).content.decode()) == []


def test_the_receipt_speaks_chinese(client, station):
    answer = client.post("/opinions/new/", world.form(station=station.code))
    assert answer.status_code == 200
    assert reading.latin(answer.content.decode()) == []


@pytest.mark.parametrize("state", world.STATES)
def test_the_tracking_page_speaks_chinese(client, station, state):
    answer = world.tracked(client, world.Road(station).until(state))
    assert f'data-status="{state}"' in answer.content.decode()
    assert reading.latin(answer.content.decode()) == []


@pytest.mark.parametrize("fields", [{}, {"username": "nobody", "password": "wrong"}])
def test_a_sign_in_sent_back_speaks_chinese(client, station, fields):
    assert reading.latin(client.post("/accounts/login/", fields).content.decode()) == []


@pytest.mark.parametrize("role", AT_WORK)
def test_the_work_platform_speaks_chinese(client, station, role):
    world.Road(station).until("archived")
    client.force_login(world.account(role, "于海涛"))
    forms = [f"{address}add/" for address in lists()]
    visit = f"{reverse('admin:visits_visit_add')}?station={station.pk}"
    assert left_in(client, [reverse("admin:index"), reverse("admin:password_change"), *lists(), *forms, visit]) == {}


def test_a_form_of_the_work_platform_sent_back_speaks_chinese(client, station):
    client.force_login(world.account("officer", "陆启明"))
    visit = f"{reverse('admin:visits_visit_add')}?station={station.pk}"
    counts = {
        f"{prefix}-TOTAL_FORMS": 0 for prefix in ("guests", "commitments", "opinions", "opinions-2", "agenda_items")
    }
    answer = client.post(visit, counts | {name.replace("TOTAL", "INITIAL"): 0 for name in counts})
    assert answer.status_code == 200
    assert reading.latin(answer.content.decode()) == []


def test_every_move_speaks_chinese(client, station):
    road = world.Road(station)
    client.force_login(road.officer)
    moves = [("submitted", "accept"), ("submitted", "refuse"), ("accepted", "assign"), ("replied", "feed_back")]
    for state, move in [*moves, ("evaluated", "archive")]:
        road.until(state)
        page = client.get(reverse("admin:opinions_opinion_move", args=(road.opinion.pk, move)))
        assert page.status_code == 200
        assert reading.latin(page.content.decode()) == []


def test_the_dashboard_speaks_chinese(client, station):
    world.Road(station).until("archived")
    client.force_login(world.account("officer", "于海涛"))
    index = client.get("/dashboard/").content.decode()
    figures = [values["href"] for tag, values in reading.elements(index) if "data-figure" in values]
    assert len(figures) > 10
    assert left_in(client, ["/dashboard/", "/dashboard/?from=2026-13-40&division=9", *figures]) == {}


def test_english_is_caught():
    assert reading.latin("<p>提交</p><img alt='True'><p>YJ-2026-0031、Excel</p><input type=submit value=Send>") == [
        "True",
        "Send",
    ]
