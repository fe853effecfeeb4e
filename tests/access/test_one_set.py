"""Listed = openable = taken away = found = counted, for every model of the admin and everybody who may look at it."""

import io

import openpyxl
import pytest
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import ModelAdmin
from django.test import RequestFactory
from django.urls import reverse

from liaison.accounts.scope import view_permission
from liaison.audit.models import Entry
from liaison.tools.sheets import write_xlsx
from tests.access.crawling import signed_in, undrawn

MODELS = sorted(set(admin.site._registry) - {Entry}, key=lambda model: model._meta.label)  # each page adds entries
READERS = ["staff", "head", "officer", "officer2", "clerk", "leader", "sysadmin"]  # test_scope.py asks others, of fewer

DRAWN_FOR = ("officer", "sysadmin")  # every page that opens; for the others the first and the last of each kind


def address_of(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def listed(client, model, **query) -> set:
    """The keys on all pages of the list."""
    rows, pages, number = set(), 1, 0
    while number < pages:
        number += 1
        shown = client.get(address_of(model, "changelist"), query | {"p": number}).context["cl"]
        rows |= {row.pk for row in shown.result_list}
        pages = shown.paginator.num_pages
    return rows


def openable(client, user, model, role) -> set:
    """The keys whose page opens, of all there are in the world."""
    keys = model._base_manager.order_by("pk").values_list("pk", flat=True)
    pages = {key: undrawn(user, address_of(model, "change", key)) for key in keys}
    opened = [key for key, page in pages.items() if page is not None and page.status_code == 200]
    drawn = opened if role in DRAWN_FOR else {*opened[:1], *opened[-1:]}
    broken = {key for key in drawn if client.get(address_of(model, "change", key)).status_code != 200}
    return set(opened) - broken


def taken_away(client, model) -> bytes:
    """A download for which every key there is was ticked."""
    keys = list(model._base_manager.values_list("pk", flat=True))
    data = {"action": "download", ACTION_CHECKBOX_NAME: keys, "index": "0"}
    return client.post(address_of(model, "changelist"), data).getvalue()


def searched(user, model) -> set:
    """What any search starts from: the rows of the admin, of which autocomplete and the box take those that match."""
    request = RequestFactory().get("/")
    request.user = user
    own: ModelAdmin = admin.site._registry[model]
    rows, _is_double = own.get_search_results(request, own.get_queryset(request), "")
    return {row.pk for row in rows}


def lines_of(sheet: bytes) -> list[str]:
    """The lines below the headings, in no order."""
    lines = openpyxl.load_workbook(io.BytesIO(sheet)).active.iter_rows(min_row=2, values_only=True)
    return sorted("|".join(map(str, line)) for line in lines)


@pytest.mark.parametrize("role", READERS)
def test_what_is_listed_is_what_opens_is_found_and_is_counted(role, here):
    user = here.people[role]
    client, seen = signed_in(user), 0
    for model in [model for model in MODELS if user.has_perm(view_permission(model))]:
        counted = {row.pk for row in model._default_manager.all().visible_to(user)}
        sets = {
            "listed": listed(client, model),
            "openable": openable(client, user, model, role),
            "searched": searched(user, model),
        }
        assert {name: found for name, found in sets.items() if found != counted} == {}, model
        seen += len(counted)
    assert seen > 0


def counted_along(page, user):
    """The page's rows: a ledger may show what the page counts for each row."""
    request = RequestFactory().get("/")
    request.user = user
    return page.get_queryset(request)


@pytest.mark.parametrize("role", READERS)
def test_what_is_taken_away_is_what_is_counted(role, here):
    """The sheet of all that is ticked is the sheet of what may be seen, line by line."""
    user = here.people[role]
    client = signed_in(user)
    for model in [model for model in MODELS if user.has_perm(view_permission(model))]:
        page, visible = admin.site._registry[model], model._default_manager.all().visible_to(user)
        if page.ledger and visible.exists():
            with write_xlsx(page.ledger, counted_along(page, user).filter(pk__in=visible.values("pk")), "x") as sheet:
                expected = lines_of(sheet.read())
            assert lines_of(taken_away(client, model)) == expected, model
            assert len(expected) == visible.count()
