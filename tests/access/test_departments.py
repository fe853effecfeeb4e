"""Twenty residents said who they are, each in their own way. A department finds those who allowed it, and no others."""

import io
import re
from copy import deepcopy
from dataclasses import dataclass

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from feedback.opinions.models import Opinion
from feedback.submissions import tokens
from feedback.submissions.models import Reporter
from liaison.audit.models import Entry
from tests.access.crawling import crawl, signed_in, text_of
from tests.access.filling import send
from tests.support import factories as make
from tests.support.shared import built_once, every_table

MODES = ["real", "confidential", "anonymous", ""]
KEPT_BY_DEFAULT = "confidential"


@dataclass(frozen=True)
class Resident:
    """One of twenty: a name and a telephone nobody else has, and what they ticked."""

    number: int

    @property
    def name(self):
        return f"Reporter-Mark-{self.number:02d}"

    @property
    def phone(self):
        return f"139777000{self.number:02d}"

    @property
    def mode(self):
        return MODES[self.number % 4]

    @property
    def has_ticked(self):
        return self.number % 8 < 4

    @property
    def is_kept(self):
        return self.mode != "anonymous"

    @property
    def is_shared(self):
        return self.mode == "real" and self.has_ticked

    @property
    def place(self):
        return f"Place-{self.number:02d}"


RESIDENTS = [Resident(number) for number in range(20)]
MARKS = re.compile("|".join([*(row.name for row in RESIDENTS), *(row.phone for row in RESIDENTS)]))


def marks_in(text) -> set[str]:
    return set(MARKS.findall(text))


@dataclass
class District:
    """A station, the department that handles all it was told, and the opinion of each resident."""

    people: dict
    clerk: Client
    staff: Client
    opinions: dict[Resident, Opinion]


@pytest.fixture(scope="module")
def built_district(django_db_setup, django_db_blocker):
    with built_once(django_db_blocker, build_district) as district:
        yield district


@pytest.fixture
def district(built_district, db):
    """A copy: what a test changes on its records is nobody else's business."""
    people, opinions = deepcopy(built_district)
    return District(people, signed_in(people["clerk"]), signed_in(people["staff"]), opinions)


def build_district():
    """(people by their part, the opinion of each resident)."""
    make.office()
    station, department = make.station(), make.organisation()
    people = {role: make.granted(role) for role in ("officer", "dispatcher", "leader", "committee", "auditor")}
    people |= {"clerk": make.clerk(department), "staff": make.staff(station)}
    staff = signed_in(people["staff"])
    for resident in RESIDENTS:
        how = _at_the_desk if resident.number >= 16 else _on_the_web
        assert how(resident, station, staff).status_code in (200, 302)
    opinions = {resident: Opinion.objects.get(place=resident.place) for resident in RESIDENTS}
    for resident, opinion in opinions.items():
        _on_the_road(opinion, people, department, far=resident.number % 3)
    return people, opinions


def _said(resident):
    ticked = {"share_identity": "on"} if resident.has_ticked else {}
    return {
        "place": resident.place,
        "name": resident.name,
        "phone": resident.phone,
        "identity_mode": resident.mode,
    } | ticked


def _on_the_web(resident, station, _staff):
    """With a photograph whose file bears the name."""
    picture = io.BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "JPEG", comment=resident.name.encode())
    photo = SimpleUploadedFile(f"{resident.name} {resident.phone}.jpg", picture.getvalue(), "image/jpeg")
    fields = {"matter": "the lamp is out", "station": station.code, "token": tokens.issue().text, "photos": photo}
    return Client().post(reverse("opinions:new"), _said(resident) | fields)


def _at_the_desk(resident, _station, staff):
    return send(staff, reverse("admin:opinions_opinion_add"), body="the lamp is out", **_said(resident))


def _on_the_road(opinion, people, department, far):
    life = make.Life(opinion, department)
    life.officer, life.clerk = people["officer"], people["clerk"]
    life.until(["assigned", "handling", "fed_back"][far])


def reporter_page(opinion):
    return reverse("admin:opinions_opinion_reporter", args=(opinion.pk,))


def test_there_is_something_to_hide(district):
    """The station reads fifteen names and telephones; five residents left none that were kept."""
    for resident, opinion in district.opinions.items():
        response = district.staff.get(reporter_page(opinion))
        expected = {resident.name, resident.phone} if resident.is_kept else set()
        assert marks_in(text_of(response)) == expected, resident
    assert sum(resident.is_kept for resident in RESIDENTS) == 15
    assert [resident.number for resident in RESIDENTS if resident.is_shared] == [0, 8, 16]


def test_a_department_reads_of_those_who_ticked_it_under_their_real_name_only(district):
    """And when the station and the department have read all of it, still nothing stands in a database in plain."""
    for opinion in district.opinions.values():
        district.staff.get(reporter_page(opinion))
    pages = crawl(district.clerk, "/admin/", of_a_kind=100)
    found = {address: marks_in(text) for address, (_status, text) in pages.items() if marks_in(text)}
    assert found == {
        reporter_page(opinion): {resident.name, resident.phone}
        for resident, opinion in district.opinions.items()
        if resident.is_shared
    }
    assert_nothing_stands_in_plain()


def test_to_a_department_the_others_pages_are_not_there(district):
    for resident, opinion in district.opinions.items():
        response = district.clerk.get(reporter_page(opinion))
        assert response.status_code == (200 if resident.is_shared else 404), resident


def test_each_look_is_a_line_of_the_trail_without_what_was_seen(district):
    for opinion in district.opinions.values():
        district.clerk.get(reporter_page(opinion))
    looks = Entry.objects.filter(action="reveal", actor_id=district.people["clerk"].pk, result="done")
    shared = {str(opinion.pk) for resident, opinion in district.opinions.items() if resident.is_shared}
    assert {entry.object_id for entry in looks} == shared
    assert looks.count() == 3


@pytest.mark.parametrize("role", ["dispatcher", "leader", "committee", "auditor"])
def test_nobody_else_reads_of_anybody(role, district):
    pages = crawl(signed_in(district.people[role]), "/admin/", "/dashboard/", of_a_kind=30)
    assert len(pages) > 20
    assert marks_in("".join(text for _status, text in pages.values())) == set()


def test_no_search_and_no_sheet_of_a_department_knows_them(district):
    page = reverse("admin:opinions_opinion_changelist")
    for resident in RESIDENTS:
        for words in (resident.name, resident.phone, resident.name[-9:], resident.phone[-4:]):
            assert district.clerk.get(page, {"q": words}).context["cl"].result_count == 0, words
    assert district.clerk.get(page, {"q": "Place-07"}).context["cl"].result_count == 1
    keys = [opinion.pk for opinion in district.opinions.values()]
    sheet = text_of(district.clerk.post(page, {"action": "download", "index": "0", "_selected_action": keys}))
    assert (sheet.count("Place-"), marks_in(sheet)) == (20, set())


def test_a_receipt_and_a_tracking_page_name_nobody(district):
    for opinion in district.opinions.values():
        page = Client().get(reverse("opinions:track"), {"number": opinion.number})
        assert marks_in(text_of(page)) == set()
    receipt = _on_the_web(Resident(0), district.opinions[RESIDENTS[0]].station, None)
    assert 'id="receipt-code"' in text_of(receipt)
    assert marks_in(text_of(receipt)) == set()


def everything():
    """Every value of every column of every table of both databases, as text."""
    for (_alias, table), rows in every_table():
        yield from ((table, _as_text(value)) for row in rows for value in row)


def _as_text(value):
    if isinstance(value, memoryview | bytes):
        return bytes(value).decode("latin-1")
    return str(value)


def assert_nothing_stands_in_plain():
    values = list(everything())
    assert {(table, value) for table, value in values if marks_in(value)} == set()
    assert {table for table, value in values if value == "Place-07"} == {"opinions_opinion"}


def test_nothing_of_them_stands_in_the_log_the_trail_or_a_record_s_name(district):
    assert LogEntry.objects.filter(object_repr__startswith="YJ-").count() == 4
    said = [f"{entry.object_repr} {entry.change_message}" for entry in LogEntry.objects.all()]
    said += [f"{entry.actor_name} {entry.detail}" for entry in Entry.objects.all()]
    for model in apps.get_models():
        said += [str(row) for row in model._base_manager.all()]
    assert len(said) > 200
    assert marks_in("\n".join(said)) == set()


def test_what_was_ticked_is_what_is_kept(district):
    for resident, opinion in district.opinions.items():
        kept = opinion.reporter
        expected = (resident.mode or KEPT_BY_DEFAULT, resident.is_shared, resident.is_kept, resident.is_kept)
        found = (kept.identity_mode, kept.share_identity, kept.name_sealed is not None, kept.key_id is not None)
        assert found == expected, resident
    assert Reporter.objects.count() == 20
    assert {opinion.state for opinion in district.opinions.values()} == {"assigned", "handling", "fed_back"}
