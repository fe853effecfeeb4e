"""The trail is only ever added to, and what was written behind the product's back is found."""

import pytest
from django.db import DatabaseError, connection, transaction

from liaison.audit.models import Entry
from liaison.audit.trail import forged, mac_of, record
from liaison.divisions.models import Division
from liaison.tools.workflow import SYSTEM


@pytest.fixture
def division():
    return Division.objects.create(code="230000", name="黑龙江省", level=1)


def test_an_entry_says_who_did_what_to_which_record(division):
    record("load", division, actor=SYSTEM, detail={"rows": 3})
    entry = Entry.objects.get()
    assert (entry.action, entry.object_type, entry.object_id) == ("load", "divisions.division", "230000")
    assert (entry.actor_id, entry.actor_name, entry.result, entry.detail) == (None, "system", "done", {"rows": 3})
    assert entry.mac == mac_of(entry)


def test_an_entry_may_be_about_no_record_and_about_a_refusal():
    entry = record("export", actor=SYSTEM, result="refused")
    assert (entry.object_type, entry.object_id, entry.result, entry.detail) == ("", "", "refused", {})


@pytest.mark.parametrize(
    "detail", [{}, {"b": 1, "a": [1, 2.5, None, True]}, {"text": '𠮷 ’ \\ " \n'}, {"deep": {"z": {"y": 1}}}]
)
def test_what_was_written_is_never_called_forged(detail):
    record("act", actor=SYSTEM, detail=detail)
    assert list(forged()) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"action": "other"},
        {"actor_id": 7},
        {"actor_name": "someone"},
        {"object_type": "opinions.opinion"},
        {"object_id": "31"},
        {"result": "refused"},
        {"detail": {"to": "accepted"}},
        {"mac": "0" * 64},
    ],
)
def test_every_word_of_an_entry_is_covered(changed):
    entry = record("act", actor=SYSTEM)
    for name, value in changed.items():
        setattr(entry, name, value)
    assert entry.mac != mac_of(entry)


def test_a_copied_entry_is_found_by_its_key():
    entry = record("act", actor=SYSTEM)
    copy = Entry(**{name: getattr(entry, name) for name in ("at", "actor_name", "action", "result", "detail", "mac")})
    copy.save(force_insert=True)
    assert list(forged()) == [copy]


@pytest.mark.parametrize(
    "change",
    [
        lambda: Entry.objects.update(action="other"),
        lambda: Entry.objects.all().delete(),
        lambda: connection.cursor().execute("DELETE FROM audit_entry"),
        lambda: connection.cursor().execute("UPDATE audit_entry SET mac = ''"),
    ],
    ids=["update", "delete", "raw delete", "raw update"],
)
def test_the_database_refuses_to_change_an_entry(change):
    record("act", actor=SYSTEM)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change()
    assert [entry.action for entry in Entry.objects.all()] == ["act"]


def test_only_the_auditor_sees_the_trail():
    class Reader:
        def __init__(self, *permissions):
            self.permissions = permissions

        def has_perm(self, permission):
            return permission in self.permissions

    record("act", actor=SYSTEM)
    assert Entry.objects.visible_to(Reader()).count() == 0
    assert Entry.objects.visible_to(Reader("audit.view_entry")).count() == 1
