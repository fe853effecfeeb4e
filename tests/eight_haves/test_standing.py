"""How a criterion, an item and a station stand by what was read, whatever the measure."""

from datetime import date
from decimal import Decimal

import pytest

from liaison.tools.figures import Mend, Reading
from liaison.tools.periods import Period
from stations.eight_haves.evaluation import Line, Result, Scorecard, evaluate
from stations.eight_haves.measuring import all_measures
from stations.eight_haves.models import Criterion, Have, Standard, Threshold, is_easier
from stations.register.models import Station
from tests.eight_haves.conftest import TODAY, YEAR, post
from tests.support import factories as make

NEXT = Mend("mend it", "/there/", "stations.view_station")


def of(value=None, standing="", met=1, basically=None, words="so", **asked):
    """A result by these words; without `met` the criterion does not apply."""
    threshold = None if met is None else Threshold(met=met, basically=basically)
    criterion = Criterion(measure="heads", **asked)
    return Result(criterion, all_measures()["heads"], threshold, Reading(value, words, (), NEXT, standing))


RESULTS = {
    "met": lambda **facts: of(1, **facts),
    "basically": lambda **facts: of(0, basically=0, **facts),
    "not_met": lambda **facts: of(0, **facts),
    "to_confirm": lambda **facts: of(None, "to_confirm", **facts),
    "not_applicable": lambda **facts: of(None, **facts),
}


def line(*results, key="rules"):
    return Line(Have(key=key), results)


def card(*lines):
    return Scorecard(Station(), None, YEAR, TODAY, lines)


@pytest.mark.parametrize(
    ("value", "met", "basically", "comparison", "standing"),
    [
        (2, 2, 1, "at_least", "met"),
        (3, 2, 1, "at_least", "met"),
        (1, 2, 1, "at_least", "basically"),
        (0, 2, 1, "at_least", "not_met"),
        (1, 2, None, "at_least", "not_met"),
        (0, 1, 0, "at_least", "basically"),
        (99.9, 100, None, "at_least", "not_met"),
        (66.6, Decimal("66.6"), None, "at_least", "met"),
        (66.6, Decimal("66.7"), None, "at_least", "not_met"),
        (80.1, Decimal("80.1"), None, "at_most", "met"),
        (80.2, Decimal("80.1"), None, "at_most", "not_met"),
        (0, 0, 2, "at_most", "met"),
        (1, 0, 2, "at_most", "basically"),
        (2, 0, 2, "at_most", "basically"),
        (3, 0, 2, "at_most", "not_met"),
        (1, 0, None, "at_most", "not_met"),
    ],
)
def test_a_value_is_met_at_its_threshold_and_one_unit_off_is_not(value, met, basically, comparison, standing):
    assert of(value, met=met, basically=basically, comparison=comparison).standing == standing


@pytest.mark.parametrize(
    ("reading", "standing"),
    [
        ((None, ""), "not_applicable"),
        ((None, "to_confirm"), "to_confirm"),
        ((1, "to_confirm"), "met"),
        ((0, "to_confirm"), "to_confirm"),
        ((0, "basically"), "basically"),
    ],
)
def test_a_reading_may_say_how_it_stands_where_it_falls_short(reading, standing):
    assert of(*reading).standing == standing
    assert of(*reading, met=None).standing == "not_applicable"


@pytest.mark.parametrize(("value", "standing"), [(4, "met"), (3, "basically"), (2, "to_confirm")])
def test_what_is_basically_met_is_so_whatever_a_reading_says_of_less(value, standing):
    assert of(value, "to_confirm", met=4, basically=3).standing == standing


def test_words_and_the_way_to_mend_are_told_of_what_is_lacking():
    told = {name: (make().words, make().mend) for name, make in RESULTS.items()}
    lacking = dict.fromkeys(("basically", "not_met", "to_confirm"), ("so", NEXT))
    assert told == lacking | {"met": ("", None), "not_applicable": ("so", None)}
    assert of(0, met=None).words == ""
    assert of(0, met=3, words=lambda met: f"{met} wanted").words == "3 wanted"


@pytest.mark.parametrize(
    ("standings", "worst"),
    [
        (["met", "met"], "met"),
        (["met", "not_applicable"], "met"),
        (["not_applicable"], "not_applicable"),
        ([], "not_applicable"),
        (["met", "basically"], "basically"),
        (["basically", "to_confirm", "met"], "to_confirm"),
        (["basically", "to_confirm", "not_met"], "not_met"),
    ],
)
def test_an_item_stands_as_the_worst_of_what_it_asks(standings, worst):
    assert line(*(RESULTS[each]() for each in standings)).standing == worst


def test_what_is_not_required_is_shown_and_fails_nothing():
    required, shown = of(1), of(0, words="late", is_required=False)
    silent = [RESULTS[standing](is_required=False) for standing in ("met", "not_applicable")]
    item = line(required, shown, *silent)
    assert (item.standing, item.is_lacking, item.lacking, item.sentence) == ("met", False, [], "")
    assert item.remarks == ["late。"]
    assert (card(item).is_met, card(item).has_met("rules")) == (True, True)
    assert line(of(0)).remarks == []


def test_a_sentence_tells_the_worst_and_only_that():
    item = line(of(0, words="one"), of(0, words="other"), of(None, "to_confirm", words="unknown"), of(0, words=""))
    assert item.sentence == "one，另有other。"
    assert [result.words for result in item.lacking] == ["one", "other", "unknown", ""]
    assert line(of(0, words="one"), of(0, words="shown", is_required=False)).sentence == "one。"


@pytest.mark.parametrize(
    ("standing", "is_met", "has_met"),
    [
        ("met", True, True),
        ("not_applicable", True, True),
        ("basically", False, False),
        ("to_confirm", False, False),
        ("not_met", False, False),
    ],
)
def test_a_station_has_all_where_nothing_is_lacking(standing, is_met, has_met):
    found = card(line(of(1), key="premises"), line(RESULTS[standing]()))
    assert (found.is_met, found.has_met("rules"), found.has_met("premises")) == (is_met, has_met, True)
    assert len(found.lacking) == (not is_met)
    assert found.has_met("funding")


@pytest.mark.parametrize(
    ("standing", "given"),
    [("met", 8), ("not_applicable", 8), ("basically", 4), ("to_confirm", 0), ("not_met", 0)],
)
def test_points_are_given_whole_by_half_or_not(standing, given):
    found = card(line(RESULTS[standing](points=Decimal(8)), of(1)), line(of(1, points=Decimal("1.5"))))
    assert found.points == Decimal(given) + Decimal("1.5")


def test_points_are_given_for_what_is_shown_too():
    asked = {"points": Decimal(2), "is_required": False}
    assert [card(line(of(value, **asked))).points for value in (0, 1)] == [0, 2]


def test_without_points_there_are_none():
    assert card(line(of(1))).points is None
    assert card(line(of(0, points=Decimal(3)))).points == 0


def test_the_threshold_of_a_kind_goes_before_everybodys():
    criterion = Criterion(measure="heads")
    everybodys, homes = Threshold(kind="", met=1), Threshold(kind="home", met=2)
    criterion.by_kind = {row.kind: row for row in (everybodys, homes)}
    assert (criterion.threshold("home"), criterion.threshold("station")) == (homes, everybodys)
    criterion.by_kind = {"home": homes}
    assert criterion.threshold("station") is None


@pytest.mark.parametrize(
    ("basically", "met", "comparison", "easier"),
    [
        (1, 2, "at_least", True),
        (2, 2, "at_least", False),
        (3, 2, "at_least", False),
        (1, 0, "at_most", True),
        (0, 0, "at_most", False),
        (None, 2, "at_least", True),
        (2, None, "at_most", True),
    ],
)
def test_what_is_basically_met_is_easier_by_a_unit_at_least(basically, met, comparison, easier):
    assert is_easier(basically, met, comparison) is easier


def published(code, valid_from):
    draft = make.standard(code, valid_from=valid_from)
    Standard._base_manager.filter(pk=draft.pk).update(state="published", published_at=make.moment(valid_from))
    return draft


def standard_of(at, period=YEAR):
    (found,) = evaluate([at], period, TODAY)
    return found.standard


def test_the_standard_of_the_nearest_division_judges_and_of_these_the_newest(at):
    street = f"{make.DAOLI}001"
    newest = published(street, date(2026, 3, 1))
    published(street, date(2026, 1, 1))
    published(make.DAOLI, date(2026, 6, 1))
    published(f"{make.DAOLI}002", date(2026, 6, 1))
    assert standard_of(at) == newest


@pytest.mark.parametrize(
    ("code", "kind", "judged"),
    [
        (make.DAOLI, "station", True),
        (f"{make.DAOLI}999", "station", True),
        (make.NANGANG, "station", False),
        ("230101", "station", False),
        (make.DAOLI, "home", False),
    ],
)
def test_a_standard_judges_its_kinds_within_its_division(code, kind, judged):
    standard = Standard(division_id=make.DAOLI, kinds=["station"])
    assert standard.judges(Station(division_id=code, kind=kind)) is judged


def test_a_standard_judges_the_periods_that_end_from_its_first_day_to_its_last(at):
    found = published(make.DAOLI, date(2026, 7, 1))
    periods = [Period(date(2026, 1, 1), last) for last in (date(2026, 6, 30), date(2026, 7, 1))]
    assert [standard_of(at, period) == found for period in periods] == [False, True]
    Standard._base_manager.filter(pk=found.pk).update(valid_to=TODAY)
    assert standard_of(at) == found
    Standard._base_manager.filter(pk=found.pk).update(valid_to=date(2026, 11, 2))
    assert standard_of(at) != found


def test_one_measure_is_asked_for_in_two_settings(at):
    make.visit(at, form="training")
    draft = make.standard(haves=["activities"], kinds=["station"])
    criteria = draft.haves.get().criteria
    criteria.all().delete()
    for form in ("training", "meeting"):
        criteria.create(measure="visits_of_forms", options={"forms": [form]}).thresholds.create(met=1)
    (found,) = evaluate([at], YEAR, TODAY, draft)
    assert [result.reading.value for result in found.lines[0].results] == [1, 0]


def test_each_kind_of_station_is_judged_by_its_own_threshold(at):
    post(at, "head")
    home = make.station(kind="home")
    post(home, "head")
    draft = make.standard()
    draft.haves.get().criteria.get().thresholds.create(kind="home", met=2)
    cards = evaluate([at, home], YEAR, TODAY, draft)
    assert [found.lines[0].standing for found in cards] == ["met", "not_met"]
