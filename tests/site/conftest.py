import pytest

from tests.support import factories as make


@pytest.fixture(autouse=True)
def office():
    return make.office(hours="Mon to Fri", address="Quiet Lane 1")
