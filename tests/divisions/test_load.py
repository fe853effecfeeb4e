"""load_divisions: what a file adds, renames and retires, and what it leaves alone."""

import csv
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from liaison.divisions.load import load
from liaison.divisions.models import Division
from liaison.tools.sheets import SheetRefused
from tests.support import factories as make

ROOT = Path(__file__).parent.parent.parent
SHIPPED = ROOT / "liaison" / "divisions" / "data" / "heilongjiang.csv"
SHARED = ROOT.parent / "shared" / "data"
DAY = date(2026, 3, 10)
CITY = """code,name,parent_code
230000,黑龙江省,
230100,哈尔滨市,230000
230102,道里区,230100
230102001,兆麟街道,230102
230102002,新阳路街道,230102
230110,香坊区,230100
230110001,香坊大街街道,230110
"""


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def file(tmp_path):
    """Writes a file and gives its path."""

    def write(text, encoding="utf-8"):
        path = tmp_path / "divisions.csv"
        path.write_bytes(text.encode(encoding) if isinstance(text, str) else text)
        return path

    return write


def counts(report):
    return {key: len(value) for key, value in vars(report).items() if value}


def refusal(path):
    with pytest.raises(SheetRefused) as refused:
        load(path, on=DAY)
    return str(refused.value.reason).splitlines()


def test_level_kind_and_parent_follow_from_the_code(file):
    assert counts(load(file(CITY), on=DAY)) == {"added": 7}
    rows = list(Division.objects.values_list("code", "name", "level", "kind", "parent_id", "retired_on"))
    assert rows[:4] == [
        ("230000", "黑龙江省", 1, "", None, None),
        ("230100", "哈尔滨市", 2, "", "230000", None),
        ("230102", "道里区", 3, "", "230100", None),
        ("230102001", "兆麟街道", 4, "street", "230102", None),
    ]


def test_the_same_file_again_changes_nothing(file):
    load(file(CITY), on=DAY)
    with_day = Division.objects.get(pk="230102")
    assert counts(load(file(CITY), on=date(2026, 4, 1))) == {"unchanged": 7}
    assert Division.objects.get(pk="230102") == with_day


def test_a_new_name_is_told_with_the_old_one(file):
    load(file(CITY), on=DAY)
    report = load(file(CITY.replace("兆麟街道", "兆麟新街道")), on=DAY)
    assert (report.renamed, len(report.unchanged)) == (["230102001 兆麟街道 → 兆麟新街道"], 6)
    assert Division.objects.get(pk="230102001").name == "兆麟新街道"


def test_what_is_no_longer_listed_is_retired_and_comes_back_when_listed(file):
    load(file(CITY), on=DAY)
    without = CITY.replace("230102002,新阳路街道,230102\n", "")
    assert load(file(without), on=DAY).retired == ["230102002 新阳路街道"]
    assert Division.objects.get(pk="230102002").retired_on == DAY
    assert counts(load(file(without), on=date(2026, 5, 1))) == {"unchanged": 6}
    assert Division.objects.get(pk="230102002").retired_on == DAY
    assert load(file(CITY), on=DAY).restored == ["230102002 新阳路街道"]
    assert Division.objects.get(pk="230102002").retired_on is None


def test_a_county_takes_its_townships_along(file):
    load(file(CITY), on=DAY)
    without = CITY.replace("230110,香坊区,230100\n230110001,香坊大街街道,230110\n", "")
    assert load(file(without), on=DAY).retired == ["230110 香坊区", "230110001 香坊大街街道"]


def test_levels_the_file_does_not_hold_are_left_alone(file):
    load(file(CITY), on=DAY)
    load(file("code,name,parent_code\n230102001001,省报社社区,230102001\n"), on=DAY)
    assert counts(load(file(CITY), on=DAY)) == {"unchanged": 7}
    assert Division.objects.get(pk="230102001001").retired_on is None


def test_what_lies_outside_the_files_top_is_left_alone(file):
    load(file(CITY), on=DAY)
    district = "code,name,parent_code\n230102,道里区,230100\n230102001,兆麟街道,230102\n"
    assert counts(load(file(district), on=DAY)) == {"retired": 1, "unchanged": 2}
    assert Division.objects.current().filter(pk="230110001").exists()


def test_a_list_without_a_top_retires_nothing_unless_it_is_told_what_it_is_the_whole_of(file):
    load(file(CITY), on=DAY)
    one = "code,name,parent_code\n230102001,兆麟街道,230102\n"
    assert counts(load(file(one), on=DAY)) == {"unchanged": 1}
    assert load(file(one), on=DAY, under="230102").retired == ["230102002 新阳路街道"]
    assert Division.objects.current().filter(pk__in=["230102", "230110001"]).count() == 2


def test_a_row_cannot_stand_below_what_the_same_file_retires(file):
    load(file(CITY), on=DAY)
    assert refusal(file(CITY.replace("230110,香坊区,230100\n", ""))) == [
        "Line 7: its parent 230110 is missing from the file",
        "1 line cannot be taken, so nothing was saved.",
    ]
    assert Division.objects.current().count() == 7


def test_a_retired_division_without_a_code_gets_one_that_begins_with_x(file):
    text = "code,name,parent_code,retired\n230102,道里区,230100,\n,南马路街道,230102,2019-05-01\n,建国街道,230102,是\n"
    load(file(CITY), on=DAY)
    assert load(file(text), on=DAY).added == ["X230102001 南马路街道", "X230102002 建国街道"]
    assert list(Division.objects.filter(code__startswith="X").values_list("code", "level", "retired_on")) == [
        ("X230102001", 4, date(2019, 5, 1)),
        ("X230102002", 4, DAY),
    ]
    assert load(file(text), on=date(2026, 9, 9)).added == []
    third = f"{text},安静街道,230102,2018年1月2日\n"
    assert load(file(third), on=DAY).added == ["X230102003 安静街道"]


def test_a_retired_division_may_name_what_it_became_part_of(file):
    load(file(CITY), on=DAY)
    head = "code,name,parent_code,retired_on,successor_code\n"
    text = f"{head}230102002,新阳路街道,230102,2025-12-31,230102001\n"
    assert load(file(text), on=DAY).retired == ["230102002 新阳路街道"]
    assert Division.objects.get(pk="230102002").heir.name == "兆麟街道"
    assert counts(load(file(text), on=DAY)) == {"unchanged": 1}
    silent = "code,name,parent_code,retired_on\n230102002,新阳路街道,230102,2025-12-31\n"
    assert counts(load(file(silent), on=DAY)) == {"unchanged": 1}
    load(file("code,name,parent_code\n230102002,新阳路街道,230102\n"), on=DAY)
    assert Division.objects.get(pk="230102002").successor is None


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("230102002,新阳路街道,230102,,230102001", "only a retired division has a successor"),
        ("230102002,新阳路街道,230102,是,230102002", "a division is not its own successor"),
        ("230102002,新阳路街道,230102,是,230102999", "its successor 230102999 is neither in the file nor known"),
    ],
)
def test_a_wrong_successor_is_refused_in_words(row, words, file):
    load(file(CITY), on=DAY)
    assert refusal(file(f"code,name,parent_code,retired_on,successor_code\n{row}\n"))[0] == f"Line 2: {words}"


def test_the_station_of_a_street_retired_by_a_file_is_listed_under_its_successor(file, client):
    load(file(CITY), on=DAY)
    make.office(make.HARBIN)
    station = make.station("230102002", name="Station Pine")
    head = "code,name,parent_code,retired_on,successor_code\n"
    load(file(f"{head}230102002,新阳路街道,230102,2025-12-31,230102001\n"), on=DAY)
    page = client.get("/stations/", {"q": "兆麟"}).content.decode()
    assert (station.name in page, "新阳路街道" in page) == (True, True)


def test_a_listed_division_may_be_marked_as_retired(file):
    load(file(CITY), on=DAY)
    text = "code,name,parent_code,retired_on\n230102002,新阳路街道,230102,2025-12-31\n"
    assert load(file(text), on=DAY).retired == ["230102002 新阳路街道"]
    assert Division.objects.get(pk="230102002").retired_on == date(2025, 12, 31)


def test_kinds_are_read_in_chinese_words(file):
    load(file(CITY), on=DAY)
    words = ["村委会", "居委会", "类似村委会", "类似居委会", ""]
    lines = [f"23010200120{number},第{number}居,230102001,{word}" for number, word in enumerate(words)]
    load(file("\n".join(["code,name,parent_code,kind", "230102003,试验区,230102,类似乡级单位", *lines])), on=DAY)
    assert list(Division.objects.filter(level=5).values_list("kind", flat=True)) == [
        "village",
        "community",
        "quasi_village",
        "quasi_community",
        "",
    ]
    assert Division.objects.get(pk="230102003").kind == "quasi"


def test_a_kind_that_the_file_does_not_tell_stays(file):
    load(file(CITY + "230102001001,省报社社区,230102001\n"), on=DAY)
    Division.objects.filter(pk="230102001001").update(kind="community")
    assert counts(load(file(CITY + "230102001001,省报社社区,230102001\n"), on=DAY)) == {"unchanged": 8}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_files_are_read_in_the_encodings_people_have(file, encoding):
    load(file(CITY, encoding), on=DAY)
    assert Division.objects.get(pk="230102001").name == "兆麟街道"


def test_full_width_digits_and_blanks_are_understood(file):
    load(file("code,name,parent_code\n 23 ,黑龙江省,\n２３０１００,哈尔滨市,23\n"), on=DAY)
    assert list(Division.objects.values_list("code", "parent_id")) == [("23", None), ("230100", "23")]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("2301,哈尔滨市,230000", "2301 is not a code of 2, 6, 9 or 12 digits"),
        ("23010O,哈尔滨市,230000", "23010O is not a code of 2, 6, 9 or 12 digits"),
        ("230103,,230100", "the name is missing"),
        (f"230103,{'长' * 101},230100", "the name is longer than 100 characters"),
        (
            "230103,南\N{REPLACEMENT CHARACTER}区,230100",
            "some characters cannot be read, please save the file in UTF-8",
        ),
        ("230103,南岗区,230900", "its parent 230900 is neither in the file nor known"),
        ("370102,历下区,", "its parent 370100 is neither in the file nor known"),
        ("230202,龙沙区,230100", "230202 does not lie below 230100"),
        ("230102003,安静街道,230102001", "230102003 does not lie below 230102001"),
        ("230103,南岗区,230103", "230103 does not lie below 230103"),
        ("230102001,兆麟街道,230102", "230102001 stands in line 5 already"),
        (",建国街道,230102", "only a retired division with a parent may lack its code"),
    ],
)
def test_a_wrong_row_is_told_and_nothing_is_saved(file, row, words):
    assert refusal(file(f"{CITY}{row}\n")) == [f"Line 9: {words}", "1 line cannot be taken, so nothing was saved."]
    assert not Division.objects.exists()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("230103,南岗区,230100,4,", "level 4 does not fit the code 230103"),
        ("230103,南岗区,230100,县级,", "level 县级 does not fit the code 230103"),
        ("230103,南岗区,230100,3,昨天", "Please write the day like 2026-03-10."),
        ("230103,南岗区,230100,3,2026-02-30", "There is no such day, please check it."),
        (",建国街道,,,是", "only a retired division with a parent may lack its code"),
    ],
)
def test_a_wrong_level_or_day_is_told(file, row, words):
    load(file(CITY), on=DAY)
    assert refusal(file(f"code,name,parent_code,level,retired_on\n{row}\n"))[0] == f"Line 2: {words}"


def test_every_wrong_row_is_told_up_to_fifty(file):
    lines = [f"23010{number:04d}0,街道,230102" for number in range(70)]
    told = refusal(file("\n".join(["code,name,parent_code", *lines])))
    assert (len(told), told[-1]) == (51, "70 lines cannot be taken, so nothing was saved.")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("code,name\n230000,黑龙江省\n", "These columns are missing: parent_code"),
        ("code,name,parent_code\n", "The file has headings and no rows."),
        ("", "The file is empty."),
        (CITY.encode() + b"230103,\0,230100\n", "This is not a text file, please save it as CSV in UTF-8."),
        (CITY.encode("utf-16"), "This is not a text file, please save it as CSV in UTF-8."),
        (CITY.encode() + b"\xff\xff\n", "The encoding of this file is unknown, please save it as CSV in UTF-8."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(file, content, words):
    assert refusal(file(content)) == [words]
    assert not Division.objects.exists()


def test_the_command_reports_in_figures_and_names(file, capsys):
    call_command("load_divisions", file(CITY))
    call_command(
        "load_divisions", file(CITY.replace("兆麟街道", "兆麟新街道").replace("230102002,新阳路街道,230102\n", ""))
    )
    assert capsys.readouterr().out.splitlines()[7:] == [
        "Added: 0",
        "Renamed: 1",
        "  230102001 兆麟街道 → 兆麟新街道",
        "Otherwise changed: 0",
        "In force again: 0",
        "Retired: 1",
        "  230102002 新阳路街道",
        "Unchanged: 5",
        "Listed twice, a city without counties, and taken once: 0",
    ]


def test_the_command_retires_on_the_day_named(file):
    call_command("load_divisions", file(CITY))
    call_command("load_divisions", file(CITY.replace("230102002,新阳路街道,230102\n", "")), on="2025年12月31日")
    assert Division.objects.get(pk="230102002").retired_on == date(2025, 12, 31)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"on": "2026-13-01"}, "--on: There is no such day, please check it."),
        ({"under": "230900"}, "There is no division 230900."),
    ],
)
def test_a_wrong_option_is_refused_in_words(file, options, words):
    with pytest.raises(CommandError) as refused:
        call_command("load_divisions", file(CITY), **options)
    assert str(refused.value) == words


def test_a_missing_file_is_refused_in_words(tmp_path):
    with pytest.raises(CommandError, match=r"The file .*nothing\.csv cannot be read\."):
        call_command("load_divisions", tmp_path / "nothing.csv")


def test_the_shipped_file_is_heilongjiang_to_the_townships():
    report = load(SHIPPED, on=DAY)
    assert counts(report) == {"added": 1843}
    kinds = ("street", "town", "township", "quasi")
    assert [Division.objects.filter(kind=kind).count() for kind in kinds] == [438, 575, 333, 357]
    harbin = Division.objects.below("230100")
    assert [harbin.filter(kind=kind).count() for kind in kinds] == [137, 110, 56, 25]
    assert [Division.objects.filter(level=level).count() for level in range(1, 6)] == [1, 13, 126, 1703, 0]
    assert harbin.covered().count() == 303


def test_the_shipped_kinds_agree_with_the_code_ranges(tmp_path):
    with SHIPPED.open(encoding="utf-8", newline="") as shipped, (tmp_path / "bare.csv").open("w") as bare:
        csv.writer(bare).writerows(row[:3] for row in csv.reader(shipped))
    load(SHIPPED, on=DAY)
    assert counts(load(tmp_path / "bare.csv", on=DAY)) == {"unchanged": 1843}


if SHARED.is_dir():

    def test_villages_and_the_country_are_taken_and_taken_once():
        assert counts(load(SHARED / "divisions.csv", on=DAY)) == {"added": 1843}
        assert counts(load(SHARED / "divisions_villages.csv", on=DAY)) == {"added": 13877}
        assert counts(load(SHARED / "divisions_china_to_county.csv", on=DAY)) == {
            "added": 3208,
            "unchanged": 140,
            "twice": 3,
        }
        assert counts(load(SHARED / "divisions.csv", on=DAY)) == {"unchanged": 1843}
        assert counts(load(SHARED / "divisions_villages.csv", on=DAY)) == {"unchanged": 13877}
        kinds = ("village", "community", "quasi_village", "quasi_community")
        assert [Division.objects.filter(kind=kind).count() for kind in kinds] == [9025, 3159, 1316, 377]
        assert not Division.objects.exclude(retired_on=None).exists()
