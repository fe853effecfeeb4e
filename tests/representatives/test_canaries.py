"""Telephones and addresses of representatives are on no public page, feed, search, export or API: none are kept,
and what is kept beside name and seat is public only where it is switched on.
"""

import pytest
from django.contrib import admin

from representatives import models
from representatives.models import Mandate, Person
from stations.register.models import StationAssignment
from tests.access.crawling import signed_in
from tests.support import factories as make

MARK = "CANARY"
SWITCHED = [name for name in Person.switched if name not in ("gender", "born_in")]
KEPT = {  # every column of a person and a seat in which something about the person may be written
    Person: {"name", "work", "gender", "ethnic_group", "born_in", "party", "education"},
    Mandate: {"electoral_district", "electing_unit", "delegation", "certificate_no", "status"},
}
PUBLIC = ["/", "/representatives/", f"/representatives/?q={MARK}", "/receptions/", "/results/", "/stations/"]
PUBLIC += ["/proposals/", "/api/v1/representatives/", "/api/v1/stations/", "/api/v1/receptions/", "/api/schema/"]


@pytest.fixture
def person():
    """Somebody who has written something everywhere, and receives at a station."""
    make.office()
    station, mandate = make.station(), make.mandate(name="Wen")
    StationAssignment.objects.create(station=station, mandate=mandate, valid_from=mandate.starts_on)
    facts = {name: f"{MARK}-{name}" for name in SWITCHED}
    Person.objects.filter(pk=mandate.person_id).update(**facts, gender="female", born_in="1970-05")
    make.group(mandate)
    Mandate.objects.update(certificate_no=f"{MARK}-number", delegation=f"{MARK}-delegation")
    make.statement(mandate, text=f"{MARK}-draft")
    return mandate.person


def public_pages(person):
    station = StationAssignment.objects.get().station
    own = [f"/representatives/{person.pk}/", f"/stations/{station.code}/", f"/api/v1/representatives/{person.pk}/"]
    return [*PUBLIC, *own]


def test_no_column_keeps_a_telephone_or_an_address():
    texts = {
        model: {
            field.name
            for field in model._meta.get_fields()
            if field.get_internal_type() in ("CharField", "TextField", "BinaryField")
        }
        for model in KEPT
    }
    assert texts == KEPT
    words = ("phone", "mobile", "address", "email", "identity")
    names = [f.name for name in models.__all__ if hasattr(m := getattr(models, name), "_meta") for f in m._meta.fields]
    assert [name for name in names if any(word in name for word in words)] == []


def test_nothing_internal_is_on_a_public_page_feed_search_or_api(client, person):
    for address in public_pages(person):
        answer = client.get(address)
        assert answer.status_code == 200, address
        told = answer.content.decode()
        assert (f"{MARK}-" in told, "1970-05" in told) == (False, False), address


@pytest.mark.parametrize("name", Person.switched)
def test_each_fact_has_a_switch_of_its_own(name, client, person):
    Person.objects.update(**{f"is_{name}_public": True})
    told = client.get(f"/representatives/{person.pk}/").content.decode()
    words = {"gender": "女", "born_in": "1970-05"}
    shown = {other for other in Person.switched if f">{words.get(other, f'{MARK}-{other}')}<" in told}
    assert shown == {name}


def test_the_search_finds_nobody_by_what_is_not_public(client, person):
    for name in SWITCHED:
        assert client.get("/representatives/", {"q": f"{MARK}-{name}"}).context["page"].paginator.count == 0


def test_no_register_taken_away_holds_more_of_a_person_than_their_work(person):
    officer = make.granted("officer")
    for register, key in (("person", person.pk), ("mandate", person.mandates.get().pk)):
        data = {"action": "download", "_selected_action": [key], "index": "0"}
        answer = signed_in(officer).post(f"/admin/representatives/{register}/", data)
        assert answer.getvalue()[:2] == b"PK", register  # a workbook
    taken = {column.key for model in KEPT for column in admin.site._registry[model].ledger}
    assert taken.isdisjoint({"gender", "ethnic_group", "born_in", "party", "education", "certificate_no"})
