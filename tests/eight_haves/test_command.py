"""manage.py evaluate: the same scorecards as the pages, in three forms, and what cannot be meant is told."""

import csv
import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from liaison.tools.cells import width
from liaison.tools.periods import Period
from stations.eight_haves.evaluation import evaluate
from stations.eight_haves.models import Criterion, Have, Standard, Threshold
from stations.eight_haves.plain import plain
from stations.register.models import RuleDocument
from tests.eight_haves.conftest import TODAY, YEAR, reception, taken_away
from tests.support import factories as make


def printed(**options) -> str:
    out = io.StringIO()
    call_command("evaluate", stdout=out, **options)
    return out.getvalue()


def cards(**options) -> list[dict]:
    return json.loads(printed(format="json", **options))


def activities(**options) -> str:
    (card,) = cards(**options)
    return next(have["criteria"][0]["value"] for have in card["haves"] if have["key"] == "activities")


def test_json_is_the_plain_scorecard_of_each_station_in_the_order_of_codes(station):
    other = make.station()
    assert cards() == [plain(card) for card in evaluate([station, other], YEAR, TODAY)]


def test_two_dates_are_asked_for_in_any_spelling(station):
    taken_away(station, 9, 10)
    reception(station, 9)
    reception(station, 10, entered=TODAY)
    assert activities(known_by="2026年11月3日") == "100"
    assert activities(known_by="2026.10.31") == "90"
    assert activities(**{"from": "20260901", "to": "2026-10-31", "known_by": "10.31"}) == "50"
    assert activities(on="2026-10-31") == "90"


def test_on_a_day_is_the_year_up_to_it_known_by_it(station):
    day = date(2026, 10, 31)
    (card,) = evaluate([station], Period(date(2026, 1, 1), day), day)
    assert cards(on="2026-10-31") == [plain(card)]


def test_a_table_has_a_line_a_station_and_under_it_what_is_lacking(station):
    RuleDocument.objects.filter(kind="feedback").delete()
    _dates, heading, line, sentence = printed().splitlines()
    before = heading.index("有制度")
    assert width(heading[:before]) == width(line[: line.index("未达标")])
    assert sentence.startswith("  有制度")
    assert sentence.endswith("缺“群众意见建议处理反馈制度”。")


def test_csv_is_the_sheet_of_the_page(station):
    heading, row = csv.reader(io.StringIO(printed(format="csv").lstrip("\ufeff")))
    assert dict(zip(heading, row, strict=True))["有场地"] == "达标"


def test_a_division_stands_for_all_below_it(station):
    make.station(f"{make.NANGANG}001")
    assert [len(cards(division=code)) for code in (make.HARBIN, make.DAOLI, f"{make.DAOLI}001")] == [2, 1, 1]


def test_a_draft_is_tried_by_its_version(station):
    draft = Standard.objects.create(name="one have", version="2", kinds=["studio"], valid_from=date(2026, 1, 1))
    criterion = Criterion.objects.create(have=Have.objects.create(standard=draft, key="staffing"), measure="heads")
    Threshold.objects.create(criterion=criterion, met=1)
    studio = make.station(kind="studio")
    for version in ("2", "one have 2"):
        (card,) = cards(standard=version)
        assert (card["station"], card["standard"], len(card["haves"])) == (studio.code, "one have 2", 1)


@pytest.mark.parametrize(
    "options",
    [
        {"from": "2026-05-01", "to": "2026-04-01"},
        {"from": "2026-05-01", "known_by": "2026-04-30"},
        {"on": "2026-02-30"},
        {"on": "yesterday"},
        {"on": "2026-10-31", "to": "2026-10-31"},
        {"standard": "99"},
        {"division": "999999"},
        {"division": "\ufffd"},
        {"from": "1899-12-31"},
    ],
)
def test_what_cannot_be_meant_is_told_in_words(options, station):
    with pytest.raises(CommandError) as refused:
        printed(**options)
    assert len(str(refused.value)) > 5


def test_a_version_that_two_standards_have_is_asked_for_by_name(station):
    Standard.objects.create(name="six haves", version="1", kinds=["studio"], valid_from=date(2026, 1, 1))
    with pytest.raises(CommandError, match="six haves 1"):
        printed(standard="1")
    assert cards(standard="six haves 1") == []
