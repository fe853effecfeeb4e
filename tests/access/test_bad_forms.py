"""Every form of the work platform, filled with what nobody should send: told beside the fields, kept, nothing saved."""

import pytest
from django import forms
from django.apps import apps
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

from stations.receptions.models import Reception, ReceptionRule
from stations.visits.models import Visit
from tests.access.crawling import signed_in
from tests.access.filling import errors_on, form_on

NOT_COUNTED = {"sessions.Session"}
BAD = {
    "NUL": "\x00",
    "a word": "abc",
    "half a character": "\ufffd",
    "20,000 characters": "路" * 20_000,
    "a huge number": "9" * 30,
    "a negative number": "-1",
    "no such day": "2026-13-45",
    "the year 99999": "99999-01-01",
    "a list": ["1", "abc"],
    "nothing": "",
}


def add_pages(user):
    """(address, the form behind it) of everything the user may add; pages about one station have their own tests."""
    request = RequestFactory().get("/")
    request.user = user
    for model, model_admin in admin.site._registry.items():
        if model not in (Visit, Reception, ReceptionRule) and model_admin.has_add_permission(request):
            address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
            yield address, model_admin.get_form(request)


def rows():
    models = [model for model in apps.get_models() if model._meta.label not in NOT_COUNTED]
    return {model._meta.label: model._base_manager.count() for model in models}


def filled_with(form, value):
    """Every field but ticks, so that no form is right by chance."""
    return {name: value for name, field in form.base_fields.items() if not isinstance(field, forms.BooleanField)}


def asks_for_more_than_words(form):
    """Somebody may be called `abc`; no day and no station is."""
    return any(not isinstance(field, forms.CharField) for field in form.base_fields.values())


@pytest.mark.parametrize("role", ["officer", "sysadmin"])
def test_nothing_bad_is_saved_and_each_page_says_what_to_mend(role, here):
    """A page is opened once and sent with each of them: as nothing is saved, it stays what it was."""
    client = signed_in(here.people[role])
    pages = [(address, form) for address, form in add_pages(here.people[role]) if asks_for_more_than_words(form)]
    assert len(pages) >= 4
    opened, before = [form_on(client, address) for address, _form in pages], rows()
    for bad, value in BAD.items():
        for (address, form), fields in zip(pages, opened, strict=True):
            response = client.post(address, fields | filled_with(form, value))
            assert response.status_code == 200, (address, bad)
            assert errors_on(response) & set(form.base_fields), (address, bad)
        assert rows() == before, bad


def long_texts(form):
    return [
        name for name, field in form.base_fields.items() if isinstance(field.widget, forms.TextInput | forms.Textarea)
    ]


@pytest.mark.parametrize("role", ["officer", "sysadmin"])
def test_what_was_typed_too_long_stands_there_again(role, here):
    client = signed_in(here.people[role])
    kept = 0
    for address, form in add_pages(here.people[role]):
        typed = {name: f"{name} {'路' * 20_000}" for name in long_texts(form) if "password" not in name}
        page = client.post(address, form_on(client, address) | typed).content.decode()
        assert [name for name, text in typed.items() if text not in page] == [], address
        kept += len(typed)
    assert kept > 3
