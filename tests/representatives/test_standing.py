"""A mandate is suspended, resumed and ended through one door, each with its day and the law's reason."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from liaison.audit.models import Entry
from representatives.models import GroupMember, Mandate, StatusReason
from representatives.standing import StandingRefused, stand
from stations.register.models import StationAssignment
from tests.access.crawling import signed_in
from tests.access.filling import errors_on, send
from tests.support import factories as make

MARCH, APRIL, MAY = date(2026, 3, 2), date(2026, 4, 1), date(2026, 5, 6)


@pytest.fixture
def officer():
    return make.granted("officer")


@pytest.fixture
def mandate():
    return make.mandate(name="Wen")


def reason(key):
    return StatusReason.objects.get(pk=key)


def go(mandate, status, on, by=None, key=None, note=""):
    return stand(mandate, status, on=on, by=by or make.user(), reason=key and reason(key), note=note)


def in_office(mandate, *days):
    return [Mandate.objects.active(day).filter(pk=mandate.pk).exists() for day in days]


def test_the_law_s_reasons_are_rows():
    found = dict(StatusReason.objects.values_list("key", "status"))
    assert [key for key, status in found.items() if status == "suspended"] == ["detained", "serving_sentence"]
    assert {"moved_away", "resigned", "absent_twice", "recalled", "lost_nationality", "died", "term_over"} < set(found)


def test_each_day_knows_how_it_stood(mandate):
    go(mandate, "suspended", MARCH, key="detained")
    go(mandate, "active", APRIL)
    go(mandate, "ended", MAY, key="resigned")
    day = timedelta(days=1)
    assert in_office(mandate, MARCH - day, MARCH, APRIL - day, APRIL, MAY, MAY + day) == [
        *(True, False, False),
        *(True, True, False),
    ]
    assert (mandate.status, mandate.ends_on) == ("ended", MAY)
    assert list(mandate.history.values_list("status", "since", "reason")) == [
        ("active", date(2021, 12, 1), None),
        ("suspended", MARCH, "detained"),
        ("active", APRIL, None),
        ("ended", MAY, "resigned"),
    ]


def test_what_hangs_at_a_mandate_ends_with_it(mandate):
    station, group = make.station(), make.group(mandate)
    kept = StationAssignment.objects.create(station=station, mandate=mandate, valid_from=date(2022, 1, 1))
    over = StationAssignment.objects.create(
        station=station, mandate=mandate, is_primary=False, valid_from=date(2021, 1, 1), valid_to=date(2021, 6, 1)
    )
    other = make.placed(station)[0].assignments.get()
    go(mandate, "ended", MAY, key="moved_away")
    days = [StationAssignment.objects.get(pk=row.pk).valid_to for row in (kept, over, other)]
    assert days == [MAY, date(2021, 6, 1), None]
    assert GroupMember.objects.get(group=group).ends_on == MAY


def test_a_suspension_keeps_the_place_at_the_station(mandate):
    make.group(mandate)
    go(mandate, "suspended", MARCH, key="detained")
    assert mandate.groups.get().ends_on is None


@pytest.mark.parametrize(
    ("status", "on", "key", "field"),
    [
        ("active", MAY, None, "status"),
        ("suspended", MAY, None, "reason"),
        ("suspended", MAY, "resigned", "reason"),
        ("ended", MAY, "detained", "reason"),
        ("ended", date(2020, 1, 1), "resigned", "on"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(status, on, key, field, mandate):
    with pytest.raises(StandingRefused) as refusal:
        go(mandate, status, on, key=key)
    assert refusal.value.field == field
    assert (mandate.history.count(), Entry.objects.filter(action="standing").count()) == (0, 0)


def test_a_day_to_come_and_one_before_the_last_change_are_refused(mandate):
    with pytest.raises(StandingRefused) as refusal:
        go(mandate, "ended", timezone.localdate() + timedelta(days=1), key="died")
    assert refusal.value.field == "on"
    go(mandate, "suspended", APRIL, key="detained")
    with pytest.raises(StandingRefused):
        go(mandate, "active", MARCH)


def test_an_end_by_mistake_is_taken_back_with_a_note(mandate):
    go(mandate, "ended", MARCH, key="died")
    with pytest.raises(StandingRefused) as refusal:
        go(mandate, "active", APRIL)
    assert refusal.value.field == "note"
    go(mandate, "active", APRIL, note="another person of that name")
    assert (mandate.status, mandate.ends_on) == ("active", None)


def test_nobody_is_given_two_seats_by_taking_an_end_back(mandate):
    go(mandate, "ended", MARCH, key="resigned")
    Mandate.objects.create(person=mandate.person, term=mandate.term, starts_on=APRIL, is_by_election=True)
    with pytest.raises(StandingRefused) as refusal:
        go(mandate, "active", MAY, note="mistake")
    assert refusal.value.field == "status"


def test_the_trail_says_who_and_why_and_no_name_of_the_person(mandate, officer):
    go(mandate, "ended", MAY, by=officer, key="resigned")
    entry = Entry.objects.get(action="standing")
    assert (entry.actor_id, entry.object_id) == (officer.pk, str(mandate.pk))
    assert entry.detail == {"from": "active", "to": "ended", "valid_from": "2026-05-06", "reason": "辞职被接受"}


def test_the_officer_does_it_on_a_page(mandate, officer):
    client, page = signed_in(officer), f"/admin/representatives/mandate/{mandate.pk}/standing/"
    assert errors_on(send(client, page, status="ended", on="2026-05-06")) == {"reason"}
    assert errors_on(send(client, page, status="ended", on="never", reason="resigned")) == {"on"}
    answer = send(client, page, status="ended", on="2026.5.6", reason="resigned", note="by letter")
    assert answer.status_code == 302
    mandate.refresh_from_db()
    assert (mandate.status, mandate.history.last().entered_by) == ("ended", officer)
    shown = client.get(f"/admin/representatives/mandate/{mandate.pk}/change/").content.decode()
    assert "辞职被接受" in shown


def test_the_register_s_own_form_changes_no_standing(mandate, officer):
    page = f"/admin/representatives/mandate/{mandate.pk}/change/"
    assert send(signed_in(officer), page, status="ended", ends_on="2026-01-01").status_code == 302
    mandate.refresh_from_db()
    assert (mandate.status, mandate.ends_on) == ("active", None)
