"""The thirteen indicators, each in its place; what is not counted yet says what it waits for."""

import re
from datetime import date

import pytest

from liaison.dashboard import layout
from liaison.dashboard.asked import Asked
from liaison.dashboard.filters import VIEW
from liaison.dashboard.indicators import INDICATORS
from liaison.tools.periods import Period
from tests.support import factories as make
from tests.support.board import figures_on

TITLES = [
    "联络站与覆盖",
    "“八有”达标",
    "代表编组进站",
    "代表进站",
    "接待日",
    "群众意见建议",
    "办理质效",
    "超期未答复",
    "意见转化",
    "代表建议办理",
    "代表履职",
    "活动经费",
    "对口联系",
]


def headings_of(page):
    return [re.sub(r"^\d+\. ", "", title) for title in re.findall(r'<h2 id="indicator-\d+">(.*?)</h2>', page)]


def test_the_thirteen_stand_in_their_order(stations, signed_in):
    assert headings_of(signed_in().get("/dashboard/").text) == TITLES


def test_every_figure_counted_has_its_place(stations):
    placed = {key for indicator in INDICATORS for key in indicator.keys}
    stems = tuple(key[:-1] for key in placed if key.endswith("*"))
    counted = layout.figures_of(_asked())
    assert [key for key in counted if key not in placed and not key.startswith(stems)] == []


def test_an_indicator_shows_figures_or_says_what_it_waits_for(stations, signed_in):
    page = signed_in().get("/dashboard/").text
    for section in page.split('<section class="indicator"')[1:]:
        assert "data-figure=" in section or 'class="waits"' in section
    figures = figures_on(page)
    for indicator in INDICATORS:
        for key, sentence in indicator.waits.items():
            found = [each for each in figures if each == key or (key[-1] == "*" and each.startswith(key[:-1]))]
            assert (str(sentence) in page) == (not found or _repeated(sentence, figures)), key


def _repeated(sentence, figures):
    return any(
        str(words) == str(sentence) and key not in figures for each in INDICATORS for key, words in each.waits.items()
    )


def _asked():
    day = date(2026, 10, 30)
    return Asked(make.granted("officer"), VIEW, None, Period(day, day), day)


def test_what_still_waits(stations, signed_in):
    """Proposals, funds, pairings, haves and reception days are counted; these four are not yet."""
    page = signed_in().get("/dashboard/").text
    waiting = re.findall(r'<p class="waits">(.*?)</p>', page)
    assert [sentence.partition("：")[0] for sentence in waiting] == [
        "共性问题",
        "被法规、规划采纳条数",
        "承诺兑现率",
        "执行率",
    ]


def test_what_is_taken_apart_is_folded_away(stations, signed_in):
    """So that the thirteen are seen at a glance; a reader opens the bars they want."""
    page = signed_in().get("/dashboard/").text
    assert page.count('<details class="part">') == sum(part.figure in figures_on(page) for part in layout.PARTS) > 5
    assert "<details open" not in page


@pytest.mark.parametrize("role", ["officer", "leader"])
def test_who_is_signed_in_is_not_asked_to_sign_in(role, stations, signed_in):
    for address in ("/dashboard/", "/dashboard/visits_held/", "/dashboard/brief/"):
        assert "/accounts/login/" not in signed_in(role).get(address).text
