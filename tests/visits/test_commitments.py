"""Commitments: followed in a list, closed by a later visit or by a note."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from stations.visits.models import Commitment
from tests.support import factories as make
from tests.visits.typing import ADD, errors_of, filled, page_fields

LIST = "/admin/visits/commitment/"


@pytest.fixture
def promised(station):
    visit = make.visit(station, on=date(2026, 3, 2))
    return visit.commitments.create(who="街道办", what="清雪", due_on=date(2026, 3, 5))


def listed(client, **query):
    return [row.what for row in client.get(LIST, query).context["cl"].result_list]


def test_the_list_begins_with_what_is_open_and_due_first(clerk, station, promised):
    visit = promised.visit
    visit.commitments.create(who="x", what="kept", due_on=date(2026, 3, 3), done_on=date(2026, 3, 3))
    visit.commitments.create(who="x", what="some day")
    visit.commitments.create(who="x", what="later", due_on=timezone.localdate() + timedelta(days=3))
    make.visit(make.station()).commitments.create(who="x", what="elsewhere")
    assert listed(clerk) == ["清雪", "later", "some day", "kept"]
    assert listed(clerk, state="open") == ["清雪", "later", "some day"]
    assert listed(clerk, state="overdue") == ["清雪"]
    assert listed(clerk, state="kept") == ["kept"]


def tile(client):
    return [(row["value"], row["href"]) for row in client.get("/admin/").context["tiles"] if row.get("place") == 5]


def test_the_first_page_counts_what_is_overdue_while_there_is_something(clerk, promised):
    assert tile(clerk) == [(1, f"{LIST}?state=overdue")]
    Commitment.objects.update(done_on=date(2026, 3, 4))
    assert tile(clerk) == []


def test_a_later_visit_closes_it_and_may_take_that_back(clerk, promised):
    clerk.post(ADD, filled(clerk, closes=[str(promised.pk)]))
    promised.refresh_from_db()
    assert (promised.done_on, promised.closed_by.date) == (date(2026, 3, 10), date(2026, 3, 10))
    address = f"/admin/visits/visit/{promised.closed_by_id}/change/"
    fields = page_fields(clerk.get(address))
    assert fields["closes"] == [str(promised.pk)]
    clerk.post(address, fields | {"closes": []})
    promised.refresh_from_db()
    assert (promised.done_on, promised.closed_by) == (None, None)


def test_another_station_s_is_not_closed(clerk):
    theirs = make.visit(make.station()).commitments.create(who="x", what="y")
    make.visit(theirs.visit.station)
    response = clerk.post(ADD, filled(clerk, closes=[str(theirs.pk)]))
    theirs.refresh_from_db()
    assert theirs.done_on is None
    assert response.status_code in (200, 302)


def close(client, commitment, **facts):
    return client.post(f"{LIST}{commitment.pk}/change/", {"done_on": "2026-3-4", "note": "雪已清"} | facts)


def test_a_note_closes_it(clerk, promised):
    assert close(clerk, promised).status_code == 302
    promised.refresh_from_db()
    assert (promised.done_on, promised.note, promised.closed_by) == (date(2026, 3, 4), "雪已清", None)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"note": ""}, "note"),
        ({"done_on": ""}, "done_on"),
        ({"done_on": "2026-03-01"}, "done_on"),
        ({"done_on": "2999-01-01"}, "done_on"),
        ({"done_on": "someday"}, "done_on"),
        ({"note": "长" * 201}, "note"),
    ],
)
def test_what_closes_nothing_is_told_beside_its_field(clerk, promised, facts, field):
    assert set(errors_of(close(clerk, promised, **facts))) == {field}
    promised.refresh_from_db()
    assert promised.done_on is None
