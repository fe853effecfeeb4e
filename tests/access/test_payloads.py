"""120 payloads at every address of the matrix, as everybody: no answer is a failure of ours.

By default each address gets some of them by turns, half of these as somebody who is let in, so that every address,
payload and role comes up. LOCKS=full asks every payload of every address as everybody, one test a role (hours):
`LOCKS=full pytest tests/access/test_payloads.py -n 2`, or a part of it with `-k "officer or clerk"`.
"""

import os
import re
import traceback
from urllib.parse import quote

import pytest
from django.core.signals import got_request_exception
from rest_framework.throttling import SimpleRateThrottle

from liaison.tools.guard import Guard
from tests.access import matrix
from tests.access.knocking import Door
from tests.access.test_bad_addresses import KEYS, QUERIES
from tests.access.test_matrix import places

IS_FULL = os.environ.get("LOCKS") == "full"
NAMES = ("q", "p", "page", "from", "to", "division", "station", "kind", "category", "ids", "lang", "number", "key")
VALUES = ("", "-1", "9" * 30, "%ED%A0%80", "99999-99-99", "0000-00-00", "..%2F..", quote("路" * 300), "{{7*7}}", "%00")
STOCK = [
    *("text=%00", "created__year=99999", "text__regex=(", "_to_field=id__x", "_popup=%ED%A0%80", "p=%FF", "o=%00"),
    *("format=xml", "compare=nothing", "ordering=-id", "x=1&x=2&x=3", "&&&=", "%", "page_size=" + "9" * 30, "e=1"),
]
PAIRS = [f"{name}={value}" for name in NAMES for value in VALUES]
PAYLOADS = list(dict.fromkeys([*QUERIES, *STOCK, *PAIRS[::2]]))
ROLES = sorted(matrix.ROLES)
SHARES = {role: [role] for role in ROLES} if IS_FULL else {"by turns": ROLES}
TURNS = 4
MANY = "id__in=" + ",".join(["1"] * 70_000)
PLACE = re.compile(r"\{\w+\}")


@pytest.fixture
def failures(monkeypatch):
    """Where in our code each exception came from that no page had foreseen; and nobody asks too often."""
    monkeypatch.setattr(SimpleRateThrottle, "get_rate", lambda throttle: None)
    found = []

    def keep(**_signal):
        found.append(traceback.format_exc(limit=-3))

    got_request_exception.connect(keep)
    yield found
    got_request_exception.disconnect(keep)


def turn(row, place, number) -> str:
    """Who asks: by turns one of those who are let in, and anybody."""
    let_in = sorted(role for role in ROLES if row.get[role] == matrix.IN) or ROLES
    asking = ROLES if number % 2 else let_in
    return asking[(place + number // 2) % len(asking)]


def asked(rows, payloads, roles):
    """(row, payload, role) of all that is asked."""
    if IS_FULL:
        return [(row, payload, role) for row in rows for payload in payloads for role in roles]
    cells = [(row, place, number) for place, row in enumerate(rows) for number in range(TURNS)]
    return [
        (row, payloads[(place * TURNS + number) % len(payloads)], turn(row, place, number))
        for row, place, number in cells
    ]


def failed(here, questions):
    """The questions answered with a failure; each goes through every middleware."""
    doors = {role: Door(user) for role, user in here.people.items()}
    return [
        f"{address[:120]} as {role}: {answer}"
        for address, role in questions
        if (answer := doors[role].knock("GET", address)).startswith("5")
    ]


def with_query(path, payload) -> str:
    return f"{path}{'&' if '?' in path else '?'}{payload}"


def test_there_are_enough_payloads_and_each_comes_up_at_every_role_and_address():
    questions = asked(matrix.ROWS, PAYLOADS, ROLES)
    assert len(PAYLOADS) >= 120
    assert {payload for _row, payload, _role in questions} == set(PAYLOADS)
    assert {role for _row, _payload, role in questions} == set(ROLES)
    assert len({row.path for row, *_ in questions}) == len({row.path for row in matrix.ROWS})


@pytest.mark.parametrize("share", SHARES)
def test_no_payload_brings_an_address_down(share, here, failures):
    where = places(here)
    questions = [
        (with_query(row.path.format(**where), payload), role)
        for row, payload, role in asked(matrix.ROWS, PAYLOADS, SHARES[share])
    ]
    assert (failed(here, questions), failures, len(questions) > 500) == ([], [], True)


@pytest.mark.parametrize("share", SHARES)
def test_no_key_in_an_address_brings_it_down(share, here, failures):
    """The last key of each address is replaced, all others are real."""
    where = places(here)
    rows = [row for row in matrix.ROWS if PLACE.search(row.path)]
    questions = []
    for row, key, role in asked(rows, KEYS, SHARES[share]):
        start, last = row.path.rsplit("{", 1)
        questions.append((start.format(**where) + quote(key, safe="%/") + last.partition("}")[2], role))
    assert (failed(here, questions), failures, len(questions) > 200) == ([], [], True)


def test_seventy_thousand_of_anything_are_no_failure(here, failures):
    pages = ("/admin/opinions/opinion/", "/admin/visits/visit/", "/stations/", "/dashboard/", "/api/v1/stations/")
    questions = [(with_query(page, MANY), role) for page in pages for role in ("anonymous", "officer")]
    assert (failed(here, questions), failures) == ([], [])


def test_a_page_that_does_not_read_its_query_with_care_is_found(here, failures, monkeypatch):
    def careless(guard, request, view, args, kwargs):
        int(request.GET.get("p", "1"))

    monkeypatch.setattr(Guard, "process_view", careless)
    questions = [(with_query("/stations/", payload), "anonymous") for payload in ("p=2", "p=abc")]
    assert failed(here, questions) == ["/stations/?p=abc as anonymous: 500"]
    assert "ValueError" in failures[0]
