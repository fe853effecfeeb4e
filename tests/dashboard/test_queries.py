"""The number of queries does not grow with the rows."""

from datetime import date

import pytest

from feedback.opinions import workflow
from liaison.tools.workflow import RESIDENT
from stations.register.models import StaffPost
from tests.support import factories as make
from tests.support.board import body_of

QUERIES = {
    "/dashboard/": 114,
    "/dashboard/?compare=last_year&kind=station&category=none": 194,
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
    "/dashboard/receptions_shifted/": 8,
    "/dashboard/stations_funded/": 8,
    "/dashboard/pairings_held/": 8,
    "/dashboard/pairings_silent/": 8,
    "/dashboard/proposals_received/": 9,
    "/dashboard/proposals_type_a/": 9,
    "/dashboard/opinions_in_proposals/": 11,
    "/dashboard/have_met_rules/": 24,
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
        present = make.placed(at, 3)[:2]
        visit = make.visit(at, date(2026, 3, 10), present, residents_received=3)
        visit.guests.create(organisation=make.pairing(at).organisation.name, name="Guest")
        make.pairing(at)
        _standing(at)
        make.reception(at, date(2026, 5, 20), planned_on=date(2026, 5, 19), status="held")
        opinion = make.Life(make.opinion(at, on=date(2026, 2, 2))).until("assigned", date(2026, 2, 3))
        make.Road(make.proposal(present[0], [opinion], session=5)).until("replied")
        told = make.Life(make.opinion(at, on=date(2026, 2, 2))).until("fed_back", date(2026, 2, 3))
        told.move(workflow.RATE, by=RESIDENT, at=make.moment(date(2026, 2, 4)), score="satisfied")


def _standing(at):
    """Something for each of the eight haves to look at."""
    make.funds(at)
    make.confirmation(at)
    make.rule(at)
    StaffPost.objects.create(station=at, name="Head", post="head", staffing_mode="other", valid_from=date(2024, 1, 1))


@pytest.mark.parametrize("times", [1, 3, 20])
def test_pages_ask_as_much_for_many_rows_as_for_one(times, officer, django_assert_num_queries):
    fill(times)
    for address, queries in QUERIES.items():
        with django_assert_num_queries(queries, info=address):
            read(officer.get(address))


def read(response):
    return body_of(response) if response.streaming else response.text
