"""A figure beside itself in another period, in words."""

from datetime import date

import pytest

from liaison.dashboard.comparison import beside, stands_alone
from liaison.tools.figures import Figure
from liaison.tools.periods import Period
from tests.support import factories as make
from tests.support.board import figures_on


def counted(size, **facts):
    return Figure("k", "name", "definition", list(range(size)), [], **facts)


def rated(part, whole):
    return Figure("k", "name", "definition", None, [], numerator=list(range(part)), denominator=list(range(whole)))


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (counted(5), counted(3), "对比期3，增加2"),
        (counted(3), counted(5), "对比期5，减少2"),
        (counted(3), counted(3), "对比期3，没有变化"),
        (rated(2, 3), rated(1, 2), "对比期50.0%，增加16.7个百分点"),
        (rated(1, 3), rated(1, 2), "对比期50.0%，减少16.7个百分点"),
        (rated(1, 2), rated(0, 0), ""),
        (rated(0, 0), rated(1, 2), "对比期50.0%，本期没有数据"),
        (counted(5, of_today=True), counted(3, of_today=True), ""),
        (counted(5), None, ""),
    ],
)
def test_the_difference_is_said_in_words(now, before, words):
    assert beside(now, before) == words


@pytest.mark.parametrize(
    ("now", "before", "alone"),
    [
        (rated(1, 2), rated(0, 0), True),
        (rated(0, 0), rated(0, 0), True),
        (rated(1, 2), rated(0, 1), False),
        (counted(5), counted(0), False),
        (rated(1, 2), None, False),
    ],
)
def test_a_figure_stands_alone_where_there_was_none_then(now, before, alone):
    assert stands_alone(now, before) == alone


def test_that_there_was_nothing_then_is_said_once(world, signed_in):
    client = signed_in()
    then_as_well = {"from": "2026-09-01", "to": "2026-09-30", "compare": "previous"}
    pages = [client.get("/dashboard/", asked).text for asked in (then_as_well, {"compare": "last_year"}, {})]
    assert [page.count("对比期没有数据") for page in pages] == [1, 1, 0]


@pytest.mark.parametrize(
    ("first", "last", "before"),
    [
        ((2026, 1, 1), (2026, 10, 30), ((2025, 1, 1), (2025, 10, 30))),
        ((2025, 2, 1), (2025, 2, 28), ((2024, 2, 1), (2024, 2, 29))),
        ((2024, 2, 29), (2024, 2, 29), ((2023, 2, 28), (2023, 2, 28))),
        ((2026, 1, 1), (2026, 12, 31), ((2025, 1, 1), (2025, 12, 31))),
    ],
)
def test_a_year_before_are_the_same_days(first, last, before):
    assert Period(date(*first), date(*last)).last_year() == Period(*(date(*day) for day in before))


def comparison_of(page, key):
    card = page.split(f'data-figure="{key}"')[1].split('class="links"')[0]
    return card.partition("对比期")[2].partition("<")[0]


def test_the_page_counts_the_other_period_as_if_it_had_been_asked_for(world, signed_in):
    client = signed_in()
    asked = {"from": "2026-03-01", "to": "2026-03-31"}
    now = client.get("/dashboard/", asked | {"compare": "previous"}).text
    then = figures_on(client.get("/dashboard/", {"from": "2026-02-01", "to": "2026-02-28"}).text)
    shown = figures_on(now)
    received = [int(each["opinions_received"]["data-value"]) for each in (then, shown)]
    assert received == [10, 6]
    assert comparison_of(now, "opinions_received") == "10，减少4"
    assert comparison_of(now, "visits_held") == "0，增加2"
    assert comparison_of(now, "opinions_overdue") == ""


def test_before_the_first_day_there_is_nothing_to_compare_with(stations, signed_in):
    response = signed_in().get("/dashboard/", {"from": "1900-01-01", "to": "1900-12-31", "compare": "last_year"})
    assert response.status_code == 200
    assert "对比期" not in response.text


def test_the_other_period_is_named(stations, signed_in):
    make.mandate()
    page = signed_in().get("/dashboard/", {"compare": "last_year"}).text
    assert "2025年1月1日至2025年10月30日" in page
