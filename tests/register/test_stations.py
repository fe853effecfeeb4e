"""What a station is, what hangs under it, how it stood on any day, and where it is found once its street is no more."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from liaison.divisions.models import Division
from stations.register.models import Designation, Station, StationStatus
from tests.access.filling import errors_on, form_on, send
from tests.support import factories as make

TODAY = date(2026, 11, 3)
STREET, VILLAGE, OTHER = f"{make.DAOLI}001", f"{make.DAOLI}001003", f"{make.DAOLI}002"
ADMIN = "/admin/stations/station/"


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(make.moment(TODAY), tick=False)
    make.office()


@pytest.fixture
def officer(client):
    client.force_login(make.granted("officer"))
    return client


def wrong(station) -> set:
    with pytest.raises(ValidationError) as caught:
        station.full_clean()
    return set(caught.value.message_dict)


# What hangs under what


def test_a_studio_hangs_under_the_station_of_its_street_or_of_a_wider_area():
    street, village = make.station(STREET), make.station(VILLAGE, kind="contact_point")
    village.parent = street
    village.full_clean()
    street.parent = make.station(make.DAOLI, kind="central")
    street.full_clean()


def test_a_station_does_not_hang_under_one_of_another_area_or_of_a_part_of_its_own():
    street = make.station(STREET)
    for code in (OTHER, VILLAGE):
        street.parent = make.station(code)
        assert wrong(street) == {"parent"}


def test_a_station_does_not_hang_under_itself_however_far_around():
    first, second, third = (make.station(STREET) for _ in range(3))
    first.parent = first
    assert wrong(first) == {"parent"}
    Station.objects.filter(pk=second.pk).update(parent=first)
    Station.objects.filter(pk=third.pk).update(parent=second)
    first.parent = Station.objects.get(pk=third.pk)
    assert wrong(first) == {"parent"}


# Where and when


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"longitude": "126.61"}, "latitude"),
        ({"latitude": "45.76"}, "latitude"),
        ({"longitude": "45.76", "latitude": "126.61"}, "longitude"),
        ({"longitude": "126.61", "latitude": "91"}, "latitude"),
        ({"opened_on": date(2026, 5, 1), "closed_on": date(2026, 4, 30)}, "closed_on"),
        ({"opened_on": date(1949, 9, 30)}, "opened_on"),
        ({"opened_on": date(2101, 1, 1)}, "opened_on"),
    ],
)
def test_a_point_without_its_other_half_and_absurd_days_are_sent_back(facts, field):
    station = make.station(STREET)
    for name, value in facts.items():
        setattr(station, name, value)
    assert field in wrong(station)


def test_a_point_in_harbin_is_taken():
    station = make.station(STREET)
    station.longitude, station.latitude = "126.612532", "45.762035"
    station.full_clean()


# The status and its history


def test_the_newest_row_of_the_history_is_what_the_station_shows():
    station = make.station(STREET)
    station.change_status("suspended", date(2026, 3, 1), note="repairs")
    station.change_status("operating", date(2026, 5, 1))
    assert Station.objects.get().status == station.status == "operating"
    rows = list(station.statuses.order_by("since").values_list("status", "since", "note"))
    assert rows == [
        ("operating", date(2020, 1, 1), ""),
        ("suspended", date(2026, 3, 1), "repairs"),
        ("operating", date(2026, 5, 1), ""),
    ]


def test_a_past_day_is_told_by_the_history():
    station = make.station(STREET)
    station.change_status("suspended", date(2026, 3, 1))
    days = [date(2019, 12, 31), date(2020, 1, 1), date(2026, 2, 28), date(2026, 3, 1), TODAY]
    assert [Station.objects.standing(day).count() for day in days] == [0, 1, 1, 0, 0]


def test_without_a_history_the_past_is_as_today():
    make.station(STREET, status="suspended", opened_on=None)
    make.station(STREET, opened_on=None)
    assert Station.objects.standing(date(2026, 1, 1)).count() == 1


def test_closing_and_opening_again_keep_the_days_of_both():
    station = make.station(STREET)
    station.change_status("closed", date(2026, 3, 1))
    assert Station.objects.get().closed_on == date(2026, 3, 1)
    station.change_status("operating", date(2026, 6, 1))
    kept = Station.objects.get()
    assert (kept.opened_on, kept.closed_on) == (date(2020, 1, 1), None)
    assert [Station.objects.standing(day).count() for day in (date(2026, 4, 1), date(2026, 6, 1))] == [0, 1]


def test_a_slip_of_today_is_mended_today():
    station = make.station(STREET)
    station.change_status("closed", TODAY, note="a slip")
    station.change_status("operating", TODAY)
    kept = Station.objects.get()
    assert (kept.status, kept.closed_on, kept.opened_on) == ("operating", None, date(2020, 1, 1))
    assert list(kept.statuses.values_list("status", "since", "note")) == [
        ("operating", TODAY, ""),
        ("operating", date(2020, 1, 1), ""),
    ]


@pytest.mark.parametrize(
    ("status", "since", "field", "words"),
    [
        ("suspended", date(2026, 11, 4), "since", "日期还没到，请核对"),
        ("suspended", date(2026, 5, 1), "since", "须晚于2026-05-01"),
        ("suspended", date(2019, 1, 1), "since", "须晚于2026-05-01"),
        ("operating", date(2026, 6, 1), "status", "联络站已是这个状态"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(status, since, field, words):
    station = make.station(STREET)
    station.change_status("closed", date(2026, 4, 1))
    station.change_status("operating", date(2026, 5, 1))
    with pytest.raises(ValidationError) as caught:
        station.change_status(status, since)
    assert caught.value.message_dict == {field: [words]}
    assert (Station.objects.get().status, StationStatus.objects.count()) == ("operating", 3)


def test_an_officer_changes_the_status_on_its_own_page_and_only_there(officer):
    station = make.station(STREET)
    assert "status" not in form_on(officer, f"{ADMIN}{station.pk}/change/")
    address = f"{ADMIN}{station.pk}/status/"
    refused = send(officer, address, status="suspended", since="2026-12-01", reason="repairs")
    assert errors_on(refused) == {"since"}
    assert "repairs" in refused.text
    assert send(officer, address, status="suspended", since="2026.10.8", reason="repairs").status_code == 302
    row = StationStatus.objects.get(status="suspended")
    assert (row.since, row.note, row.entered_by.username) == (date(2026, 10, 8), "repairs", row.entered_by.name)
    assert "2026-10-08 · 暂停开放 · repairs" in officer.get(f"{ADMIN}{station.pk}/change/").text


def test_a_station_just_entered_begins_its_history(officer):
    typed = {"code": "230102-001-Z09", "name": "新站", "division": STREET, "opened_on": "2026-10-01"}
    make.division(STREET)
    assert send(officer, f"{ADMIN}add/", **typed).status_code == 302
    assert list(Station.objects.get().statuses.values_list("status", "since")) == [("operating", date(2026, 10, 1))]


# Designations


def test_a_demonstration_station_is_one_by_designation_and_works_on():
    station, other = make.station(STREET), make.station(STREET)
    Designation.objects.create(station=station, valid_from=date(2025, 1, 1), valid_to=date(2026, 12, 31))
    named = {row.pk: row.is_demonstration for row in Station.objects.designated(TODAY)}
    assert named == {station.pk: True, other.pk: False}
    assert not Station.objects.designated(date(2027, 1, 1)).filter(is_demonstration=True).exists()
    assert Station.objects.get(pk=station.pk).status == "operating"


def test_a_designation_is_not_given_twice_for_the_same_days():
    station = make.station(STREET)
    Designation.objects.create(station=station, valid_from=date(2025, 1, 1), valid_to=date(2026, 12, 31))
    again = Designation(station=station, valid_from=date(2026, 12, 31))
    with pytest.raises(ValidationError):
        again.full_clean()
    again.valid_from = date(2027, 1, 1)
    again.full_clean()


def test_only_the_committee_designates(client):
    station = make.station(STREET)
    address = f"{ADMIN}{station.pk}/change/"
    client.force_login(make.staff(station, post="head"))
    assert not [name for name in form_on(client, address) if name.startswith("designations-0")]
    client.force_login(make.granted("officer"))
    more = {"designations__TOTAL_FORMS": "1", "designations__0__kind": "demonstration", "designations__0__paper": "7号"}
    assert send(client, address, **more, designations__0__valid_from="2026-10-01").status_code == 302
    kept = Designation.objects.get()
    assert (kept.station, kept.paper, kept.entered_by is not None) == (station, "7号", True)


# Retired streets


def retire(code, successor):
    Division.objects.filter(pk=code).update(retired_on=date(2026, 6, 1), successor=make.division(successor))


def test_retiring_a_street_leaves_its_station_on_the_public_list_under_its_successor(client):
    make.division(STREET, name="旧安街道")
    make.division(OTHER, name="新江街道")
    station = make.station(STREET, name="松涛站")
    retire(STREET, OTHER)
    page = client.get("/stations/")
    assert list(page.context["stations"]) == [station]
    assert "新江街道（原旧安街道）" in page.text
    for words in ("新江", "旧安"):
        assert list(client.get("/stations/", {"q": words}).context["stations"]) == [station]


def test_a_station_whose_street_went_to_the_district_served_is_on_its_list(client):
    """Twice retired, and by its own code of another district."""
    station = make.station(f"{make.NANGANG}001", name="松涛站")
    make.station(f"{make.NANGANG}003", name="not ours")
    retire(f"{make.NANGANG}001", f"{make.NANGANG}002")
    retire(f"{make.NANGANG}002", OTHER)
    assert list(client.get("/stations/").context["stations"]) == [station]
    assert Division.objects.get(pk=station.division_id).heir.pk == OTHER


def test_officers_find_the_station_of_a_retired_street_by_its_successor(officer):
    station = make.station(STREET)
    make.station(f"{make.DAOLI}003")
    retire(STREET, OTHER)
    for query in ({"area": OTHER}, {"area": STREET}, {"q": f"D{OTHER}"}):
        assert list(officer.get(ADMIN, query).context["cl"].result_list) == [station]


@pytest.mark.parametrize("area", ["\x00", "路", "9" * 300, "230102001; --", "X"])
def test_no_area_brings_the_list_down(area, officer):
    make.station(STREET)
    assert officer.get(ADMIN, {"area": area}).status_code in (200, 302, 400, 404)
