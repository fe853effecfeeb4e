"""What counts for which kind of duty, and what does not."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from liaison.duty import archive
from liaison.duty.record import record_of, records_of
from liaison.duty.sources import KIND_OF_FORM
from liaison.tools.periods import Period
from representatives.models import DutyKind
from stations.visits.models import FORM_CHOICES
from tests.duty.conftest import signed_in
from tests.support import factories as make
from tests.support.pages import Page

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
DAY = date(2026, 3, 10)


def of(seat):
    return record_of(seat.person_id, YEAR)


def done(seat):
    """The kinds with something in them."""
    return {key: count for key, count in of(seat).counts.items() if count}


def test_every_form_of_a_visit_counts_for_a_shipped_kind():
    assert set(KIND_OF_FORM) == {form for form, _words in FORM_CHOICES}
    assert set(KIND_OF_FORM.values()) <= set(DutyKind.objects.values_list("key", flat=True))
    assert DutyKind.objects.count() == 14


@pytest.mark.parametrize(("form", "kind"), KIND_OF_FORM.items())
def test_a_visit_counts_by_its_form(form, kind, station):
    (seat,) = make.placed(station)
    make.visit(station, DAY, present=[seat], form=form)
    assert done(seat) == {kind: 1}


def test_whoever_was_on_leave_or_absent_is_told_and_not_counted(station):
    (seat,) = make.placed(station)
    make.visit(station, DAY, present=[seat]).attendances.update(status="leave")
    make.duty_entry(seat, status="absent")
    assert done(seat) == {}
    assert [(row.status, row.counts) for row in of(seat).rows] == [("absent", False), ("leave", False)]


def test_nobody_was_absent_from_a_reception_that_was_others_turn(station):
    named, other = make.placed(station, 2)
    make.visit(station, DAY, present=[named, other]).attendances.update(status="absent")
    assert [row.status for seat in (named, other) for row in of(seat).rows] == ["absent", "absent"]
    reception = make.reception(station, DAY, receiving=[named], status="held")
    assert [[row.status for row in of(seat).rows] for seat in (named, other)] == [["absent"], []]
    type(reception).objects.update(status="cancelled")
    assert [row.status for row in of(other).rows] == ["absent"]
    type(reception).objects.update(status="held")
    other.attendances.update(status="present")
    assert done(other) == {"reception": 1}


def test_nothing_counts_outside_the_days_or_when_it_was_voided_or_mistaken(station):
    (seat,) = make.placed(station)
    make.visit(station, date(2025, 12, 31), present=[seat])
    make.visit(station, date(2027, 1, 1), present=[seat])
    make.visit(station, DAY, present=[seat], voided_on=DAY)
    make.duty_entry(seat, is_mistaken=True)
    make.voter_report(seat, is_mistaken=True)
    assert of(seat).rows == []


def test_who_sits_for_two_congresses_was_at_a_visit_once(station):
    (seat,) = make.placed(station)
    second = make.mandate(make.HARBIN)
    second.person = seat.person
    second.save()
    visit = make.visit(station, DAY, present=[second])
    visit.attendances.create(mandate=seat, status="leave")
    assert done(seat) == {"reception": 1}


def test_a_proposal_counts_for_who_leads_and_for_who_signs_while_it_stands(station):
    lead, signer = make.placed(station, 2)
    make.proposal(lead, on=DAY).co_signers.add(signer)
    gone = make.proposal(lead, on=DAY)
    type(gone).objects.filter(pk=gone.pk).update(state="withdrawn")
    assert (done(lead), done(signer)) == ({"proposal": 1}, {"proposal": 1})
    assert [str(of(seat).rows[0].where) for seat in (lead, signer)] == ["领衔", "附议"]


def test_whoever_leads_by_one_mandate_and_signs_by_another_has_made_one_proposal():
    lead, second = make.mandate(), make.mandate(make.HARBIN)
    second.person = lead.person
    second.save()
    make.proposal(lead, on=DAY).co_signers.add(second)
    assert done(lead) == {"proposal": 1}


def test_a_report_entered_with_its_votes_is_not_counted_again_by_its_visit(station):
    seat, listener = make.placed(station, 2)
    make.visit(station, DAY, present=[seat, listener], form="report")
    make.voter_report(seat, on=DAY)
    assert done(seat) == {"report": 1}
    assert [row.key.partition(":")[0] for row in of(seat).rows] == ["report"]


def test_a_report_of_another_day_is_another_report(station):
    (seat,) = make.placed(station)
    make.visit(station, DAY, present=[seat], form="report")
    make.voter_report(seat, on=DAY + timedelta(days=1))
    assert done(seat) == {"report": 2}


def test_an_entry_counts_for_its_kind_a_kind_of_one_s_own_too():
    seat, other = make.mandate(), make.mandate(make.NANGANG)
    DutyKind.objects.create(key="theme_month", name="主题月", division=make.division(make.DAOLI))
    make.duty_entry(seat, "theme_month", title="opening")
    assert done(seat) == {"theme_month": 1}
    assert "theme_month" not in of(other).counts


def test_a_kind_out_of_use_stays_where_something_was_done():
    seat, other = make.mandate(), make.mandate()
    make.duty_entry(seat, "legislation")
    DutyKind.objects.filter(key="legislation").update(is_active=False)
    assert (of(seat).counts["legislation"], "legislation" in of(other).counts) == (1, False)


# The checklist


@pytest.mark.parametrize(
    ("facts", "is_shown"),
    [
        ({}, True),
        ({"level": 4}, True),
        ({"level": 5}, False),
        ({"first_year": 2027}, False),
        ({"first_year": 2020, "last_year": 2025}, False),
    ],
)
def test_a_line_of_the_checklist_is_for_its_level_and_years(facts, is_shown):
    seat = make.mandate()
    make.checklist_item(**facts)
    assert bool(of(seat).checklist) is is_shown


@pytest.mark.parametrize(
    ("code", "is_shown"), [(make.DAOLI, True), (make.HARBIN, True), (make.NANGANG, False), (None, True)]
)
def test_a_line_of_the_checklist_is_for_its_division_and_below(code, is_shown):
    seat = make.mandate()
    make.checklist_item(division=make.division(code) if code else None)
    assert bool(of(seat).checklist) is is_shown


def test_the_checklist_says_how_much_is_done_of_how_much(station):
    (seat,) = make.placed(station)
    make.checklist_item(at_least=2)
    for day, is_met in ((DAY, False), (DAY + timedelta(days=1), True)):
        make.visit(station, day, present=[seat])
        (ticked,) = of(seat).checklist
        assert (ticked.done, ticked.is_met) == ((day - DAY).days + 1, is_met)


def test_of_the_checklist_nothing_is_done_on_leave(station):
    (seat,) = make.placed(station)
    make.checklist_item()
    make.visit(station, DAY, present=[seat]).attendances.update(status="leave")
    (ticked,) = of(seat).checklist
    assert (ticked.done, ticked.is_met) == (0, False)


def test_no_checklist_is_shipped():
    assert of(make.mandate()).checklist == []


# How it is asked


def test_as_much_is_asked_for_one_person_as_for_thirty(station):
    persons, asked = [], []
    for more in (1, 2, 27):
        for seat in make.placed(station, more):
            make.visit(station, DAY, present=[seat])
            make.proposal(seat, on=DAY)
            make.duty_entry(seat)
            make.voter_report(seat)
            persons.append(seat.person_id)
        with CaptureQueriesContext(connection) as queries:
            found = records_of(persons, YEAR)
            assert all(len(record.rows) == 4 for record in found.values())
            assert [record.checklist for record in found.values()] == [[]] * len(persons)
        asked.append(len(queries))
    assert asked == [8] * 3


def test_this_year_is_asked_where_none_is_named(mine):
    page = mine.client.get("/mine/record/?year=banana")
    assert page.context["year"].query == {"year": timezone.localdate().year}


def test_a_proposal_stands_under_the_session_or_between_as_it_was_made(station):
    (seat,) = make.placed(station)
    assert [line.group for line in of(seat).lines if line.kind.pk == "proposal"] == ["session"]
    make.proposal(seat, on=DAY, session=0)
    assert [(line.group, line.count) for line in of(seat).lines if line.kind.pk == "proposal"] == [("between", 1)]
    for title in ("lamps", "benches"):
        make.proposal(seat, on=DAY, session=5, title=title)
    make.duty_entry(seat, kind="proposal", title="a bill")  # whose kind alone tells when
    found = of(seat)
    lines = [line for line in found.lines if line.kind.pk == "proposal"]
    assert [(line.key, line.group, line.count) for line in lines] == [
        ("proposal", "session", 3),
        ("proposal-between", "between", 1),
    ]
    assert found.counts["proposal"] == 4


def test_page_archive_and_table_agree_on_when_a_proposal_was_made(station):
    (seat,) = make.placed(station)
    seat.person.user = make.granted("representative")
    seat.person.save()
    make.proposal(seat, on=DAY, session=0)
    make.proposal(seat, on=DAY, session=5)
    summary = archive.of(seat.person, YEAR).sections[1].rows
    assert [row for row in summary if row[1] == "提出议案建议"] == [
        ["会议期间", "提出议案建议", "1"],
        ["闭会期间", "提出议案建议", "1"],
    ]
    own, officer = signed_in(seat.person.user), signed_in(make.granted("officer"))
    for page in (
        own.get("/mine/record/?year=2026").text,
        officer.get(reverse("duty_archives:person", args=(seat.person_id,)) + "?year=2026").text,
    ):
        told = [each["id"] for _tag, each in Page(page).elements if each.get("data-kind") == "proposal"]
        assert told == ["kind-proposal", "kind-proposal-between"]
        assert '提出议案建议 <span class="soft">闭会期间</span>' in page
