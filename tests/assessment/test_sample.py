"""A random sample: the same seed and day give the same stations; what cannot be drawn is said in words."""

from datetime import date

import pytest

from stations.assessment.sampling import drawn
from stations.register.models import Station
from tests.access.crawling import signed_in
from tests.access.filling import errors_on
from tests.assessment.conftest import TODAY
from tests.support import factories as make

ADDRESS = "/assessments/sample/"
ASKED = {"division": make.DAOLI, "size": "3", "seed": "七号", "day": "2026-11-03"}


@pytest.fixture
def seven(there):
    """Seven stations to be inspected with the first, and some that are not."""
    for number in range(5):
        make.station(f"{make.DAOLI}00{number % 3 + 1}", name=f"站{number}")
    make.station(kind="studio")
    make.station(f"{make.NANGANG}001")
    make.station(opened_on=date(2026, 11, 2))
    return there


def sample(client, **changes):
    return client.get(ADDRESS, ASKED | changes).context["sample"]


def test_the_same_seed_and_day_draw_the_same_stations(seven):
    client = signed_in(seven.people["officer"])
    first = sample(client)
    assert len(set(first)) == 3
    assert sample(signed_in(seven.people["officer"])) == first
    others = [sample(client, seed=str(number)) for number in range(8)]
    assert any(other != first for other in others)
    assert sample(client, size="5")[:3] == first


def test_a_draw_does_not_lean_on_the_order_of_its_stations(seven):
    stations = list(Station.objects.all())
    assert drawn(stations, 4, "x", TODAY) == drawn(stations[::-1], 4, "x", TODAY)
    assert drawn(stations, 4, "x", TODAY) != drawn(stations, 4, "y", TODAY)


def test_every_station_is_drawn_about_as_often(seven):
    stations = list(Station.objects.all()[:4])
    counts = dict.fromkeys(stations, 0)
    for seed in range(2_000):
        counts[drawn(stations, 1, str(seed), TODAY)[0]] += 1
    assert all(430 < count < 570 for count in counts.values())


def test_only_stations_to_be_inspected_on_that_day_are_drawn(seven):
    client = signed_in(seven.people["officer"])
    assert {station.kind for station in sample(client, size="8")} == {"station"}
    assert len(sample(client, size="7", day="2026-11-01")) == 7
    refused = client.get(ADDRESS, ASKED | {"size": "8", "day": "2026-11-01"})
    assert "那里应检站只有7个。" in refused.text


def test_the_page_names_the_seed_and_leads_to_each_field_form(seven):
    page = signed_in(seven.people["officer"]).get(ADDRESS, ASKED)
    assert "七号" in page.text
    assert "从8个应检站中抽取3个" in page.text
    assert 'data-count="3"' in page.text
    for station in page.context["sample"]:
        assert f'href="/assessments/forms/{station.code}/?year=2026"' in page.text
    papers = signed_in(seven.people["officer"]).get(f"{ADDRESS}forms/", ASKED).text
    assert [f'data-station="{station.code}"' in papers for station in page.context["sample"]] == [True] * 3
    assert papers.count("data-station=") == 3


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"size": "9"}, "size", "那里应检站只有8个。"),
        ({"size": "0"}, "size", "至少抽取1个站。"),
        ({"size": "101"}, "size", "一次最多抽取100个站。"),
        ({"division": make.NANGANG}, "division", "您的权限范围内没有这个区划的应检站"),
        ({"division": "nowhere"}, "division", "您的权限范围内没有这个区划的应检站"),
        ({"seed": ""}, "seed", ""),
        ({"day": "2026-11-04"}, "day", ""),
        ({"day": "x"}, "day", ""),
    ],
)
def test_what_cannot_be_drawn_is_said(changes, field, words, seven):
    client = signed_in(seven.people["officer"])
    refused = client.get(ADDRESS, {name: value for name, value in (ASKED | changes).items() if value})
    assert errors_on(refused) == {field}
    assert words in refused.text
    assert refused.context["sample"] == []
    assert client.get(f"{ADDRESS}forms/", ASKED | changes).status_code == 404


def test_only_officers_draw(seven):
    for who in set(seven.people) - {"officer", "officer_elsewhere"}:
        assert signed_in(seven.people[who]).get(ADDRESS).status_code == 403, who
    assert signed_in(seven.people["officer"]).get(ADDRESS).context["form"].errors == {}
