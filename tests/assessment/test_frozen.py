"""What the county confirmed stays byte for byte, whatever happens to the records, the standard and the station."""

import io
import re
from datetime import date

import openpyxl
import pytest
from django.db import DatabaseError, transaction
from django.utils import translation

from stations.assessment import freezing
from stations.assessment.models import Frozen
from stations.eight_haves.evaluation import evaluate
from stations.eight_haves.models import Have, Standard, Threshold
from stations.eight_haves.plain import plain
from stations.register.models import ActivityFunds, RuleDocument, Station
from tests.access.crawling import signed_in
from tests.assessment.conftest import TODAY, as_published, found
from tests.support import factories as make

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


@pytest.fixture
def confirmed(there):
    RuleDocument.objects.filter(station=there.station, kind="feedback").delete()
    found(there.station, standing="met")
    there.until("county_review").confirm()
    return there


def shown(there, who="officer") -> dict[str, bytes]:
    """The page, the paper and the workbook."""
    client = signed_in(there.people[who])
    names = ("", "paper/", "scorecard.xlsx")
    answers = {name: client.get(f"/assessments/{there.check.pk}/{name}") for name in names}
    assert {answer.status_code for answer in answers.values()} == {200}
    return {name: TOKEN.sub("", answer.getvalue().decode("latin-1")) for name, answer in answers.items()}


def everything_changes(there, time_machine):
    Have._base_manager.filter(key="rules").update(own_name="另一个名字")  # behind the product's back
    Threshold._base_manager.update(met=7)
    two = Standard.objects.create(
        name="“八有”标准",
        version="2",
        valid_from=TODAY,
        kinds=["station"],
    )
    two.haves.create(key="ninth", own_name="有第九项")
    as_published(two, TODAY)
    ActivityFunds.objects.filter(station=there.station).delete()
    make.rule(there.station, "feedback")
    found(there.station, standing="not_met")
    Station.objects.filter(pk=there.station.pk).update(name="改名后的联络站", kind="home", address="新址")
    there.station.division.name = "另一条街"
    there.station.division.save()
    type(there.people["officer"]).objects.filter(pk=there.people["officer"].pk).update(name="另一个人")
    time_machine.move_to(make.moment(date(2028, 2, 3)), tick=False)


def test_it_is_the_scorecard_of_the_day_of_confirmation(confirmed):
    said = Frozen.objects.get().said
    (card,) = evaluate([confirmed.station], confirmed.check.period, TODAY, confirmed.check.standard)
    assert said["card"] == plain(card)
    assert (said["card"]["from"], said["card"]["to"], said["card"]["known_by"]) == (
        "2026-01-01",
        "2026-12-31",
        "2026-11-03",
    )
    (line,) = [line for line in said["lines"] if line["key"] == "rules"]
    assert (line["label"], line["sentence"]) == ("未达标", "缺“群众意见建议处理反馈制度”。")
    assert [(row["have"], row["label"], row["inspector"]) for row in said["findings"]] == [("rules", "达标", "江小雪")]


def test_page_paper_and_workbook_stay_byte_for_byte(confirmed, time_machine):
    before = shown(confirmed)
    everything_changes(confirmed, time_machine)
    assert shown(confirmed) == before
    assert "云杉里联络站" in before[""].encode("latin-1").decode()


def test_it_is_kept_in_the_language_of_the_installation_whoever_confirms(there):
    there.until("county_review")
    with translation.override("en"):
        there.confirm()
    assert {line["label"] for line in Frozen.objects.get().said["lines"]} == {"达标"}


def test_the_page_says_both_standings(confirmed):
    text = shown(confirmed)[""].encode("latin-1").decode()
    assert "系统测算：" in text
    assert re.search(r"现场认定：\s*<span[^>]*>达标</span>\s*江小雪", text)


def newer_standard():
    """In force since the check was opened; it has one item only, which the check's does not have."""
    newer = Standard.objects.create(name="新标准", version="2", valid_from=TODAY, kinds=["station"])
    newer.haves.create(key="ninth", own_name="有第九项")
    as_published(newer, TODAY)
    return newer


def test_a_finding_of_an_item_that_the_check_does_not_have_is_on_page_and_paper(there):
    found(there.station, have=newer_standard().haves.get().key, standing="not_met", reason="没有第九项")
    there.until("county_review").confirm()
    for name, text in shown(there).items():
        words = text.encode("latin-1").decode() if name != "scorecard.xlsx" else "没有第九项"
        assert words.count("没有第九项") == 1, name


def test_where_every_finding_has_its_line_there_is_no_further_heading(confirmed):
    answer = signed_in(confirmed.people["officer"]).get(f"/assessments/{confirmed.check.pk}/")
    assert (answer.context["others"], "others-heading" in answer.text) == ([], False)


def test_the_workbook_says_what_was_kept(confirmed):
    book = openpyxl.load_workbook(io.BytesIO(shown(confirmed)["scorecard.xlsx"].encode("latin-1")))
    lines, findings = book.worksheets
    said = Frozen.objects.get().said
    assert [row[0].value for row in lines.iter_rows(min_row=2)] == [
        line["name"] for line in said["lines"] for _criterion in line["criteria"]
    ]
    assert [cell.value for cell in findings[2]] == ["有制度", "达标", "江小雪", "2026-11-03", "墙上有制度", "照片一张"]


@pytest.mark.parametrize("act", [lambda rows: rows.update(said={}), lambda rows: rows.delete()])
def test_the_database_refuses_to_change_it(act, confirmed):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        act(Frozen.objects.all())


def test_who_sees_the_station_s_checks_sees_it_and_nobody_else(confirmed):
    address = f"/assessments/{confirmed.check.pk}/"
    statuses = {who: signed_in(user).get(address).status_code for who, user in confirmed.people.items()}
    readers = {"staff", "station_head", "township_officer", "officer", "committee", "leader"}
    elsewhere = {"staff_elsewhere", "officer_elsewhere"}
    assert statuses == {who: 200 if who in readers else 404 if who in elsewhere else 403 for who in confirmed.people}


def test_what_is_not_confirmed_is_not_there(there):
    client = signed_in(there.people["officer"])
    for name in ("", "paper/", "scorecard.xlsx"):
        assert client.get(f"/assessments/{there.check.pk}/{name}").status_code == 404
    assert client.get(f"/assessments/{2**63}/").status_code == 404


def test_the_words_of_a_kept_line_are_all_texts(confirmed):
    """Nothing that a translation or a database could say otherwise later."""
    said = freezing.said_of(confirmed.check, make.moment(TODAY), confirmed.people["officer"])
    texts = {type(value) for line in said["lines"] for value in line.values()}
    assert texts == {str, list}
