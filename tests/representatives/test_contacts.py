"""Who keeps contact with whom: what cannot be meant is refused beside its field; what is over is in force no more."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from representatives.models import CommitteePost, Contact, ContactEvent, Mandate, MandateStatus, ResidentGroup
from tests.access.crawling import signed_in
from tests.access.filling import errors_on, send
from tests.support import factories as make

CONTACT = "/admin/representatives/contact/"
GROUP = "/admin/representatives/residentgroup/"
DAY, ONE_DAY = date(2026, 3, 10), timedelta(days=1)


@pytest.fixture
def client():
    return signed_in(make.granted("officer"))


@pytest.fixture
def post():
    return make.committee_post(make.mandate(name="Above"))


@pytest.fixture
def mandate():
    return make.mandate(name="Below")


def wrong(row) -> set[str]:
    """The fields at which it is refused."""
    with pytest.raises(ValidationError) as refusal:
        row.full_clean()
    return set(refusal.value.message_dict)


def link(mandate, starts_on=DAY, ends_on=None, **end):
    return Contact(mandate=mandate, starts_on=starts_on, ends_on=ends_on, **end)


def in_force(on=DAY):
    return set(Contact.objects.in_force(on))


def test_a_link_has_one_other_end(mandate, post):
    group = make.resident_group()
    assert wrong(link(mandate)) >= {"post"}
    assert wrong(link(mandate, post=post, group=group)) >= {"post"}
    for end in ({"post": post}, {"group": group}):
        link(mandate, **end).full_clean()


def test_nobody_keeps_contact_with_themself(post):
    own = Mandate.objects.get(person=post.person)
    assert wrong(link(own, post=post)) == {"mandate"}


def test_the_same_two_are_not_linked_twice_on_a_day(mandate, post):
    old = link(mandate, date(2024, 1, 1), date(2024, 12, 31), post=post)
    old.save()
    assert wrong(link(mandate, date(2024, 12, 31), post=post)) == {"starts_on"}
    assert wrong(link(mandate, date(2023, 1, 1), post=post)) == {"starts_on"}
    link(mandate, date(2025, 1, 1), post=post).full_clean()
    link(make.mandate(), date(2024, 6, 1), post=post).full_clean()
    old.full_clean()  # not with itself


def test_an_end_before_the_beginning_is_refused(mandate, post):
    assert wrong(link(mandate, DAY, date(2026, 3, 9), post=post)) == {"__all__"}


def test_a_link_lasts_no_longer_than_the_mandate(mandate, post):
    assert wrong(link(mandate, mandate.starts_on - ONE_DAY, post=post)) == {"starts_on"}
    Mandate.objects.filter(pk=mandate.pk).update(status="ended", ends_on=date(2026, 3, 20))
    mandate.refresh_from_db()
    assert wrong(link(mandate, post=post)) == {"ends_on"}
    assert wrong(link(mandate, DAY, date(2026, 3, 21), post=post)) == {"ends_on"}
    link(mandate, DAY, date(2026, 3, 20), post=post).full_clean()


def test_a_link_lasts_no_longer_than_the_post(mandate, post):
    CommitteePost.objects.filter(pk=post.pk).update(ends_on=date(2026, 3, 20))
    post.refresh_from_db()
    assert wrong(link(mandate, post=post)) == {"ends_on"}
    assert wrong(link(make.mandate(), post.starts_on - ONE_DAY, post=post)) == {"starts_on"}


def test_what_is_over_or_hangs_at_what_is_over_is_not_in_force(mandate, post):
    up, down = make.contact(mandate, post), make.contact(mandate, make.resident_group())
    make.contact(make.mandate(), post, ends_on=date(2026, 3, 9))
    make.contact(make.mandate(), post, starts_on=date(2026, 3, 11))
    assert in_force() == {up, down}
    CommitteePost.objects.filter(pk=post.pk).update(ends_on=date(2026, 3, 9))
    assert in_force() == {down}
    Mandate.objects.filter(pk=mandate.pk).update(status="suspended")
    MandateStatus.objects.create(mandate=mandate, status="suspended", since=date(2026, 1, 1))
    assert in_force() == set()


@pytest.mark.parametrize("text", ["call 13912345678", "0451-12345678", "230102199001011234"])
def test_no_number_of_a_resident_is_kept(text, mandate, post):
    group = ResidentGroup(division=make.division(), name="Pine Court 3")
    group.full_clean()
    group.covers = text
    assert wrong(group) == {"covers"}
    event = ContactEvent(contact=make.contact(mandate, post), on=DAY, way="phone", heard=text, answered=text, who=text)
    assert wrong(event) == {"heard", "answered", "who"}


@pytest.mark.parametrize("households", [0, 100_000])
def test_a_group_has_a_size_that_can_be_meant(households):
    assert wrong(ResidentGroup(division=make.division(), name="x", households=households)) == {"households"}


def test_a_group_of_one_name_is_registered_once_at_a_place():
    group = make.resident_group(name="Pine Court 3")
    assert wrong(ResidentGroup(division=group.division, name="Pine Court 3")) == {"__all__"}


# On the page


def test_a_link_is_entered_with_what_was_heard(client, mandate, post):
    rows = {
        "events__TOTAL_FORMS": "1",
        "events__0__on": "2026.3.10",
        "events__0__way": "phone",
        "events__0__heard": "x",
    }
    answer = send(client, f"{CONTACT}add/", mandate=mandate.pk, post=post.pk, starts_on="2025-01-01", **rows)
    assert answer.status_code == 302
    event = ContactEvent.objects.get()
    assert (event.contact.mandate, event.contact.post, event.on) == (mandate, post, DAY)


def test_a_contact_is_told_of_days_that_were_and_while_it_lasted(client, mandate, post):
    tomorrow = timezone.localdate().replace(year=timezone.localdate().year + 1)
    rows = {"events__TOTAL_FORMS": "2", "events__0__way": "phone", "events__1__way": "phone"}
    rows |= {"events__0__on": tomorrow.isoformat(), "events__1__on": "2024-12-31"}
    answer = send(client, f"{CONTACT}add/", mandate=mandate.pk, post=post.pk, starts_on="2025-01-01", **rows)
    assert errors_on(answer) == {"events-0-on", "events-1-on"}
    assert "这一天还没有到" in answer.text
    assert "这一天双方没有联系安排" in answer.text
    assert not Contact.objects.exists()


def test_both_ends_and_none_are_refused_in_chinese(client, mandate, post):
    group = make.resident_group()
    for ends in ({}, {"post": post.pk, "group": group.pk}):
        answer = send(client, f"{CONTACT}add/", mandate=mandate.pk, starts_on="2025-01-01", **ends)
        assert "只选一个" in answer.text
    assert not Contact.objects.exists()


def test_no_link_is_made_in_another_district(client):
    theirs = make.mandate(make.NANGANG)
    group = make.resident_group(f"{make.NANGANG}001")
    answer = send(client, f"{CONTACT}add/", mandate=theirs.pk, group=group.pk, starts_on="2025-01-01")
    assert errors_on(answer) == {"mandate", "group"}
    answer = send(client, f"{GROUP}add/", division=f"{make.NANGANG}001", name="Theirs")
    assert errors_on(answer) == {"division"}


def test_a_township_reads_the_groups_of_its_own_residents_and_changes_none(mandate):
    own, other = make.resident_group(f"{make.DAOLI}001"), make.resident_group(f"{make.DAOLI}002")
    links = [make.contact(mandate, group) for group in (own, other)]
    client = signed_in(make.granted("township_officer", code=f"{make.DAOLI}001"))
    assert set(client.get(GROUP).context["cl"].queryset) == {own}
    assert set(client.get(CONTACT).context["cl"].queryset) == {links[0]}
    assert client.get(f"{CONTACT}{links[0].pk}/change/").status_code == 200
    assert client.post(f"{CONTACT}{links[0].pk}/change/", {}).status_code == 403
    assert client.get(f"{CONTACT}{links[1].pk}/change/").status_code == 404
