"""A paired committee's first page: its stations, when it was last there, and those it has left silent."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.support import factories as make

LIST = "/admin/stations/pairing/"
TODAY = timezone.localdate()


@pytest.fixture
def committee():
    return make.organisation(kind="special_committee", name="Committee of the town")


@pytest.fixture
def client(committee):
    client = Client()
    client.force_login(make.granted("committee", organisation=committee))
    return client


def seen(pairing, days_ago):
    visit = make.visit(pairing.station, TODAY - timedelta(days=days_ago))
    visit.guests.create(organisation=pairing.organisation.name, name="Somebody")
    return pairing


def listed(client, **asked):
    return list(client.get(LIST, asked).context["cl"].queryset)


def test_the_longest_silent_come_first_and_what_has_ended_last(client, committee):
    recent, old, never, ended = (make.pairing(make.station(), committee) for _number in range(4))
    seen(recent, 10), seen(old, 300)
    type(ended).objects.filter(pk=ended.pk).update(valid_to=TODAY + timedelta(days=1))
    assert listed(client) == [never, old, recent, ended]


def test_the_first_page_counts_one_s_own_and_opens_what_it_counts(client, committee):
    make.pairing(make.station())  # somebody else's
    recent, old, never = (make.pairing(make.station(), committee) for _number in range(3))
    seen(recent, 10), seen(old, 300)
    tiles = client.get("/admin/").context["tiles"]
    assert [tile["value"] for tile in tiles] == [3, 2]
    assert [len(client.get(tile["href"]).context["cl"].queryset) for tile in tiles] == [3, 2]
    assert set(listed(client, silent="1")) == {old, never}


def test_a_pairing_younger_than_six_months_is_not_silent_yet(client, committee):
    make.pairing(make.station(), committee, valid_from=TODAY - timedelta(days=30))
    assert listed(client, silent="1") == []


def test_nobody_else_has_these_tiles():
    officer = Client()
    officer.force_login(make.granted("officer"))
    make.pairing(make.station())
    assert LIST not in {tile["href"] for tile in officer.get("/admin/").context["tiles"]}
