"""Findings on the spot: who may enter which, that none is ever changed, where they stand beside what was worked out."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from stations.assessment.card_words import finding_words
from stations.assessment.models import Assessment, Determination
from stations.eight_haves.models import Standard
from tests.access.crawling import signed_in
from tests.access.filling import errors_on, form_on
from tests.assessment.conftest import TODAY, as_published, found
from tests.support import factories as make

ADD = "/admin/assessment/determination/add/"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
SAID = {
    "year": "2026",
    "item": "rules",
    "standing": "met",
    "inspector": "江小雪",
    "on": "2026-11-03",
    "reason": "墙上有制度",
    "evidence": "照片一张",
}


def enter(user, station, **changes):
    return signed_in(user).post(ADD, SAID | {"station": station.pk} | changes)


@pytest.mark.parametrize("who", ["township_officer", "officer"])
def test_an_inspector_enters_one_beside_the_computed_one(who, there):
    assert enter(there.people[who], there.station).status_code == 302
    row = Determination.objects.get()
    assert (row.have.key, row.have.standard, row.standing) == ("rules", there.check.standard, "met")
    assert (row.inspector, row.entered_by, row.on, row.reason) == ("江小雪", there.people[who], TODAY, "墙上有制度")


def test_nobody_else_enters_any(there):
    for who in sorted(set(there.people) - {"township_officer", "officer", "officer_elsewhere"}):
        assert enter(there.people[who], there.station).status_code == 403, who
    assert errors_on(enter(there.people["officer_elsewhere"], there.station)) == {"station"}
    assert not Determination.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"on": "2026-11-04"}, "on", "日期还没到，请核对"),
        ({"on": "2025-12-31"}, "on", "早于所检查的年度"),
        ({"year": "2027"}, "year", "还没到这一年"),
        ({"year": "1999"}, "year", "请填"),
        ({"item": "ninth"}, "item", ""),
        ({"standing": "to_confirm"}, "standing", ""),
        ({"reason": " "}, "reason", ""),
        ({"inspector": ""}, "inspector", ""),
        ({"reason": "路" * 2_001}, "reason", ""),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(changes, field, words, there):
    refused = enter(there.people["officer"], there.station, **changes)
    assert errors_on(refused) == {field}
    assert words in refused.text
    assert not Determination.objects.exists()


def test_a_finding_is_entered_once_and_one_that_says_more_beside_it(there):
    officer = there.people["officer"]
    enter(officer, there.station)
    assert errors_on(enter(officer, there.station)) == {"item"}
    assert Determination.objects.count() == 1
    for changes in ({"reason": "墙上另有制度"}, {"inspector": "江小雨"}, {"standing": "not_met"}, {"on": "2026-11-02"}):
        assert enter(officer, there.station, **changes).status_code == 302
    assert Determination.objects.count() == 5


def test_a_township_does_not_inspect_another(there):
    elsewhere = make.station(f"{make.DAOLI}002")
    assert errors_on(enter(there.people["township_officer"], elsewhere)) == {"station"}
    assert not Determination.objects.exists()


def test_an_item_that_the_station_s_standard_does_not_have_is_refused(there):
    six = Standard.objects.create(
        name="x",
        version="1",
        valid_from=date(2026, 1, 1),
        kinds=["home"],
    )
    six.haves.create(key="service", own_name="有服务")
    as_published(six, date(2026, 1, 1))
    refused = enter(there.people["officer"], there.station, item="service")
    assert errors_on(refused) == {"item"}
    assert "该站适用的标准没有这一项" in refused.text
    assert errors_on(enter(there.people["officer"], make.station(kind="studio"))) == {"item"}


def test_while_a_check_is_open_its_standard_says_the_items(there):
    """The one in force now came after it."""
    older = Standard.objects.create(name="x", version="0", valid_from=date(2020, 1, 1), kinds=["station"])
    older.haves.create(key="rules", own_name="有旧制度")
    Assessment.objects.update(standard=older)
    enter(there.people["officer"], there.station)
    Assessment.objects.update(state="done")
    enter(there.people["officer"], there.station, on="2026-11-02")
    assert [row.have.standard for row in Determination.objects.order_by("pk")] == [older, there.check.standard]


def test_a_later_one_stands_beside_the_first(there):
    found(there.station, standing="not_met", on=date(2026, 6, 1))
    found(there.station, standing="met")
    text = signed_in(there.people["officer"]).get(f"/eight-haves/{there.station.code}/").text
    shown = re.findall(r'data-found="(\w+)"', text)
    assert (shown, text.count('data-standing="met"')) == (["not_met", "met"], 8)
    assert "系统测算：" in text
    assert "（江小雪，2026年6月1日，理由：墙上有制度，佐证：照片一张）" in text


def test_a_finding_is_one_sentence_whatever_stops_were_typed():
    said = finding_words("江小雪", "2026-06-01", "墙上有制度。", "照片一张。")
    assert said == "江小雪，2026-06-01，理由：墙上有制度，佐证：照片一张"


def test_both_are_counted(there):
    other = make.station()
    found(there.station, standing="not_met", on=date(2026, 6, 1))
    found(there.station, standing="met")
    found(other, standing="not_met")
    text = signed_in(there.people["officer"]).get("/eight-haves/").text
    assert "现场认定达标1个（认定2个）" in text
    assert 'data-figure="have_met_rules"' in text


@pytest.mark.parametrize(
    ("on", "entered_on"), [(date(2026, 7, 1), date(2026, 6, 30)), (date(2026, 6, 1), date(2026, 7, 1))]
)
def test_a_past_cut_off_knows_no_finding_made_or_entered_after_it(on, entered_on, there):
    found(there.station, standing="met", on=on, entered_at=make.moment(entered_on))
    client = signed_in(there.people["officer"])

    def said(known_by):
        asked = {"year": "2026", "known_by": known_by}
        station = client.get(f"/eight-haves/{there.station.code}/", asked).text
        return "data-found" in station, "认定1个" in client.get("/eight-haves/", asked).text

    assert (said("2026-06-30"), said("2026-07-01")) == ((False, False), (True, True))


@pytest.mark.parametrize("act", [lambda rows: rows.update(standing="met"), lambda rows: rows.delete()])
def test_the_database_refuses_to_change_one_or_to_take_it_away(act, there):
    found(there.station, standing="not_met")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        act(Determination.objects.all())
    assert Determination.objects.get().standing == "not_met"


def test_the_page_of_one_changes_nothing(there):
    row = found(there.station, standing="not_met")
    client = signed_in(there.people["officer"])
    address = f"/admin/assessment/determination/{row.pk}/change/"
    assert client.get(address).status_code == 200
    assert client.post(address, SAID | {"station": there.station.pk}).status_code == 403
    assert Determination.objects.get().standing == "not_met"


def test_its_scan_is_a_download_for_whoever_sees_the_station(there):
    enter(there.people["officer"], there.station, upload=SimpleUploadedFile("x.exe", PDF))
    row = Determination.objects.get()
    assert Path(default_storage.path(row.file)).read_bytes() == PDF
    address = f"/admin/assessment/determination/{row.pk}/file/"
    answer = signed_in(there.people["staff"]).get(address)
    assert (answer.getvalue(), answer["Content-Security-Policy"]) == (PDF, "sandbox; default-src 'none'")
    assert signed_in(there.people["staff_elsewhere"]).get(address).status_code == 404
    assert (
        signed_in(there.people["officer"])
        .get(f"/admin/assessment/determination/{found(there.station).pk}/file/")
        .status_code
        == 404
    )


def test_what_is_no_scan_is_sent_back(there):
    refused = enter(there.people["officer"], there.station, upload=SimpleUploadedFile("x.pdf", b"MZ"))
    assert errors_on(refused) == {"upload"}


def test_the_button_beside_an_item_opens_its_form_filled_in(there):
    client = signed_in(there.people["officer"])
    text = client.get(f"/eight-haves/{there.station.code}/").text
    (address,) = re.findall(r'href="([^"]+item=funding&[^"]+)"', text)
    filled = form_on(client, address.replace("&amp;", "&"))
    assert {name: filled[name] for name in ("station", "year", "item")} == {
        "station": str(there.station.pk),
        "year": "2026",
        "item": "funding",
    }
    assert "item=funding" not in signed_in(there.people["staff"]).get(f"/eight-haves/{there.station.code}/").text
