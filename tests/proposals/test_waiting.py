"""The first page lists the proposals whose next step somebody takes, the late ones first."""

from datetime import date, timedelta

from django.utils import timezone

from feedback.proposals.models import Proposal
from tests.support import factories as make

TODAY = timezone.localdate()


def listed(client, user) -> list[tuple]:
    client.force_login(user)
    rows = client.get("/admin/").context["to_do"]
    return [(row["gist"], str(row["step_href"]).split("/")[-2], bool(row["late"])) for row in rows]


def test_an_officer_reviews_and_assigns(client, here):
    new, reviewed = here.proposal(), here.proposal()
    make.Road(reviewed, here.department).until("reviewed")
    make.Road(here.proposal(), here.department).until("handling")  # waits on the department
    make.proposal(make.mandate(make.NANGANG))  # another district's
    assert listed(client, here.officer) == [(new.title, "review", False), (reviewed.title, "assign", False)]


def test_a_dispatcher_assigns(client, here):
    reviewed = make.Road(here.proposal(), here.department).until("reviewed")
    here.proposal()
    assert listed(client, make.granted("dispatcher")) == [(reviewed.title, "assign", False)]


def test_a_department_answers_what_it_leads_the_late_one_first(client, here):
    given, late, soon = here.proposal(), here.proposal(), here.proposal()
    make.Road(given, here.department).until("assigned", assign=TODAY)
    for proposal, due in ((late, date(2026, 4, 1)), (soon, TODAY + timedelta(days=3))):
        make.Road(proposal, here.department).until("handling")
        Proposal.objects.filter(pk=proposal.pk).update(due_on=due)
    helped = make.Road(here.proposal()).until("handling")
    helped.handlers.create(organisation=here.department)  # its lead answers
    make.Road(here.proposal(), here.department).until("replied")
    assert listed(client, here.clerk) == [
        (late.title, "reply", True),
        (soon.title, "reply", False),
        (given.title, "acknowledge", False),
    ]


def test_whoever_only_looks_has_nothing_to_do(client, here):
    here.proposal()
    assert listed(client, make.granted("leader")) == []
