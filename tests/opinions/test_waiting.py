"""The first page says what waits for whom, and each number opens its rows."""

from datetime import date

import pytest

from tests.support import factories as make
from tests.support.pages import Page

LONG_AGO = date(2026, 2, 2)


@pytest.fixture
def station():
    make.office()
    return make.station()


def tiles_of(client) -> list[tuple]:
    return [(tile["value"], tile["href"]) for tile in client.get("/admin/").context["tiles"]]


def rows_at(client, address) -> int:
    page = Page(client.get(address).text)
    return int(next(values["data-count"] for _tag, values in page.elements if "data-count" in values))


def test_the_clerk_sees_what_is_to_be_verified_fed_back_and_late(client, station):
    make.opinion(station)
    make.opinion(station, on=LONG_AGO)
    make.Life(make.opinion(station)).until("replied")
    make.Life(make.opinion(station, on=LONG_AGO)).until("assigned", on=LONG_AGO)
    make.opinion(make.station())  # somebody else's
    client.force_login(make.staff(station))
    tiles = tiles_of(client)
    assert [value for value, _address in tiles] == [2, 1, 2, "还没有安排", 8]  # the last: of the eight haves
    assert [rows_at(client, address) for _value, address in tiles[:3]] == [2, 1, 2]


def test_the_department_sees_what_is_to_be_signed_for(client, station):
    life = make.Life(make.opinion(station))
    life.until("assigned")
    make.Life(make.opinion(station)).until("assigned")  # another department's
    client.force_login(life.clerk)
    assert [value for value, _address in tiles_of(client)] == [1, 0]


def test_what_a_department_has_answered_is_not_late_for_it(client, station):
    life, other = make.Life(make.opinion(station, on=LONG_AGO)), make.opinion(station, on=LONG_AGO)
    life.until("replied", on=LONG_AGO)  # the station has not told the resident
    make.Life(other, life.department).until("assigned", on=LONG_AGO)
    client.force_login(life.clerk)
    _to_sign, (late, address) = tiles_of(client)
    assert (late, rows_at(client, address)) == (1, 1)
    assert other.number in client.get(address).text
    client.force_login(make.granted("officer"))
    assert rows_at(client, address) == 2


def test_whoever_has_no_opinions_to_move_sees_no_tiles(client):
    client.force_login(make.granted("auditor"))
    assert tiles_of(client) == []
