"""The tree of contacts: who hangs below whom, when they last met, what went up, what came back, and what is broken."""

from dataclasses import dataclass
from datetime import date, datetime

import pytest
from django.utils import timezone

from feedback.opinions.models import Opinion
from liaison.duty.network import GROUP, MEMBER, REPRESENTATIVE, congresses_of, network_of
from liaison.tools.periods import Period
from representatives.models import Contact, Mandate
from tests.access.crawling import cells_of
from tests.duty.conftest import representative, said, signed_in
from tests.support import factories as make
from tests.support.pages import Page

TODAY = date(2026, 10, 30)
YEAR = Period(date(2026, 1, 1), TODAY)
LONG_AGO, LATELY = date(2026, 4, 29), date(2026, 4, 30)  # over six months before the day, and not over
ADDRESS = "/dashboard/network/"


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(timezone.make_aware(datetime(2026, 10, 30, 10)), tick=False)


@dataclass
class Link:
    """A member, a representative below, and a group of residents below that."""

    post: object
    mandate: Mandate
    up: Contact
    down: Contact

    @property
    def both(self):
        return [Mandate.objects.get(person=self.post.person), self.mandate]


@pytest.fixture
def link(station):
    member, mandate = make.placed(station, 2)
    post = make.committee_post(member, "vice_chair")
    return Link(post, mandate, make.contact(mandate, post), make.contact(mandate, make.resident_group()))


@pytest.fixture
def officer():
    return make.granted("officer")


def drawn(user, period=YEAR, on=TODAY):
    return network_of(user, congresses_of(user, on)[0], period, on)


def branch(network, kind, pk):
    return network.find(kind, pk)


def sizes(exchange):
    return tuple(map(len, vars(exchange).values()))


def figures(page) -> list[dict]:
    """Every number of the page that is a link; those of the whole tree come first."""
    return [values for tag, values in Page(page.text).elements if tag == "a" and "data-figure" in values]


def test_members_stand_in_the_order_of_their_posts(officer):
    for post in ("member", "vice_chair", "chair"):
        make.committee_post(make.mandate(name=post), post)
    assert [each.name for each in drawn(officer).members] == ["chair", "vice_chair", "member"]


def test_below_a_member_hang_representatives_and_below_these_residents(link, officer):
    (member,) = drawn(officer).members
    (below,) = member.below
    (group,) = below.below
    assert [each.kind for each in (member, below, group)] == [MEMBER, REPRESENTATIVE, GROUP]
    assert [each.pk for each in (member, below, group)] == [link.post.pk, link.mandate.pk, link.down.group_id]


def test_a_member_s_own_residents_hang_beside_the_representatives(link, officer):
    own = make.contact(link.both[0], make.resident_group())
    (member,) = drawn(officer).members
    assert [each.pk for each in member.below] == [link.mandate.pk, own.group_id]


def test_what_is_over_hangs_no_more(link, officer):
    Contact.objects.filter(pk=link.up.pk).update(ends_on=TODAY.replace(day=29))
    network = drawn(officer)
    assert (network.members[0].below, [each.pk for each in network.unlinked]) == ([], [link.mandate.pk])
    earlier = drawn(officer, on=TODAY.replace(day=29))
    assert (len(earlier.members[0].below), earlier.unlinked) == (1, [])


# Last contact


def test_both_at_a_visit_is_a_contact(link, officer, station):
    make.visit(station, LATELY, link.both)
    make.visit(station, date(2026, 9, 9), link.both[:1])
    make.visit(station, date(2026, 9, 10), link.both[1:])
    make.visit(station, date(2026, 9, 11), link.both, voided_on=date(2026, 9, 12))
    away = make.visit(station, date(2026, 9, 13), link.both)
    away.attendances.filter(mandate=link.mandate).update(status="leave")
    make.visit(station, date(2026, 11, 1), link.both)
    found = branch(drawn(officer), REPRESENTATIVE, link.mandate.pk)
    assert (found.last_on, found.breaks) == (LATELY, [])


def test_the_later_of_visit_and_log_is_the_last_contact(link, officer, station):
    make.visit(station, date(2026, 5, 5), link.both)
    link.up.events.create(on=date(2026, 6, 6), way="phone")
    link.up.events.create(on=date(2026, 11, 6), way="phone")
    assert branch(drawn(officer), REPRESENTATIVE, link.mandate.pk).last_on == date(2026, 6, 6)


def test_going_to_residents_from_their_community_s_own_station_is_a_contact(link, officer, station):
    code = f"{make.DAOLI}001003"
    near = make.contact(link.mandate, make.resident_group(code))
    make.visit(make.station(code), LATELY, [link.mandate], form="outreach")
    make.visit(make.station(code), date(2026, 5, 5), [link.mandate], form="reception")
    make.visit(station, date(2026, 5, 6), [link.mandate], form="outreach")  # a street says nothing of which residents
    network = drawn(officer)
    assert branch(network, GROUP, near.group_id).last_on == LATELY
    assert branch(network, GROUP, link.down.group_id).last_on is None


# What is broken


@pytest.mark.parametrize(("day", "is_broken"), [(LONG_AGO, True), (LATELY, False)])
def test_six_months_without_a_contact_break_a_branch(day, is_broken, link, officer):
    for each in (link.up, link.down):
        each.events.create(on=day, way="phone")
    network = drawn(officer)
    words = ["超过6个月没有联系"] if is_broken else []
    assert branch(network, REPRESENTATIVE, link.mandate.pk).breaks == words
    assert branch(network, GROUP, link.down.group_id).breaks == words
    assert network.broken == 2 * is_broken


def test_a_young_link_is_not_silent_yet(link, officer):
    Contact.objects.update(starts_on=LATELY)
    assert drawn(officer).broken == 0


def test_who_is_linked_with_nobody_is_broken(officer, station):
    make.committee_post(make.mandate(name="Above"))
    (mandate,) = make.placed(station)
    network = drawn(officer)
    assert network.members[0].breaks == ["没有联系代表"]
    assert branch(network, REPRESENTATIVE, mandate.pk).breaks == ["没有常委会组成人员联系", "没有联系群众小组"]
    assert network.broken == 2


# What went up and came back


@pytest.fixture
def sent(link, station):
    """Two opinions at visits, one of them told; two proposals, one of them answered; and what does not count."""
    for day in (date(2026, 3, 10), date(2026, 3, 11), date(2025, 12, 30)):
        said(station, on=day, visit=make.visit(station, day, link.both))
    make.Life(Opinion.objects.earliest("pk"), make.organisation()).until("fed_back")
    said(station, on=date(2026, 3, 12))  # at no visit
    said(
        station,
        on=date(2026, 3, 13),
        visit=make.visit(station, date(2026, 3, 13), link.both, voided_on=date(2026, 3, 14)),
    )
    make.Road(make.proposal(link.mandate)).until("replied")
    make.proposal(link.mandate)
    make.proposal(link.mandate, on=date(2025, 12, 30))
    make.Road(make.proposal(link.mandate)).go("refuse", note="a letter")
    return link


def test_what_was_raised_and_led_went_up_and_what_was_told_and_answered_came_back(sent, officer):
    network = drawn(officer)
    assert sizes(branch(network, REPRESENTATIVE, sent.mandate.pk).exchange) == (2, 1, 2, 1)
    assert sizes(branch(network, MEMBER, sent.post.pk).exchange) == (2, 1, 2, 1)  # both were there: counted once
    assert sizes(network.exchange) == (2, 1, 2, 1)


def test_every_count_of_the_page_opens_as_many_rows(sent, officer):
    client = signed_in(officer)
    page = client.get(ADDRESS)
    for link in figures(page):
        shown = client.get(ADDRESS + link["href"] if link["href"].startswith("?") else link["href"])
        assert f'data-count="{link["data-value"]}"' in shown.text, link
    assert len(figures(page)) == 3 * 4 + 1


def test_the_rows_say_nothing_of_who_spoke(sent, officer):
    page = signed_in(officer).get(f"{ADDRESS}opinions_up/").text
    assert ("lamps" in page, "CANARY" in page, "13912345678" in page) == (True, False, False)


# The page, the sheet, the paper


def test_a_member_s_branch_and_the_broken_ones_are_asked_for(link, officer):
    other = make.committee_post(make.mandate(name="Other"))
    client = signed_in(officer)
    assert [each.pk for each in client.get(ADDRESS).context["network"].members] == [link.post.pk, other.pk]
    page = client.get(ADDRESS, {"member": other.pk})
    assert [each.pk for each in page.context["network"].members] == [other.pk]
    link.up.events.create(on=LATELY, way="phone")
    page = client.get(ADDRESS, {"only": "broken"})
    assert page.context["count"] == 2  # the group of residents, silent; and the other member, with nobody
    assert link.mandate.person.name in page.text  # what a broken branch hangs on is shown


@pytest.mark.parametrize(
    "query", ["congress=99999", "member=x", "only=y", "from=31 June", "from=2026-05-01&to=2026-04-01"]
)
def test_what_cannot_be_read_is_told_beside_its_field(query, link, officer):
    page = signed_in(officer).get(f"{ADDRESS}?{query}")
    assert (page.status_code, bool(page.context["form"].errors)) == (200, True)
    assert 'class="error"' in page.text
    assert signed_in(officer).get(f"{ADDRESS}opinions_up/?{query}").status_code == 302
    assert signed_in(officer).get(f"{ADDRESS}branches.csv?{query}").status_code == 302


@pytest.mark.parametrize("path", ["other/", "opinions_up/?representative=99999", "opinions_up/?representative=x"])
def test_no_other_rows_are_there(path, link, officer):
    assert signed_in(officer).get(ADDRESS + path).status_code == 404


def test_the_sheets_and_the_paper_hold_every_branch(sent, officer):
    client = signed_in(officer)
    names = [sent.post.person.name, sent.mandate.person.name, sent.down.group.name]
    lines = client.get(f"{ADDRESS}branches.csv").getvalue().decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 3
    assert all(name in lines[-1] for name in names)
    assert set(names) <= set(cells_of(client.get(f"{ADDRESS}branches.xlsx").getvalue()))
    paper = client.get(f"{ADDRESS}print/")
    assert 'data-count="3"' in paper.text
    assert all(name in paper.text for name in names)


# In whose reach


def test_station_staff_see_the_branches_of_their_own_representatives(link, station):
    other = make.placed(make.station(f"{make.DAOLI}002"))[0]
    make.contact(other, make.committee_post(make.mandate()))
    network = drawn(make.staff(station))
    assert [each.pk for each in network.members] == [link.post.pk]
    assert branch(network, REPRESENTATIVE, other.pk) is None
    assert branch(network, REPRESENTATIVE, link.mandate.pk) is not None


def test_an_officer_of_another_district_sees_nothing_of_it(sent):
    make.mandate(make.NANGANG)
    client = signed_in(make.granted("officer", code=make.NANGANG))
    page = client.get(ADDRESS)
    assert (sent.mandate.person.name in page.text, sent.down.group.name in page.text) == (False, False)
    assert figures(page)[0]["data-value"] == "0"
    own = drawn(make.granted("officer")).congress
    assert client.get(ADDRESS, {"congress": own.pk}).context["form"].errors
    assert client.get(f"{ADDRESS}opinions_up/?representative={sent.mandate.pk}").status_code == 404


def test_a_leader_reads_and_a_representative_is_refused(link, mine):
    assert signed_in(make.granted("leader")).get(ADDRESS).status_code == 200
    assert mine.client.get(ADDRESS).status_code == 403


def test_where_there_is_no_congress_the_page_says_so():
    page = signed_in(make.granted("officer")).get(ADDRESS)
    assert (page.status_code, "还没有人大或者代表" in page.text) == (200, True)


# A representative's own page


def test_a_representative_reads_who_keeps_contact_and_with_whom_they_do(station, link):
    mine = representative(station)
    make.contact(mine.mandate, link.post).events.create(on=date(2026, 6, 6), way="phone")
    make.contact(mine.mandate, make.resident_group(name="Pine Court"))
    page = mine.client.get("/mine/")
    ties = page.context["ties"]
    assert [(tie.name, tie.last_on) for tie in ties["members"]] == [(link.post.person.name, date(2026, 6, 6))]
    assert [(tie.name, tie.last_on) for tie in ties["groups"]] == [("Pine Court", None)]
    assert (ties["others"], link.mandate.person.name in page.text) == ([], False)
    assert "2026年6月6日" in page.text


def test_a_member_reads_with_whom_they_keep_contact_too(station, link, mine):
    make.contact(link.mandate, make.committee_post(mine.mandate))
    make.visit(station, date(2026, 5, 5), [mine.mandate, link.mandate])
    ties = mine.client.get("/mine/").context["ties"]
    assert [(tie.name, tie.last_on) for tie in ties["others"]] == [(link.mandate.person.name, date(2026, 5, 5))]
