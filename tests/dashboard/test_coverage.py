"""Which streets and townships have a station: tiles that agree with the figures, and a map only with its number."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse

from liaison.dashboard.asked import Asked
from liaison.dashboard.coverage import coverage_of
from liaison.dashboard.filters import VIEW
from liaison.divisions.load import load
from liaison.divisions.models import Division
from liaison.tools import boundaries, startup
from liaison.tools.periods import Period
from tests.support import factories as make
from tests.support.pages import Page

SHARED = Path(__file__).parent.parent.parent.parent / "shared" / "data" / "divisions.csv"
ADDRESS = "/dashboard/coverage/"
D = make.DAOLI
SQUARE = [[[126, 45], [127, 45], [127, 46], [126, 46], [126, 45]]]


@pytest.fixture
def officer(today, signed_in):
    make.office()
    return signed_in()


def tiles(response) -> dict[str, str]:
    """Code to how it is marked, of all tiles of the page."""
    links = [facts for tag, facts in Page(response.content.decode()).elements if tag == "a" and "data-code" in facts]
    return {facts["data-code"]: facts["class"] for facts in links}


def test_a_street_has_a_station_its_own_one_in_a_village_or_one_of_what_it_succeeds(officer):
    make.station(f"{D}001")
    make.station(f"{D}002004", kind="contact_point")
    make.station(f"{D}003", status="suspended")
    make.station(f"{D}004")
    heir = make.division(f"{D}005")
    Division.objects.filter(pk=f"{D}004").update(retired_on=date(2026, 6, 1), successor=heir)
    make.division(f"{D}006")
    page = officer.get(ADDRESS)
    marked = {f"{D}00{place}": "tile all" for place in (1, 2, 5)} | {f"{D}00{place}": "tile none" for place in (3, 6)}
    assert tiles(page) == marked
    assert "已覆盖3个，共5个" in page.text
    figure = officer.get("/dashboard/street_coverage/")
    assert [row["cells"][-1][1] for row in figure.context["rows"]] == ["是", "是", "否", "是", "否"]


def test_farms_and_zones_stand_apart_outside_the_denominator(officer):
    make.station(f"{D}001")
    make.station(f"{D}400")
    make.division(f"{D}401")
    district = officer.get(ADDRESS).context["districts"][0]
    assert ([tile.code for tile in district.tiles], district.covered) == ([f"{D}001"], 1)
    assert [(tile.code, tile.has) for tile in district.quasi] == [(f"{D}400", True), (f"{D}401", False)]


def test_a_tile_leads_to_the_stations_it_counts(officer):
    make.station(f"{D}001")
    make.station(f"{D}001003", kind="contact_point")
    make.station(f"{D}002")
    tile = officer.get(ADDRESS).context["districts"][0].tiles[0]
    assert tile.stations == 2
    assert officer.get(tile.href).context["cl"].result_count == 2


def test_nothing_beyond_the_reach_is_shown_and_a_division_narrows_it(officer, signed_in):
    make.station(f"{D}001")
    make.station(f"{D}002")
    make.station(f"{make.NANGANG}001")
    assert set(tiles(officer.get(ADDRESS))) == {f"{D}001", f"{D}002"}
    assert set(tiles(officer.get(ADDRESS, {"division": f"{D}002"}))) == {f"{D}002"}


def test_districts_of_two_cities_say_whose_they_are(today, signed_in):
    make.office()
    reader = signed_in(code="230000")
    make.station(f"{D}001")
    make.station("230202001")
    names = [district.name for district in reader.get(ADDRESS).context["districts"]]
    assert names == ["D230100 D230102", "D230200 D230202"]


@pytest.mark.parametrize("times", [1, 3])
def test_the_questions_do_not_grow_with_the_tiles(times, officer, django_assert_num_queries):
    for place in range(times):
        make.station(f"{D}00{place + 1}")
        make.station(f"23011{place}001")
        make.division(f"{D}40{place}")
    with django_assert_num_queries(QUERIES):
        officer.get(ADDRESS)


QUERIES = 13


@pytest.mark.skipif(not SHARED.exists(), reason="the shared list of divisions is not on this machine")
def test_harbin_counts_303_streets_and_townships(today):
    load(SHARED, on=date(2026, 1, 1))
    make.station(f"{D}001")
    user = make.granted("officer", code=make.HARBIN)
    city = Division.objects.get(pk=make.HARBIN)
    shown = coverage_of(Asked(user, VIEW, city, Period(today, today), today))
    assert shown["figures"][0]["denominator"] == 303
    assert sum(len(district.tiles) for district in shown["districts"]) == 303
    assert sum(district.covered for district in shown["districts"]) == shown["figures"][0]["numerator"] == 1
    assert shown["figures"][1]["denominator"] == sum(len(district.quasi) for district in shown["districts"]) > 0


# The map


@pytest.fixture
def file(tmp_path, settings):
    """Daoli as a square, and a district nobody here may see."""
    features = [
        {"properties": {"code": code}, "geometry": {"type": "Polygon", "coordinates": SQUARE}}
        for code in (D, make.NANGANG, "not-a-code")
    ]
    path = tmp_path / "boundaries.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    settings.BOUNDARY_FILE, settings.BOUNDARY_APPROVAL = str(path), "黑S（2026）001号"
    return path


def test_a_supplied_map_is_drawn_with_its_number_beneath(file, officer):
    make.station(f"{D}001")
    make.division(f"{D}002")
    page = officer.get(ADDRESS)
    (area,) = page.context["map"]["shapes"]
    assert (area["standing"], area["covered"], area["size"]) == ("part", 1, 2)
    assert area["shape"].path.startswith("M0 ")
    assert "审图号：黑S（2026）001号" in page.text
    assert set(tiles(page)) == {D, f"{D}001", f"{D}002"}


def test_without_its_number_no_map_is_drawn(file, officer, settings):
    settings.BOUNDARY_APPROVAL = ""
    make.station(f"{D}001")
    page = officer.get(ADDRESS)
    assert page.context["map"] is None
    assert "<svg viewBox" not in page.text.partition("<main")[2].partition("legend")[2]


def test_a_start_up_asks_for_the_number_and_for_a_file_that_can_be_read(file, settings):
    assert startup.boundaries_unapproved() is None
    settings.BOUNDARY_APPROVAL = " "
    assert "BOUNDARY_FILE 没有审图号" in startup.boundaries_unapproved()
    settings.BOUNDARY_APPROVAL = "1"
    for text in (
        "",
        "[]",
        "{}",
        '{"features": []}',
        '{"features": [{"geometry": {"type": "Point", "coordinates": 1}}]}',
    ):
        file.write_text(text)
        assert "不能按 GeoJSON 区域读取" in startup.boundaries_unapproved(), text
    settings.BOUNDARY_FILE = str(file) + ".missing"
    assert "不能按 GeoJSON 区域读取" in startup.boundaries_unapproved()


def test_a_degree_of_longitude_is_as_long_as_it_is_there():
    drawing = boundaries.draw([boundaries.Outline("1", (tuple(map(tuple, SQUARE[0])),))])
    assert (drawing.width, drawing.height) == (1000, 1427)  # 1 / cos(45.5°)
    assert drawing.shapes[0].path == "M0 1427L1000 1427L1000 0L0 0L0 1427Z"
    assert boundaries.draw([]) is None


def test_only_readers_of_figures_find_the_page(client, today):
    make.office()
    client.force_login(make.staff(make.station()))
    assert client.get(reverse("dashboard:coverage")).status_code == 403
