"""Notices are read from their first day to their last, by residents of the office's division."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from liaison.notices.models import Announcement
from tests.support import factories as make

PAGE = "/notices/"
TODAY = date(2026, 5, 8)
ADD = reverse("admin:notices_announcement_add")


@pytest.fixture(autouse=True)
def _office():
    make.office()


def titles(client):
    return [notice.title for notice in client.get(PAGE).context["page"]]


@pytest.mark.parametrize(
    ("first", "last", "is_shown"), [(0, None, True), (0, 0, True), (-1, 1, True), (1, None, False), (-2, -1, False)]
)
def test_shown_from_the_first_day_to_the_last(first, last, is_shown):
    until = None if last is None else TODAY + timedelta(days=last)
    make.announcement(on=TODAY + timedelta(days=first), published_to=until)
    assert Announcement.objects.current(TODAY).exists() is is_shown


def test_pinned_ones_come_first_then_the_newest(client):
    today = timezone.localdate()
    for days, title in ((3, "old"), (1, "new")):
        make.announcement(on=today - timedelta(days=days), title=title)
    make.announcement(on=today - timedelta(days=9), title="pinned", is_pinned=True)
    make.announcement(make.NANGANG, title="of another district")
    make.announcement(f"{make.DAOLI}001", on=today - timedelta(days=2), title="of a street")
    assert titles(client) == ["pinned", "new", "of a street", "old"]


def test_its_text_is_paragraphs_and_never_code(client):
    notice = make.announcement(text="one\n\n<script>two</script>")
    page = client.get(f"{PAGE}{notice.pk}/").content.decode()
    assert "<p>one</p>" in page
    assert "<script>two" not in page


def test_one_that_is_over_answers_like_one_that_never_was(client):
    over = make.announcement(on=timezone.localdate() - timedelta(days=9), published_to=timezone.localdate())
    Announcement.objects.update(published_to=timezone.localdate() - timedelta(days=1))
    for key in (over.pk, 987_654, "9" * 30, "0"):
        assert client.get(f"{PAGE}{key}/").status_code == 404, key


@pytest.fixture
def officer():
    client = Client()
    client.force_login(make.granted("officer"))
    return client


def facts(**changed):
    return {"division": make.DAOLI, "title": "Doors", "text": "Open.", "published_from": timezone.localdate()} | changed


def test_an_officer_tells_residents_of_their_own_division(officer):
    assert officer.post(ADD, facts()).status_code == 302
    notice = Announcement.objects.get()
    assert (notice.division_id, notice.title, notice.entered_by.grants.get().role) == (make.DAOLI, "Doors", "officer")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("division", make.NANGANG),
        ("division", ""),
        ("title", ""),
        ("title", "路" * 101),
        ("text", ""),
        ("text", "路" * 10_001),
        ("published_from", "2026-13-45"),
        ("published_to", "2020-01-01"),
    ],
)
def test_nothing_wrong_is_told(name, value, officer):
    make.division(make.NANGANG)
    response = officer.post(ADD, facts(**{name: value}))
    assert set(response.context["adminform"].form.errors) == {name}
    assert not Announcement.objects.exists()


def test_staff_of_a_station_tell_nothing():
    client = Client()
    client.force_login(make.staff(make.station()))
    assert client.post(ADD, facts()).status_code == 403
