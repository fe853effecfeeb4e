"""A station's page in plain words, and where it leads once the station is shut."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from stations.register.models import Designation, Station, StationAssignment
from tests.support import factories as make
from tests.support.pages import Page

STREET, OTHER = f"{make.DAOLI}001", f"{make.DAOLI}002"


@pytest.fixture(autouse=True)
def _office():
    make.office()


@pytest.fixture
def station():
    return make.station(name="松涛站", address="松涛路1号", phone="0451-00000001", hours="周一至周五")


def today():
    return timezone.localdate()


def shown(client, station):
    return client.get(f"/stations/{station.code}/")


def text(client, station):
    page = shown(client, station).content.decode()
    assert "<script" not in page
    return page.partition("<main")[2].partition("</main")[0]


def hrefs(page):
    return [values["href"] for tag, values in Page(page).elements if tag == "a" and "href" in values]


def test_it_says_what_the_place_is(client, station):
    make.division(STREET).__class__.objects.filter(pk=STREET).update(name="松涛街道")
    assert "这里是松涛街道的联络站，人大代表在这里和群众见面，听取意见建议。" in text(client, station)


def test_a_retired_street_s_station_speaks_of_what_came_after_it(client, station):
    street = make.division(STREET)
    street.retired_on, street.successor = today(), make.division(OTHER, "新街道")
    street.save()
    assert "这里是新街道的联络站" in text(client, station)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"host_place": "便民服务中心"}, "（在便民服务中心内）"),
        ({"has_accessible_entrance": True}, "有无障碍通道，轮椅、童车可进"),
        ({"is_legislative_contact_point": True}, "也是基层立法联系点"),
        ({"served_area": "松涛、江畔社区"}, "松涛、江畔社区"),
    ],
)
def test_what_is_registered_is_told_and_nothing_else(facts, words, client, station):
    assert words not in text(client, station)
    Station.objects.update(**facts)
    assert words in text(client, station)


def test_a_demonstration_station_is_called_one_while_it_is(client, station):
    named = Designation.objects.create(station=station, valid_from=today())
    assert "示范站" in text(client, station)
    Designation.objects.filter(pk=named.pk).update(valid_from=today() - timedelta(9), valid_to=today() - timedelta(1))
    assert "示范站" not in text(client, station)


def test_who_receives_next_stands_above_all_days(client, station):
    tomorrow, later = today() + timedelta(1), today() + timedelta(2)
    make.reception(station, tomorrow, status="cancelled")
    kept = make.reception(station, later, receiving=[make.mandate(name="卜庆林")])
    response = shown(client, station)
    assert response.context["next_reception"] == kept
    assert len(response.context["receptions"]) == 2
    assert "接待代表：卜庆林" in response.content.decode()


def test_representatives_stand_by_level_and_lead_to_their_pages(client, station):
    of_county, of_city = make.mandate(name="卜庆林"), make.mandate(make.HARBIN, name="温如松")
    for mandate in (of_county, of_city):
        StationAssignment.objects.create(station=station, mandate=mandate, valid_from=today())
    page = text(client, station)
    assert page.index("市级") < page.index("温如松") < page.index("县级") < page.index("卜庆林")
    assert f"/representatives/{of_city.person_id}/" in hrefs(page)


def test_who_is_not_in_office_yet_is_not_named(client, station):
    (mandate,) = make.placed(station)
    type(mandate).objects.update(starts_on=today() + timedelta(1))
    assert mandate.person.name not in text(client, station)


def test_the_eight_haves_are_told_in_plain_words(client, station):
    make.confirmation(station, today())
    haves = {row["have"].key: row["words"] for row in shown(client, station).context["haves"]}
    assert len(haves) == 8
    assert (str(haves["premises"]), str(haves["staffing"])) == ("已做到", "还在完善")
    page = text(client, station)
    assert "有固定场所接待群众、开展活动" in page
    assert "未达标" not in page
    assert "没有在岗" not in page


@pytest.mark.parametrize("kind", ["contact_point", "studio"])
def test_of_a_contact_point_no_eight_are_asked(kind, client, station):
    Station.objects.update(kind=kind)
    assert shown(client, station).context["haves"] == []


def test_studios_and_contact_points_stand_under_their_station(client, station):
    open_one = make.station(name="松涛联络点", kind="contact_point", parent=station, address="松涛小区")
    make.station(name="旧联络点", kind="contact_point", parent=station, status="closed")
    page = text(client, station)
    assert "松涛小区" in page
    assert "旧联络点" not in page
    assert f"/stations/{open_one.code}/" in hrefs(page)
    assert f"/stations/{station.code}/" in hrefs(text(client, open_one))


def test_the_page_leads_to_the_plate(client, station):
    assert f"/stations/{station.code}/plate/" in hrefs(text(client, station))


@pytest.mark.parametrize("status", ["closed", "suspended"])
def test_a_shut_station_leads_to_the_next_one_of_its_street(status, client, station):
    far = make.station(OTHER)
    near = make.station(STREET, name="江畔站", phone="0451-00000009")
    Station.objects.filter(pk=station.pk).update(status=status)
    response = shown(client, station)
    page = text(client, station)
    assert response.context["instead"] == near
    assert f"/opinions/new/?station={near.code}" in hrefs(page)
    assert "0451-00000009" in page
    assert far.name not in page


def test_the_short_address_of_a_shut_station_opens_its_page(client, station):
    near = make.station(STREET)
    Station.objects.filter(pk=station.pk).update(status="closed")
    page = client.get(f"/s/{station.code}", follow=True)
    assert page.redirect_chain == [(f"/stations/{station.code}/", 302)]
    assert f"/opinions/new/?station={near.code}" in hrefs(page.content.decode())


def test_the_form_of_a_shut_station_says_so_and_lets_choose_another(client, station):
    Station.objects.filter(pk=station.pk).update(status="suspended")
    page = client.get("/opinions/new/", {"station": station.code})
    assert "这个联络站现在不接待，请选别的联络站" in page.text
    assert page.context["form"].initial["station"] == ""


def test_a_planned_station_is_not_there_at_its_short_address_either(client, station):
    Station.objects.update(status="planned")
    page = client.get(f"/s/{station.code}", follow=True)
    assert "没找到这个联络站" in page.content.decode()
    assert station.name not in page.content.decode()


def test_a_short_address_typed_by_hand_is_understood(client, station):
    Station.objects.update(code="230102-001-Z01")
    assert client.get("/s/230102-001-z01")["Location"] == "/opinions/new/?station=230102-001-Z01"
    Station.objects.create(code="230102-001-z01", name="small", division=station.division)
    assert client.get("/s/230102-001-z01")["Location"] == "/opinions/new/?station=230102-001-z01"


@pytest.mark.parametrize("code", ["%FF", "x" * 3_000, "路", "%", "_", "1'--", "%E2%80%AE"])
def test_no_short_address_is_a_failure(code, client, station):
    client.raise_request_exception = False
    assert client.get(f"/s/{code}").status_code in (302, 400, 404)


def fill(station):
    """One more of everything on the page."""
    make.reception(station, today() + timedelta(station.receptions.count()), receiving=make.placed(station, 2))
    make.station(kind="contact_point", parent=station)
    make.publication(make.Life(make.opinion(station)).until("fed_back"))


def test_the_page_asks_as_much_for_one_row_as_for_three(client, station):
    asked = []
    for _round in range(3):
        fill(station)
        with CaptureQueriesContext(connection) as queries:
            assert shown(client, station).status_code == 200
        asked.append(len(queries))
    assert asked == [24] * 3


def test_the_page_is_light_with_all_it_can_hold(client, station):
    for _round in range(8):
        fill(station)
    assert len(shown(client, station).content) < 30_000
