"""The demo's texts: enough of them, consistent with each other, and in the words of wording.md."""

import csv
import re
from datetime import date

import pytest

from liaison.demo.library import TEXTS, in_season, phrases, pieces, rows
from liaison.demo.pictures import MOTIFS
from liaison.demo.places import SHIPPED
from liaison.demo.roads import GOALS
from liaison.divisions.codes import kind_of

FORBIDDEN = ["议员", "提案", "信访件", "上访", "举报人", "投诉", "积分", "排行榜", "打卡", "代表为您解决", "静坐"]
NOT_WRITTEN = ["诉求件", "工单", "信访人", "已办结", "办公经费", "一站一品", "街道人大代表", "拜访", "参观", "列席"]
STATION_NAME = re.compile(r"\S{2,4}街道人大代表联络站")
PHONE = re.compile(r"(?<![\d-])(?:0\d{2,3}-\d{7,8}|1[3-9]\d{9})(?!\d)")
MATTERS = rows("matters")
TAKEN_ON = [row for row in MATTERS if not row["refuse_channel"]]
FILES = sorted(path.name for path in TEXTS.glob("*.csv"))


def words_of(name):
    return (TEXTS / name).read_text(encoding="utf-8")


def names(text, column="name"):
    return {row[column] for row in rows(text)}


def test_there_are_more_than_forty_different_matters():
    assert len({row["body"] for row in MATTERS}) == len({row["key"] for row in MATTERS}) == len(MATTERS) == 112
    assert len({row["summary"] for row in MATTERS}) == 112


def test_no_matter_is_a_variant_of_another():
    def halves(body):
        return {body[start : start + 12] for start in range(len(body) - 12)}

    seen = [(row["key"], halves(row["body"])) for row in MATTERS]
    alike = [(a, b) for i, (a, some) in enumerate(seen) for b, others in seen[i + 1 :] if some & others]
    assert alike == []


def test_residents_say_a_few_sentences():
    assert [row["key"] for row in MATTERS if not 25 <= len(row["body"]) <= 160] == []


@pytest.mark.parametrize("name", FILES)
def test_no_forbidden_word_occurs(name):
    text = STATION_NAME.sub("", words_of(name))
    assert [word for word in (*FORBIDDEN, *NOT_WRITTEN) if word in text] == []


def test_a_forbidden_word_would_be_found():
    assert [word for word in FORBIDDEN if word in "请议员看看"] == ["议员"]


@pytest.mark.parametrize("name", FILES)
def test_no_telephone_but_the_invented_one(name):
    assert set(PHONE.findall(words_of(name))) <= {"0451-00000000"}


def test_a_telephone_would_be_found():
    assert PHONE.findall("电话13812345678或0451-12345678") == ["13812345678", "0451-12345678"]


def test_every_division_exists():
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        shipped = {row["code"] for row in csv.DictReader(file)}
    assert len(shipped) == 1843
    for text in ("organisations", "stations", "offices", "accounts", "congresses"):
        assert names(text, "division") <= shipped
    assert names("representatives", "congress") <= shipped


def test_stations_stand_in_streets_towns_or_townships_and_carry_their_code():
    for row in rows("stations"):
        code = row["division"]
        assert kind_of(code) in ("street", "town", "township")
        assert re.fullmatch(rf"{code[:6]}-{code[6:]}-000-Z\d\d", row["code"])


def test_every_organisation_named_exists():
    known = {row["name"]: row for row in rows("organisations")}
    assert {row["reply_organisation"] for row in TAKEN_ON} <= known.keys()
    assert all(known[row["reply_organisation"]]["clerk"] for row in TAKEN_ON)
    said = {guest[0] for row in rows("visits") for guest in pieces(row["guests"], "/")}
    promised = {who for row in rows("visits") for who, _what, _days in pieces(row["commitments"], ">")}
    assert said | promised <= known.keys() | names("pairings", "organisation")


def test_every_special_road_is_a_matters_and_known():
    bodies = names("organisations") | {"12345政务服务便民热线"}
    for row in rows("roads"):
        assert row["matter"] in names("matters", "key")
        assert row["goal"] in GOALS
        assert row["other"] in bodies | names("roads", "matter") | {""}


def test_every_station_named_exists():
    known = names("stations", "code")
    for text in ("matters", "visits", "representatives", "pairings", "receptions"):
        assert names(text, "station") - {""} <= known
    assert names("posts", "station") == names("records", "station") == known


def test_neighbouring_districts_do_not_answer_each_other():
    districts = {row["name"]: row["division"][:6] for row in rows("organisations")}
    assert {(row["station"] or "230102")[:6] == districts[row["reply_organisation"]] for row in TAKEN_ON} == {True}


def test_every_matter_taken_on_has_its_whole_road():
    kept = ("reply_organisation", "reply", "outcome", "feedback_note", "feedback_way")
    assert [row["key"] for row in TAKEN_ON if not all(row[column] for column in kept)] == []
    assert {row["outcome"] for row in TAKEN_ON} == {"solved", "partly", "planned", "explained", "unable"}


def test_every_refused_matter_is_guided_somewhere():
    refused = [row for row in MATTERS if row["refuse_channel"]]
    channels = {"court", "arbitration", "review", "petition", "discipline", "hotline_12345", "police"}
    assert {row["refuse_channel"] for row in refused} == channels
    assert [row["key"] for row in refused if len(row["guide_to"].split("/")) != 3 or not row["feedback_note"]] == []


def test_nobody_who_asked_for_confidence_is_named_where_departments_read():
    for row in MATTERS:
        read = row["body"] + row["summary"] + row["reply"] + row["feedback_note"] + row["place"]
        assert not row["caller_name"] or row["caller_name"] not in read or row["share_identity"], row["key"]


def test_identities_are_consistent():
    assert {row["identity_mode"] for row in MATTERS} == {"real", "confidential", "anonymous"}
    assert [row["key"] for row in MATTERS if (row["identity_mode"] == "anonymous") != (row["caller_name"] == "")] == []
    assert {row["identity_mode"] for row in MATTERS if row["share_identity"]} == {"real"}


def test_photos_are_drawn_by_known_motifs():
    assert {row["photo"] for row in MATTERS} == {"", *MOTIFS}


def test_each_representative_is_elected_one_way():
    by_level = {2: "electing_unit", 3: "electing_unit", 4: "electoral_district", 5: "electoral_district"}
    levels = {row["division"]: int(row["level"]) for row in rows("congresses")}
    for row in rows("representatives"):
        assert levels[row["congress"]] == int(row["level"])
        assert [column for column in ("electing_unit", "electoral_district") if row[column]] == [
            by_level[int(row["level"])]
        ]


def test_there_are_representatives_with_two_mandates():
    keys = [row["key"] for row in rows("representatives")]
    assert (len(keys), len(set(keys))) == (80, 72)


def test_a_rating_has_words_for_every_outcome():
    assert all(phrases(score) for score in ("satisfied", "basically", "dissatisfied", "withdraw", "addition"))
    assert all(phrases("dissatisfied")), "who is not satisfied says why"


@pytest.mark.parametrize(
    ("months", "month", "fits"),
    [("", 7, True), ("5-9", 5, True), ("5-9", 10, False), ("10-4", 12, True), ("10-4", 4, True), ("10-4", 5, False)],
)
def test_a_season_may_span_the_new_year(months, month, fits):
    assert in_season(months, date(2026, month, 15)) is fits
