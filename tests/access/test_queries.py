"""A list asks the database the same number of questions for one row, for three and for thirty."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from feedback.opinions import workflow
from feedback.opinions.models import AgendaItem
from liaison.accounts.models import User
from liaison.rulebook.models import SheetLayout
from stations.receptions.models import Reception
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


def late_assignment(place):
    make.Life(make.opinion(place.station), place.department).until("assigned", date(2026, 3, 2))


def heard(place):
    held = make.visit(place.station, present=make.placed(place.station, 2))
    said = make.opinion(place.station, reporter={"name": "老王"}, channel="reception", visit=held)
    make.Life(said, place.department).until("fed_back")
    AgendaItem.objects.create(visit=held, opinion=make.opinion(place.station))


def visit(place):
    make.visit(place.station, present=make.placed(place.station, 2))


def commitment(place):
    make.visit(place.station).commitments.create(who="somebody", what="something", due_on=date(2026, 3, 12))


def archived(place):
    """A representative of whom every source tells something."""
    one, other = make.placed(place.station, 2)
    make.visit(place.station, date(2026, 3, 9), present=[one, other])
    make.proposal(one).co_signers.add(other)
    make.duty_entry(one)
    make.voter_report(one)


def proposal(place):
    mandate = make.mandate()
    opinion = make.opinion(place.station)
    road = make.Road(make.proposal(mandate, [opinion], is_published=True, public_text="lamps"), place.department)
    road.until("replied")
    road.proposal.co_signers.add(make.mandate())


def linked(place):
    """A member, a representative below, and a group of residents below that, with something to tell of each."""
    member, representative = make.placed(place.station, 2)
    make.contact(representative, make.committee_post(member))
    make.contact(representative, make.resident_group()).events.create(on=date(2026, 2, 3), way="phone")
    make.opinion(place.station, channel="reception", visit=make.visit(place.station, present=[member, representative]))
    make.proposal(representative)


def reception(place):
    day = timezone.localdate() + timedelta(days=Reception.objects.count())
    make.reception(place.station, day, receiving=make.placed(place.station, 2))


def publication(place):
    make.publication(make.Life(make.opinion(place.station), place.department).until("fed_back"))


def layout(place):
    code = f"{make.DAOLI}{SheetLayout.objects.count() + 1:03d}"
    SheetLayout.objects.create(ledger="visits_visit_book", division=make.division(code))


def outing(form):
    """A visit with all that a ledger says of one."""

    def row(place):
        present = make.placed(place.station, 2)
        held = make.visit(place.station, timezone.localdate(), present, form=form)
        held.guests.create(name="柏青")
        held.commitments.create(who="somebody", what="something")
        make.opinion(place.station, visit=held)

    return row


def duty_day(place):
    reception(place)
    outing("reception")(place)


def opinion_of_the_ledger(place):
    heard(place)
    proposal(place)


def guided(place):
    sent = {"channel": "court", "office": "court", "phone": "", "address": ""}
    make.opinion(place.station).move(workflow.REFUSE, by=place.officer, note="court", **sent)


def contact(place):
    make.staff(place.station)
    make.placed(place.station)


LEDGERS = {  # as below
    "/admin/visits/visit/activities/": (outing("tour"), 15),
    "/admin/visits/visit/outreach/": (outing("outreach"), 15),
    "/admin/visits/visit/training/": (outing("training"), 15),
    "/admin/visits/visit/rota/?to=2099-12-31": (duty_day, 14),
    "/admin/visits/commitment/book/": (commitment, 10),
    "/admin/opinions/opinion/book/": (opinion_of_the_ledger, 19),
    "/admin/opinions/opinion/guidance/": (guided, 15),
    "/admin/proposals/proposal/book/": (proposal, 11),
    "/admin/stations/fundexpense/book/": (lambda place: make.expense(place.station), 10),
    "/admin/stations/ruledocument/book/": (lambda place: make.rule(place.station), 10),
    "/admin/stations/staffpost/contacts/": (contact, 11),
}


def checked(place):
    make.yearly_check(make.station(), place.officer)


def to_be_rectified(place):
    make.to_be_rectified(make.yearly_check(make.station(), place.officer), place.officer)


def everything(place):
    reception(place)
    publication(place)
    make.announcement()


LISTS = LEDGERS | {  # address -> how to make a row, and the questions asked
    "/admin/opinions/opinion/": (opinion, 8),
    "/admin/": (opinion, 49),
    "/admin/opinions/opinionassignment/": (assignment, 7),
    "/admin/visits/visit/": (visit, 7),
    "/admin/rulebook/sheetlayout/": (layout, 6),
    "/admin/visits/visit/book/": (heard, 15),
    "/admin/visits/commitment/": (commitment, 7),
    "/admin/opinions/opinion/receptions/": (heard, 16),
    "/admin/opinions/opinionassignment/urge/": (late_assignment, 6),
    "/admin/stations/station/": (lambda place: make.station(), 8),
    "/admin/stations/staffpost/": (lambda place: make.staff(place.station), 7),
    "/admin/stations/stationassignment/": (lambda place: make.placed(place.station), 7),
    "/admin/stations/ruledocument/": (lambda place: make.rule(place.station), 8),
    "/admin/stations/activityfunds/": (lambda place: make.funds(make.station()), 8),
    "/admin/stations/budgetpaper/": (lambda place: make.budget_paper(), 7),
    "/admin/stations/fundexpense/": (lambda place: make.expense(place.station), 8),
    "/admin/stations/annualplan/": (lambda place: make.plan(make.station()), 9),
    "/admin/stations/yearlyconfirmation/": (lambda place: make.confirmation(make.station()), 7),
    "/admin/stations/pairing/": (lambda place: make.pairing(place.station), 8),
    "/admin/eight_haves/standard/": (lambda place: make.standard(), 6),
    "/eight-haves/?kind=": (lambda place: make.station(), 26),
    "/admin/assessment/assessment/": (checked, 8),
    "/admin/assessment/determination/": (lambda place: make.determination(make.station()), 8),
    "/admin/assessment/rectification/": (to_be_rectified, 6),
    "/assessments/sample/?division=all&size=1&seed=x": (lambda place: make.station(), 9),
    "/admin/accounts/user/": (lambda place: make.staff(place.station), 6),
    "/admin/representatives/person/": (lambda place: make.mandate(), 9),
    "/admin/representatives/mandate/": (lambda place: make.mandate(), 6),
    "/admin/representatives/group/": (lambda place: make.group(make.mandate()), 9),
    "/admin/representatives/committeepost/": (lambda place: make.committee_post(make.mandate()), 6),
    "/admin/representatives/contact/": (linked, 6),
    "/admin/representatives/residentgroup/": (lambda place: make.resident_group(), 6),
    "/dashboard/network/": (linked, 19),
    "/dashboard/network/print/": (linked, 19),
    "/dashboard/network/opinions_up/": (linked, 23),
    "/admin/representatives/dutystatement/": (lambda place: make.statement(make.mandate()), 7),
    "/admin/representatives/dutyentry/": (lambda place: make.duty_entry(make.mandate()), 7),
    "/admin/representatives/voterreport/": (lambda place: make.voter_report(make.mandate()), 6),
    "/admin/representatives/correctionrequest/": (lambda place: make.correction(make.mandate()), 6),
    "/admin/representatives/dutykind/": (lambda place: make.mandate(), 6),
    "/admin/representatives/checklistitem/": (lambda place: make.checklist_item(), 6),
    "/archives/?year=2026": (archived, 19),
    "/admin/organisations/organisation/": (lambda place: make.organisation(), 6),
    "/admin/proposals/proposal/": (proposal, 9),
    "/admin/proposals/proposal/rates/": (proposal, 23),
    "/admin/proposals/proposal/rates/proposals_delivered/": (proposal, 7),
    "/proposals/": (proposal, 6),
    "/admin/remarks/remark/": (lambda place: make.remark(), 6),
    "/representatives/": (lambda place: make.placed(place.station), 11),
    "/admin/receptions/reception/": (reception, 9),
    "/admin/receptions/receptionrule/": (lambda place: make.reception_rule(place.station), 7),
    "/admin/receptions/receptionrule/ahead/": (lambda place: make.reception_rule(make.station()), 6),
    "/admin/receptions/reception/roster/": (reception, 11),
    "/admin/opinions/publication/": (publication, 6),
    "/admin/notices/announcement/": (lambda place: make.announcement(), 6),
    "/": (everything, 11),
    "/receptions/": (reception, 10),
    "/results/": (publication, 6),
    "/notices/": (lambda place: make.announcement(), 6),
    "/stations/": (lambda place: make.station(), 7),
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


def test_a_station_s_page_asks_as_much_for_one_row_as_for_thirty(place):
    asked = []
    for rows_more in (1, 2, 27):
        for _ in range(rows_more):
            everything(place)
        asked.append(questions(signed_in(place.officer), f"/stations/{place.station.code}/"))
    assert asked == [26] * 3


def questions(client, address):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
