"""Addresses nobody meant: every list, record and form of the work platform answers them, and none with a failure."""

from urllib.parse import quote

import pytest
from django.contrib import admin
from django.db import models
from django.test import RequestFactory
from django.urls import reverse

from tests.access.crawling import signed_in

QUERIES = [
    *("x=%00", "q=%00", "date__year=99999", "received_at__year=0", "id__in=" + ",".join(map(str, range(5_000)))),
    *("q=" + "a" * 10_000, "q=" + "a+" * 5_000, "q=" + quote("路" * 10_000), "q=%ED%A0%80%FF", "q=%25%5F'%22\\"),
    *("q=YJ-2026-" + "9" * 18, "q=%F0%A0%AE%B7", "q=(", "q=" + quote("١٢٣"), "q=" + quote("'\"" * 50)),
    *("p=-1", "p=0", "p=abc", "p=" + "9" * 30, "p=1.5", "all=", "all=1", "_facets=True", "e=1", "e=2"),
    *("o=9.9.9", "o=-", "o=" + "1." * 2_000, "o=" + "9" * 400, "o=abc", "o="),
    *("_to_field=..", "_to_field=id", "_to_field=password", "_popup=1", "_popup=%00", "_changelist_filters=%25%30%30"),
    *("state=%F0", "state__exact=" + "x" * 10_000, "status__exact=nothing", "is_primary__exact=maybe", "kind__exact="),
    *("station__id__exact=abc", "station__id__exact=" + "9" * 30, "station__id__exact=-1", "station__isnull=maybe"),
    *("is_active__exact=7", "organisation__id__exact=1;2", "category__isnull=", "id__regex=(", "pk=1", "id__exact=abc"),
]
KEYS = ["abc", "0", "-1", "9" * 30, "%ED%A0%80", "1e5", "x" * 5_000, "_5F", "..", "%2e%2e", "路", "1/2", "%25"]
HONEST = {200, 302, 400, 404}


def readable_by(user):
    """The list addresses of everything the user may see, and the admin behind each."""
    request = RequestFactory().get("/")
    request.user = user
    for model, model_admin in admin.site._registry.items():
        if model_admin.has_view_permission(request):
            yield reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"), model_admin, request


def failures(client, addresses):
    answers = ((address, client.get(address).status_code) for address in addresses)
    return [(address[:80], status) for address, status in answers if status not in HONEST]


def test_no_query_brings_a_list_down(here):
    """Each list a quarter of them by turns, asked by somebody who sees it; test_payloads.py goes on from there."""
    asked = set()
    for role in ("officer", "sysadmin", "auditor"):
        lists = sorted({address for address, *_ in readable_by(here.people[role])} - asked)
        questions = [f"{page}?{query}" for place, page in enumerate(lists) for query in QUERIES[place % 4 :: 4]]
        assert failures(signed_in(here.people[role]), questions) == []
        asked |= set(lists)
    assert len(asked) == len(admin.site._registry)


def test_what_cannot_be_asked_of_a_list_is_refused_as_such(here):
    client = signed_in(here.people["officer"])
    page = reverse("admin:visits_visit_changelist")
    for query in ("x=%00", "date__year=99999", "content__startswith=a", "_to_field=.."):
        assert client.get(f"{page}?{query}").status_code == 400, query


@pytest.mark.parametrize("role", ["officer", "sysadmin"])
def test_no_key_brings_a_record_s_pages_down(role, here):
    client = signed_in(here.people[role])
    pages = [
        f"{address}{key}/{page}"
        for address, *_ in readable_by(here.people[role])
        for key in KEYS
        for page in ("change/", "history/", "password/", "")
    ]
    assert failures(client, pages) == []


def test_no_key_brings_the_pages_of_an_opinion_down(here):
    client = signed_in(here.people["officer"])
    opinions, number = reverse("admin:opinions_opinion_changelist"), here.a.waiting.pk
    keys = ["0", "9" * 30, "abc", "-1"]
    pages = [
        f"{opinions}{key}/{page}/"
        for key in keys
        for page in ("move/accept", "reporter", "photos/1", "call", "reissue", "scans/1")
    ]
    pages += [f"{opinions}{number}/photos/{key}/" for key in keys]
    pages += [f"{opinions}{number}/move/{key}/" for key in ("nothing", "ACCEPT", "begin", "rate", "import_reply")]
    answers = {page: client.get(page).status_code for page in pages}
    assert {status for page, status in answers.items() if "/move/" not in page or f"/{number}/" not in page} == {404}
    assert {status for page, status in answers.items() if f"/{number}/move/" in page} == {403}


GARBAGE = ["abc", "9" * 30, "%ED%A0%80", "99999-99-99"]


@pytest.mark.parametrize("role", ["officer", "sysadmin"])
def test_no_preset_in_the_address_brings_an_empty_form_down(role, here):
    """`?station=…` fills in a field, also with what is no key of anything: all fields at once, else one by one."""
    client = signed_in(here.people[role])
    pages = []
    for address, model_admin, request in readable_by(here.people[role]):
        if model_admin.has_add_permission(request):
            names = [field.name for field in model_admin.opts.fields if isinstance(field, models.ForeignKey)]
            left = left_to_ask(client, f"{address}add/", [*names, "name", "date", "valid_from", "nothing"])
            others = ("_popup", "_to_field", "_changelist_filters")
            pages += left + [f"{address}add/?{name}={value}" for name in others for value in GARBAGE]
    assert len(pages) > 50
    assert failures(client, pages) == []


def left_to_ask(client, form, names) -> list[str]:
    """The addresses with one field each, of the garbage with which the form did not open for all of them."""
    pages = []
    for value in GARBAGE:
        each = [f"{name}={value}" for name in names]
        page = f"{form}?{'&'.join(each)}"
        pages += [] if client.get(page).status_code == 200 else [f"{form}?{one}" for one in each]
    return pages


AUTOCOMPLETE = [
    *("", "term=a", "app_label=opinions", "app_label=opinions&model_name=agendaitem", "app_label=%FF&model_name=x"),
    "app_label=opinions&model_name=agendaitem&field_name=opinion__reporter",
    "app_label=opinions&model_name=opinion&field_name=reporter",
    "app_label=opinions&model_name=opinion&field_name=body",
    "app_label=sessions&model_name=session&field_name=session_key",
    "app_label=submissions&model_name=reporter&field_name=id",
    "app_label=keys&model_name=personkey&field_name=id",
]
OPINION = "app_label=opinions&model_name=agendaitem&field_name=opinion"


def test_autocomplete_answers_nothing_it_was_not_made_for(here):
    client = signed_in(here.people["officer"])
    page = reverse("admin:autocomplete")
    assert {client.get(f"{page}?{query}").status_code for query in AUTOCOMPLETE} == {403}
    for more in ("", "&term=%00", f"&term={'a' * 10_000}", f"&term={'a+' * 5_000}", "&page=0", "&page=abc", "&page=99"):
        assert client.get(f"{page}?{OPINION}{more}").status_code in HONEST, more
