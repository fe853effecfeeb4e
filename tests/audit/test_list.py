"""The auditor's list of the trail: in words, narrowed by day, person, action and kind, and taken away as a sheet."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from liaison.audit.models import Entry
from liaison.audit.trail import record
from liaison.audit.words import ACTIONS, action_of, detail_of
from liaison.tools.workflow import RESIDENT, SYSTEM
from tests.access.crawling import cells_of
from tests.support import factories as make

LIST = "/admin/audit/entry/"


@pytest.fixture
def auditor():
    client = Client()
    client.force_login(make.granted("auditor"))
    return client


def entry(action="export", matter=None, *, actor=None, on=None, **facts):
    made = record(action, matter, actor=actor or make.user(), **facts)
    if on:
        made = Entry(**{field.name: getattr(made, field.name) for field in Entry._meta.fields if field.name != "id"})
        made.key, made.at = uuid4(), make.moment(on)
        made.save()
    return made


def listed(client, **asked):
    return set(client.get(LIST, asked).context["cl"].queryset)


def test_every_action_is_in_words(auditor):
    """Those of the moves are the moves' own; nobody reads a key."""
    moving = [model for model in apps.get_models() if getattr(model, "moves", None)]
    assert len(moving) == 4
    for model in moving:
        for key, move in model.moves.items():
            assert action_of(Entry(action=key, object_type=model._meta.label_lower)) == move.label
    for key in ACTIONS:
        assert str(action_of(Entry(action=key))) != key


def test_an_entry_is_called_by_what_was_done(auditor):
    opinion = make.opinion()
    assert str(Entry.objects.get(action="begin")) == f"登记 群众意见建议 {opinion.pk}"
    assert str(entry()) == "导出"


def test_the_time_is_the_office_s_own_to_the_second(auditor):
    entry(on=date(2026, 3, 10))
    assert "2026-03-10 10:00:00" in auditor.get(LIST).text


@pytest.mark.parametrize("asked", ["2026-03-10", "2026年3月10日", "20260310"])
def test_a_day_is_looked_for_as_people_write_it(asked, auditor):
    theirs = entry(on=date(2026, 3, 10))
    entry(on=date(2026, 3, 11))
    assert listed(auditor, q=asked) == {theirs}


def test_a_person_is_looked_for_by_name_and_a_record_by_its_number(auditor):
    somebody, opinion = make.user("陆启明"), make.opinion()
    theirs = entry(actor=somebody)
    assert listed(auditor, q="启明") == {theirs}
    about = Entry.objects.filter(object_type="opinions.opinion")
    assert listed(auditor, q=opinion.number) == set(about.filter(object_id=opinion.pk)) != set()
    assert listed(auditor, q=str(opinion.pk)) == set(Entry.objects.filter(object_id=str(opinion.pk)))


@pytest.mark.parametrize("asked", ["%", "_", "'", "9" * 400, "YJ-2026-", "3月32日"])
def test_nothing_typed_breaks_the_search(asked, auditor):
    entry()
    assert auditor.get(LIST, {"q": asked}).status_code == 200


def test_it_is_narrowed_by_day_actor_action_kind_and_result(auditor):
    today = timezone.localdate()
    opinion = make.opinion()
    begun = Entry.objects.get(action="begin")
    old = entry(on=today - timedelta(days=8))
    refused = entry("grant", opinion, actor=SYSTEM, result="refused")
    moved = entry("accept", opinion)
    assert begun.actor_name == RESIDENT.name
    assert old not in listed(auditor, day="7")
    assert old in listed(auditor, day="30")
    assert listed(auditor, actor="resident") == {begun}
    assert listed(auditor, actor="system") == {refused}
    assert begun not in listed(auditor, actor="account")
    assert listed(auditor, done="grant") == {refused}
    assert listed(auditor, done="moves") == {moved}
    assert listed(auditor, kind="opinions.opinion") == {begun, refused, moved}
    assert old in listed(auditor, kind="none")
    assert listed(auditor, result__exact="refused") == {refused}


@pytest.mark.parametrize("name", ["day", "actor", "done", "kind"])
def test_a_choice_that_is_not_offered_breaks_nothing(name, auditor):
    assert auditor.get(LIST, {name: "x" * 500}).status_code == 200


def test_what_was_noted_is_in_words():
    moved = Entry(
        action="accept", object_type="opinions.opinion", detail={"from": "submitted", "to": "accepted", "rows": 3}
    )
    assert detail_of(moved) == "原状态：待核实\n现状态：已受理\n行数：3"


def test_what_is_taken_away_is_in_words_and_leaves_a_line(auditor):
    chosen = [entry(on=date(2026, 3, 10)), entry("reveal", make.opinion())]
    keys = [row.pk for row in chosen]
    response = auditor.post(LIST, {"action": "download", ACTION_CHECKBOX_NAME: keys, "index": "0"})
    cells = cells_of(response.getvalue())
    assert "2026-03-10 10:00:00" in cells
    assert "查看姓名、电话" in cells
    line = Entry.objects.first()
    assert (line.action, line.detail) == ("export", {"sheet": "audit.entry", "rows": 2})


def test_one_entry_opens_and_nothing_on_it_can_be_changed(auditor):
    page = auditor.get(f"{LIST}{entry().pk}/change/")
    assert page.status_code == 200
    assert 'name="_save"' not in page.text


def test_the_list_asks_as_much_for_one_line_as_for_thirty(auditor):
    opinion, asked = make.opinion(), []
    for rows_more in (1, 2, 27):
        for _number in range(rows_more):
            entry("accept", opinion)
        with CaptureQueriesContext(connection) as queries:
            assert auditor.get(LIST).status_code == 200
        asked.append(len(queries))
    assert asked == [6] * 3
