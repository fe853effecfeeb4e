"""Seats, groups, committee posts and delegations: what may not stand together is refused beside its field."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from representatives.models import CommitteePost, Delegation, Group, GroupMember, Mandate, Person, Session
from tests.access.crawling import signed_in
from tests.access.filling import errors_on, send
from tests.support import factories as make

GROUP = "/admin/representatives/group/"
POST = "/admin/representatives/committeepost/add/"


@pytest.fixture
def client():
    return signed_in(make.granted("officer"))


@pytest.fixture
def mandate():
    return make.mandate(name="Wen")


def another_seat(mandate, begins, ends=None):
    seat = Mandate(person=mandate.person, term=mandate.term, starts_on=begins, ends_on=ends)
    seat.full_clean()
    return seat


def test_two_seats_of_one_term_share_no_day(mandate):
    Mandate.objects.filter(pk=mandate.pk).update(ends_on=date(2024, 6, 1), status="ended")
    for begins, ends in ((date(2024, 6, 1), None), (date(2021, 1, 1), date(2021, 12, 1)), (date(2020, 1, 1), None)):
        with pytest.raises(ValidationError) as refusal:
            another_seat(mandate, begins, ends)
        assert set(refusal.value.message_dict) == {"starts_on"}
    assert another_seat(mandate, date(2024, 6, 2)).starts_on == date(2024, 6, 2)


def test_a_seat_in_another_congress_is_no_matter(mandate):
    city = make.mandate(make.HARBIN).term
    Mandate(person=mandate.person, term=city, starts_on=mandate.starts_on).full_clean()


def test_an_end_before_the_beginning_is_refused(mandate):
    with pytest.raises(ValidationError):
        another_seat(mandate, date(2025, 2, 2), date(2025, 2, 1))


def test_two_seats_of_one_term_are_not_typed_on_one_page(client, mandate):
    rows = {f"mandates__{number}__term": mandate.term_id for number in (0, 1)}
    rows |= {f"mandates__{number}__starts_on": "2026-01-01" for number in (0, 1)}
    answer = send(client, "/admin/representatives/person/add/", name="New", **rows, mandates__TOTAL_FORMS="2")
    assert answer.status_code == 200
    assert not Person.objects.filter(name="New").exists()


def test_the_typed_name_of_a_delegation_becomes_its_row(mandate):
    other = make.mandate()
    for row in (mandate, other):
        row.delegation = "first"
        row.save()
    assert (mandate.sits_with, Delegation.objects.count()) == (other.sits_with, 1)
    mandate.delegation = ""
    mandate.save()
    assert (mandate.sits_with, Delegation.objects.get().name) == (None, "first")


def members(*rows):
    """The rows of a group's page."""
    found = {"members__TOTAL_FORMS": str(len(rows)), "members__INITIAL_FORMS": "0"}
    for number, (mandate, role, begins, ends) in enumerate(rows):
        facts = {"mandate": mandate.pk, "role": role, "starts_on": begins, "ends_on": ends}
        found |= {f"members__{number}__{name}": value for name, value in facts.items()}
    return found


def test_a_group_has_one_leader_at_a_time(client, mandate):
    other = make.mandate()
    group = {"term": mandate.term_id, "name": "Lawyers", "kind": "field", "covers": "law"}
    rows = members((mandate, "leader", "2024-01-01", "2024-12-31"), (other, "leader", "2024-12-31", ""))
    assert errors_on(send(client, f"{GROUP}add/", **group, **rows)) == {"members-1-role"}
    rows = members((mandate, "leader", "2024-01-01", "2024-12-31"), (other, "leader", "2025-01-01", ""))
    assert send(client, f"{GROUP}add/", **group, **rows).status_code == 302
    assert Group.objects.get().members.count() == 2
    listed = client.get(GROUP).content.decode()
    assert (other.person.name in listed, "Wen" in listed) == (True, False)


def test_a_leader_is_replaced_in_one_go(client, mandate):
    group = make.group(mandate)
    GroupMember.objects.update(role="leader", starts_on=date(2024, 1, 1))
    old, new = group.members.get(), make.mandate()
    rows = members((mandate, "leader", "2024-01-01", "2024-12-31"), (new, "leader", "2025-01-01", ""))
    rows |= {"members__INITIAL_FORMS": "1", "members__0__id": old.pk}
    assert send(client, f"{GROUP}{group.pk}/change/", **rows).status_code == 302
    assert list(group.members.values_list("mandate", "ends_on")) == [(mandate.pk, date(2024, 12, 31)), (new.pk, None)]


def test_nobody_is_twice_in_a_group_at_once(client, mandate):
    rows = members((mandate, "member", "2024-01-01", ""), (mandate, "member", "2025-01-01", ""))
    answer = send(client, f"{GROUP}add/", term=mandate.term_id, name="Twice", kind="region", **rows)
    assert errors_on(answer) == {"members-1-mandate"}


def test_no_group_is_made_in_another_district_s_term(client):
    theirs = make.mandate(make.NANGANG)
    assert errors_on(send(client, f"{GROUP}add/", term=theirs.term_id, name="Theirs", kind="region")) == {"term"}
    assert not Group.objects.exists()


def held(mandate, post, begins=date(2022, 1, 1), ends=None):
    row = CommitteePost(
        person=mandate.person, congress=mandate.term.congress, post=post, starts_on=begins, ends_on=ends
    )
    row.full_clean()
    row.save()
    return row


def refused(*facts):
    with pytest.raises(ValidationError) as refusal:
        held(*facts)
    return set(refusal.value.message_dict)


def test_a_committee_has_one_chair_at_a_time_and_many_members(mandate):
    held(mandate, "chair", ends=date(2024, 5, 1))
    other = make.mandate()
    assert refused(other, "chair", date(2024, 5, 1)) == {"post"}
    held(other, "vice_chair", ends=date(2024, 5, 1))
    held(other, "chair", date(2024, 5, 2))
    held(make.mandate(), "member")
    held(make.mandate(), "member")
    assert refused(other, "member") == {"person"}


def test_townships_have_a_presidium_and_the_others_a_standing_committee(mandate):
    town = make.mandate(f"{make.DAOLI}102")
    assert (refused(town, "chair"), refused(mandate, "presidium_chair")) == ({"post"}, {"post"})
    assert held(town, "presidium_chair").pk


def test_a_post_is_entered_in_one_s_own_congress_only(client, mandate):
    theirs = make.mandate(make.NANGANG)
    facts = {"post": "member", "starts_on": "2022-01-01"}
    answer = send(client, POST, person=theirs.person_id, congress=theirs.term.congress_id, **facts)
    assert errors_on(answer) == {"congress"}
    assert send(client, POST, person=mandate.person_id, congress=mandate.term.congress_id, **facts).status_code == 302


def test_a_session_is_counted_once_in_its_term(mandate):
    Session.objects.create(term=mandate.term, ordinal=5, starts_on=date(2026, 1, 8))
    for ordinal in (5, 0, 100):
        with pytest.raises(ValidationError):
            Session(term=mandate.term, ordinal=ordinal, starts_on=date(2026, 2, 8)).full_clean()


def test_facts_of_a_person_are_read_by_who_keeps_the_register(client, mandate):
    Person.objects.update(party="CANARY-party", born_in="1970-05")
    page = f"/admin/representatives/person/{mandate.person_id}/change/"
    readers = [make.granted("officer", code=make.NANGANG), make.staff(make.station()), make.granted("leader")]
    seen = ["CANARY-party" in signed_in(reader).get(page).content.decode() for reader in readers]
    assert (seen, "CANARY-party" in client.get(page).content.decode()) == ([False] * 3, True)


@pytest.mark.parametrize("month", ["1970", "1970-13", "70-05", "1970-05-01", "１９７０-05"])
def test_a_birthday_is_no_more_than_a_month(month, client, mandate):
    page = f"/admin/representatives/person/{mandate.person_id}/change/"
    assert errors_on(send(client, page, born_in=month)) == {"born_in"}


def test_seats_are_filtered_by_level(client, mandate):
    make.mandate(f"{make.DAOLI}102", name="Shao")
    for register in ("person", "mandate"):
        text = client.get(f"/admin/representatives/{register}/", {"level": "5"}).content.decode()
        assert ("Shao" in text, ">Wen<" in text) == (True, False)
        assert client.get(f"/admin/representatives/{register}/", {"level": "x"}).status_code == 200
