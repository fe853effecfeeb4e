"""The number of queries does not grow with the rows."""

from datetime import date

import pytest

from feedback.opinions import workflow
from liaison.tools.workflow import RESIDENT
from tests.support import factories as make
from tests.support.board import body_of

QUERIES = {
    "/dashboard/": 64,
    "/dashboard/?compare=last_year&kind=station&category=none": 100,
    "/dashboard/brief/": 29,
    "/dashboard/street_coverage/": 8,
    "/dashboard/mandates_assigned/": 8,
    "/dashboard/representatives_without_record/": 11,
    "/dashboard/assigned_in_time/": 10,
    "/dashboard/median_handling_days/": 10,
    "/dashboard/opinions_received/": 10,
    "/dashboard/opinions_overdue/": 8,
    "/dashboard/opinions_received/?channel=web": 11,
    "/dashboard/replied_on_time/": 8,
    "/dashboard/told_rate/": 10,
    "/dashboard/satisfied/": 10,
    "/dashboard/residents_received/": 8,
    "/dashboard/representative_attendances/": 8,
    "/dashboard/opinions_received.csv": 9,
    "/dashboard/satisfied.xlsx": 9,
}


@pytest.fixture
def officer(today, signed_in):
    make.office()
    return signed_in()


def fill(times):
    """Rows of every kind, each at a station, a department and a visit of its own."""
    for _time in range(times):
        at = make.station()
        make.visit(at, date(2026, 3, 10), make.placed(at, 3)[:2], residents_received=3)
        make.Life(make.opinion(at, on=date(2026, 2, 2))).until("assigned", date(2026, 2, 3))
        told = make.Life(make.opinion(at, on=date(2026, 2, 2))).until("fed_back", date(2026, 2, 3))
        told.move(workflow.RATE, by=RESIDENT, at=make.moment(date(2026, 2, 4)), score="satisfied")


@pytest.mark.parametrize("times", [1, 3, 20])
def test_pages_ask_as_much_for_many_rows_as_for_one(times, officer, django_assert_num_queries):
    fill(times)
    for address, queries in QUERIES.items():
        with django_assert_num_queries(queries, info=address):
            read(officer.get(address))


def read(response):
    return body_of(response) if response.streaming else response.text
