"""Stations as residents look for them: those of the division served that are open, found by what one knows of them."""

import pytest
from django.test import Client

from tests.support import factories as make
from tests.support.pages import Page

LIST, API = "/stations/", "/api/v1/stations/"


@pytest.fixture(autouse=True)
def _office():
    make.office()


def names(client, **query):
    return [station.name for station in client.get(LIST, query).context["stations"]]


def test_only_open_stations_of_the_division_served_are_listed(client):
    for status in ("planned", "suspended", "closed"):
        make.station(name=status, status=status)
    make.station(make.NANGANG + "001", name="of another district")
    make.station(name="ours")
    response = client.get(LIST)
    assert [station.name for station in response.context["stations"]] == ["ours"]
    counts = [
        values["data-count"] for _tag, values in Page(response.content.decode()).elements if "data-count" in values
    ]
    assert (counts, response.context["total"]) == (["1"], 1)


def test_a_station_is_found_by_name_address_and_street(client):
    make.division(f"{make.DAOLI}001", name="安隆街道")
    make.station(f"{make.DAOLI}001", name="松涛站", address="松涛路1号")
    make.station(f"{make.DAOLI}002", name="江畔站", address="江畔路2号")
    assert names(client, q="松涛") == names(client, q="路1号") == names(client, q="安隆") == ["松涛站"]
    assert names(client, q="站") == ["松涛站", "江畔站"]
    assert names(client, q=" 江畔 ") == ["江畔站"]
    assert names(client, q="没有") == []


@pytest.mark.parametrize("words", ["%", "_", "\\", "'", '"><b>', "路" * 60_000, "\u202e\u200b", "\ud83d\ude00", "١"])
def test_no_words_bring_the_list_down(words, client):
    make.station(name="ours")
    words = words.encode("utf-8", "replace").decode()
    response = client.get(LIST, {"q": words})
    assert response.status_code == 200
    assert "<b>" not in response.content.decode().partition("data-count")[0].partition("<main")[2]
    assert len(response.context["query"]) <= 50


def test_the_api_shows_the_same_stations_and_what_stands_on_their_page(client):
    station = make.station(phone="0451-00000000", address="松涛路1号")
    make.station(status="closed")
    body = client.get(API).json()
    assert [row["code"] for row in body["results"]] == [station.code]
    public = {"code", "name", "kind", "division", "address", "phone", "hours", "focus", "brand", "opened_on"}
    assert set(body["results"][0]) == public
    assert client.get(f"{API}{station.code}/").json() == body["results"][0]


QUERIES = ["division=%FF", "division=abc", "kind=moon", "page=0", "page=abc", "page=99999999999999999999", "format=xml"]


@pytest.mark.parametrize(
    "query", [*QUERIES, "division=%00", "x=%00", "ordering=posts__user__password", "search=%ED%A0%80"]
)
def test_no_query_brings_the_api_down(query):
    make.station()
    response = Client(raise_request_exception=False).get(f"{API}?{query}")
    assert response.status_code in (200, 400, 404)


@pytest.mark.parametrize("code", ["NOWHERE", "%00", "%FF", "x" * 5_000, "路", "1'--"])
def test_a_code_that_is_none_is_not_there(code):
    closed = make.station(status="closed")
    closed.code = "NOWHERE"
    closed.save()
    assert Client(raise_request_exception=False).get(f"{API}{code}/").status_code in (400, 404)
