"""Which receptions to come were made known too late, and which have empty seats: as listed, as counted, as marked."""

from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stations.receptions.models import Reception, ReceptionRule
from tests.support import factories as make
from tests.support.pages import Page, fields

LIST = reverse("admin:receptions_reception_changelist")


@pytest.fixture
def station():
    return make.station()


@pytest.fixture
def client(station):
    client = Client()
    client.force_login(make.staff(station))
    return client


def in_days(number) -> date:
    return timezone.localdate() + timedelta(days=number)


def reception(station, days, told=None, **facts) -> Reception:
    """So many days from today, made known so many days before it."""
    on, hour = in_days(days), 8 + Reception.objects.count() % 12
    told_on = told and on - timedelta(days=told)
    return make.reception(station, on, announced_on=told_on, hours=(hour, hour + 1), **facts)


def of_a_rule(station, days, told=None, seats=2, notice_days=5, receiving=()):
    hours = {"starts_at": time(9), "ends_at": time(11), "valid_from": date(2026, 1, 1)}
    rule = ReceptionRule.objects.create(
        station=station, kind="weekly", numbers=[1], seats=seats, notice_days=notice_days, **hours
    )
    return reception(station, days, told, rule=rule, is_by_hand=False, receiving=receiving)


def listed(client, **asked) -> set[int]:
    return {row.pk for row in client.get(LIST, asked).context["cl"].result_list}


def shown(client, reception) -> dict:
    address = reverse("admin:receptions_reception_change", args=(reception.pk,))
    return fields(max(Page(client.get(address).content.decode()).forms, key=len))


def has_the_button(client, reception) -> bool:
    page = client.get(reverse("admin:receptions_reception_change", args=(reception.pk,))).content.decode()
    return any(values.get("name") == "_announced" for _tag, values in Page(page).elements)


def post(client, reception, **changed):
    address = reverse("admin:receptions_reception_change", args=(reception.pk,))
    response = client.post(address, shown(client, reception) | changed)
    reception.refresh_from_db()
    return response


def test_late_is_what_was_told_after_its_day_or_not_at_all_though_that_is_past(station):
    late = [
        reception(station, 2),
        reception(station, 4, told=2),
        of_a_rule(station, 4),
        of_a_rule(station, 8, told=4),
    ]
    in_time = [
        reception(station, 3),  # the notice may still be put up today
        reception(station, 6, told=3),
        reception(station, 9),
        of_a_rule(station, 5),
        of_a_rule(station, 7, told=5),
        of_a_rule(station, 2, notice_days=2),
    ]
    reception(station, 1, status="cancelled")
    reception(station, -1)
    reception(make.station(status="closed"), 1)
    assert set(Reception.objects.told_late(in_days(0))) == set(late)
    assert not set(in_time) & set(late)


def test_a_seat_is_empty_where_fewer_receive_than_the_rule_wants_or_nobody(station):
    mandates = make.placed(station, 3)
    empty = [
        of_a_rule(station, 3, seats=2, receiving=mandates[:1]),
        of_a_rule(station, 4, seats=1),
        reception(station, 5),
    ]
    of_a_rule(station, 6, seats=2, receiving=mandates[:2])
    of_a_rule(station, 7, seats=2, receiving=mandates)
    reception(station, 8, receiving=mandates[:1])
    reception(station, 9, status="cancelled")
    reception(station, -2)
    assert set(Reception.objects.with_empty_seats(in_days(0))) == set(empty)


def test_the_lists_hold_one_s_own_rows_and_the_first_page_counts_them(client, station):
    (somebody,) = make.placed(station)
    late, empty = reception(station, 1, receiving=[somebody]), reception(station, 20)
    for number in (1, 20):
        reception(make.station(), number)
    assert (listed(client, notice="late"), listed(client, seats="empty")) == ({late.pk}, {empty.pk})
    assert listed(client, notice="no") == {late.pk, empty.pk}
    assert listed(client, notice="yes") == set()
    assert listed(client, notice="late", q=somebody.person.name) == {late.pk}
    tiles = {tile["href"]: tile["value"] for tile in client.get("/admin/").context["tiles"]}
    assert (tiles[f"{LIST}?notice=late"], tiles[f"{LIST}?seats=empty"]) == (1, 1)


def test_the_list_tells_how_many_of_the_seats_are_taken(client, station):
    of_a_rule(station, 20, seats=3, receiving=make.placed(station, 2))
    assert "2/3" in client.get(f"{LIST}?seats=empty").content.decode()


def test_the_first_page_says_nothing_of_what_is_not_lacking(client, station):
    reception(station, 20, receiving=make.placed(station))
    assert not [tile for tile in client.get("/admin/").context["tiles"] if "notice=" in tile["href"]]


def test_ticked_ones_are_marked_and_not_those_of_others(client, station):
    mine, told, theirs = reception(station, 5), reception(station, 6, told=30), reception(make.station(), 5)
    ticked = [mine.pk, told.pk, theirs.pk]
    client.post(LIST, {"action": "mark_announced", "_selected_action": ticked, "index": "0"})
    on = dict(Reception.objects.values_list("pk", "announced_on"))
    assert on == {mine.pk: in_days(0), told.pk: in_days(6 - 30), theirs.pk: None}


def test_the_button_marks_one_and_leaves_it_to_its_rule(client, station):
    made = of_a_rule(station, 30)
    assert post(client, made, _announced="x").status_code == 302
    assert (made.announced_on, made.is_by_hand) == (in_days(0), False)
    assert not has_the_button(client, made)
    post(client, made, announced_on="")
    assert has_the_button(client, made)
    assert (made.announced_on, made.is_by_hand) == (None, False)


@pytest.mark.parametrize("typed", ["abc", "2026-02-31", "\x00", "9" * 30])
def test_a_day_of_notice_that_is_none_is_told_beside_the_field(typed, client, station):
    made = reception(station, 30)
    response = post(client, made, announced_on=typed)
    assert set(response.context["adminform"].form.errors) == {"announced_on"}
    assert set(post(client, made, announced_on=in_days(1).isoformat()).context["adminform"].form.errors) == {
        "announced_on"
    }


def test_another_hour_is_made_known_again(client, station):
    made = of_a_rule(station, 30, told=31)
    post(client, made, place="Hall")
    assert (made.announced_on, made.is_by_hand) == (in_days(-1), True)
    post(client, made, ends_at="10:30", starts_at="10:00")
    assert made.announced_on is None
