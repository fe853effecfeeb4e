"""Ten thousand rows: the main pages ask the database as much as for one."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from feedback.opinions.models import Opinion, OpinionAssignment, OpinionStep
from representatives.models import Person
from stations.register.models import Station
from stations.visits.models import Visit
from tests.access.crawling import signed_in
from tests.access.test_queries import place, questions  # noqa: F401 (a fixture)
from tests.support import factories as make

MANY = 10_000
DASHBOARD = "/dashboard/"
PAGES = [
    *("/admin/opinions/opinion/", "/admin/opinions/opinionassignment/", "/admin/visits/visit/", "/admin/"),
    *("/admin/stations/station/", "/admin/representatives/person/", DASHBOARD, "/", "/stations/"),
]


def one_of_each(at) -> tuple:
    """What the copies are made of."""
    life = make.Life(make.opinion(at.station), at.department)
    life.until("assigned")
    return life.opinion, OpinionAssignment.objects.get(), make.visit(at.station), make.mandate().person


def copies(row, how_many, **changes):
    """The row's columns again and again; `changes` maps a column to what it is at each number."""
    kept = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}
    for number in range(how_many):
        yield type(row)(**kept | {name: value(number) for name, value in changes.items()})


def ten_thousand_of_each(at, opinion, assignment, visit, person):
    """Also what hangs at them: a step of each opinion, an assignment of each. A thousand stations are a province's."""
    now = timezone.now()
    own = {"token_hash": lambda number: f"{number:064d}", "reporter_id": lambda number: None}
    own["message_id"] = lambda number: f"M{number}"
    opinions = Opinion.objects.bulk_create(copies(opinion, MANY, **own), batch_size=500)
    steps = (OpinionStep(opinion=row, move="begin", to_state="submitted", at=now) for row in opinions)
    OpinionStep.objects.bulk_create(steps, batch_size=500)
    ids = [row.pk for row in opinions]
    given = copies(assignment, MANY, opinion_id=lambda number: ids[number])
    OpinionAssignment.objects.bulk_create(given, batch_size=500)
    days = {"date": lambda number: date(2026, 1, 1) + timedelta(days=number % 300)}
    Visit.objects.bulk_create(copies(visit, MANY, **days), batch_size=500)
    Person.objects.bulk_create(copies(person, MANY, name=lambda number: f"Person {number:05d}"), batch_size=500)
    names = {"code": lambda number: f"{make.DAOLI}001-Y{number:04d}", "name": lambda number: f"Station Y{number}"}
    Station.objects.bulk_create(copies(at.station, MANY // 10, **names), batch_size=500)
    count_anew()


def count_anew():
    """A database that has lived knows how many rows it holds; one filled within a test still plans for none."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def asked_at(at, clerk) -> dict[str, int]:
    """Page -> questions; the clerk's first page also says how the one station stands, the officer's speaks of two."""
    client = signed_in(at.officer)
    pages = {address: questions(client, address) for address in PAGES}
    return pages | {"the clerk's": questions(signed_in(clerk), "/admin/")}


@pytest.fixture
def clerk(place):  # noqa: F811
    return make.staff(place.station)


@pytest.fixture
def asked_of_one(place, clerk):  # noqa: F811
    originals = one_of_each(place)
    make.station()
    return originals, asked_at(place, clerk)


def test_ten_thousand_rows_are_asked_for_like_one(place, clerk, asked_of_one):  # noqa: F811
    originals, of_one = asked_of_one
    ten_thousand_of_each(place, *originals)
    assert min(model.objects.count() for model in (Opinion, OpinionAssignment, Visit, Person)) > MANY
    of_many = asked_at(place, clerk)
    assert of_many.pop(DASHBOARD) <= of_one.pop(DASHBOARD) + 1  # one figure looks further where it counts something
    assert of_many == of_one
