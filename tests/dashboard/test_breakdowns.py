"""Every bar leads to the rows it stands for."""

import re
from html import unescape

import pytest

from feedback.opinions.models import Opinion, OpinionAssignment
from tests.support import factories as make
from tests.support.board import bars_on, count_on, lines_of


def bars_of(page, figure, name):
    return {
        label: value for label, address, value in bars_on(page) if f"/{figure}/" in address and f"&{name}=" in address
    }


def test_each_bar_is_as_long_as_its_list_and_its_file(whole, signed_in):
    client = signed_in(code=make.HARBIN)
    bars = bars_on(client.get("/dashboard/").text)
    assert len({address.split("?")[0] for _label, address, _value in bars}) == 9
    for label, address, value in bars:
        page = client.get(address).text
        assert count_on(page) == value, address
        assert f"· {label}" in page
        assert len(csv_of(client, page)) == value, address


def csv_of(client, page):
    address = unescape(re.search(r'href="([^"]+\.csv\?[^"]*)"', page)[1])
    return lines_of(client.get(address))[1:]


def test_bars_agree_with_a_count_of_our_own(world, signed_in):
    page = signed_in(code=make.NANGANG).get("/dashboard/").text
    opinions = Opinion.objects.filter(station=world[2])
    late = OpinionAssignment.objects.filter(station=world[2], replied_on=None).exclude(opinion__state="withdrawn")
    late = [row for row in late.select_related("organisation") if str(row.due_on) < "2026-10-30"]
    assert bars_of(page, "opinions_overdue", "organisation") == {late[0].organisation.name: len(late)}
    assert bars_of(page, "opinions_overdue", "station") == {world[2].name: 2}
    assert sum(bars_of(page, "opinions_received", "category").values()) == opinions.count() - 1
    assert list(bars_of(page, "opinions_received", "channel").values()) == [9, 1, 1]
    assert list(bars_of(page, "visits_held", "entry").values()) == [3, 1, 1, 1]
    assert list(bars_of(page, "representative_attendances", "entry").values()) == [6, 1, 1, 0]


def test_opinions_without_a_category_have_their_own_bar(world, signed_in):
    page = signed_in().get("/dashboard/opinions_received/?category=none").text
    unsorted = Opinion.objects.filter(category=None).values_list("division_id", flat=True)
    assert count_on(page) == sum(code.startswith(make.DAOLI) for code in unsorted) == 3


@pytest.mark.parametrize(
    "part",
    ["organisation=999999", "organisation=", "organisation=x%27", "station=1", "entry=opinions", "level=9"],
)
def test_an_unknown_part_is_empty(part, world, signed_in):
    figure = {"l": "mandates_assigned", "e": "visits_held"}.get(part[0], "opinions_overdue")
    response = signed_in().get(f"/dashboard/{figure}/?{part}")
    assert response.status_code == 200
    assert count_on(response.text) == 0


def test_a_part_of_another_district_is_empty(world, signed_in):
    """As if it did not exist: its rows, its name."""
    page = signed_in().get(f"/dashboard/opinions_overdue/?station={world[2].code}").text
    assert count_on(page) == 0
    assert world[2].name not in page


def test_a_part_of_a_rate_is_a_rate_of_that_part(world, signed_in):
    """The five levels: each bar says how many of its mandates have a place."""
    client = signed_in()
    page = client.get("/dashboard/").text
    (_label, address, value), *_more = [bar for bar in bars_on(page) if "level=" in bar[1]]
    assert value == 10  # three at each of two stations, three in another district, and one nowhere
    assert "6 ÷ 10 = 60.0%" in page
    lines = lines_of(client.get(address.replace("/?", ".csv?")))[1:]
    assert [line[-1] for line in lines].count("是") == 6
    assert len(lines) == 10
