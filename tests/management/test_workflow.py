"""manage.py workflow: the table on paper is the table the door reads."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from feedback.opinions import workflow


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def printed(capsys):
    def run(*arguments, **options):
        call_command("workflow", *arguments, **options)
        return capsys.readouterr().out.splitlines()

    return run


def test_the_table_has_a_line_for_every_move(printed):
    lines = [re.split(r" {2,}", line) for line in printed("opinion")]
    assert lines[0] == ["move", "meaning", "from state", "to state", "note", "who may"]
    assert [line[0] for line in lines[1:]] == list(workflow.MOVES)
    stations = "staff, station_head, township_officer, officer"
    assert lines[1] == ["accept", "Accept", "submitted", "accepted", stations]
    assert lines[2] == ["refuse", "Refuse and guide", "submitted", "refused", "required", stations]
    assert ["reply", "Reply", "handling, rehandling", "replied, or the same", "department_clerk"] in lines
    assert ["import_reply", "Reply (imported)", "submitted, accepted", "replied", "system"] in lines
    assert ["add", "Add information", "any state", "the same", "required", "resident"] in lines


def test_the_columns_stand_below_each_other_in_chinese_too(printed):
    with translation.override("zh-hans"):
        lines = printed("opinion")
    places = {
        wide_index(line, move.target or "") for line, move in zip(lines[1:], workflow.MOVES.values(), strict=True)
    }
    assert len(places - {None}) == 1


def wide_index(line, target):
    """The column, counting Chinese characters twice, in which the target begins as a word of its own."""
    found = re.search(rf"  ({target})(  |$)", line) if target else None
    return sum(2 if ord(mark) > 0x2E7F else 1 for mark in line[: found.start(1)]) if found else None


def test_the_drawing_has_every_state_and_every_arrow(printed):
    lines = printed("opinion", format="dot")
    assert (lines[0], lines[-1]) == ("digraph opinion {", "}")
    assert [line.split()[0] for line in lines if re.match(r"  \w+ \[", line)] == list(workflow.STATES)
    arrows = {(found[1], found[2]) for line in lines if (found := re.match(r"  (\w+) -> (\w+) ", line))}
    assert arrows == {
        (source, move.target) for move in workflow.MOVES.values() if move.target for source in move.sources
    }


def test_a_matter_that_does_not_exist_is_refused():
    with pytest.raises(CommandError, match="invalid choice: 'nothing'"):
        call_command("workflow", "nothing")
