"""A standard is made in the work platform alone: drafted, tried on stations, published, and then it stands."""

from datetime import date

import pytest

from liaison.audit.models import Entry
from stations.eight_haves.evaluation import evaluate
from stations.eight_haves.models import Criterion, Have, Standard, Threshold
from tests.access.filling import errors_on, form_on, send
from tests.eight_haves.conftest import TODAY, YEAR
from tests.support import factories as make

PAGES = "/admin/eight_haves/standard/"
SIX = ["premises", "signage", "staffing", "rules", "activities", "results"]


@pytest.fixture
def officer(client, station):
    client.force_login(make.granted("officer"))
    return client


def added(client, **typed) -> Standard:
    facts = {"name": "道里区标准", "version": "1", "kinds": ["home", "station"], "valid_from": "2026-11-3"} | typed
    response = send(client, f"{PAGES}add/", division=make.DAOLI, **facts)
    assert response.status_code == 302, errors_on(response)
    return Standard.objects.latest("pk")


def with_item(client, standard, **typed) -> Have:
    response = send(client, f"{PAGES}{standard.pk}/haves/new/", **typed)
    assert response.status_code == 302, errors_on(response)
    return standard.haves.latest("pk")


def page_of(have) -> str:
    return f"{PAGES}{have.standard_id}/haves/{have.pk}/"


def asking(client, have, measure, **typed) -> Criterion:
    """The measure is chosen, then its fields are filled in."""
    assert send(client, page_of(have), measure=measure).status_code == 302
    criterion = have.criteria.latest("pk")
    typed = {f"c{criterion.pk}_{part}": value for part, value in ({"met_": "1"} | typed).items()}
    response = send(client, page_of(have), **typed)
    assert response.status_code == 302, errors_on(response)
    return Criterion.objects.get(pk=criterion.pk)


def published(client, standard, **typed):
    return send(client, f"{PAGES}{standard.pk}/publish/", **typed)


def test_a_standard_of_six_items_is_made_without_code(officer, station):
    standard = added(officer)
    for key in SIX:
        asking(officer, with_item(officer, standard, key=key), "heads")
    assert published(officer, standard).status_code == 302
    (card,) = evaluate([station], YEAR, TODAY)
    assert [line.have.key for line in card.lines] == SIX
    assert {line.standing for line in card.lines} == {"met"}
