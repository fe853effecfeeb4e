"""A list asks the database the same number of questions for one row, for three and for thirty."""

from dataclasses import dataclass

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liaison.accounts.models import User
from tests.access.crawling import signed_in
from tests.support import factories as make


@dataclass
class Place:
    """Where the rows are made."""

    station: object
    department: object
    officer: User


@pytest.fixture
def place():
    make.office()
    return Place(make.station(), make.organisation(), make.granted("officer"))


def opinion(place):
    make.opinion(place.station, reporter={"name": "老王", "phone": "13900000000"})


def assignment(place):
    make.Life(make.opinion(place.station), place.department).until("assigned")


def visit(place):
    make.visit(place.station, present=make.placed(place.station, 2))


def proposal(place):
    mandate = make.mandate()
    opinion = make.opinion(place.station)
    road = make.Road(make.proposal(mandate, [opinion], is_published=True, public_text="lamps"), place.department)
    road.until("replied")
    road.proposal.co_signers.add(make.mandate())


LISTS = {  # address -> how to make a row, and the questions asked
    "/admin/opinions/opinion/": (opinion, 7),
    "/admin/opinions/opinionassignment/": (assignment, 7),
    "/admin/visits/visit/": (visit, 7),
    "/admin/stations/station/": (lambda place: make.station(), 6),
    "/admin/stations/staffpost/": (lambda place: make.staff(place.station), 7),
    "/admin/stations/stationassignment/": (lambda place: make.placed(place.station), 7),
    "/admin/stations/ruledocument/": (lambda place: make.rule(place.station), 8),
    "/admin/stations/activityfunds/": (lambda place: make.funds(make.station()), 8),
    "/admin/stations/yearlyconfirmation/": (lambda place: make.confirmation(make.station()), 7),
    "/admin/stations/pairing/": (lambda place: make.pairing(place.station), 8),
    "/eight-haves/?kind=": (lambda place: make.station(), 19),
    "/admin/representatives/person/": (lambda place: make.mandate(), 6),
    "/admin/representatives/mandate/": (lambda place: make.mandate(), 6),
    "/admin/organisations/organisation/": (lambda place: make.organisation(), 6),
    "/admin/proposals/proposal/": (proposal, 9),
    "/admin/proposals/proposal/rates/": (proposal, 24),
    "/admin/proposals/proposal/rates/proposals_delivered/": (proposal, 7),
    "/proposals/": (proposal, 6),
    "/admin/remarks/remark/": (lambda place: make.remark(), 6),
    "/representatives/": (lambda place: make.placed(place.station), 9),
    "/stations/": (lambda place: make.station(), 6),
    "/api/v1/stations/": (lambda place: make.station(), 4),
}


@pytest.mark.parametrize("address", LISTS)
def test_a_list_asks_as_much_for_one_row_as_for_thirty(address, place):
    make_row, expected = LISTS[address]
    asked = []
    for rows_more in (1, 2, 27):
        for _ in range(rows_more):
            make_row(place)
        asked.append(questions(signed_in(place.officer), address))
    assert asked == [expected] * 3


def questions(client, address):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
