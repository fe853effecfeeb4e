"""manage.py import_opinions: what it prints, and what it says when it cannot begin."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from feedback.opinions.models import Opinion
from liaison.audit.models import Entry
from liaison.keys.models import PersonKey
from liaison.rulebook.models import Category
from tests.support import factories as make

MESSAGE = """message_id,time,body,label,name,reply,reply_time
m1,2025-03-10 14:30:05,三号楼前路灯坏了,商贸旅游,王某,已修好,2025-03-12
"""


@pytest.fixture(autouse=True)
def _in_english():
    make.division("230102")
    with translation.override("en"):
        yield


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "messages.csv"
    path.write_text(MESSAGE, encoding="utf-8")
    return path


def test_the_command_prints_what_the_file_brought(file, capsys):
    call_command("import_opinions", file)
    assert capsys.readouterr().out.splitlines() == [
        "Rows read: 1",
        "Opinions added: 1",
        "Opinions completed: 0",
        "Replies: 1",
        "Unchanged: 0",
    ]


def test_a_trial_says_the_same_and_keeps_nothing(file, capsys):
    call_command("import_opinions", file, dry_run=True)
    assert capsys.readouterr().out.splitlines() == [
        "A trial: nothing was saved.",
        "Rows read: 1",
        "Opinions added: 1",
        "Opinions completed: 0",
        "Replies: 1",
        "Unchanged: 0",
    ]
    assert [table.objects.count() for table in (Opinion, Entry, PersonKey)] == [0, 0, 0]
    assert not Category.objects.filter(is_mapped=False).exists()


def test_rows_that_another_import_would_add_again_are_counted(file, capsys):
    file.write_text("body\n路灯坏了\n路灯坏了\n", encoding="utf-8")
    call_command("import_opinions", file)
    assert capsys.readouterr().out.splitlines()[-1] == (
        "2 rows have neither message_id nor time: the same file would add them once more."
    )


def test_the_opinions_go_to_the_station_named(file):
    station = make.station("230102001")
    call_command("import_opinions", file, station=station.code)
    assert Opinion.objects.get().station == station


def test_an_unknown_station_is_refused(file):
    with pytest.raises(CommandError, match=r"^There is no station nowhere\.$"):
        call_command("import_opinions", file, station="nowhere")


def test_wrong_rows_are_told_line_by_line(file):
    file.write_text(MESSAGE + "m2,昨天,路灯坏了,,,,\nm3,,,,,,\n", encoding="utf-8")
    with pytest.raises(CommandError) as refused:
        call_command("import_opinions", file)
    assert str(refused.value).splitlines() == [
        "Line 3: the time 昨天 cannot be read, please write it like 2026-03-10 14:30",
        "Line 4: there is neither a title nor a body",
        "2 lines cannot be taken, so nothing was saved.",
    ]
    assert not Opinion.objects.exists()


def test_a_missing_file_is_refused_in_words(tmp_path):
    with pytest.raises(CommandError, match=r"The file .*nothing\.csv cannot be read\."):
        call_command("import_opinions", tmp_path / "nothing.csv")


def test_an_installation_that_serves_no_division_yet_says_what_to_do(file, settings):
    settings.DIVISION_CODE = ""
    with pytest.raises(CommandError, match=r"^It is not known which division this installation serves"):
        call_command("import_opinions", file)
    call_command("import_opinions", file, station=make.station("230102001").code)
    assert Opinion.objects.count() == 1
