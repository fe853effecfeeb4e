"""The dashboard's figures as other programs read them: same account, same reach, same numbers."""

from datetime import date

import pytest
from rest_framework.throttling import AnonRateThrottle

from tests.support import factories as make

FIGURES = "/api/v1/figures/"
YEAR = {"from": "2026-01-01", "to": "2026-12-31"}


@pytest.fixture
def officer():
    at = make.station()
    make.visit(at, date(2026, 3, 10), residents_received=5)
    make.visit(make.station(f"{make.NANGANG}001"), date(2026, 3, 10), residents_received=70)
    return make.granted("officer")


def test_nobody_without_the_permission_reads_a_figure(client):
    for user in (None, make.staff(make.station()), make.granted("auditor")):
        if user:
            client.force_login(user)
        assert client.get(FIGURES).status_code == client.get(f"{FIGURES}visits_held/").status_code == 403


def test_an_officer_reads_the_figures_of_their_own_division(client, officer):
    client.force_login(officer)
    figures = {figure["key"]: figure for figure in client.get(FIGURES, YEAR).json()}
    assert (figures["visits_held"]["value"], figures["residents_received"]["value"]) == (1, 5)
    assert figures["told_rate"] == figures["told_rate"] | {"value": None, "numerator": 0, "denominator": 0, "unit": "%"}


def test_a_figure_comes_with_the_rows_it_counts(client, officer):
    client.force_login(officer)
    figure = client.get(f"{FIGURES}visits_held/", YEAR).json()
    assert (figure["value"], figure["count"], len(figure["results"])) == (1, 1, 1)
    assert dict(zip(figure["columns"], figure["results"][0], strict=True))["日期"] == "2026-03-10"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"division": make.NANGANG}, "division"),
        ({"division": "%00"}, "division"),
        ({"from": "yesterday"}, "from"),
        ({"from": "2026-05-01", "to": "2026-04-01"}, "to"),
    ],
)
def test_what_cannot_be_read_is_told_by_name(client, officer, query, field):
    client.force_login(officer)
    answer = client.get(FIGURES, query)
    assert (answer.status_code, list(answer.json())) == (400, [field])


def test_a_figure_that_is_none_is_not_there(client, officer):
    client.force_login(officer)
    assert client.get(f"{FIGURES}salaries/").status_code == 404


def test_the_list_has_every_figure_of_the_dashboard(client, officer):
    client.force_login(officer)
    keys = [figure["key"] for figure in client.get(FIGURES).json()]
    page = client.get("/dashboard/").content.decode()
    assert keys
    assert len(keys) == len(set(keys))
    assert [key for key in keys if f'data-figure="{key}"' not in page] == []


def test_a_reader_in_haste_is_slowed(client, monkeypatch, settings):
    monkeypatch.setattr(AnonRateThrottle, "THROTTLE_RATES", {"anon": "2/min", "user": "2/min"})
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "haste"}}
    answers = [client.get("/api/v1/stations/").status_code for _ in range(3)]
    assert answers == [200, 200, 429]
