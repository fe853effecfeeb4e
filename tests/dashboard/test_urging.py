"""From the number of overdue assignments to paper: the figure, and one button for all of them."""

import re

from liaison.dashboard import rows
from tests.support.board import count_on

OVERDUE = "/dashboard/opinions_overdue/"
STANDS = "admin:opinions_opinionassignment_changelist"  # some address that there is


def ticks(page):
    return re.findall(r'<input type="checkbox"\s+name="ids"\s+value="(\d+)"\s+checked', page)


def test_every_overdue_assignment_is_ticked_beforehand(world, signed_in, monkeypatch):
    monkeypatch.setattr(rows, "URGING", STANDS)
    page = signed_in().get(OVERDUE).text
    late = [str(task.pk) for at in world[:2] for task in at.opinionassignment_set.all() if _is_late(task)]
    assert set(late) < set(ticks(page))
    assert len(ticks(page)) == count_on(page) == 5
    assert 'action="/admin/opinions/opinionassignment/"' in page
    assert "打印催办单" in page


def _is_late(task):
    return task.replied_on is None and task.state != "closed" and str(task.due_on) < "2026-10-30"


def test_who_only_reads_urges_nobody(world, signed_in, monkeypatch):
    monkeypatch.setattr(rows, "URGING", STANDS)
    assert ticks(signed_in("leader").get(OVERDUE).text) == []


def test_only_overdue_assignments_are_urged(world, signed_in, monkeypatch):
    monkeypatch.setattr(rows, "URGING", STANDS)
    assert ticks(signed_in().get("/dashboard/replied_on_time/").text) == []


def test_where_nothing_prints_slips_there_is_no_button(world, signed_in, monkeypatch):
    monkeypatch.setattr(rows, "URGING", "admin:no_such_address")
    page = signed_in().get(OVERDUE).text
    assert ticks(page) == []
    assert count_on(page) == 5
