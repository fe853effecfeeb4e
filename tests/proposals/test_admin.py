"""The register as an officer keeps it: entering, choosing what stands behind, what is refused beside which field."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from feedback.opinions.models import Opinion
from feedback.proposals.models import Proposal, ReplyType
from representatives.models import Term
from tests.access.crawling import signed_in
from tests.access.filling import errors_on, form_on, send
from tests.support import factories as make

LIST = "/admin/proposals/proposal/"
ADD = f"{LIST}add/"


@pytest.fixture
def officer(here):
    return signed_in(here.officer)


def typed(here, **facts):
    kept = {"term": here.term.pk, "session": 0, "sequence": 7, "title": "More lamps", "submitted_on": "2026-03-02"}
    return kept | {"lead_by": here.mandate.pk, "text": "three more lamps"} | facts


def page_of(proposal):
    return f"{LIST}{proposal.pk}/change/"


def test_a_proposal_is_entered_with_the_opinions_behind_it(here, officer):
    opinion, signer = make.opinion(here.station), make.mandate()
    response = send(officer, ADD, **typed(here), co_signers=[signer.pk], links__0__opinion=opinion.pk)
    assert response.status_code == 302
    proposal = Proposal.objects.get()
    assert (proposal.key, proposal.state, proposal.division_id) == ("JY-230102-18-0-7", "submitted", make.DAOLI)
    assert list(proposal.co_signers.all()) == [signer]
    assert list(proposal.opinions.all()) == [opinion]
    assert [(step.move, step.actor_id) for step in proposal.steps.all()] == [("begin", here.officer.pk)]
    assert [(step.move, step.note) for step in opinion.steps.all()][-1] == ("join_proposal", "JY-230102-18-0-7")
    assert Opinion.objects.get().state == "submitted"


def test_the_next_number_stands_there_already(here, officer):
    here.proposal(sequence=41)
    form = form_on(officer, ADD)
    assert (form["term"], form["session"], form["sequence"]) == (str(here.term.pk), "0", "42")


TOMORROW = (date.today() + timedelta(days=2)).isoformat()
WRONG = {
    "a number that is taken": ({"sequence": 5}, {"sequence"}),
    "no number": ({"sequence": 0}, {"sequence"}),
    "a number nobody has": ({"sequence": "9" * 30}, {"sequence"}),
    "a session below none": ({"session": -1}, {"session"}),
    "no title": ({"title": ""}, {"title"}),
    "a title of a zero byte": ({"title": "\x00"}, {"title"}),
    "a text nobody reads": ({"text": "灯" * 10_001}, {"text"}),
    "a day that has not come": ({"submitted_on": TOMORROW}, {"submitted_on"}),
    "a day that is none": ({"submitted_on": "2026-02-30"}, {"submitted_on"}),
    "an absurd day": ({"submitted_on": "99999-99-99"}, {"submitted_on"}),
    "no lead": ({"lead_by": ""}, {"lead_by"}),
    "a lead that is no key": ({"lead_by": "\x00"}, {"lead_by"}),
    "a signer that is no key": ({"co_signers": ["9" * 30]}, {"co_signers"}),
    "a signer of zero bytes": ({"co_signers": ["\x00"]}, {"co_signers"}),
    "a person without a day": ({"signed_by": "Director Lu"}, {"signed_on"}),
    "a day without a person": ({"supervised_on": "2026-03-09"}, {"supervised_by"}),
    "taken in charge before it was there": (
        {"in_charge_by": "Mayor", "in_charge_on": "2026-03-01"},
        {"in_charge_on"},
    ),
    "another's opinion": ({"links__0__opinion": "987654"}, {"links-0-opinion"}),
    "an opinion that is no key": ({"links__0__opinion": "\x00"}, {"links-0-opinion"}),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_told_beside_its_field(case, here, officer):
    here.proposal(sequence=5)
    facts, wrong = WRONG[case]
    response = send(officer, ADD, **typed(here, **facts))
    assert errors_on(response) == wrong
    assert "three more lamps" in response.content.decode() or "text" in wrong
    assert Proposal.objects.count() == 1


def test_representatives_are_of_the_term(here, officer):
    elsewhere = make.mandate(make.NANGANG)
    assert errors_on(send(officer, ADD, **typed(here, lead_by=elsewhere.pk))) == {"lead_by"}
    assert errors_on(send(officer, ADD, **typed(here, co_signers=[elsewhere.pk]))) == {"co_signers"}
    assert errors_on(send(officer, ADD, **typed(here, co_signers=[here.mandate.pk]))) == {"co_signers"}


def test_nobody_registers_for_another_congress(here, officer):
    elsewhere = make.mandate(make.NANGANG)
    response = send(officer, ADD, **typed(here, term=elsewhere.term.pk, lead_by=elsewhere.pk))
    assert errors_on(response) == {"term"}


def test_an_opinion_chosen_twice_is_told_once(here, officer):
    opinion = make.opinion(here.station)
    twice = {"links__0__opinion": opinion.pk, "links__1__opinion": opinion.pk, "links__TOTAL_FORMS": "2"}
    response = send(officer, ADD, **typed(here), **twice)
    assert errors_on(response) == {"links-1-opinion"}
    assert response.text.count("同一件意见选了两次") == 2  # above the form, and beside the line
    assert "重复" not in response.text
    assert response.text.count(opinion.gist) >= 2  # both lines still say what was chosen
    assert Proposal.objects.count() == 0


def test_another_district_s_opinion_stands_behind_nothing_here(here, officer):
    far = make.opinion(make.station(f"{make.NANGANG}001"))
    response = send(officer, ADD, **typed(here), links__0__opinion=far.pk)
    assert errors_on(response) == {"links-0-opinion"}


def test_a_second_with_the_same_number_is_of_another_session(here, officer):
    here.proposal(sequence=7)
    assert send(officer, ADD, **typed(here, session=5)).status_code == 302


def test_answered_and_delivered_are_two_facts(here, officer):
    proposal = here.proposal()
    assert "delivered_on" not in form_on(officer, page_of(proposal))
    make.Road(proposal, here.department).until("replied")
    assert errors_on(send(officer, page_of(proposal), delivered_on="2026-03-09")) == {"delivered_on"}
    assert errors_on(send(officer, page_of(proposal), delivered_on=TOMORROW)) == {"delivered_on"}
    assert send(officer, page_of(proposal), delivered_on="2026-06-01").status_code == 302
    proposal.refresh_from_db()
    assert (proposal.delivered_on, proposal.state) == (date(2026, 6, 1), "replied")


def test_three_facts_each_with_person_and_day(here, officer):
    proposal = here.proposal()
    facts = {
        "in_charge_by": "Mayor A",
        "in_charge_on": "2026-03-11",
        "signed_by": "Director B",
        "signed_on": "2026-03-12",
        "supervised_by": "Chair C",
        "supervised_on": "2026-04-01",
    }
    assert send(officer, page_of(proposal), **facts).status_code == 302
    proposal.refresh_from_db()
    kept = {name: str(getattr(proposal, name)) for name in facts}
    assert kept == facts


def test_a_number_given_anew_is_told_to_the_opinions(here, officer):
    opinion = make.opinion(here.station)
    proposal = here.proposal(opinions=[opinion], sequence=7)
    assert send(officer, page_of(proposal), sequence=8).status_code == 302
    told = [(step.move, step.note) for step in opinion.steps.all() if "proposal" in step.move]
    seven, eight = "JY-230102-18-0-7", "JY-230102-18-0-8"
    assert told == [("join_proposal", seven), ("leave_proposal", seven), ("join_proposal", eight)]


def test_saving_again_tells_the_opinions_nothing_new(here, officer):
    opinion = make.opinion(here.station)
    proposal = here.proposal(opinions=[opinion])
    before = opinion.steps.count()
    assert send(officer, page_of(proposal), title="Other words").status_code == 302
    assert opinion.steps.count() == before


def test_an_opinion_taken_out_is_told_so(here, officer):
    opinion = make.opinion(here.station)
    proposal = here.proposal(opinions=[opinion])
    assert send(officer, page_of(proposal), links__0__DELETE="on").status_code == 302
    assert opinion.steps.last().move == "leave_proposal"
    assert not proposal.opinions.exists()


def test_what_was_withdrawn_stays_as_it_was(here, officer):
    proposal = make.Road(here.proposal(), here.department).go("withdraw", note="asked for")
    assert officer.get(page_of(proposal)).status_code == 200
    assert officer.post(page_of(proposal), {"title": "x"}).status_code == 403


def test_assigning_by_the_form(here, officer):
    proposal, other = here.proposal(), make.organisation()
    make.Road(proposal, here.department).go("review")
    page = f"{LIST}{proposal.pk}/move/assign/"
    facts = {"on": "2026-03-31", "organisation": here.department.pk, "others": [other.pk]}
    assert send(officer, page, **facts).status_code == 302
    proposal.refresh_from_db()
    assert (proposal.state, proposal.lead_handler, proposal.due_on) == ("assigned", here.department, date(2026, 6, 30))
    assert [str(row.organisation) for row in proposal.handlers.all()] == [str(other)]


@pytest.mark.parametrize(
    ("facts", "wrong"),
    [
        ({"on": TOMORROW}, {"on"}),
        ({"on": "2026-03-01"}, {"on"}),
        ({"on": ""}, {"on"}),
        ({"on": "2026-03-31", "due_on": "2026-03-30"}, {"due_on"}),
        ({"organisation": "\x00"}, {"organisation"}),
        ({"others": ["\x00", "9" * 30, "abc"]}, {"others"}),
        ({"role": "emperor"}, {"role"}),
    ],
)
def test_a_wrong_assignment_is_told_beside_its_field(facts, wrong, here, officer):
    proposal = here.proposal()
    make.Road(proposal, here.department).go("review")
    page = f"{LIST}{proposal.pk}/move/assign/"
    response = send(officer, page, **{"organisation": here.department.pk} | facts)
    assert set(response.context["form"].errors) == wrong


def test_a_paper_reply_is_dated_by_the_paper(here, officer):
    proposal = make.Road(here.proposal(), here.department).until("handling")
    page, kind = f"{LIST}{proposal.pk}/move/reply/", ReplyType.objects.get(code="B").pk
    assert errors_on(send(officer, page, on="2026-03-09", reply_type=kind)) == {"on"}
    assert errors_on(send(officer, page, on="2026-06-10", reply_type=kind, met_on="2026-03-01")) == {"met_on"}
    facts = {"on": "2026-06-10", "reply_type": kind, "met_on": "2026-06-08", "number": "No. 3"}
    assert send(officer, page, **facts).status_code == 302
    proposal.refresh_from_db()
    assert (proposal.replied_on, proposal.is_on_time, str(proposal.reply_type)[0]) == (date(2026, 6, 10), True, "B")
    assert timezone.localdate(proposal.steps.last().at) == date(2026, 6, 10)


@pytest.mark.parametrize("words", ["JY-230102-18-0-7", "jy-230102-18-0-7", "7", "第7号"[:2], "lamps", "three"])
def test_it_is_found_by_number_and_words(words, here, officer):
    proposal = here.proposal(sequence=7, title="More lamps", text="three more")
    here.proposal(sequence=71, title="Other", text="else")
    assert list(officer.get(LIST, {"q": words}).context["cl"].queryset) == [proposal]


def test_the_register_is_narrowed(here, officer):
    late = make.Road(here.proposal(), here.department).until("handling")
    done = make.Road(here.proposal(is_key=True), here.department).until("replied")
    for query, expected in {
        "state=handling": [late],
        "late=1": [late],
        "fact=not_delivered": [done],
        "fact=delivered": [],
        "is_key__exact=1": [done],
        f"term__id__exact={Term.objects.get().pk}": [done, late],
        f"lead_handler__id__exact={here.department.pk}": [done, late],
    }.items():
        found = officer.get(f"{LIST}?{query}").context["cl"].queryset
        assert set(found) == set(expected), query


def test_opinions_are_narrowed_to_those_in_proposals(here, officer):
    inside, _outside = make.opinion(here.station), make.opinion(here.station)
    here.proposal(opinions=[inside])
    found = officer.get("/admin/opinions/opinion/?in_proposal=1").context["cl"].queryset
    assert list(found) == [inside]


def test_publishing_needs_a_review_and_reviewed_words(here, officer):
    proposal = here.proposal()
    assert errors_on(send(officer, page_of(proposal), is_published="on", public_text="x")) == {"is_published"}
    make.Road(proposal, here.department).go("review")
    assert errors_on(send(officer, page_of(proposal), is_published="on")) == {"public_text"}
    assert send(officer, page_of(proposal), is_published="on", public_text="lamps").status_code == 302
    proposal.refresh_from_db()
    assert (proposal.is_published, proposal.published_on) == (True, timezone.localdate())
    wrong = errors_on(send(officer, page_of(proposal), reply_is_published="on"))
    assert wrong == {"public_reply"}
