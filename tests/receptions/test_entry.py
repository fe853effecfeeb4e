"""Entering a reception day: a day of rest gives way to the next working day, and nothing absurd is taken."""

from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from liaison.rulebook.calendar import working_days
from liaison.rulebook.models import CalendarDay, CalendarYear
from stations.receptions.models import Reception
from stations.receptions.rhythm import next_working_day
from stations.visits.models import Visit
from tests.support import factories as make
from tests.support.pages import Page, fields

ADD = reverse("admin:receptions_reception_add")
LIST = reverse("admin:receptions_reception_changelist")


def coming(weekday: int) -> date:
    """The first such day of the week after next that the calendar says nothing of."""
    day = timezone.localdate() + timedelta(days=14)
    while day.weekday() != weekday or CalendarDay.objects.filter(date__range=(day, day + timedelta(days=3))).exists():
        day += timedelta(days=1)
    return day


@pytest.fixture
def station():
    return make.station()


@pytest.fixture
def client(station):
    client = Client()
    client.force_login(make.staff(station))
    return client


def facts(**changed):
    return {"date": coming(2), "starts_at": "09:00", "ends_at": "11:00", "status": "planned", "shifts": "on"} | changed


def add(client, **changed):
    return client.post(ADD, facts(**changed))


def change(client, reception, **changed):
    address = reverse("admin:receptions_reception_change", args=(reception.pk,))
    form = fields(max(Page(client.get(address).content.decode()).forms, key=len))
    return client.post(address, form | changed)


def errors(response):
    return dict(response.context["adminform"].form.errors)


def test_a_working_day_stays(client, station):
    assert add(client).status_code == 302
    reception = Reception.objects.get()
    assert (reception.station, reception.date, reception.is_shifted) == (station, coming(2), False)
    assert (reception.starts_at, reception.ends_at, reception.entered_by) == (
        time(9),
        time(11),
        station.posts.get().user,
    )


def test_a_sunday_becomes_the_monday_after_and_is_remembered(client):
    sunday = coming(6)
    response = client.post(ADD, facts(date=sunday), follow=True)
    reception = Reception.objects.get()
    assert (reception.planned_on, reception.date) == (sunday, sunday + timedelta(days=1))
    assert next(message.level_tag for message in response.context["messages"]) == "warning"


def test_a_sunday_is_kept_where_they_meet_anyway(client):
    data = facts(date=coming(6))
    del data["shifts"]
    client.post(ADD, data)
    reception = Reception.objects.get()
    assert (reception.planned_on, reception.date) == (coming(6), coming(6))


def test_what_was_kept_on_a_sunday_can_still_be_moved(client):
    data = facts(date=coming(6))
    del data["shifts"]
    client.post(ADD, data)
    kept = Reception.objects.get()
    change(client, kept, place="Hall")
    assert Reception.objects.get().date == coming(6)
    change(client, kept, shifts="on")
    moved = Reception.objects.get()
    assert (moved.planned_on, moved.date) == (coming(6), coming(6) + timedelta(days=1))


def test_a_holiday_gives_way_and_a_make_up_workday_does_not():
    year = CalendarYear.objects.get_or_create(year=2031)[0]
    days = {date(2031, 5, 1): False, date(2031, 5, 2): False, date(2031, 5, 4): True}
    for day, is_working in days.items():
        CalendarDay.objects.create(date=day, year=year, is_working=is_working, name="x")
    works = working_days()
    assert next_working_day(date(2031, 5, 1), works) == date(2031, 5, 4)  # a Sunday on which people work
    assert next_working_day(date(2031, 5, 4), works) == date(2031, 5, 4)


def test_changing_the_hour_keeps_the_day_first_meant(client):
    add(client, date=coming(6))
    reception = Reception.objects.get()
    assert change(client, reception, ends_at="11:30").status_code == 302
    again = Reception.objects.get()
    assert (again.planned_on, again.date, again.ends_at) == (coming(6), reception.date, time(11, 30))


def test_changing_the_day_means_that_day(client):
    add(client, date=coming(6))
    change(client, Reception.objects.get(), date=coming(3).isoformat())
    again = Reception.objects.get()
    assert (again.planned_on, again.date) == (coming(3), coming(3))


BAD = {
    "date": ["", "abc", "2026-13-45", "99999-01-01", "\x00", "1999-01-01", "2199-01-01"],
    "starts_at": ["", "25:00", "abc", "\x00"],
    "ends_at": ["", "08:59", "09:00"],
    "receiving": ["1", "abc", "9" * 30],
    "status": ["", "cancelled", "gone"],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in BAD.items() for value in values])
def test_nothing_absurd_is_taken(name, value, client):
    response = add(client, **{name: value})
    assert (response.status_code, set(errors(response))) == (200, {name})
    assert not Reception.objects.exists()


def test_a_day_before_the_station_opened_is_refused(client, station):
    type(station).objects.update(opened_on=coming(2) + timedelta(days=1))
    assert set(errors(add(client))) == {"date"}


def test_a_past_day_is_one_that_was_held(client):
    past = timezone.localdate() - timedelta(days=3)
    assert set(errors(add(client, date=past))) == {"status"}
    assert set(errors(add(client, status="held"))) == {"status"}
    data = facts(date=past, status="held")
    del data["shifts"]
    assert client.post(ADD, data).status_code == 302
    assert Reception.objects.get().status == "held"


def test_the_same_hour_is_entered_once(client):
    add(client)
    assert set(errors(add(client))) == {"starts_at"}
    assert add(client, starts_at="14:00", ends_at="15:00").status_code == 302
    assert Reception.objects.count() == 2


@pytest.mark.parametrize(("starts_at", "ends_at"), [("10:00", "12:00"), ("08:00", "09:01"), ("09:30", "10:00")])
def test_two_receptions_of_a_station_do_not_overlap(starts_at, ends_at, client):
    add(client)
    refused = add(client, starts_at=starts_at, ends_at=ends_at)
    assert set(errors(refused)) == {"starts_at"}
    assert "9:00—11:00" in refused.content.decode()
    assert add(client, starts_at="11:00", ends_at="12:00").status_code == 302


def test_a_reception_is_not_moved_onto_another(client, station):
    make.reception(station, coming(2), hours=(9, 11))
    other = make.reception(station, coming(3), hours=(10, 12))
    refused = change(client, other, date=coming(2).isoformat())
    assert (refused.status_code, set(errors(refused))) == (200, {"starts_at"})
    other.refresh_from_db()
    assert other.date == coming(3)


def test_a_sunday_does_not_double_the_monday(client):
    add(client, date=coming(6) + timedelta(days=1))
    assert set(errors(add(client, date=coming(6)))) == {"starts_at"}


def test_after_a_cancelled_one_another_may_be_entered(client):
    add(client)
    kept = Reception.objects.get()
    assert set(errors(change(client, kept, status="cancelled"))) == {"reason"}
    change(client, kept, status="cancelled", reason="repairs")
    assert add(client).status_code == 302
    assert set(Reception.objects.values_list("status", flat=True)) == {"cancelled", "planned"}


def test_only_representatives_of_the_station_receive(client, station):
    mine, theirs = make.placed(station, 2), make.placed(make.station())
    assert set(errors(add(client, receiving=[theirs[0].pk]))) == {"receiving"}
    add(client, receiving=[mine[0].pk, mine[1].pk])
    assert set(Reception.objects.get().mandates.all()) == set(mine)


def test_whoever_has_left_the_station_stays_on_what_they_were_named_for(client, station):
    (gone,) = make.placed(station)
    add(client, receiving=[gone.pk])
    gone.assignments.update(valid_to=timezone.localdate())
    reception = Reception.objects.get()
    assert change(client, reception, place="Hall").status_code == 302
    assert list(reception.mandates.all()) == [gone]


def test_nobody_enters_or_alters_a_reception_of_another_station(client):
    other = make.station()
    theirs = make.reception(other, coming(2))
    assert client.post(f"{ADD}?station={other.pk}", facts()).status_code == 404
    change_page = reverse("admin:receptions_reception_change", args=(theirs.pk,))
    assert client.get(change_page).status_code == 404
    assert client.post(change_page, facts(place="Mine")).status_code == 404
    assert list(Reception.objects.values_list("pk", "place")) == [(theirs.pk, "")]


def test_the_next_one_begins_with_the_hours_of_the_last(client, station):
    make.reception(station, coming(2), hours=(15, 16), place="Hall")
    form = fields(max(Page(client.get(ADD).content.decode()).forms, key=len))
    assert (form["starts_at"][:5], form["ends_at"][:5], form["place"]) == ("15:00", "16:00", "Hall")


def test_the_visit_of_a_reception_is_entered_with_its_day_and_marks_it_held(client, station):
    today = timezone.localdate()
    reception = make.reception(station, today, place="Hall")
    page = client.get(reverse("admin:receptions_reception_change", args=(reception.pk,))).content.decode()
    link = next(
        values["href"] for tag, values in Page(page).elements if tag == "a" and "visit/add/?" in values.get("href", "")
    )
    form = fields(max(Page(client.get(link).content.decode()).forms, key=len))
    assert (form["date"], form["place"], form["form"]) == (today.isoformat(), "Hall", "reception")
    assert client.post(link, form | {"content": "heard residents"}).status_code == 302
    assert Visit.objects.get().date == today
    assert Reception.objects.get().status == "held"


def next_reception(client):
    return next(tile for tile in client.get("/admin/").context["tiles"] if tile.get("in_words"))


def test_the_first_page_tells_the_next_reception(client, station):
    tile = next_reception(client)
    assert tile["href"] == ADD
    make.reception(station, timezone.localdate() - timedelta(days=1))
    make.reception(make.station(), timezone.localdate())
    mine = make.reception(station, coming(2))
    tile = next_reception(client)
    assert (tile["value"], tile["href"]) == (
        mine.day,
        reverse("admin:receptions_reception_change", args=(mine.pk,)),
    )


def test_the_list_begins_with_the_next_one_and_ends_with_the_longest_past(client, station):
    today = timezone.localdate()
    days = [-40, -1, 0, 1, 30, 90]
    made = {
        (days, hour): make.reception(station, today + timedelta(days), hours=(hour, hour + 1)).pk
        for days in days
        for hour in (9, 14)
    }
    shown = [row.pk for row in client.get(LIST).context["cl"].result_list]
    coming_first = [(days, hour) for days in (0, 1, 30, 90) for hour in (9, 14)]
    past = [(days, hour) for days in (-1, -40) for hour in (14, 9)]
    assert shown == [made[key] for key in coming_first + past]
    assert "ascending" not in client.get(LIST).text
    assert "descending" not in client.get(LIST).text
    by_day = [row.pk for row in client.get(LIST, {"o": "-1"}).context["cl"].result_list]
    assert by_day[0] in (made[90, 9], made[90, 14])
    assert client.get(LIST, {"o": "1"}).context["cl"].result_list[0].pk in (made[-40, 9], made[-40, 14])


def test_two_stations_are_asked_which(station):
    officer = Client()
    officer.force_login(make.granted("officer"))
    make.station()
    assert b'class="choices"' in officer.get(ADD).content
    assert officer.post(f"{ADD}?station={station.pk}", facts()).status_code == 302
    assert Reception.objects.get().station == station
