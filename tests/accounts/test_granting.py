"""Accounts, grants and posts are given within one's scope and below one's own role, whatever a form is sent."""

from datetime import date

import pytest
from django.test import Client

from liaison.accounts.granting import KEEP, may_give, roles_given_by
from liaison.accounts.models import Grant, User
from liaison.accounts.roles import GIVES, ROLES
from liaison.audit.models import Entry
from stations.register.models import StaffPost
from tests.access.filling import errors_on, send
from tests.support import factories as make

A_STREET, B_STREET, FAR = f"{make.DAOLI}001", f"{make.DAOLI}002", f"{make.NANGANG}001"
USERS, POSTS = "/admin/accounts/user/", "/admin/stations/staffpost/"


@pytest.fixture(autouse=True)
def _places():
    make.office()
    for code in (A_STREET, B_STREET, FAR):
        make.division(code)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def page_of(user):
    return f"{USERS}{user.pk}/change/"


def grant_row(number=0, **facts):
    facts = {"role": "leader", "division": make.DAOLI, "valid_from": "2026-01-01"} | facts
    rows = {f"grants__{number}__{name}": value for name, value in facts.items()}
    return rows | {"grants__TOTAL_FORMS": str(number + 1)}


def fresh(keeper, **facts):
    return make.user(made_by=keeper, **facts)


@pytest.mark.parametrize("giver", [role for role in ROLES if role != "sysadmin"])
def test_nobody_gives_their_own_role_or_one_above(giver):
    given = GIVES.get(giver, set())
    assert giver not in given
    assert not {role for role in given if giver in GIVES.get(role, set())}
    assert not given & {"sysadmin", "auditor", "officer"}


@pytest.mark.parametrize(
    ("giver", "role", "division", "may"),
    [
        ("officer", "township_officer", A_STREET, True),
        ("officer", "leader", make.DAOLI, True),
        ("officer", "officer", A_STREET, False),
        ("officer", "auditor", A_STREET, False),
        ("officer", "staff", FAR, False),
        ("officer", "leader", make.HARBIN, False),
        ("sysadmin", "officer", make.DAOLI, True),
        ("sysadmin", "sysadmin", make.DAOLI, True),
        ("sysadmin", "auditor", make.NANGANG, False),
        ("leader", "staff", A_STREET, False),
        ("auditor", "auditor", make.DAOLI, False),
    ],
)
def test_who_gives_what_where(giver, role, division, may):
    assert may_give(make.granted(giver), role, division=division) is may


def test_a_township_gives_at_its_own_stations_only():
    township = make.granted("township_officer", code=A_STREET)
    assert roles_given_by(township) == ["staff", "station_head", "representative"]
    assert may_give(township, "station_head", division=A_STREET, station=1)
    assert not may_give(township, "station_head", division=B_STREET, station=2)


def test_an_officer_grants_below_and_within():
    officer = make.granted("officer")
    clerk = fresh(officer)
    answer = send(signed_in(officer), page_of(clerk), **grant_row(role="township_officer", division=A_STREET))
    assert answer.status_code == 302
    assert [(row.role, row.division_id) for row in clerk.grants.all()] == [("township_officer", A_STREET)]
    line = Entry.objects.get(action="grant")
    assert (line.actor_id, line.result, line.detail["role"]) == (officer.pk, "done", "township_officer")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"role": "officer"}, "role"),
        ({"role": "sysadmin"}, "role"),
        ({"role": "emperor"}, "role"),
        ({"division": FAR}, "division"),
        ({"division": make.HARBIN}, "division"),
        ({"division": "\x00"}, "division"),
        ({"valid_from": "2026-13-45"}, "valid_from"),
        ({"valid_to": "2025-12-31"}, None),
    ],
)
def test_a_forged_grant_is_refused_beside_its_field(facts, field):
    officer = make.granted("officer")
    clerk = fresh(officer)
    answer = send(signed_in(officer), page_of(clerk), **grant_row(**facts))
    assert answer.status_code == 200
    assert errors_on(answer) == {f"grants-0-{field}" if field else "grants-0-__all__"}
    assert clerk.grants.count() == 0


def test_a_grant_without_a_place_asks_for_one():
    keeper = make.granted("officer")
    account = fresh(keeper)
    answer = send(signed_in(keeper), page_of(account), **grant_row(division=""))
    assert errors_on(answer) == {"grants-0-division"}
    assert "请选行政区划或单位" in answer.text
    assert "只选一项" not in answer.text
    assert not account.grants.exists()


def test_two_scopes_do_not_add_up_to_a_third():
    """Officer of a street and leader of the district: what the one gives is not given where the other holds."""
    both = make.granted("officer", code=A_STREET)
    Grant.objects.create(user=both, role="sysadmin", division=make.division(B_STREET), valid_from=date(2020, 1, 1))
    clerk = fresh(both)
    refused = send(signed_in(both), page_of(clerk), **grant_row(role="auditor", division=A_STREET))
    assert errors_on(refused) == {"grants-0-role"}
    assert Entry.objects.get(action="grant").result == "refused"
    assert send(signed_in(both), page_of(clerk), **grant_row(role="auditor", division=B_STREET)).status_code == 302


def test_accounts_are_seen_within_one_s_scope():
    officer, far = make.granted("officer"), make.granted("officer", code=make.NANGANG)
    here = make.staff(make.station(A_STREET))
    there = make.staff(make.station(FAR))
    clerk = make.clerk(make.organisation())
    mine = fresh(officer)
    unknown = make.user()
    assert set(User.objects.visible_to(officer)) == {officer, here, clerk, mine}
    assert set(User.objects.visible_to(far)) == {far, there}
    assert unknown in User.objects.visible_to(make.granted("sysadmin"))
    for stranger in (there, unknown, far):
        assert signed_in(officer).get(page_of(stranger)).status_code == 404


def test_who_holds_more_or_elsewhere_is_seen_but_not_kept():
    officer, second = make.granted("officer"), make.granted("officer")
    head = make.staff(make.station(A_STREET), post="head")
    abroad = make.staff(make.station(B_STREET))
    Grant.objects.create(user=abroad, role="leader", division=make.division(FAR), valid_from=date(2020, 1, 1))
    auditor = make.granted("auditor")
    kept = set(User.objects.visible_to(officer, KEEP))
    assert kept == {head}
    assert {second, abroad, auditor, officer} < set(User.objects.visible_to(officer))
    for account in (second, abroad, auditor, officer):
        client = signed_in(officer)
        assert client.post(page_of(account), {"name": "taken over"}).status_code == 403
        assert client.post(f"{USERS}{account.pk}/password/", {}).status_code == 403
    assert not User.objects.filter(name="taken over").exists()


def test_what_ended_no_longer_stands_in_the_way():
    officer = make.granted("officer")
    moved = make.staff(make.station(A_STREET))
    Grant.objects.create(
        user=moved, role="officer", division=make.division(FAR), valid_from=date(2020, 1, 1), valid_to=date(2021, 1, 1)
    )
    assert officer.has_perm(KEEP, moved)
    assert send(signed_in(officer), page_of(moved), name="moved").status_code == 302


def test_a_grant_is_ended_and_never_rewritten_or_taken_out():
    keeper = make.granted("sysadmin")
    leader = make.granted("leader")
    forged = {"grants__0__role": "sysadmin", "grants__0__division": make.NANGANG, "grants__0__DELETE": "on"}
    assert send(signed_in(keeper), page_of(leader), **forged, grants__0__valid_to="2026-06-30").status_code == 302
    row = leader.grants.get()
    assert (row.role, row.division_id, row.valid_to) == ("leader", make.DAOLI, date(2026, 6, 30))


def test_a_head_opens_an_account_and_gives_it_a_post_at_their_own_station_only():
    at, elsewhere = make.station(A_STREET), make.station(A_STREET)
    head = signed_in(make.staff(at, post="head"))
    words = {"password1": "Kettle-river-9", "password2": "Kettle-river-9"}
    assert send(head, f"{USERS}add/", username="new", name="新人", **words).status_code == 302
    new = User.objects.get(username="new")
    assert new.must_change_password
    post = {"name": "新人", "post": "liaison_officer", "staffing_mode": "rota", "valid_from": "2026-01-01"}
    post |= {"station": at.pk, "user": new.pk}
    assert errors_on(send(head, f"{POSTS}add/", **post | {"station": elsewhere.pk})) == {"station"}
    assert errors_on(send(head, f"{POSTS}add/", **post | {"post": "head"})) == {"post"}
    assert send(head, f"{POSTS}add/", **post).status_code == 302
    assert StaffPost.objects.filter(user=new).get().station == at


def test_nobody_gives_a_post_to_an_account_out_of_reach_or_to_themselves():
    at = make.station(A_STREET)
    officer = make.granted("officer")
    post = {"name": "S", "post": "head", "staffing_mode": "rota", "valid_from": "2026-01-01", "station": at.pk}
    for account in (make.staff(make.station(FAR)), make.granted("officer"), officer):
        assert errors_on(send(signed_in(officer), f"{POSTS}add/", **post, user=account.pk)) == {"user"}
    head = make.staff(at, post="head")
    own = f"{POSTS}{StaffPost.objects.get(user=head).pk}/change/"
    assert signed_in(head).post(own, post | {"valid_to": "2099-01-01"}).status_code == 403


def test_smuggled_fields_of_an_account_are_not_taken():
    officer = make.granted("officer")
    clerk = fresh(officer)
    page = page_of(clerk)
    forged = {"is_superuser": "on", "is_staff": "on", "password": "x", "made_by": "", "session_round": "9"}
    assert send(signed_in(officer), page, **forged, name="named").status_code == 302
    clerk.refresh_from_db()
    assert (clerk.name, clerk.is_superuser, clerk.is_staff, clerk.made_by) == ("named", False, False, officer)
