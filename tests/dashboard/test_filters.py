"""What may be asked, and what happens to what may not."""

import re
from datetime import date
from html import unescape

import pytest

from feedback.opinions.models import Opinion
from liaison.dashboard.filters import DashboardFilter
from liaison.divisions.models import Division
from tests.support import factories as make
from tests.support.board import count_on, figures_on

USUAL = {"from": "2026-01-01", "to": "2026-10-30"}


def answer(client, **query):
    response = client.get("/dashboard/", query)
    assert response.status_code == 200
    return response


def errors(response):
    return {name: list(texts) for name, texts in response.context["filter"].form.errors.items()}


def asked(response):
    """What the page's figures were asked with, as their addresses say it."""
    address = figures_on(response.text)["visits_held"]["href"]
    return dict(pair.split("=") for pair in address.partition("?")[2].split("&"))


def offered(response):
    choices = re.search(r'<select[^>]*name="division".*?</select>', response.text, re.DOTALL)[0]
    options = re.findall(r'<option value="([^"]*)"', choices)
    return [unescape(option) for option in options]


def test_without_a_question_it_is_this_year_up_to_today(stations, signed_in):
    response = answer(signed_in())
    assert asked(response) == USUAL
    assert errors(response) == {}
    assert "2026年1月1日" in str(response.context["period_words"])
    assert 'value="2026-01-01"' in response.text


def test_a_question_stays_in_the_address(stations, signed_in):
    question = {"division": f"{make.DAOLI}001", "from": "2026-02-01", "to": "2026-02-28"}
    response = answer(signed_in(), **question)
    assert asked(response) == question
    assert f'<option value="{make.DAOLI}001" selected>' in response.text


def test_days_may_be_written_as_people_write_them(stations, signed_in):
    question = {"from": "2026年2月1日", "to": "２０２６．２．２８"}
    assert asked(answer(signed_in(), **question)) == {"from": "2026-02-01", "to": "2026-02-28"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("from", "yesterday"),
        ("from", "99999-01-01"),
        ("from", "1899-12-31"),
        ("to", "2026-02-30"),
        ("to", "-1"),
        ("to", "x" * 5000),
        ("to", "0000-00-00"),
        ("to", "2025-12-31"),
        ("from", "2026-10-31"),
        ("division", "999999"),
        ("division", make.NANGANG),
        ("division", make.HARBIN),
        ("division", "' OR 1=1 --"),
        ("division", "😀"),
        ("kind", "castle"),
        ("category", "我"),
        ("compare", "tomorrow"),
    ],
)
def test_a_bad_value_is_told_beside_its_field_and_the_usual_stays(field, value, stations, signed_in):
    response = answer(signed_in(), **{field: value})
    told = "to" if value == "2026-10-31" else field  # days the wrong way round are told at the last one
    assert list(errors(response)) == [told]
    assert len(errors(response)[told]) == 1
    assert f'id="id_{told}_error"' in response.text
    assert asked(response) == USUAL


@pytest.mark.parametrize("address", ["", "visits_held/", "visits_held.csv"])
@pytest.mark.parametrize("query", ["division=%00", "from=%00", "to=2026-01-01%00"])
def test_a_nul_is_refused(address, query, stations, signed_in):
    assert signed_in().get(f"/dashboard/{address}?{query}").status_code == 400


def test_a_nul_that_comes_through_is_an_unknown_division(stations, rf):
    """Whatever stands in front of the filter."""
    request = rf.get("/dashboard/", {"division": "\x00"})
    request.user = make.granted("officer")
    question = DashboardFilter(request, date(2026, 10, 30))
    assert list(question.errors) == ["division"]


def test_bytes_that_are_no_utf_8_are_an_unknown_division(stations, signed_in):
    response = signed_in().get("/dashboard/?division=%ff%fe")
    assert list(errors(response)) == ["division"]


def test_a_division_out_of_reach_is_answered_like_an_unknown_one(stations, signed_in):
    client = signed_in()
    other, unknown = errors(answer(client, division=make.NANGANG)), errors(answer(client, division="999999"))
    assert other == unknown
    assert make.NANGANG not in offered(answer(client))


@pytest.mark.parametrize("address", ["visits_held/", "visits_held.csv", "visits_held.xlsx"])
def test_rows_of_a_question_that_cannot_be_read_are_not_given(address, stations, signed_in):
    """Other rows than those asked for would be a wrong answer."""
    response = signed_in().get(f"/dashboard/{address}?division={make.NANGANG}&from=2026-01-01")
    assert response.status_code == 302
    assert response.url == f"/dashboard/?division={make.NANGANG}&from=2026-01-01"


def test_divisions_offered_hold_stations_at_work_or_were_granted(stations, signed_in):
    make.station(f"{make.DAOLI}003", status="closed")
    make.division(f"{make.DAOLI}004")
    streets = [f"{make.DAOLI}001", f"{make.DAOLI}002"]
    assert offered(answer(signed_in())) == ["", make.DAOLI, *streets]


def test_a_city_officer_may_choose_whole_districts(stations, signed_in):
    make.station(f"{make.NANGANG}001002", status="operating")
    expected = ["", make.HARBIN, make.DAOLI, f"{make.DAOLI}001", f"{make.DAOLI}002"]
    expected += [make.NANGANG, f"{make.NANGANG}001", f"{make.NANGANG}001002"]
    assert offered(answer(signed_in(code=make.HARBIN))) == expected


def test_a_district_without_stations_is_still_offered_to_its_officer(today, signed_in):
    assert offered(answer(signed_in(code="230104"))) == ["", "230104"]


def test_who_runs_the_machine_may_choose_everywhere(stations, client):
    client.force_login(make.user(is_superuser=True))
    worked = Division.objects.filter(pk__in=["230000", make.HARBIN, make.DAOLI, make.NANGANG])
    streets = [f"{make.DAOLI}001", f"{make.DAOLI}002", f"{make.NANGANG}001"]
    assert set(offered(answer(client))) == {"", *worked.values_list("pk", flat=True), *streets}


def values(response, *keys):
    shown = figures_on(response.text)
    return [shown[key]["data-value"] for key in keys]


def test_the_kind_of_station_narrows_what_hangs_at_stations(world, signed_in):
    world[0].kind = "home"
    world[0].save()
    client = signed_in()
    keys = ("stations_operating", "visits_held", "opinions_received", "opinions_overdue", "rated_by_resident")
    assert values(answer(client), *keys) == ["2", "8", "23", "5", "6"]
    assert values(answer(client, kind="home"), *keys) == ["1", "4", "11", "2", "3"]
    assert values(answer(client, kind="studio"), *keys) == ["0"] * 5


def test_a_category_narrows_opinions_and_says_where_it_means_nothing(world, signed_in):
    client = signed_in()
    code = world[0].opinions.exclude(category=None).first().category.code
    response = answer(client, category=code)
    chosen = Opinion.objects.filter(category__code=code, division__code__startswith=make.DAOLI)
    assert values(response, "opinions_received") == [str(chosen.filter(received_at__year=2026).count())]
    assert values(response, "visits_held") == ["8"]
    assert response.text.count("不按类别筛选") > 5
    page = client.get(figures_on(response.text)["opinions_received"]["href"]).text
    assert count_on(page) == chosen.filter(received_at__year=2026).count()
    assert values(answer(client, category="none"), "opinions_received") == ["3"]


def test_filters_go_with_every_link(stations, signed_in):
    question = {"division": make.DAOLI, "kind": "station", "category": "none", "compare": "previous"}
    response = answer(signed_in(), **question)
    assert asked(response) == USUAL | question
    shortcut = re.search(r'href="\?([^"]*period=month[^"]*)"', response.text)[1]
    assert dict(pair.split("=") for pair in unescape(shortcut).split("&")) == question | {"period": "month"}


@pytest.mark.parametrize(
    ("name", "start"),
    [("month", "2026-10-01"), ("quarter", "2026-10-01"), ("year", "2026-01-01"), ("century", "2026-01-01")],
)
def test_a_shortcut_runs_up_to_today(name, start, stations, signed_in):
    assert asked(answer(signed_in(), period=name)) == {"from": start, "to": "2026-10-30"}


def test_this_term_is_that_of_the_nearest_congress_upward(stations, signed_in):
    """A street has no congress of its own."""
    make.mandate()  # Daoli's term began on 2021-12-01
    client = signed_in()
    assert asked(answer(client, period="term")) == {"from": "2021-12-01", "to": "2026-10-30"}
    street = {"period": "term", "division": f"{make.DAOLI}001"}
    assert asked(answer(client, **street))["from"] == "2021-12-01"


def test_without_a_term_in_force_it_is_not_offered(stations, signed_in):
    response = answer(signed_in(), period="term")
    assert asked(response) == USUAL
    assert "period=term" not in response.text
