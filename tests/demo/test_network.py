"""The demo's contact network against a direct count: one representative, one visit, one opinion after the other."""

import pytest

from feedback.opinions.models import Opinion
from feedback.opinions.workflow import TOLD
from feedback.proposals.models import Proposal
from feedback.proposals.workflow import ANSWERED, STANDING
from liaison.accounts.models import User
from liaison.duty.network import MEMBER, REPRESENTATIVE, congresses_of, network_of
from liaison.tools.periods import months_before, this_year
from representatives.models import CommitteePost, Contact, Mandate
from stations.visits.models import Visit

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db(databases=["default", "keys"])]


@pytest.fixture
def network(demo):
    officer = User.objects.get(username="officer")
    return network_of(officer, congresses_of(officer, demo.today)[0], this_year(demo.today), demo.today)


def was_at(person, visit) -> bool:
    return any(row.mandate.person_id == person and row.status == "present" for row in visit.attendances.all())


def counted(person, year) -> tuple[int, ...]:
    raised = [
        opinion
        for opinion in Opinion.objects.filter(
            division__code__startswith="230102", received_at__year=year, visit__voided_on=None
        )
        if opinion.visit and was_at(person, opinion.visit)
    ]
    told = [opinion for opinion in raised if (opinion.merged_into or opinion).state in TOLD or opinion.state in TOLD]
    led = [
        row for row in Proposal.objects.filter(lead_by__person=person, submitted_on__year=year) if row.state in STANDING
    ]
    led = [row for row in led if row.division_id.startswith("230102")]
    return len(raised), len(told), len(led), len([row for row in led if row.state in ANSWERED])


def test_what_each_representative_sent_up_and_got_back_equals_a_direct_count(network, demo):
    lines = [line[-1] for line in network.lines() if line[-1].kind == REPRESENTATIVE]
    found = {branch.pk: tuple(map(len, vars(branch.exchange).values())) for branch in lines}
    persons = dict(Mandate.objects.filter(pk__in=found).values_list("pk", "person"))
    assert len(found) > 40
    assert found == {pk: counted(person, demo.today.year) for pk, person in persons.items()}
    assert all(sum(column) for column in zip(*found.values(), strict=True))


def test_the_last_contact_of_each_link_equals_a_look_at_every_visit_and_line(network, demo):
    for member, branch in [line[:2] for line in network.lines() if len(line) == 2 and line[0].kind == MEMBER]:
        if branch.kind != REPRESENTATIVE:
            continue
        one = CommitteePost.objects.get(pk=member.pk).person_id
        other = Mandate.objects.get(pk=branch.pk).person_id
        visits = Visit.objects.filter(voided_on=None, date__lte=demo.today).prefetch_related("attendances__mandate")
        days = [visit.date for visit in visits if was_at(one, visit) and was_at(other, visit)]
        days += [event.on for event in Contact.objects.get(post=member.pk, mandate=branch.pk).events.all()]
        assert branch.last_on == max(days, default=None)


def test_the_demo_has_broken_branches_of_every_kind(network, demo):
    broken = [line[-1] for line in network.lines() if line[-1].breaks]
    kinds = {words for branch in broken for words in branch.breaks}
    assert len(kinds) == 4
    assert network.broken == len(broken) < 8
    silent_since = months_before(demo.today, 6)
    assert all(branch.last_on is None or branch.last_on < silent_since for branch in broken if branch.kind != MEMBER)
