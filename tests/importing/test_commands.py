"""manage.py import_…: what they print, and that a refusal saves nothing and says why."""

import pytest
from django.core.management import CommandError, call_command

from liaison.audit.models import Entry
from representatives.models import Mandate
from stations.register.models import Station
from tests.importing.files import csv_of
from tests.support import factories as make

STREET = f"{make.DAOLI}001"


@pytest.fixture
def file(tmp_path):
    def write(headings, *rows):
        path = tmp_path / "file.csv"
        path.write_bytes(csv_of(headings, *rows).getvalue())
        return path

    make.division(STREET)
    return write


def test_a_file_is_taken_in_and_a_second_time_nothing_changes(file, capsys):
    path = file("编码 名称 区划代码", ["A-1", "站", STREET])
    call_command("import_stations", path)
    assert capsys.readouterr().out.splitlines() == ["读取行数: 1", "新增: 1", "修改: 0", "没有变化: 0"]
    call_command("import_stations", path)
    assert capsys.readouterr().out.splitlines()[-1] == "没有变化：文件里的内容都已经登记过了。"
    assert Entry.objects.filter(action="import").count() == 2


def test_a_trial_saves_nothing(file, capsys):
    call_command("import_stations", file("编码 名称 区划代码", ["A-1", "站", STREET]), dry_run=True)
    assert "新增: 1" in capsys.readouterr().out
    assert (Station.objects.count(), Entry.objects.count()) == (0, 0)


def test_one_wrong_line_keeps_the_whole_file_out(file):
    path = file("编码 名称 区划代码", ["A-1", "站", STREET], ["A-2", "", STREET])
    with pytest.raises(CommandError) as refused:
        call_command("import_stations", path)
    assert str(refused.value).splitlines()[0] == "第3行：名称：没有填写"
    assert Station.objects.count() == 0


def test_near_matches_are_told_and_answered_by_an_option(file):
    make.mandate(name="张伟")
    path = file("姓名 代表层级 届次 区划代码 选区/选举单位", ["张伟", "县级", "18", make.DAOLI, "9"])
    with pytest.raises(CommandError, match="第2行：张伟"):
        call_command("import_representatives", path)
    call_command("import_representatives", path, near="another")
    assert Mandate.objects.count() == 2


@pytest.mark.parametrize("name", ["import_stations", "import_representatives", "import_visits", "import_organisations"])
def test_a_file_that_is_not_there_is_told(name):
    with pytest.raises(CommandError, match=r"nowhere\.csv"):
        call_command(name, "nowhere.csv")
