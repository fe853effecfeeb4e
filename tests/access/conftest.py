"""One small world for every test of this folder, and quiet: thousands of refusals need no traceback each."""

import logging

import pytest

from tests.access import world


@pytest.fixture(autouse=True)
def _quiet():
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def here():
    return world.build()
