"""Who may do what, and where: roles hold permissions, grants and posts say where they hold."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from feedback.opinions.models import Opinion
from liaison.accounts.models import Grant
from liaison.accounts.roles import GIVES, ROLES, permissions_of, roles_with
from liaison.accounts.scope import divisions_within, scope_of
from stations.register.models import Station
from stations.visits.models import Visit
from tests.support import factories as make

ADD = "stations.add_station"


@pytest.fixture
def stations():
    """Of two streets of Daoli and one of Nangang."""
    make.office()
    return [make.station(f"{make.DAOLI}001"), make.station(f"{make.DAOLI}002"), make.station(f"{make.NANGANG}001")]


def test_every_role_of_the_contract_is_there():
    assert set(ROLES) == {
        *("staff", "station_head", "representative", "township_officer", "officer", "committee", "dispatcher"),
        *("department_clerk", "leader", "auditor", "sysadmin"),
    }


def test_only_stations_and_their_committees_read_who_spoke():
    assert roles_with("submissions.view_reporter") == {"staff", "station_head", "township_officer", "officer"}


def test_whoever_keeps_accounts_reads_no_opinion_and_no_trail():
    kept = permissions_of("sysadmin")
    assert not {name for name in kept if name.startswith(("opinions.", "visits.", "submissions.", "audit."))}
    assert roles_with("accounts.change_user") == set(GIVES)
    assert roles_with("audit.view_entry") == {"auditor"}


def test_nobody_deletes_anything():
    assert {name for role in ROLES for name in permissions_of(role) if ".delete_" in name} == set()


def test_a_role_that_is_none_may_nothing():
    assert permissions_of("emperor") == set()


@pytest.mark.parametrize(
    ("code", "reached"),
    [
        ("230000", [0, 1, 2]),
        (make.HARBIN, [0, 1, 2]),
        (make.DAOLI, [0, 1]),
        (make.NANGANG, [2]),
        (f"{make.DAOLI}001", [0]),
        (f"{make.DAOLI}003", []),
        ("230104", []),
    ],
)
def test_a_grant_reaches_its_division_and_all_below_it(code, reached, stations):
    officer = make.granted("officer", code=code)
    assert list(Station.objects.visible_to(officer)) == [stations[number] for number in reached]
    assert [officer.has_perm("stations.view_station", row) for row in stations] == [n in reached for n in range(3)]


def test_permission_and_place_belong_together(stations):
    """An officer here and a leader there changes nothing there."""
    both = make.granted("officer", code=f"{make.DAOLI}001")
    Grant.objects.create(user=both, role="leader", division=make.division(make.NANGANG), valid_from=date(2020, 1, 1))
    assert list(Station.objects.visible_to(both)) == [stations[0], stations[2]]
    assert list(Station.objects.visible_to(both, "stations.change_station")) == [stations[0]]
    assert both.has_perm("stations.change_station")
    assert not both.has_perm("stations.change_station", stations[2])
    assert list(Visit.objects.visible_to(both)) == []


def test_a_department_reaches_what_was_given_to_it_and_no_more(stations):
    life = make.Life(make.opinion(stations[0]))
    make.opinion(stations[0])
    life.until("assigned")
    assert list(Opinion.objects.visible_to(life.clerk)) == [life.opinion]
    assert list(Opinion.objects.visible_to(make.clerk(make.organisation()))) == []
    assert list(Station.objects.visible_to(life.clerk)) == []


def test_an_opinion_given_twice_to_one_department_is_one_row(stations):
    life = make.Life(make.opinion(stations[0]))
    life.until("assigned")
    assignment = life.opinion.assignments.get()
    assignment.pk = None
    assignment.save(force_insert=True)
    assert [row.pk for row in Opinion.objects.visible_to(life.clerk)] == [life.opinion.pk]


def test_a_grant_holds_from_its_first_day_to_its_last():
    officer = make.granted("officer")
    Grant.objects.filter(user=officer).update(valid_from=date(2026, 3, 1), valid_to=date(2026, 9, 30))
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 9, 30), date(2026, 10, 1)]
    assert [scope_of(officer, day).roles for day in days] == [set(), {"officer"}, {"officer"}, set()]


def test_whoever_is_dismissed_may_nothing_at_once(stations):
    officer = make.granted("officer")
    officer.is_active = False
    officer.save()
    assert scope_of(officer).reaches == ()
    assert officer.get_all_permissions() == set()
    assert list(Station.objects.visible_to(officer)) == []
    assert not officer.has_perm("stations.view_station")


def test_a_dismissed_superuser_sees_nothing_either(stations):
    boss = make.user(is_superuser=True)
    assert Station.objects.visible_to(boss).count() == 3
    assert divisions_within(boss, ADD).count() > 3
    boss.is_active = False
    boss.save()
    fresh = get_user_model().objects.get(pk=boss.pk)
    assert (Station.objects.visible_to(fresh).count(), divisions_within(fresh, ADD).count()) == (0, 0)


def test_groups_and_single_permissions_count_for_nothing(stations):
    somebody = make.user(is_staff=True)
    assert somebody.get_all_permissions() == set()
    assert not somebody.has_module_perms("stations")
    assert list(Station.objects.visible_to(somebody)) == []


def test_divisions_within_are_those_held_and_all_below(stations):
    officer = make.granted("officer")
    codes = {division.pk for division in divisions_within(officer, ADD)}
    assert codes == {make.DAOLI, f"{make.DAOLI}001", f"{make.DAOLI}002"}
    assert divisions_within(make.staff(stations[0]), ADD).count() == 0
    assert divisions_within(make.granted("leader"), ADD).count() == 0


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"division": True, "organisation": True},
        {"division": True, "valid_to": date(2019, 1, 1)},
    ],
    ids=["nowhere", "two places", "ends too early"],
)
def test_a_grant_holds_over_one_place_and_ends_after_it_begins(facts):
    places = {"division": make.division(make.DAOLI), "organisation": make.organisation()}
    facts = {name: places[name] if value is True else value for name, value in facts.items()}
    grant = Grant(user=make.user(), role="officer", valid_from=date(2020, 1, 1), **facts)
    with pytest.raises(ValidationError):
        grant.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        grant.save()


def test_the_scope_of_a_day_is_asked_once(django_assert_num_queries):
    officer = make.granted("officer")
    with django_assert_num_queries(2):
        for _ in range(5):
            scope_of(officer)
            scope_of(officer, timezone.localdate())
