"""Representatives from a file: a line a mandate, near matches asked, places at stations."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from representatives.models import Mandate, Person
from stations.register.importing_people import PlacedRepresentativeFile as PersonFile
from stations.register.models import StationAssignment
from tests.importing.files import csv_of, plan_of, station, taken, wrong_in
from tests.support import factories as make

SHORT = "姓名 代表层级 届次 区划代码 选区/选举单位"
ALL = f"{SHORT} 性别 民族 出生年月 党派 学历 单位及职务 代表团 代表小组 所属联络站（主） 其他联络站 代表证号 状态"


@pytest.fixture(autouse=True)
def _terms():
    """The eighteenth terms of Daoli and of Harbin, each with somebody in it."""
    make.mandate(name="在册甲")
    make.mandate(code=make.HARBIN, name="在册乙")


def seat(name, district="第3选区", level="县级", code=make.DAOLI, term="第十八届"):
    return [name, level, term, code, district]


def mandate_of(name):
    return Mandate.objects.select_related("person").get(person__name=name)


def test_a_full_line_becomes_a_person_a_mandate_and_places():
    first, second = station("S-1"), station("S-2")
    facts = ["女", "满族", "1975年5月", "无党派", "大学", "×××社区书记", "第一代表团", "第一小组"]
    line = [*seat("关某"), *facts, "S-1", "S-2", "0123", "在任"]
    assert taken(PersonFile, csv_of(ALL, line)) == (1, 0, 0)
    mandate = mandate_of("关某")
    person = mandate.person
    assert (person.gender, person.ethnic_group, person.born_in, person.work) == (
        "female",
        "满族",
        "1975-05",
        "×××社区书记",
    )
    assert (mandate.electoral_district, mandate.electing_unit, mandate.starts_on) == ("第3选区", "", date(2021, 12, 1))
    assert (mandate.sits_with.name, mandate.certificate_no) == ("第一代表团", "0123")
    assert [member.group.name for member in mandate.groups.all()] == ["第一小组"]
    places = StationAssignment.objects.filter(mandate=mandate).values_list("station", "is_primary")
    assert sorted(places) == [(first.pk, True), (second.pk, False)]
    assert taken(PersonFile, csv_of(ALL, line)) == (0, 0, 1)
    assert StationAssignment.objects.filter(mandate=mandate).count() == 2


def test_those_a_unit_elects_have_an_electing_unit():
    assert taken(PersonFile, csv_of(SHORT, seat("关某", "道里区", "市级", make.HARBIN))) == (1, 0, 0)
    assert mandate_of("关某").electing_unit == "道里区"


def test_a_term_that_is_not_there_or_not_ones_own_does_not_exist():
    officer = make.granted("officer")
    rows = [seat("甲", term="第十九届"), seat("乙", level="市级", code=make.HARBIN), seat("丙", level="市级")]
    assert wrong_in(PersonFile, csv_of(SHORT, *rows), officer) == [(line, "届次不存在") for line in (2, 3, 4)]


@pytest.mark.parametrize("name", ["阿依古丽买买提", "阿依古丽·买买提", "阿依古丽 买买提"])
def test_another_spelling_is_asked_and_the_same_person_is_respelled(name):
    taken(PersonFile, csv_of(SHORT, seat("阿依古丽•买买提")))
    person = Person.objects.get(name="阿依古丽•买买提")
    file = csv_of(SHORT, seat(name))
    (question,) = plan_of(PersonFile, file).unanswered
    assert (question.line, [value for value, _words in question.choices]) == (2, [f"person:{person.pk}", "another"])
    assert taken(PersonFile, file, answers={2: f"person:{person.pk}"}) == (0, 1, 0)
    assert taken(PersonFile, file) == (0, 0, 1)
    assert (Person.objects.get(pk=person.pk).name, Person.objects.count()) == (name, 3)


def test_the_same_name_in_another_district_is_asked():
    taken(PersonFile, csv_of(SHORT, seat("张伟", "第3选区")))
    known = mandate_of("张伟")
    file = csv_of(SHORT, seat("张伟", "第5选区"))
    assert len(plan_of(PersonFile, file).unanswered) == 1
    assert taken(PersonFile, file, answers={2: f"person:{known.person_id}"}) == (0, 1, 0)
    known.refresh_from_db()
    assert known.electoral_district == "第5选区"


def test_another_person_of_the_name_is_added_and_not_asked_for_again():
    taken(PersonFile, csv_of(SHORT, seat("张伟", "第3选区")))
    file = csv_of(SHORT, seat("张伟", "第5选区"))
    assert taken(PersonFile, file, answers={2: "another"}) == (1, 0, 0)
    assert (taken(PersonFile, file), Person.objects.filter(name="张伟").count()) == ((0, 0, 1), 2)


def test_one_person_twice_in_a_file_under_two_spellings_is_asked():
    file = csv_of(SHORT, seat("张 伟"), seat("张伟"))
    assert [question.line for question in plan_of(PersonFile, file).unanswered] == [3]
    assert wrong_of(file, {3: "line:2"}) == [(3, "姓名：此人在本届已有代表资格。")]


def wrong_of(file, answers):
    return [(wrong.line, wrong.words) for wrong in plan_of(PersonFile, file, answers=answers).wrong]


def test_lines_with_one_number_are_one_person_with_several_mandates():
    rows = [[*seat("张伟"), "7"], [*seat("张伟", "道里区", "市级", make.HARBIN), "7"], [*seat("张伟", "第9选区"), "8"]]
    file = csv_of(f"{SHORT} 同一人序号", *rows)
    assert taken(PersonFile, file) == (3, 0, 0)
    assert sorted(person.mandates.count() for person in Person.objects.filter(name="张伟")) == [1, 2]
    assert taken(PersonFile, file) == (0, 0, 3)


def test_overlapping_mandates_of_one_person_in_a_term_are_refused():
    rows = [[*seat("张伟", "第3选区"), "7"], [*seat("张伟", "第5选区"), "7"]]
    assert wrong_in(PersonFile, csv_of(f"{SHORT} 同一人序号", *rows)) == [(3, "姓名：此人在本届已有代表资格。")]


def test_the_same_line_twice_and_an_end_before_its_beginning_are_refused():
    head = f"{SHORT} 状态 任职起始 任职结束"
    rows = [
        [*seat("甲"), "终止", "2022-01-01", "2021-12-31"],
        [*seat("乙"), "", "", ""],
        [*seat("乙"), "", "", ""],
        [*seat("丙"), "终止", "", ""],
        [*seat("丁"), "暂停", "", ""],
    ]
    assert wrong_in(PersonFile, csv_of(head, *rows)) == [
        (2, "任职结束：结束不能早于开始"),
        (4, "姓名：乙 在第3行已经有了"),
        (5, "任职结束：终止的须写任职结束，在任的不写"),
        (6, "状态：请导入后在代表资格页面办理暂停，并写明原因"),
    ]


def test_a_further_station_and_the_primary_one_change_places():
    """The further one came first, so one statement for both would find two primary ones for a moment."""
    first, second = station("S-1"), station("S-2")
    began = timezone.localdate() - timedelta(days=30)
    mandate = make.mandate(name="关某")
    for place, is_primary in ((second, False), (first, True)):
        StationAssignment.objects.create(station=place, mandate=mandate, is_primary=is_primary, valid_from=began)
    line = [*seat("关某", "1"), "S-2"]
    source = csv_of(f"{SHORT} 所属联络站（主）", line)
    assert taken(PersonFile, source) == (0, 1, 0)
    places = StationAssignment.objects.filter(mandate=mandate).values_list("station", "is_primary", "valid_to")
    assert sorted(places) == [
        (first.pk, True, timezone.localdate() - timedelta(days=1)),
        (second.pk, True, None),
    ]
    assert taken(PersonFile, source) == (0, 0, 1)


def test_a_mandate_that_is_over_brings_its_history():
    line = [*seat("关某"), "终止", "2024-05-06"]
    assert taken(PersonFile, csv_of(f"{SHORT} 状态 任职结束", line)) == (1, 0, 0)
    kept = mandate_of("关某").history.values_list("status", "since")
    assert list(kept) == [("active", date(2021, 12, 1)), ("ended", date(2024, 5, 6))]


def test_another_primary_station_ends_the_place_before_it():
    old, new = station("S-1"), station("S-2")
    (mandate,) = make.placed(old)
    line = [mandate.person.name, "县级", "18", make.DAOLI, "1", "S-2"]
    assert taken(PersonFile, csv_of(f"{SHORT} 所属联络站", line)) == (0, 1, 0)
    today = timezone.localdate()
    places = StationAssignment.objects.filter(mandate=mandate).order_by("id")
    assert [(row.station_id, row.valid_from, row.valid_to) for row in places] == [
        (old.pk, date(2022, 1, 1), today - timedelta(days=1)),
        (new.pk, today, None),
    ]


def test_telephones_are_looked_over_and_a_column_of_identity_numbers_is_refused(capsys):
    assert taken(PersonFile, csv_of(f"{SHORT} 手机", [*seat("甲"), "13900000000"])) == (1, 0, 0)
    kept = [str(value) for value in Person.objects.filter(name="甲").values_list().get()]
    assert not any("13900000000" in value for value in kept)
