"""A station with eight representatives and its clerk."""

import pytest

from tests.support import factories as make


@pytest.fixture
def station():
    make.office()
    return make.station()


@pytest.fixture
def mandates(station):
    return make.placed(station, 8)


@pytest.fixture
def writer(station):
    return make.staff(station, username="writer")


@pytest.fixture
def clerk(client, writer, mandates):
    client.force_login(writer)
    return client
