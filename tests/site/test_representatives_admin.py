"""Everybody at work may look up who represents whom; a record is changed where its congress is."""

from datetime import date

import pytest

from liaison.accounts.models import User
from representatives.models import Congress, Mandate, Person, Term
from tests.access.crawling import signed_in
from tests.access.filling import errors_on, form_on, send
from tests.support import factories as make

CITY = make.HARBIN
PERSON = "/admin/representatives/person/"


@pytest.fixture
def officer():
    return make.granted("officer")


def change(model, row):
    return f"/admin/representatives/{model}/{row.pk}/change/"


def records(mandate):
    term = mandate.term
    return {"person": mandate.person, "mandate": mandate, "term": term, "congress": term.congress}


@pytest.mark.parametrize("model", ["person", "mandate", "term", "congress"])
def test_another_district_s_records_are_read_and_not_changed(model, officer):
    client = signed_in(officer)
    ours, theirs = make.mandate(), make.mandate(make.NANGANG)
    for code, mandate in ((302, ours), (403, theirs)):
        page = change(model, records(mandate)[model])
        assert client.get(page).status_code == 200
        assert client.post(page, form_on(client, page)).status_code == code
    assert str(theirs.person) in client.get(PERSON).content.decode()


def test_a_person_with_a_seat_in_both_is_changed_by_both_each_in_their_own(officer):
    ours = make.mandate(name="Wen")
    elsewhere = Mandate.objects.create(person=ours.person, term=make.mandate(CITY).term, starts_on=date(2022, 1, 1))
    client, page = signed_in(officer), change("person", ours.person)
    form = form_on(client, page)
    assert [form["mandates-INITIAL_FORMS"], form["mandates-0-id"]] == ["1", str(ours.pk)]
    assert str(elsewhere.term) in client.get(page).content.decode()
    changed = {"name": "Wen Rusong", "mandates__0__delegation": "second"}
    assert send(client, page, **changed).status_code == 302
    assert Person.objects.get(pk=ours.person_id).name == "Wen Rusong"
    assert Mandate.objects.get(pk=ours.pk).delegation == "second"
    before = list(Mandate.objects.order_by("pk").values())
    send(client, page, mandates__0__id=elsewhere.pk, mandates__0__delegation="taken over")
    assert list(Mandate.objects.order_by("pk").values()) == before
    assert client.get(change("mandate", elsewhere)).context["has_change_permission"] is False


def test_a_new_person_has_a_seat_in_a_congress_of_one_s_own(officer):
    client = signed_in(officer)
    ours, theirs = make.mandate().term, make.mandate(make.NANGANG).term
    seat = {"mandates__0__status": "active", "mandates__0__starts_on": "2026-01-01"}
    before = Person.objects.count()
    assert send(client, f"{PERSON}add/", name="New", **seat).status_code == 200
    answer = send(client, f"{PERSON}add/", name="New", **seat, mandates__0__term=theirs.pk)
    assert errors_on(answer) == {"mandates-0-term"}
    assert Person.objects.count() == before
    assert send(client, f"{PERSON}add/", name="New", **seat, mandates__0__term=ours.pk).status_code == 302
    assert Person.objects.get(name="New").mandates.get().term == ours


def test_no_seat_term_or_congress_is_made_elsewhere(officer):
    client = signed_in(officer)
    theirs = make.mandate(make.NANGANG)
    new = {"status": "active", "starts_on": "2026-01-01", "level": 4, "ordinal": 19, "name": "C"}
    for model, field, value in (
        ("mandate", "term", theirs.term_id),
        ("term", "congress", theirs.term.congress_id),
        ("congress", "division", make.division(f"{make.NANGANG}101").pk),
    ):
        answer = send(client, f"/admin/representatives/{model}/add/", person=theirs.person_id, **new | {field: value})
        assert errors_on(answer) == {field}, model
    assert [model.objects.count() for model in (Mandate, Term, Congress)] == [1, 1, 1]


def test_no_record_is_moved_elsewhere(officer):
    mandate, theirs = make.mandate(), make.mandate(make.NANGANG)
    client = signed_in(officer)
    assert errors_on(send(client, change("mandate", mandate), term=theirs.term_id)) == {"term"}
    assert errors_on(send(client, change("congress", mandate.term.congress), division=make.NANGANG)) == {"division"}


def test_a_representative_gets_an_account_of_their_own_and_nobody_else_s():
    root = User.objects.create_superuser("root", name="root")
    client, (one, other) = signed_in(root), (make.mandate().person, make.mandate().person)
    account = make.granted("representative")
    assert send(client, change("person", one), user=account.pk).status_code == 302
    assert Person.objects.get(user=account) == one
    assert errors_on(send(client, change("person", other), user=account.pk)) == {"user"}
    account.delete()
    assert Person.objects.get(pk=one.pk).user is None


def test_no_account_is_offered_to_whoever_may_not_see_accounts(officer, monkeypatch):
    person, account = make.mandate().person, make.granted("representative")
    monkeypatch.setattr(User.objects.all().__class__, "visible_to", lambda rows, user, permission=None: rows.none())
    assert errors_on(send(signed_in(officer), change("person", person), user=account.pk)) == {"user"}


def test_people_without_a_seat_are_nobody_s_to_change(officer):
    lonely = Person.objects.create(name="lonely")
    page = change("person", lonely)
    assert signed_in(officer).get(page).context["has_change_permission"] is False
