"""The schema says what the API does. schemathesis reads it and asks what nobody thought of."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi.checks import response_schema_conformance

from liaison.api.docs import operations
from tests.support import factories as make

TRIES = settings(max_examples=25, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))


@pytest.fixture
def undisturbed():
    """As in Django's own test client: the end of a request does not close the test's connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def described(undisturbed):
    make.office()
    make.station()
    return schemathesis.openapi.from_wsgi("/api/schema/?format=json", get_wsgi_application())


@pytest.fixture
def cookies(client):
    client.force_login(make.granted("officer"))
    return {"nobody": {}, "officer": {"sessionid": client.cookies["sessionid"].value}}


@pytest.mark.parametrize("who", ["nobody", "officer"])
def test_every_answer_is_what_the_schema_says(described, cookies, who):
    statuses = set()
    for found in described.get_all_operations():
        ask_everything(found.ok(), cookies[who], statuses)
    assert 200 in statuses
    assert max(statuses) < 500


def ask_everything(operation, cookies, statuses):
    @TRIES
    @given(case=operation.as_strategy())
    def ask(case):
        answer = case.call(cookies=cookies)
        statuses.add(answer.status_code)
        if answer.status_code == 200:
            case.validate_response(answer, checks=[response_schema_conformance])

    ask()


def test_the_schema_is_valid():
    described = SchemaGenerator().get_schema(request=None, public=True)
    validate_schema(described)
    assert described["openapi"] == "3.1.0"


def test_the_page_says_all_the_schema_says(client):
    described = SchemaGenerator().get_schema(request=None, public=True)
    page = client.get("/api/docs/").content.decode()
    offered = operations(described)
    assert [operation.path for operation in offered] == list(described["paths"])
    for operation in offered:
        assert operation.path in page
        assert operation.fields
        assert all(f"<code>{field['name']}</code>" in page for field in operation.parameters + operation.fields)
