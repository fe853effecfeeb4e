"""A representative reaches what hangs at their own mandates, and nothing else."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from liaison.accounts.models import Grant
from representatives.models import Mandate, Term
from tests.duty.conftest import heard, proposed, representative, said, signed_in, signs, taken_up
from tests.support import factories as make

NOWHERE = 987_654


def address_of(opinion):
    return f"/mine/opinions/{getattr(opinion, 'pk', opinion)}/"


@pytest.mark.parametrize("how", [heard, taken_up, proposed])
def test_what_was_heard_taken_up_or_proposed_is_listed_and_opens(how, station, mine):
    opinion = how(station, mine)
    assert opinion.number in mine.client.get("/mine/").text
    assert opinion.number in mine.client.get("/mine/opinions/").text
    assert opinion.number in mine.client.get(address_of(opinion)).text


@pytest.mark.parametrize("how", [heard, taken_up, proposed])
def test_another_representative_s_opinion_answers_like_one_that_is_not_there(how, station, mine, other):
    opinion = how(station, other)
    theirs, nobody_s = (mine.client.get(address_of(pk)) for pk in (opinion, NOWHERE))
    assert (theirs.status_code, theirs.content) == (404, nobody_s.content)
    assert opinion.number not in mine.client.get("/mine/").text + mine.client.get("/mine/opinions/").text
    assert other.client.get(address_of(opinion)).status_code == 200


def test_an_opinion_of_the_station_that_was_told_to_nobody_is_not_there(station, mine):
    assert mine.client.get(address_of(said(station))).status_code == 404


def test_an_absurd_number_is_not_there(mine):
    assert mine.client.get(address_of(10**30)).status_code == 404


@pytest.mark.parametrize("status", ["leave", "absent"])
def test_who_was_not_at_the_visit_has_not_heard_it(status, station, mine):
    opinion = heard(station, mine)
    opinion.visit.attendances.update(status=status)
    assert mine.client.get(address_of(opinion)).status_code == 404


def test_what_was_raised_at_a_voided_visit_is_not_there(station, mine):
    opinion = heard(station, mine)
    type(opinion.visit).objects.update(voided_on=timezone.localdate())
    assert mine.client.get(address_of(opinion)).status_code == 404


def elect_again(old):
    """The same person, for the next term."""
    term = Term.objects.create(congress=old.term.congress, ordinal=old.term.ordinal + 1, starts_on=date(2026, 1, 1))
    new = Mandate.objects.create(person=old.person, term=term, electoral_district="1", starts_on=term.starts_on)
    Mandate.objects.filter(pk=old.pk).update(status="ended")
    return new


def test_what_was_heard_under_an_earlier_mandate_stays_one_s_own(station, mine):
    opinion = heard(station, mine)
    elect_again(mine.mandate)
    assert mine.client.get(address_of(opinion)).status_code == 200


@pytest.mark.parametrize("change", [{"status": "ended"}, {"status": "suspended"}, {"ends_on": date(2025, 1, 1)}])
def test_who_is_not_in_office_reads_whom_to_ask_and_nothing_else(change, station, mine):
    opinion = heard(station, mine)
    type(mine.mandate).objects.filter(pk=mine.mandate.pk).update(**change)
    page = mine.client.get("/mine/")
    assert (page.status_code, "0451-00000000" in page.text, opinion.number in page.text) == (200, True, False)
    for path in ("opinions/", "visits/", "stations/", "receptions/", f"opinions/{opinion.pk}/"):
        assert mine.client.get(f"/mine/{path}").status_code == 404


def test_an_account_that_belongs_to_nobody_reads_whom_to_ask(station):
    page = signed_in(make.granted("representative")).get("/mine/")
    assert page.status_code == 200
    assert "还没有对应到在任的人大代表" in page.text


def test_a_person_s_account_without_the_role_is_refused(station, mine):
    Grant.objects.filter(user=mine.user).update(valid_to=timezone.localdate() - timedelta(days=1))
    for path in ("", "opinions/", f"opinions/{NOWHERE}/"):
        assert mine.client.get(f"/mine/{path}").status_code == 403


@pytest.mark.parametrize("role", ["officer", "leader", "auditor", "sysadmin"])
def test_others_have_no_such_pages(role, station, mine):
    opinion = heard(station, mine)
    client = signed_in(make.granted(role))
    assert [client.get(address).status_code for address in ("/mine/", address_of(opinion))] == [403, 403]


def test_nothing_is_posted_to_a_list(station, mine):
    pages = ("", "receptions/", "opinions/", "visits/", "stations/", "proposals/")
    assert {mine.client.post(f"/mine/{page}").status_code for page in pages} == {405}


def test_after_sign_in_a_representative_lands_on_their_own_pages(station, mine):
    assert mine.client.get("/accounts/entrance/").url == "/mine/"


def test_who_has_another_role_as_well_lands_on_the_platform_and_finds_them_there(station, mine):
    Grant.objects.create(user=mine.user, role="auditor", division=station.division, valid_from=date(2020, 1, 1))
    assert mine.client.get("/accounts/entrance/").url == "/admin/"
    assert 'href="/mine/"' in mine.client.get("/admin/").text


def test_nobody_else_is_led_there(station):
    assert 'href="/mine/"' not in signed_in(make.granted("officer")).get("/admin/").text


def test_other_stations_hold_nothing_of_ours(station, mine):
    stranger = representative(make.station(f"{make.DAOLI}002", name="Oak Street station"))
    assert "Oak Street" not in mine.client.get("/mine/").text
    assert "Oak Street" in stranger.client.get("/mine/").text


def test_proposals_led_or_signed_are_one_s_own_and_others_are_not_there(station, mine, other):
    led, signed, theirs = make.proposal(mine.mandate), signs(mine, other), make.proposal(other.mandate)
    listed = mine.client.get("/mine/proposals/").text
    opened = [mine.client.get(f"/mine/proposals/{row.pk}/").status_code for row in (led, signed)]
    assert [*opened, led.title in listed, signed.title in listed] == [200, 200, True, True]
    assert led.title in mine.client.get("/mine/").text
    assert theirs.title not in listed + mine.client.get("/mine/").text
    answers = [mine.client.get(f"/mine/proposals/{pk}/") for pk in (theirs.pk, NOWHERE, 10**30)]
    assert [(answer.status_code, answer.content) for answer in answers] == [(404, answers[1].content)] * 3
    assert other.client.get(f"/mine/proposals/{led.pk}/").status_code == 404


def test_a_proposal_led_under_an_earlier_mandate_stays_one_s_own(station, mine):
    led = make.proposal(mine.mandate)
    elect_again(mine.mandate)
    assert mine.client.get(f"/mine/proposals/{led.pk}/").status_code == 200
