from liaison.organisations.importing import OrganisationFile
from liaison.organisations.models import Organisation
from tests.importing.files import csv_of, plan_of, taken, wrong_in
from tests.support import factories as make

ALL = "名称 区划代码 类别 简称 上级 电话 是否承办单位"


def test_a_body_is_known_by_division_and_name_and_may_hang_below_one_of_the_file():
    make.division(make.DAOLI)
    rows = [
        ["住建局", make.DAOLI, "部门", "住建", "区政府", "0451-00000000", "是"],
        ["区政府", make.DAOLI, "其他", "", "", "", ""],
    ]
    assert taken(OrganisationFile, csv_of(ALL, *rows)) == (2, 0, 0)
    body = Organisation.objects.get(name="住建局")
    assert (body.kind, body.short_name, body.handles, body.parent.name) == ("department", "住建", True, "区政府")
    assert taken(OrganisationFile, csv_of(ALL, *rows)) == (0, 0, 2)


def test_one_name_in_two_divisions_is_two_bodies_and_twice_in_one_is_refused():
    for code in (make.DAOLI, make.NANGANG):
        make.division(code)
    rows = [["住建局", make.DAOLI, "部门"], ["住建局", make.NANGANG, "部门"], ["住建局", make.DAOLI, "部门"]]
    file = csv_of("名称 区划代码 类别", *rows)
    assert wrong_in(OrganisationFile, file) == [(4, "名称：住建局 在第2行已经有了")]


def test_bodies_of_other_divisions_and_upper_ones_that_are_not_there_are_refused():
    make.division(make.NANGANG)
    officer = make.granted("officer")
    rows = [["甲", make.NANGANG, "部门", ""], ["乙", make.DAOLI, "部门", "没有的局"]]
    assert wrong_in(OrganisationFile, csv_of("名称 区划代码 类别 上级", *rows), officer) == [
        (2, f"区划代码：没有代码为{make.NANGANG}的行政区划"),
        (3, "上级：本区划和上级区划内没有没有的局"),
    ]


def test_what_is_known_is_changed_only_where_the_file_says_otherwise():
    body = make.organisation(name="住建局", phone="1", handles=True)
    file = csv_of("名称 区划代码 类别 电话", ["住建局", make.DAOLI, "部门", "2"])
    assert [found.after for found in plan_of(OrganisationFile, file).changes[0].differences] == ["2"]
    assert taken(OrganisationFile, file) == (0, 1, 0)
    body.refresh_from_db()
    assert (body.phone, body.handles) == ("2", True)
