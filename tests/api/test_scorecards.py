"""Scorecards as other programs read them: same account, same reach, same sentences as the pages."""

from datetime import date

import pytest

from liaison.tools.periods import Period
from stations.eight_haves.evaluation import evaluate
from stations.eight_haves.plain import plain
from tests.support import factories as make

CARDS = "/api/v1/scorecards/"
TODAY = date(2026, 11, 3)
QUERIES = 24  # session, account, reach, divisions, stations as known, and what evaluating asks


@pytest.fixture
def today(time_machine):
    time_machine.move_to(make.moment(TODAY), tick=False)


@pytest.fixture
def stations(today, db):
    return [make.station(), make.station(f"{make.DAOLI}002", kind="home"), make.station(f"{make.NANGANG}001")]


@pytest.fixture
def officer(client, stations):
    client.force_login(make.granted("officer"))
    return client


def codes(answer):
    return [card["station"] for card in answer.json()["results"]]


def test_nobody_without_the_permission_reads_a_scorecard(client, stations):
    for user in (None, make.granted("auditor")):
        if user:
            client.force_login(user)
        assert client.get(CARDS).status_code == client.get(f"{CARDS}{stations[0].code}/").status_code == 403


def test_each_reads_those_in_reach_and_others_answer_like_none(officer, stations):
    assert codes(officer.get(CARDS)) == [stations[0].code, stations[1].code]
    refused, missing = (officer.get(f"{CARDS}{code}/") for code in (stations[2].code, "nowhere"))
    assert (refused.status_code, refused.content) == (missing.status_code, missing.content)
    assert missing.status_code == 404


def test_a_scorecard_is_the_plain_one(officer, stations):
    known_by = date(2026, 3, 31)
    (card,) = evaluate([stations[0]], Period(date(2026, 1, 1), date(2026, 6, 30)), known_by)
    asked = {"from": "2026-01-01", "to": "2026-06-30", "known_by": "2026-03-31"}
    assert officer.get(f"{CARDS}{stations[0].code}/", asked).json() == plain(card)
    assert officer.get(CARDS, asked).json()["results"][0] == plain(card)


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ({"division": make.DAOLI}, [0, 1]),
        ({"division": f"{make.DAOLI}002"}, [1]),
        ({"kind": "station"}, [0]),
        ({"kind": "central"}, []),
        ({"year": "2025"}, [0, 1]),
    ],
)
def test_they_are_narrowed_by_division_kind_and_year(query, places, officer, stations):
    assert codes(officer.get(CARDS, query)) == [stations[place].code for place in places]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"division": make.NANGANG}, "division"),
        ({"kind": "x"}, "kind"),
        ({"year": "99999"}, "year"),
        ({"from": "yesterday"}, "from"),
        ({"from": "2026-05-01", "to": "2026-04-01"}, "to"),
        ({"from": "2026-05-01", "known_by": "2026-04-30"}, "known_by"),
        ({"known_by": "2026-11-04"}, "known_by"),
        ({"year": "2026", "known_by": "2025-12-31"}, "known_by"),
        ({"known_by": "2025-12-31"}, "known_by"),
    ],
)
def test_what_cannot_be_read_is_told_by_name(query, field, officer):
    answer = officer.get(CARDS, query)
    assert (answer.status_code, list(answer.json())) == (400, [field])


def test_they_come_in_pages_and_a_page_asks_as_much_for_many(officer, stations, django_assert_num_queries):
    asked = []
    for more in (0, 60):
        for _time in range(more):
            make.station()
        with django_assert_num_queries(QUERIES):
            answer = officer.get(CARDS).json()
        asked.append((answer["count"], len(answer["results"])))
    assert asked == [(2, 2), (62, 50)]
