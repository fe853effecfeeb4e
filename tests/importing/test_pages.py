"""The pages: choose, look, answer, confirm. Nothing is saved before, nothing of it is kept after."""

import io
import re
from datetime import timedelta

import openpyxl
import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from liaison.audit.models import Entry
from liaison.divisions.models import Division
from liaison.tools.importing import waiting
from representatives.models import Person
from stations.register.models import Station
from stations.visits.models import Visit
from tests.access.crawling import signed_in
from tests.importing.files import csv_of
from tests.support import factories as make

STREET = f"{make.DAOLI}001"
STATIONS, PEOPLE = "/admin/imports/stations/", "/admin/imports/representatives/"
HEAD = "编码 名称 区划代码"
SEATS = "姓名 代表层级 届次 区划代码 选区/选举单位"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def officer():
    make.division(STREET)
    return make.granted("officer")


@pytest.fixture
def client(officer):
    return signed_in(officer)


def upload(client, address, file, name="名册.csv"):
    return client.post(address, {"file": SimpleUploadedFile(name, file.read())}).content.decode()


def token_on(page):
    return re.search('name="token" value="(.*?)"', page)[1]


def confirm(client, address, page, **answers):
    return client.post(address, {"token": token_on(page)} | answers, follow=True).content.decode()


def counts_on(page):
    return {key: int(count) for key, count in re.findall(r'data-count-of="(\w+)">\s*(\d+)\s*<', page)}


def left():
    return list(waiting.folder().iterdir())


def test_a_file_is_looked_at_first_then_taken_in_and_told_of_in_the_trail(client, officer):
    page = upload(client, STATIONS, csv_of(HEAD, ["A-1", "松柏站", STREET]))
    assert (counts_on(page), Station.objects.count()) == ({"new": 1, "changed": 0, "unchanged": 0}, 0)
    assert "松柏站" in page
    assert "已导入：新增1条，修改0条，没有变化0条。" in confirm(client, STATIONS, page)
    assert Station.objects.get().name == "松柏站"
    entry = Entry.objects.get(action="import")
    assert entry.detail == {"sheet": "stations.station", "rows": 1, "new": 1, "changed": 0, "unchanged": 0}
    assert (entry.actor_id, left()) == (officer.pk, [])


def test_a_second_time_there_is_nothing_to_confirm(client):
    for _ in range(2):
        page = upload(client, STATIONS, csv_of(HEAD, ["A-1", "松柏站", STREET]))
        if "确认导入" in page:
            confirm(client, STATIONS, page)
    assert (counts_on(page), "没有变化：文件里的内容都已经登记过了。" in page) == (
        {"new": 0, "changed": 0, "unchanged": 1},
        True,
    )
    assert left() == []


def test_wrong_lines_are_named_and_the_file_is_not_kept(client):
    page = upload(client, STATIONS, csv_of(HEAD, ["A-1", "", STREET], ["A-2", "站", "999"], ["A-3", "站", STREET]))
    assert 'data-count="2"' in page
    rows = re.findall(r"第(\d+)行\s*</th>\s*<td>(.*?)</td>\s*<td>(.*?)</td>", page)
    assert rows == [("2", "名称", "没有填写"), ("3", "区划代码", "没有代码为999的行政区划")]
    assert ("确认导入" in page, left(), Station.objects.count()) == (False, [], 0)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.csv", b"", "文件是空的"),
        ("a.csv", "编码,名称\n".encode(), "缺少这些列：区划代码"),
        ("a.csv", "编码,名称,区划代码,身份证号\n".encode(), "没有这些列：身份证号"),
        ("a.csv", "编码,站码,名称,区划代码\n".encode(), "这些列是同一个意思，请只留一列：编码、站码"),
        ("a.csv", "2026年联络站名册\n".encode(), "第一行要写列名，请照下载的导入表格填写。"),
        ("a.csv", "编码,名称,,区划代码\n".encode(), "第3列没有表头"),
        ("a.pdf", b"%PDF-1.7", "只能"),
    ],
)
def test_a_file_that_is_none_is_refused_in_words(client, name, data, words):
    page = upload(client, STATIONS, io.BytesIO(data), name)
    assert ("errornote" in page, "确认导入" in page, left()) == (True, False, [])
    assert words in page


def test_no_file_at_all_is_told_beside_the_field(client):
    assert "请选择文件" in client.post(STATIONS).content.decode()


def test_what_the_file_holds_stands_in_no_session_and_sealed_on_the_disk(client):
    make.mandate(name="在册")
    page = upload(client, PEOPLE, csv_of(SEATS, ["尉迟某", "县级", "18", make.DAOLI, "2"]))
    (file,) = left()
    assert "尉迟某".encode() not in file.read_bytes()
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert not any("尉迟某" in str(session.get_decoded()) for session in Session.objects.all())
    assert "尉迟某" not in token_on(page)


def test_only_who_brought_the_file_may_confirm(client):
    page = upload(client, STATIONS, csv_of(HEAD, ["A-1", "站", STREET]))
    other = signed_in(make.granted("officer"))
    assert "这个文件已经不在了" in confirm(other, STATIONS, page)
    assert (Station.objects.count(), len(left())) == (0, 1)


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "\x00"])
def test_a_forged_token_is_no_file(client, token):
    assert "这个文件已经不在了" in client.post(STATIONS, {"token": token}).content.decode()


def test_a_token_of_another_page_is_no_file(client):
    page = upload(client, STATIONS, csv_of(HEAD, ["A-1", "站", STREET]))
    assert "这个文件已经不在了" in confirm(client, PEOPLE, page)


def test_a_file_waits_for_some_hours_and_is_then_gone(client):
    page = upload(client, STATIONS, csv_of(HEAD, ["A-1", "站", STREET]))
    with time_machine.travel(timezone.now() + timedelta(hours=5)):
        waiting.sweep()
        assert left() == []
        with pytest.raises(waiting.Gone):
            waiting.kept(token_on(page), user=make.user(), subject="stations")


def test_a_second_press_finds_the_file_taken_in(client):
    page = upload(client, STATIONS, csv_of(HEAD, ["A-1", "站", STREET]))
    confirm(client, STATIONS, page)
    assert "这个文件已经不在了" in confirm(client, STATIONS, page)
    assert Station.objects.count() == 1


def test_what_has_changed_since_the_look_is_shown_again_before_it_is_saved(client):
    page = upload(client, STATIONS, csv_of(HEAD, ["A-1", "站", STREET]))
    at = make.station(STREET)
    Station.objects.filter(pk=at.pk).update(code="A-1", name="别名")
    page = confirm(client, STATIONS, page)
    assert ("预览以后记录有了变化" in page, counts_on(page)["changed"], Station.objects.get().name) == (True, 1, "别名")
    confirm(client, STATIONS, page)
    assert Station.objects.get().name == "站"


def test_near_matches_are_asked_line_by_line(client):
    make.mandate(name="张伟")
    file = csv_of(SEATS, ["张 伟", "县级", "18", make.DAOLI, "1"], ["李明", "县级", "18", make.DAOLI, "2"])
    page = upload(client, PEOPLE, file)
    assert re.findall(r'name="same-(\d+)"', page) == ["2", "2"]
    page = confirm(client, PEOPLE, page)
    assert ("是不是同一个人" in page, Person.objects.count()) == (True, 1)
    known = Person.objects.get()
    confirm(client, PEOPLE, page, **{"same-2": f"person:{known.pk}"})
    assert sorted(Person.objects.values_list("name", flat=True)) == sorted(["张 伟", "李明"])


def test_one_choice_may_hold_for_all_the_lines_left(client):
    make.mandate(name="张伟")
    page = upload(client, PEOPLE, csv_of(SEATS, ["张伟", "县级", "18", make.DAOLI, "9"]))
    confirm(client, PEOPLE, page, rest="another")
    assert Person.objects.filter(name="张伟").count() == 2


@pytest.mark.parametrize("answer", ["person:999", "line:1", "x" * 500])
def test_an_answer_that_was_not_offered_is_none(client, answer):
    make.mandate(name="张伟")
    page = upload(client, PEOPLE, csv_of(SEATS, ["张伟", "县级", "18", make.DAOLI, "9"]))
    assert "是不是同一个人" in confirm(client, PEOPLE, page, **{"same-2": answer, "same-x": "1", "same-²": "1"})
    assert Person.objects.count() == 1


@pytest.mark.parametrize("name", ["organisations", "stations", "representatives", "visits"])
def test_the_form_to_fill_in_holds_headings_an_example_and_explanations_and_brings_nothing(client, name):
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/admin/imports/{name}/form.xlsx").getvalue()))
    form, explained = book.worksheets
    headings = [cell.value for cell in form[1]]
    assert [row[0].value for row in explained.iter_rows(min_row=2)] == headings
    assert form["A2"].value.startswith("示例")
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    assert "文件只有表头，没有内容" in upload(client, f"/admin/imports/{name}/", file, "a.xlsx")


def test_staff_bring_visits_to_their_own_station(officer):
    at = make.station(STREET)
    client = signed_in(make.staff(at))
    file = csv_of("联络站编码 日期 活动形式 主要内容", [at.code, "2026-03-10", "接待日", "接待"])
    confirm(client, "/admin/imports/visits/", upload(client, "/admin/imports/visits/", file))
    assert Visit.objects.get().entered_by.posts.get().station == at


def test_divisions_are_looked_at_too(officer):
    client = signed_in(make.granted("sysadmin", code="230000"))
    address = "/admin/imports/divisions/"
    file = csv_of("code name parent_code", [STREET, "新名街道", make.DAOLI], [f"{make.DAOLI}002", "添街道", make.DAOLI])
    page = upload(client, address, file)
    assert (counts_on(page), Division.objects.filter(pk=f"{make.DAOLI}002").exists()) == (
        {"new": 1, "changed": 1, "unchanged": 0},
        False,
    )
    confirm(client, address, page)
    assert Division.objects.get(pk=STREET).name == "新名街道"


def test_lists_lead_to_the_page_for_whoever_may(client, officer):
    leading = 'href="/admin/imports/stations/"'
    assert leading in client.get("/admin/stations/station/").content.decode()
    assert leading not in signed_in(make.granted("leader")).get("/admin/stations/station/").content.decode()
