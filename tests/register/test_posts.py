"""A post at a station gives its role there, from its first day to its last, and nothing more."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from liaison.accounts.scope import Reach, scope_of
from stations.register.models import StaffPost, Station, StationAssignment
from tests.support import factories as make

TODAY = date(2026, 10, 1)


@pytest.fixture
def station():
    return make.station()


def reaches(user, on=TODAY):
    return set(scope_of(user, on).reaches)


def hold(user, station, **facts):
    common = {"name": "Somebody", "post": "liaison_officer", "staffing_mode": "rota", "valid_from": date(2026, 1, 1)}
    return StaffPost.objects.create(user=user, station=station, **common | facts)


@pytest.mark.parametrize(
    ("post", "role"),
    [
        ("head", "station_head"),
        ("deputy_head", "station_head"),
        ("liaison_officer", "staff"),
        ("informant", "staff"),
        ("volunteer", "staff"),
    ],
)
def test_a_post_gives_its_role_at_its_station(post, role, station):
    somebody = make.user()
    hold(somebody, station, post=post)
    assert reaches(somebody) == {Reach(role, station=station.pk)}


def test_a_post_holds_from_its_first_day_to_its_last(station):
    somebody = make.user()
    hold(somebody, station, valid_from=date(2026, 3, 1), valid_to=date(2026, 9, 30))
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 9, 30), date(2026, 10, 1)]
    assert [len(reaches(somebody, day)) for day in days] == [0, 1, 1, 0]


def test_two_posts_reach_two_stations_and_no_third(station):
    somebody, other = make.user(), make.station()
    make.station()
    hold(somebody, station)
    hold(somebody, other, post="head")
    assert set(Station.objects.visible_to(somebody)) == {station, other}
    assert set(Station.objects.visible_to(somebody, "stations.change_station")) == {other}
    assert somebody.has_perm("stations.change_station", other)
    assert not somebody.has_perm("stations.change_station", station)


def test_whoever_leaves_reaches_nothing_from_the_next_day_on(station):
    somebody = make.staff(station)
    yesterday = timezone.localdate() - timedelta(days=1)
    assert list(Station.objects.visible_to(somebody)) == [station]
    StaffPost.objects.filter(user=somebody).update(valid_to=yesterday)
    fresh = type(somebody).objects.get(pk=somebody.pk)
    assert list(Station.objects.visible_to(fresh)) == []


def test_a_post_without_an_account_reaches_nothing(station):
    hold(None, station)
    assert reaches(make.user()) == set()


def test_a_mandate_has_one_primary_station_at_a_time(station):
    (mandate,) = make.placed(station)
    second = StationAssignment(station=make.station(), mandate=mandate, valid_from=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()
    with pytest.raises(ValidationError):
        second.full_clean()
    second.is_primary = False
    second.save()
    assert mandate.assignments.count() == 2


@pytest.mark.parametrize("model", [StaffPost, StationAssignment])
def test_nothing_ends_before_it_begins(model, station):
    row = model.objects.none().model(station=station, valid_from=TODAY, valid_to=TODAY - timedelta(days=1))
    facts = {"mandate": make.mandate()} if model is StationAssignment else {"name": "S", "post": "head"}
    for name, value in facts.items():
        setattr(row, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.parametrize("code", ["230102001-Z01", "ABC-1"])
def test_a_code_is_fit_for_an_address(code):
    Station(code=code, name="S", division=make.division()).full_clean()


@pytest.mark.parametrize("code", ["", "with blank", "路", "a/b", "a%b", "x" * 31])
def test_a_code_that_is_not_is_refused(code):
    with pytest.raises(ValidationError):
        Station(code=code, name="S", division=make.division()).full_clean()


def test_nobody_has_two_posts_at_one_station_in_the_same_days(station):
    somebody = make.user()
    first = hold(somebody, station, valid_to=date(2026, 6, 30))
    first.full_clean()
    again = StaffPost(station=station, user=somebody, name="S", post="head", staffing_mode="rota")
    again.valid_from = date(2026, 6, 30)
    with pytest.raises(ValidationError) as caught:
        again.full_clean()
    assert set(caught.value.message_dict) == {"valid_from"}
    again.valid_from = date(2026, 7, 1)
    again.full_clean()
    again.valid_from, again.station = date(2026, 6, 30), make.station()
    again.full_clean()


def test_who_has_no_account_is_known_by_name(station):
    hold(None, station, name="江小雪")
    again = StaffPost(station=station, post="head", staffing_mode="rota", valid_from=date(2026, 3, 1), name="江小雪")
    with pytest.raises(ValidationError):
        again.full_clean()
    again.name = "江小雨"
    again.full_clean()


def test_a_mandate_has_one_place_at_a_station_at_a_time(station):
    (mandate,) = make.placed(station)
    again = StationAssignment(station=station, mandate=mandate, is_primary=False, valid_from=date(2026, 3, 1))
    with pytest.raises(ValidationError) as caught:
        again.full_clean()
    assert set(caught.value.message_dict) == {"valid_from"}


@pytest.mark.parametrize("day", [date(1949, 9, 30), date(2101, 1, 1)])
def test_a_post_in_an_absurd_year_is_sent_back(day, station):
    post = StaffPost(station=station, post="head", staffing_mode="rota", name="S", valid_from=day)
    with pytest.raises(ValidationError) as caught:
        post.full_clean()
    assert set(caught.value.message_dict) == {"valid_from"}
