import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def in_english():
    """What the source says; that all of it is translated is tested elsewhere."""
    with translation.override("en"):
        yield
