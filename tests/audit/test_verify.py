"""manage.py audit verify: every MAC is checked, and every entry that does not fit is named."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import translation

from liaison.audit.management.commands.audit import ranges
from liaison.audit.models import Entry
from liaison.audit.trail import record
from liaison.tools.workflow import SYSTEM

IS_SQLITE = connection.vendor == "sqlite"
TRIGGER = "DROP TRIGGER audit_entry_no_update" if IS_SQLITE else "DROP TRIGGER audit_entry_no_change ON audit_entry"
ALTERED = {
    "action": "other",
    "actor_name": "someone",
    "at": "2020-01-01 00:00:00+00:00",
    "detail": '{"to": "accepted"}',
    "mac": "",
}
SPOILT = {"key": "not a key", "at": "not a time", "detail": "[]"}  # SQLite keeps any text


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def entries():
    return [record("act", actor=SYSTEM, detail={"number": number}) for number in range(10)]


def alter(entry, column, value):
    """As somebody does who owns the database: the trigger goes first."""
    with connection.cursor() as cursor:
        cursor.execute(TRIGGER.replace("TRIGGER", "TRIGGER IF EXISTS"))
        cursor.execute(
            f"UPDATE audit_entry SET {connection.ops.quote_name(column)} = %s WHERE id = %s", [value, entry.pk]
        )


def refusal():
    with pytest.raises(CommandError) as refused:
        call_command("audit", "verify")
    assert refused.value.returncode == 1
    return str(refused.value)


def test_an_empty_trail_is_in_order(capsys):
    call_command("audit", "verify")
    assert capsys.readouterr().out == "0 entries checked, all as they were written.\n"


@pytest.mark.usefixtures("entries")
def test_an_honest_trail_is_in_order(capsys):
    call_command("audit", "verify")
    assert capsys.readouterr().out == "10 entries checked, all as they were written.\n"


@pytest.mark.parametrize(("column", "value"), (ALTERED | (SPOILT if IS_SQLITE else {})).items())
def test_an_altered_entry_is_named(entries, column, value):
    alter(entries[3], column, value)
    assert refusal() == f"1 of 10 entries do not fit their MAC. Positions: {entries[3].pk}"


def test_all_altered_entries_are_named(entries):
    for number in (0, 4, 5, 6, 9):
        alter(entries[number], "action", "other")
    first = entries[0].pk
    assert refusal() == (
        f"5 of 10 entries do not fit their MAC. Positions: {first}, {first + 4}-{first + 6}, {first + 9}"
    )


def test_an_entry_written_past_the_door_is_named(entries):
    forgery = Entry.objects.create(action="act", actor_name="system", result="done", mac=entries[0].mac)
    assert refusal() == f"1 of 11 entries do not fit their MAC. Positions: {forgery.pk}"


@pytest.mark.usefixtures("entries")
def test_under_another_key_nothing_fits(settings):
    settings.AUDIT_KEY = "0" * 64
    assert refusal().startswith("10 of 10 entries do not fit their MAC. Positions: ")


@pytest.mark.parametrize(
    ("numbers", "words"),
    [([], ""), ([3], "3"), ([3, 4], "3-4"), ([1, 3, 4, 5, 9], "1, 3-5, 9"), ([1, 2, 4, 5], "1-2, 4-5")],
)
def test_neighbours_are_drawn_together(numbers, words):
    assert ranges(numbers) == words
