"""One small world for every test of this folder, and quiet: thousands of refusals need no traceback each."""

import logging
from copy import deepcopy

import pytest

from tests.access import world
from tests.support.shared import built_once


@pytest.fixture(scope="module", autouse=True)
def _quiet():
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    with built_once(django_db_blocker, world.build) as here:
        yield here


@pytest.fixture
def here(built, db):
    """A copy: what a test changes on its records is nobody else's business."""
    return deepcopy(built)
