"""`/representatives/`: who is in office here, and nothing of them that is not public."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from representatives.models import Mandate, Person
from stations.register.models import StationAssignment
from tests.support import factories as make

LIST = "/representatives/"
CITY, PROVINCE = make.HARBIN, "230000"


def names(client, **query):
    return [person.name for person in client.get(LIST, query).context["page"]]


def place(mandate, at, **facts):
    return StationAssignment.objects.create(station=at, mandate=mandate, valid_from=date(2022, 1, 1), **facts)


def test_here_are_those_of_our_congresses_and_those_placed_here(client):
    make.mandate(name="ours")
    make.mandate(f"{make.DAOLI}102", name="of a town of ours")
    place(make.mandate(CITY, name="of the city, placed here"), make.station())
    make.mandate(CITY, name="of the city, placed nowhere")
    place(make.mandate(make.NANGANG, name="theirs"), make.station(f"{make.NANGANG}001"))
    assert names(client) == ["of the city, placed here", "ours", "of a town of ours"]


def test_whoever_is_not_in_office_is_not_public(client):
    today = timezone.localdate()
    for number, facts in enumerate(
        [
            {"status": "ended"},
            {"status": "suspended"},
            {"ends_on": today - timedelta(days=1)},
            {"starts_on": today + timedelta(days=1)},
        ]
    ):
        mandate = make.mandate(name=f"gone {number}")
        Mandate.objects.filter(pk=mandate.pk).update(**facts)
        assert client.get(f"{LIST}{mandate.person_id}/").status_code == 404, facts
    Person.objects.create(name="never elected")
    assert names(client) == []
    last_day = make.mandate(name="until tonight")
    Mandate.objects.filter(pk=last_day.pk).update(ends_on=today)
    assert names(client) == ["until tonight"]
    assert client.get(f"{LIST}{last_day.person_id}/").status_code == 200


def test_somebody_of_another_district_is_not_here(client):
    assert client.get(f"{LIST}{make.mandate(make.NANGANG).person_id}/").status_code == 404
    for odd in ("987654", "9" * 30, "abc", "-1"):
        assert client.get(f"{LIST}{odd}/").status_code == 404


def test_a_person_stands_there_once_with_every_seat(client):
    seat = make.mandate(name="Gu")
    second = make.mandate(f"{make.DAOLI}102").term
    Mandate.objects.create(person=seat.person, term=second, electoral_district="2", starts_on=date(2022, 1, 1))
    page = client.get(LIST, {"q": "Gu"}).context["page"]
    assert [(person.name, len(person.seats)) for person in page] == [("Gu", 2)]
    assert len(client.get(LIST, {"level": "5", "q": "Gu"}).context["page"][0].seats) == 2


def test_they_are_found_by_name_seat_station_and_level(client):
    pine, oak = make.station(name="Pine"), make.station(name="Oak")
    here, there = make.mandate(name="Wen"), make.mandate(f"{make.DAOLI}102", name="Shao")
    place(here, pine)
    place(there, oak)
    Mandate.objects.filter(pk=here.pk).update(electing_unit="the army", electoral_district="")
    Mandate.objects.filter(pk=there.pk).update(electoral_district="River 7")
    for query, found in (
        ({"q": "We"}, ["Wen"]),
        ({"q": " Oak "}, ["Shao"]),
        ({"q": "River"}, ["Shao"]),
        ({"q": "army"}, ["Wen"]),
        ({"level": "4"}, ["Wen"]),
        ({"level": "5"}, ["Shao"]),
        ({"level": "5", "q": "We"}, []),
        ({"station": oak.code}, ["Shao"]),
        ({"station": oak.code, "level": "4"}, []),
    ):
        assert names(client, **query) == found, query


ODD = ["\ufffd", "(", "%", "' OR 1", "a" * 10_000, "١٢", "9" * 40, "-1"]


@pytest.mark.parametrize("odd", ODD)
def test_nothing_asked_brings_the_list_down(client, odd):
    make.mandate()
    for name in ("q", "level", "station", "page"):
        assert client.get(LIST, {name: odd}).status_code == 200


def test_an_odd_level_or_station_is_no_filter(client):
    make.mandate(name="Wen")
    assert names(client, level="٤", station="nowhere", page="99") == ["Wen"]


def test_the_count_is_of_all_pages(client):
    for _ in range(25):
        make.mandate()
    answer = client.get(LIST, {"page": "2", "q": "Person"})
    assert (answer.context["page"].paginator.count, len(answer.context["page"])) == (25, 1)
    assert 'data-count="25"' in answer.content.decode()
    assert "?page=1&amp;q=Person" in answer.content.decode()


def test_work_is_shown_only_where_it_is_switched_on(client):
    person = make.mandate(name="Wen").person
    person.work = "stoker"
    person.save()
    pages = (LIST, f"{LIST}{person.pk}/")
    assert ["stoker" in client.get(page).content.decode() for page in pages] == [False, False]
    person.is_work_public = True
    person.save()
    assert ["stoker" in client.get(page).content.decode() for page in pages] == [False, True]


def test_contact_goes_through_the_stations_where_they_are_now(client):
    mandate = make.mandate(name="Wen")
    now = make.station(name="Pine", phone="0451-11111111", hours="Tuesdays")
    place(mandate, now)
    place(mandate, make.station(name="Oak"), is_primary=False, valid_to=date(2023, 1, 1))
    place(mandate, make.station(name="Elm", status="closed"), is_primary=False)
    answer = client.get(f"{LIST}{mandate.person_id}/")
    text = answer.content.decode()
    assert answer.context["stations"] == [now]
    assert (text.count("0451-11111111"), "Oak" in text, "Elm" in text) == (4, False, False)  # twice, each a link
    assert f"/opinions/new/?station={now.code}" in text


def test_a_person_s_page_asks_the_same_whatever_they_hold(client, django_assert_num_queries):
    mandate = make.mandate(name="Wen")
    place(mandate, make.station())
    page = f"{LIST}{mandate.person_id}/"
    with django_assert_num_queries(8):
        client.get(page)
    for _ in range(3):
        place(mandate, make.station(), is_primary=False)
    with django_assert_num_queries(8):
        client.get(page)
