"""Rule documents: versions that follow each other, and their texts, kept where only their readers fetch them."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from stations.register.models import RuleDocument
from tests.access.filling import errors_on, form_on, send
from tests.support import factories as make
from tests.tools.pictures import encoded, quarters

ADD = "/admin/stations/ruledocument/add/"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WIDE = "utf-16-le"


def word(*more):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in ("[Content_Types].xml", "word/document.xml", *more):
            archive.writestr(name, "<x/>")
    return made.getvalue()


@pytest.fixture
def station():
    make.office()
    return make.station()


@pytest.fixture
def staff(client, station):
    client.force_login(make.staff(station))
    return client


def attach(client, station, data, name="rule.pdf", **more):
    typed = {"station": station.pk, "kind": "study", "title": "学习制度", "version": "1", "valid_from": "2026-01-01"}
    return send(client, ADD, **typed | more, upload=SimpleUploadedFile(name, data))


@pytest.mark.parametrize(
    ("data", "ending"),
    [
        (PDF, "pdf"),
        (word(), "docx"),
        (OLE + "WordDocument".encode(WIDE), "doc"),
    ],
)
def test_a_text_is_kept_as_what_it_is_whatever_it_was_called(data, ending, staff, station):
    assert attach(staff, station, data, "x.exe").status_code == 302
    kept = RuleDocument.objects.get()
    assert kept.file.endswith(f".{ending}")
    assert Path(default_storage.path(kept.file)).read_bytes() == data


def test_a_picture_is_copied_without_what_hides_behind_it(staff, station):
    assert attach(staff, station, encoded(quarters()) + b"SECRET").status_code == 302
    data = Path(default_storage.path(RuleDocument.objects.get().file)).read_bytes()
    assert (data[:2], b"SECRET" in data) == (b"\xff\xd8", False)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"MZ\x90\x00", "只能附PDF、Word 文件和图片"),
        (b"<html><script>", "只能附PDF、Word 文件和图片"),
        (OLE + "Workbook".encode(WIDE), "只能附PDF、Word 文件和图片"),
        (word()[:-20], "文件已损坏，请重新选择"),
        (b"%PDF-1.7\n", "文件已损坏，请重新选择"),
        (b"", "文件已损坏，请重新选择"),
        (word("word/vbaProject.bin"), "文件里有宏，请去掉宏再传"),
        (OLE + "WordDocument".encode(WIDE) + "_VBA_PROJECT".encode(WIDE), "文件里有宏，请去掉宏再传"),
        (PDF.ljust(10 * 1024 * 1024 + 1, b"\n"), "文件超过10MB，请换小一点的"),
    ],
)
def test_what_is_no_text_is_sent_back_in_words_and_nothing_is_kept(data, words, staff, station):
    refused = attach(staff, station, data)
    assert errors_on(refused) == {"upload"}
    assert words in refused.text
    assert "学习制度" in refused.text
    assert not RuleDocument.objects.exists()


def test_the_text_is_a_download_that_nothing_runs(staff, station):
    attach(staff, station, PDF)
    rule = RuleDocument.objects.get()
    response = staff.get(f"/admin/stations/ruledocument/{rule.pk}/file/")
    assert response.getvalue() == PDF
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert staff.get(f"/media/{rule.file}").status_code == 404


def test_another_station_s_text_is_not_there(staff, station, client):
    attach(staff, station, PDF)
    address = f"/admin/stations/ruledocument/{RuleDocument.objects.get().pk}/file/"
    client.force_login(make.staff(make.station()))
    assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 302


def test_a_version_without_a_text_has_none_to_fetch(staff, station):
    rule = make.rule(station)
    assert staff.get(f"/admin/stations/ruledocument/{rule.pk}/file/").status_code == 404


def test_a_version_keeps_its_text(staff, station):
    attach(staff, station, PDF)
    address = f"/admin/stations/ruledocument/{RuleDocument.objects.get().pk}/change/"
    assert "upload" not in form_on(staff, address)
    before = RuleDocument.objects.get().file
    assert send(staff, address, title="新名").status_code == 302
    send(staff, address, upload=SimpleUploadedFile("b.pdf", PDF))
    assert (RuleDocument.objects.get().file, RuleDocument.objects.get().title) == (before, "新名")


def test_a_new_version_takes_the_place_of_the_one_in_force(staff, station):
    old = make.rule(station, version="1", valid_from=date(2025, 1, 1))
    other = make.rule(station, kind="duties", valid_from=date(2025, 1, 1))
    following = f"?station={station.pk}&amp;kind=study&amp;version=2"
    assert following in staff.get(f"/admin/stations/ruledocument/{old.pk}/change/").text
    assert attach(staff, station, PDF, version="2", valid_from="2026-05-01").status_code == 302
    for row in (old, other):
        row.refresh_from_db()
    assert (old.valid_to, other.valid_to) == (date(2026, 4, 30), None)
    in_force = RuleDocument.objects.filter(kind="study")
    assert [in_force.in_force(day).get().version for day in (date(2026, 4, 30), date(2026, 5, 1))] == ["1", "2"]


def test_a_page_sent_back_asks_for_the_file_again_and_names_the_next_version(staff, station):
    assert attach(staff, station, PDF).status_code == 302
    again = attach(staff, station, PDF)
    assert errors_on(again) == {"version", "upload"}
    assert "版本1已登记，请写2" in again.text
    assert "请重新选择文件" in again.text
    assert RuleDocument.objects.count() == 1


def test_a_new_version_says_until_when_the_one_before_it_holds(staff, station):
    attach(staff, station, PDF)
    answer = attach(staff, station, PDF, version="2", valid_from="2026-06-01")
    assert "上一版用到2026年5月31日为止。" in staff.get(answer.url).text


def test_the_only_station_is_chosen_already(staff, station):
    assert form_on(staff, ADD)["station"] == str(station.pk)
    make.station()
    assert form_on(staff, "/admin/stations/fundexpense/add/")["station"] == str(station.pk)


def test_of_several_stations_none_is_chosen(client, station):
    make.station()
    client.force_login(make.granted("officer"))
    assert not form_on(client, ADD).get("station")
