"""What other programs read without an account: what stands on the public pages, and nothing else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from feedback.opinions.models import Opinion
from tests.support import factories as make

API = "/api/v1/"


@pytest.fixture(autouse=True)
def _office():
    make.office()


def names(client, path, **query):
    return [row["name"] for row in client.get(f"{API}{path}", query).json()["results"]]


def test_representatives_are_read_with_seats_and_stations_and_nothing_more(client):
    at = make.station(name="松涛站")
    (mandate,) = make.placed(at)
    mandate.person.work = "某厂工程师"
    mandate.person.save()
    (row,) = client.get(f"{API}representatives/").json()["results"]
    assert set(row) == {"id", "name", "work", "mandates"}
    assert row["work"] == ""
    assert row["mandates"][0]["stations"] == [{"code": at.code, "name": "松涛站"}]
    assert client.get(f"{API}representatives/{row['id']}/").json() == row


def test_work_is_read_where_the_office_shows_it(client):
    (mandate,) = make.placed(make.station())
    mandate.person.work, mandate.person.is_work_public = "某厂工程师", True
    mandate.person.save()
    assert client.get(f"{API}representatives/{mandate.person_id}/").json()["work"] == "某厂工程师"


def test_representatives_are_found_by_level_and_station(client):
    here, there = make.station(), make.station()
    (mine,), (other,) = make.placed(here), make.placed(there)
    level = mine.term.congress.level
    assert names(client, "representatives/", station=here.code) == [mine.person.name]
    assert sorted(names(client, "representatives/", level=level)) == sorted([mine.person.name, other.person.name])
    assert client.get(f"{API}representatives/", {"level": 9}).status_code == 400


def test_whoever_is_not_in_office_any_more_is_not_read(client):
    (mandate,) = make.placed(make.station())
    mandate.status = "ended"
    mandate.save()
    assert names(client, "representatives/") == []
    assert client.get(f"{API}representatives/{mandate.person_id}/").status_code == 404


def test_reception_days_to_come_are_read(client):
    at, today = make.station(), timezone.localdate()
    receiving = make.placed(at)
    make.reception(at, today - timedelta(days=1))
    shifted = make.reception(at, today + timedelta(days=3), planned_on=today + timedelta(days=1), receiving=receiving)
    make.reception(make.station(f"{make.NANGANG}001"), today)
    (row,) = client.get(f"{API}receptions/").json()["results"]
    assert (row["station"], row["date"], row["planned_on"]) == (
        at.code,
        shifted.date.isoformat(),
        shifted.planned_on.isoformat(),
    )
    assert row["representatives"] == [receiving[0].person.name]


def test_only_reviewed_words_with_consent_are_read(client):
    opinion = make.Life(make.opinion(make.station(), body="RAW WORDS", reporter={"name": "SOMEBODY"})).until("fed_back")
    published = make.publication(opinion)
    answer = client.get(f"{API}opinions/")
    (row,) = answer.json()["results"]
    assert (row["title"], row["text"]) == (published.title, published.text)
    assert "RAW WORDS" not in answer.content.decode()
    assert "SOMEBODY" not in answer.content.decode()
    Opinion.objects.update(publish_consent=False)
    assert client.get(f"{API}opinions/").json()["results"] == []
    assert client.get(f"{API}opinions/{published.pk}/").status_code == 404


@pytest.mark.parametrize("path", ["representatives", "receptions", "opinions"])
@pytest.mark.parametrize("key", ["0", "9" * 18, "9" * 30, "-1", "x"])
def test_a_key_that_is_none_is_not_there(client, path, key):
    assert client.get(f"{API}{path}/{key}/").status_code == 404


@pytest.mark.parametrize(("path", "queries"), [("representatives/", 6), ("receptions/", 5), ("opinions/", 3)])
def test_a_list_asks_the_same_number_of_questions(client, django_assert_num_queries, path, queries):
    at = make.station()
    for _time in range(3):
        receiving = make.placed(at)
        make.reception(at, timezone.localdate() + timedelta(days=receiving[0].pk % 300), receiving=receiving)
        make.publication(make.Life(make.opinion(at)).until("fed_back"))
    with django_assert_num_queries(queries):
        assert client.get(f"{API}{path}").json()["count"] == 3
