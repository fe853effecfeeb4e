"""The list of stations laid out by area."""

from django.utils import timezone

from stations.register.by_district import by_district
from stations.register.models import Station
from tests.support import factories as make
from tests.support.pages import Page

LIST = "/stations/"


def laid_out(served):
    stations = Station.objects.select_related("division")
    return [(row.code, row.name, [one.name for one in row.stations]) for row in by_district(stations, served)]


def test_a_city_s_stations_stand_by_district_and_a_district_s_by_street():
    make.division(make.DAOLI, "道里区")
    make.station(f"{make.DAOLI}001", name="a")
    make.station(f"{make.DAOLI}002", name="b")
    make.station(f"{make.NANGANG}001", name="c")
    make.station(make.HARBIN, name="d")
    city, daoli, nangang = (make.division(code) for code in (make.HARBIN, make.DAOLI, make.NANGANG))
    assert laid_out(city) == [
        (make.HARBIN, city.name, ["d"]),
        (make.DAOLI, "道里区", ["a", "b"]),
        (make.NANGANG, nangang.name, ["c"]),
    ]
    streets = [code for code, _name, _stations in laid_out(daoli)]
    assert streets[1:3] == [f"{make.DAOLI}001", f"{make.DAOLI}002"]
    assert [code for code, *_rest in laid_out(None)] == [make.HARBIN, make.DAOLI, make.NANGANG]


def test_a_retired_street_s_station_stands_under_its_successor():
    old = make.station(f"{make.DAOLI}001", name="old")
    new = make.station(f"{make.DAOLI}002", name="new")
    division = old.division
    division.retired_on, division.successor = timezone.localdate(), new.division
    division.save()
    assert laid_out(make.division(make.DAOLI)) == [(new.division.code, new.division.name, ["old", "new"])]


def test_anchors_lead_to_the_areas(client):
    make.office()
    for street in range(1, 8):
        make.station(f"{make.DAOLI}00{street}")
    elements = Page(client.get(LIST).content.decode()).elements
    links = [values["href"][1:] for tag, values in elements if tag == "a" and values.get("href", "").startswith("#d")]
    assert links == [f"d{make.DAOLI}00{street}" for street in range(1, 8)]
    assert [values["id"] for _tag, values in elements if values.get("id", "").startswith("d2")] == links


def test_few_stations_need_no_index(client):
    make.office()
    make.station()
    assert b'href="#d' not in client.get(LIST).content


def test_a_city_s_whole_list_is_one_light_page(client):
    """325 stations, as many as Harbin has; below 100 KB as it stands, a tenth of that compressed."""
    make.office(make.HARBIN)
    districts = [make.DAOLI, make.NANGANG, "230104", "230108"]
    streets = [make.division(f"{district}{n:03d}") for district in districts for n in range(1, 83)][:325]
    Station.objects.bulk_create(
        Station(code=f"{street.code[:6]}-{street.code[6:]}-000-Z01", name="路" * 14, division=street, address="道" * 12)
        for street in streets
    )
    response = client.get(LIST)
    assert response.content.count(b"-000-Z01/") == 325
    assert len(response.content) < 100_000


def test_several_words_narrow_the_search(client):
    make.office()
    make.division(f"{make.DAOLI}001", "安隆街道")
    make.station(f"{make.DAOLI}001", name="甲站", address="松涛路1号", served_area="松苑小区")
    make.station(f"{make.DAOLI}001", name="乙站", address="江畔路2号", host_place="便民中心")

    def found(words):
        return [station.name for station in client.get(LIST, {"q": words}).context["stations"]]

    assert found("安隆") == ["甲站", "乙站"]
    assert found("安隆 松涛路") == ["甲站"]
    assert found("松苑") == ["甲站"]
    assert found("便民") == ["乙站"]
    assert found("松涛 江畔") == []
    assert found(" ".join("路" * 30)) == ["甲站", "乙站"]
