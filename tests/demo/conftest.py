"""One demo for all tests of this folder: they only look at it."""

from datetime import date

import pytest
from django.db import transaction

from liaison.demo.district import ensure

TODAY = date(2026, 10, 30)


@pytest.fixture(scope="package")
def demo(django_db_setup, django_db_blocker):
    """The demo of 30 October 2026, taken back when the folder's tests are done."""
    with django_db_blocker.unblock(), transaction.atomic(), transaction.atomic(using="keys"):
        load, _is_new = ensure(seed=7, today=TODAY, scale="district", password="unlikely-words-here")
        yield load
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="keys")
