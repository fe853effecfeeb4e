"""The duty archive of every representative of the demo, against a count of our own that shares no code with it."""

from collections import Counter
from datetime import date

import pytest

from feedback.proposals.models import Proposal
from liaison.duty import archive
from liaison.duty.record import records_of
from liaison.tools.periods import Period
from representatives.models import CorrectionRequest, DutyEntry, Mandate, Person, VoterReport
from stations.visits.models import Attendance, Visit

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db(databases=["default", "keys"])]

FORMS = {
    "reception": {"reception", "sit_in"},
    "outreach": {"outreach", "notice_giving"},
    "training": {"training"},
    "research": {"research"},
    "inspection": {"inspection", "process_walk"},
    "group_activity": {"meeting", "guidance"},
    "supervision": {"tour", "appointment"},
    "good_works": {"joint_consultation"},
    "report": {"report"},
}
TERM = (date(2022, 1, 1), date(2026, 10, 30))
SPANS = [(date(2025, 1, 1), date(2025, 12, 31)), (date(2026, 1, 1), date(2026, 12, 31)), TERM]
NO_PROPOSAL = {"refused", "withdrawn"}


def counted(person, first, last) -> Counter:
    """Row by row, as somebody with the papers on the table would count."""
    seats = {seat.pk for seat in Mandate.objects.all() if seat.person_id == person.pk}
    found = Counter()
    reported = {row.date for row in VoterReport.objects.all() if row.mandate_id in seats and first <= row.date <= last}
    found["report"] += len(reported)
    visits = {row.visit_id for row in Attendance.objects.all() if row.mandate_id in seats and row.status == "present"}
    for visit in Visit.objects.filter(pk__in=visits):
        if first <= visit.date <= last and not visit.voided_on:
            (kind,) = [kind for kind, forms in FORMS.items() if visit.form in forms]
            found[kind] += not (kind == "report" and visit.date in reported)
    for proposal in Proposal.objects.prefetch_related("co_signers"):
        signed = {proposal.lead_by_id, *(seat.pk for seat in proposal.co_signers.all())}
        stands = proposal.state not in NO_PROPOSAL and first <= proposal.submitted_on <= last
        found["proposal"] += bool(stands and signed & seats)
    for entry in DutyEntry.objects.all():
        found[entry.kind_id] += entry.mandate_id in seats and entry.status == "present" and first <= entry.date <= last
    return +found


@pytest.mark.parametrize("span", SPANS, ids=["last year", "this year", "term"])
def test_every_archive_says_what_a_direct_count_says(span):
    persons = list(Person.objects.all())
    records = records_of([person.pk for person in persons], Period(*span))
    told = {person.name: {key: n for key, n in records[person.pk].counts.items() if n} for person in persons}
    assert told == {person.name: dict(counted(person, *span)) for person in persons}
    assert sum(map(bool, told.values())) > 30


def test_the_paper_s_sums_are_those_of_the_record():
    person = Person.objects.get(user__username="representative")
    period = Period(*SPANS[1])
    made = archive.of(person, period, is_own=True)
    (summary,) = [section for section in made.sections if section.title == "履职次数"]
    told = Counter()
    for _group, name, times in summary.rows:
        told[name] += int(times)
    names = {line.kind.pk: line.kind.name for line in records_of([person.pk], period)[person.pk].lines}
    assert +told == {names[key]: count for key, count in counted(person, *SPANS[1]).items()}


def test_the_demo_shows_every_part_of_the_record():
    person = Person.objects.get(user__username="representative")
    record = records_of([person.pk], Period(*TERM))[person.pk]
    assert {row.key.partition(":")[0] for row in record.rows} == {"visit", "proposal", "entry", "report"}
    assert record.checklist
    assert set(CorrectionRequest.objects.values_list("state", flat=True)) == {"open", "accepted"}
    assert set(DutyEntry.objects.values_list("status", flat=True)) == {"present", "leave", "absent"}
