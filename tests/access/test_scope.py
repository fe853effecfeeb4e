"""Whoever works at one station finds nothing of another, by whatever door they ask."""

import re

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.urls import reverse

from feedback.opinions.models import Opinion, OpinionAssignment
from feedback.opinions.publications import Publication
from liaison.accounts.scope import view_permission
from liaison.notices.models import Announcement
from stations.receptions.models import Reception, ReceptionRule
from stations.register.models import StaffPost, Station, StationAssignment
from stations.visits.models import Visit
from tests.access import world
from tests.access.crawling import crawl, owners, signed_in, text_of
from tests.support.board import figures_on

MARKS_SEEN_BY = {
    "staff": {"A"},
    "township_officer": {"A"},
    "officer": {"A", "B"},
    "officer2": {"C"},
    "committee": {"A", "B"},
    "dispatcher": {"A", "B"},
    "leader": {"A", "B"},
    "clerk": {"A"},
    "clerk2": {"B", "C"},
    "representative": set(),
}
LISTS = [Station, StaffPost, StationAssignment, Visit, Opinion, OpinionAssignment]
LISTS += [Reception, ReceptionRule, Publication, Announcement]


@pytest.fixture
def staff(here):
    return signed_in(here.a.staff)


def admin_url(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.mark.parametrize("role", MARKS_SEEN_BY)
def test_links_lead_to_the_marks_of_one_s_own_places_only(role, here):
    found = crawl(signed_in(here.people[role]), "/admin/", "/dashboard/")
    assert set().union(*(owners(text) for _status, text in found.values())) == MARKS_SEEN_BY[role]
    assert [address for address, (status, _text) in found.items() if status not in (200, 302, 403)] == []


# Not yours, and not there


def doors_of(corner):
    """Address (with the key to be replaced) and key, of every page about a record of the corner."""
    records = (corner.station, corner.post, corner.placement, corner.visit, corner.waiting, corner.assignment)
    records += (corner.reception, corner.reception_rule, corner.publication)
    for record in records:
        base = admin_url(type(record), "changelist")
        yield from ((f"{base}{{}}/{page}/", record.pk) for page in ("change", "history", "delete"))
        yield f"{base}{{}}/", record.pk
    opinions = admin_url(Opinion, "changelist")
    yield from ((f"{opinions}{{}}/move/{key}/", corner.waiting.pk) for key in ("accept", "refuse"))
    yield f"{opinions}{{}}/reporter/", corner.waiting.pk
    yield f"{opinions}{{}}/photos/{corner.photo.pk}/", corner.waiting.pk
    yield f"{opinions}{{}}/scans/{corner.scan.pk}/", corner.waiting.pk
    yield f"{opinions}{{}}/call/", corner.waiting.pk
    yield f"{opinions}{{}}/reissue/", corner.waiting.pk
    yield (
        f"{admin_url(Reception, 'change', corner.reception.pk)[: -len('change/')]}requests/{{}}/",
        corner.turn_request.pk,
    )
    yield f"{admin_url(Visit, 'add')}?station={{}}", corner.station.pk
    yield f"{admin_url(Reception, 'add')}?station={{}}", corner.station.pk
    yield f"{admin_url(ReceptionRule, 'add')}?station={{}}", corner.station.pk


NOWHERE = 987_654


def answer(client, method, address, key):
    """Status and text, as if the key in addresses and the token of the page were always the same."""
    response = getattr(client, method)(address.format(key))
    text = re.sub(r'(name="csrfmiddlewaretoken" value=")\w+', r"\1", text_of(response))
    return response.status_code, re.sub(rf'(exact(=|%3D|" value=")){key}\b', r"\1KEY", text)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", ["staff", "head", "township_officer", "officer2", "clerk"])
def test_somebody_else_s_record_answers_like_one_that_is_not_there(role, method, here):
    client = signed_in(here.people[role])
    doors = list(doors_of(here.b))
    assert len(doors) == 47
    for address, key in doors:
        theirs, nobody_s = answer(client, method, address, key), answer(client, method, address, NOWHERE)
        assert theirs == nobody_s, address
        assert theirs[0] in (302, 403, 404), address


def test_the_same_doors_are_open_to_the_station_s_own_people(here):
    client = signed_in(here.people["staff_b"])
    opened = [address for address, key in doors_of(here.b) if answer(client, "get", address, key)[0] == 200]
    assert len(opened) == 28, opened


# Guessing by look-ups

LOOKUPS = (
    *("exact", "iexact", "contains", "icontains", "startswith", "istartswith", "endswith", "iendswith"),
    *("regex", "iregex", "gt", "gte", "lt", "in", "isnull"),
)
HIDDEN = {
    Opinion: [
        *("body", "place", "region", "summary", "code_hash", "token_hash", "message_id", "division"),
        *("reporter", "reporter__name_sealed", "reporter__phone_sealed", "reporter__key_id"),
        *("reporter__identity_mode", "reporter__share_identity"),
        *("taker", "taker__username", "taker__password", "entered_by", "steps__note", "replies__text"),
        *("ratings__reason", "guidance__office", "assignments__instructions", "photos__file"),
        *("station__name", "station__phone", "station__posts__name", "visit__content"),
    ],
    Reception: ["place", "reason", "station__name", "entered_by__password", "mandates__person__work"],
    ReceptionRule: ["place", "numbers", "station__name", "entered_by__password", "receptions__place"],
    Publication: ["title", "text", "opinion__body", "opinion__reporter__name_sealed", "reviewed_by__password"],
    Visit: ["content", "results", "recorder", "place", "station__name", "guests__name", "commitments__what"],
    StaffPost: ["name", "user", "user__username", "user__password", "station__name", "station__visits__content"],
    Station: ["name", "phone", "address", "opinions__body", "visits__content", "posts__user__password"],
    StationAssignment: ["mandate__person__name", "station__name", "station__opinions__body"],
}


@pytest.mark.parametrize("model", HIDDEN, ids=lambda model: model._meta.model_name)
def test_no_look_up_reads_a_column_letter_by_letter(model, here, staff):
    """A value that is there and one that is not get the same answer: such questions are not taken at all."""
    address = admin_url(model, "changelist")
    for name in HIDDEN[model]:
        for lookup in LOOKUPS:
            right, wrong = (staff.get(address, {f"{name}__{lookup}": value}) for value in (world.MARK, "nothing"))
            assert (right.status_code, right.content) == (400, wrong.content), f"{name}__{lookup}"


@pytest.mark.parametrize("role", ["staff", "clerk"])
def test_the_filters_a_list_offers_are_taken(role, here):
    client = signed_in(here.people[role])
    for query in ({"state": "assigned"}, {"urgency__exact": "normal"}, {"channel__exact": "web"}):
        assert here.a.given in listed(client, Opinion, **query)
    assert listed(client, Opinion, state="archived") == set()


def test_filtering_by_another_station_says_as_little_as_by_none(here, staff):
    for model in (Opinion, Visit, StaffPost, StationAssignment):
        address = f"{admin_url(model, 'changelist')}?station__id__exact={{}}"
        assert answer(staff, "get", address, here.b.station.pk) == answer(staff, "get", address, NOWHERE)
        own = staff.get(address.format(here.a.station.pk)).context["cl"].result_count
        assert own > 0, model


@pytest.mark.parametrize("order", ["1", "-1", "2.-3", "9", "-99", "1.1.1"])
def test_an_order_shows_the_same_rows(order, here, staff):
    for model in set(LISTS) - {Announcement}:  # an officer's
        rows = staff.get(admin_url(model, "changelist"), {"o": order}).context["cl"].queryset
        assert set(rows) == set(model.objects.visible_to(here.a.staff))


# Listed = openable = exported = found = counted

READERS = ["staff_b", "township_officer", "clerk2", "dispatcher"]  # test_one_set.py asks the others, of every model


@pytest.mark.parametrize("role", READERS)
def test_what_is_listed_is_what_can_be_opened_found_and_taken_away(role, here):
    user = here.people[role]
    client = signed_in(user)
    for model in LISTS:
        if user.has_perm(view_permission(model)):
            visible = set(model.objects.visible_to(user))
            assert visible
            assert listed(client, model) == openable(client, model) == found(client, model) == visible
            assert model not in TAKEN_AWAY or exported(client, model) == visible


def listed(client, model, **query):
    return set(client.get(admin_url(model, "changelist"), query).context["cl"].queryset)


def openable(client, model):
    return {row for row in model.objects.all() if client.get(admin_url(model, "change", row.pk)).status_code == 200}


def found(client, model):
    """What a search finds for words that stand in every record; assignments are not searched in."""
    words = {StationAssignment: "Person", OpinionAssignment: ""}.get(model, world.MARK)
    return listed(client, model, q=words)


TAKEN_AWAY = {Station: "code", Visit: "content", Opinion: "number"}
TAKEN_AWAY |= {ReceptionRule: "place", Reception: "place", Publication: "title", Announcement: "title"}


def exported(client, model):
    """The rows in a download for which every key there is was posted."""
    keys = list(model.objects.values_list("pk", flat=True))
    data = {"action": "download", ACTION_CHECKBOX_NAME: keys, "index": "0"}
    cells = text_of(client.post(admin_url(model, "changelist"), data)).splitlines()
    return {row for row in model.objects.all() if getattr(row, TAKEN_AWAY[model]) in cells}


SEARCHED = [Station, StaffPost, Visit, Opinion]


@pytest.mark.parametrize("words", ["B-given-body", "B-visit-content", "B-name", "B-staff"])
def test_a_search_for_another_station_s_words_finds_nothing(words, here, staff):
    assert [len(listed(staff, model, q=words)) for model in SEARCHED] == [0, 0, 0, 0]
    assert autocompleted(staff, words).json()["results"] == []
    theirs = signed_in(here.people["staff_b"])
    assert sum(len(listed(theirs, model, q=words)) for model in SEARCHED) == 1


def autocompleted(client, words):
    question = {"app_label": "opinions", "model_name": "agendaitem", "field_name": "opinion", "term": words}
    return client.get(reverse("admin:autocomplete"), question)


def test_autocomplete_offers_one_s_own_opinions_only(here):
    for role, opinions in (
        ("staff", here.a.opinions),
        ("staff_b", here.b.opinions),
        ("clerk", [here.a.given, here.a.told]),
    ):
        offered = autocompleted(signed_in(here.people[role]), "").json()["results"]
        assert {int(row["id"]) for row in offered} == {opinion.pk for opinion in opinions}, role


def test_the_dashboard_counts_what_may_be_listed(here):
    """An officer's figures are those of their own district, to the row."""
    for role, corners in (("officer", [here.a, here.b]), ("officer2", [here.c]), ("township_officer", [here.a])):
        page = signed_in(here.people[role]).get("/dashboard/").content.decode()
        received = int(figures_on(page)["opinions_received"]["data-value"])
        assert received == sum(len(corner.opinions) for corner in corners), role
        assert received == Opinion.objects.visible_to(here.people[role]).count()
