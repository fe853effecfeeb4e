"""Who sees which proposals, and what the opinions behind them tell their residents."""

import pytest
from django.utils import translation

from feedback.opinions.models import Opinion
from feedback.proposals.models import Proposal
from feedback.submissions import receipts
from liaison.tools.workflow import MoveRefused
from tests.access.crawling import signed_in
from tests.support import factories as make

LIST = "/admin/proposals/proposal/"


@pytest.fixture
def three(here):
    """One of the district, with an opinion of the station behind it; one of it without; one of another district."""
    linked = here.proposal(opinions=[make.opinion(here.station)])
    alone = here.proposal()
    far = make.proposal(make.mandate(make.NANGANG))
    return linked, alone, far


def test_a_role_sees_its_own_place_s_and_no_other(here, three):
    linked, alone, far = three
    make.Road(alone, here.department).until("assigned")
    expected = {
        make.granted("officer"): {linked, alone},
        make.granted("dispatcher"): {linked, alone},
        make.granted("leader"): {linked, alone},
        make.granted("officer", code=make.NANGANG): {far},
        make.granted("officer", code=make.HARBIN): {linked, alone, far},
        make.granted("township_officer", code=f"{make.DAOLI}001"): {linked},
        make.granted("township_officer", code=f"{make.DAOLI}002"): set(),
        make.staff(here.station): {linked},
        make.staff(make.station()): set(),
        here.clerk: {alone},
        make.clerk(make.organisation()): set(),
        make.granted("committee"): set(),
        make.granted("representative"): set(),
        make.granted("sysadmin"): set(),
    }
    for user, rows in expected.items():
        seen = set(Proposal.objects.visible_to(user)) if user.has_perm("proposals.view_proposal") else set()
        assert seen == rows, user


def test_a_co_handling_department_sees_it(here, three):
    helper = make.organisation()
    road = make.Road(three[1], here.department)
    road.go("review")
    road.go("assign", others=[helper])
    assert set(Proposal.objects.visible_to(make.clerk(helper))) == {three[1]}


def test_who_sees_it_by_an_opinion_changes_nothing(here, three):
    for user in (make.staff(here.station), make.granted("township_officer", code=f"{make.DAOLI}001")):
        client = signed_in(user)
        page = f"{LIST}{three[0].pk}/change/"
        assert client.get(page).status_code == 200
        assert client.post(page, {"title": "x"}).status_code == 403
        assert client.post(f"{LIST}{three[0].pk}/move/review/", {"on": "2026-03-03"}).status_code == 403
        with pytest.raises(MoveRefused):
            three[0].move(three[0].moves["review"], by=user)
    assert Proposal.objects.get(pk=three[0].pk).state == "submitted"


def test_a_department_s_opinion_does_not_open_another_s_proposal(here):
    opinion = make.opinion(here.station)
    life = make.Life(opinion, here.department)
    life.until("assigned")
    here.proposal(opinions=[opinion])
    assert not Proposal.objects.visible_to(here.clerk).exists()


def test_a_department_reads_no_opinion_it_was_not_given(here):
    opinion = make.opinion(here.station, body="CANARY of the resident")
    proposal = make.Road(here.proposal(opinions=[opinion]), here.department).until("assigned")
    page = signed_in(here.clerk).get(f"{LIST}{proposal.pk}/change/").content.decode()
    assert proposal.title in page
    assert "CANARY" not in page


# What residents read


def tracked(client, opinion):
    code = receipts.code_of("a nonce for reading")
    Opinion.objects.filter(pk=opinion.pk).update(code_hash=receipts.stored(code))
    return client.post("/opinions/track/", {"number": opinion.number, "code": code}).content.decode()


WORDS = "人大代表参考您和其他群众的意见，提出了代表建议第7号"


def test_the_tracking_page_says_what_became_of_it_beside_the_state(here, client):
    opinion = make.opinion(here.station)
    here.proposal(opinions=[opinion], sequence=7)
    with translation.override("zh-hans"):
        page = tracked(client, opinion)
    assert WORDS in page
    assert "已形成代表建议" in page
    assert 'data-status="submitted"' in page


@pytest.mark.parametrize("move", ["refuse", "withdraw"])
def test_it_says_so_no_longer_when_the_proposal_does_not_stand(move, here, client):
    opinion = make.opinion(here.station)
    make.Road(here.proposal(opinions=[opinion], sequence=7)).go(move, note="because")
    with translation.override("zh-hans"):
        page = tracked(client, opinion)
    assert WORDS not in page
    assert "不再列入该代表建议" in page


def test_the_house_reads_it_beside_the_state_too(here):
    opinion = make.opinion(here.station)
    here.proposal(opinions=[opinion])
    with translation.override("zh-hans"):
        page = signed_in(here.officer).get(f"/admin/opinions/opinion/{opinion.pk}/change/").content.decode()
    assert "<small>待核实 · 已形成代表建议" in page
