"""Nothing hidden is guessed: a value that is there and one that is not get the same answer, whatever is asked how."""

import re

import pytest
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import connection, models
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from liaison.accounts.scope import view_permission
from tests.access import world
from tests.access.crawling import owners, signed_in, text_of, undrawn
from tests.access.test_scope import NOWHERE, answer, doors_of

LOOKUPS = (
    *("", "exact", "iexact", "contains", "icontains", "startswith", "istartswith", "endswith", "iendswith"),
    *("regex", "iregex", "gt", "gte", "lt", "lte", "in", "isnull", "range", "year__lt"),
)
THERE, ABSENT = f"{world.MARK}-B", "nothing-of-the-kind"
ASKERS = {"staff": "A", "clerk": "A", "officer2": "C"}
MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)


def list_of(model) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def lists_of(user):
    return [model for model in MODELS if user.has_perm(view_permission(model))]


def filters_of(model) -> list[str]:
    """The fields by which the list offers to be narrowed."""
    chosen = [each[0] if isinstance(each, tuple) else each for each in admin.site._registry[model].list_filter]
    return [each if isinstance(each, str) else getattr(each, "parameter_name", "") for each in chosen]


def hidden_paths(model) -> list[str]:
    """Every column of the model, and two steps on of what it points at and what points at it, but those offered."""
    offered = {*filters_of(model), *admin.site._registry[model].lookups}
    paths = []
    for field in model._meta.get_fields():
        if field.related_model:
            further = [f"{field.name}__{other.name}" for other in field.related_model._meta.concrete_fields]
            keys = {f"{field.name}__{name}" for name in ("id", field.related_model._meta.pk.name)}
            paths += [path for path in further if not (field.name in offered and path in keys)]
        paths += [field.name] * (field.name not in offered)
    return [path for path in paths if path not in offered]


def test_no_list_takes_a_question_about_what_it_does_not_offer():
    """Each column, near and far, by each look-up: such questions are not taken at all, whoever asks."""
    request, asked = RequestFactory().get("/"), 0
    for model in MODELS:
        own = admin.site._registry[model]
        questions = [f"{path}__{lookup}".removesuffix("__") for path in hidden_paths(model) for lookup in LOOKUPS]
        taken = [question for question in questions if own.lookup_allowed(question, THERE, request)]
        assert taken == [], model
        asked += len(questions)
    assert asked > 10_000


@pytest.mark.parametrize("role", ASKERS)
def test_through_the_door_such_a_question_is_refused_and_told_apart_from_nothing(role, here):
    """Every ninth column by turns of the look-ups, of what is there and of what is nowhere."""
    client = signed_in(here.people[role])
    for model in lists_of(here.people[role]):
        for turn, path in enumerate(hidden_paths(model)[::9]):
            question = f"{path}__{LOOKUPS[1 + turn % (len(LOOKUPS) - 1)]}"
            there, nowhere = (client.get(list_of(model), {question: value}) for value in (THERE, ABSENT))
            assert (there.status_code, there.content) == (400, nowhere.content), (model, question)


def test_a_number_no_record_could_have_brings_no_list_down(here):
    client, asked = signed_in(here.people["officer"]), 0
    for model in lists_of(here.people["officer"]):
        for name in set(filters_of(model)) & field_names(model):
            for question in (name, f"{name}__exact", f"{name}__id__exact", f"{name}__isnull"):
                assert client.get(list_of(model), {question: "9" * 30}).status_code < 500, (model, question)
                asked += 1
    assert asked > 40


@pytest.mark.parametrize("role", ASKERS)
def test_no_search_tells_a_value_from_none(role, here):
    """Words of another station, whole and in part, in the box of every list."""
    user = here.people[role]
    for model in lists_of(user):
        nothing = rows_found(user, model, ABSENT)
        for said in (THERE, "B-name", "B-given-body", here.b.given.number, here.b.waiting.number):
            assert rows_found(user, model, said) == nothing, (model, said)


def rows_found(user, model, said):
    return [row.pk for row in undrawn(user, list_of(model), q=said).context_data["cl"].result_list]


def narrowed(client, model, question, key):
    """The page, as if the key asked for and the token of the page were always the same."""
    response = client.get(list_of(model), {question: key})
    text = re.sub(r'(name="csrfmiddlewaretoken" value=")\w+', r"\1", text_of(response))
    return response.status_code, re.sub(rf'({question}(=|%3D|" value=")){key}\b', r"\1KEY", text)


def strangers(user, model, name):
    """The key of a record the filter's field points at and the person may not see; None where there is none."""
    target = model._meta.get_field(name).related_model if name in field_names(model) else None
    if target is None or not hasattr(target._default_manager, "visible_to"):
        return None
    seen = target._default_manager.visible_to(user).values("pk")
    return target._default_manager.exclude(pk__in=seen).values_list("pk", flat=True).first()


def field_names(model):
    return {field.name for field in model._meta.get_fields()}


@pytest.mark.parametrize("role", ASKERS)
def test_narrowing_by_a_stranger_s_record_says_as_little_as_by_none(role, here):
    user = here.people[role]
    client, asked = signed_in(user), 0
    for model in lists_of(user):
        for name in filters_of(model):
            if (key := strangers(user, model, name)) is not None:
                question = f"{name}__{model._meta.get_field(name).related_model._meta.pk.name}__exact"
                assert narrowed(client, model, question, key) == narrowed(client, model, question, NOWHERE), question
                asked += 1
    assert asked >= 1


@pytest.mark.parametrize("role", ASKERS)
def test_no_order_page_or_count_shows_a_mark_of_another_station(role, here):
    """Every column as order, the counts beside the filters, far pages, and the look of the pop-up."""
    user = here.people[role]
    client = signed_in(user)
    for model in lists_of(user):
        every = range(1, 1 + len(admin.site._registry[model].list_display))
        there, back = ".".join(map(str, every)), ".".join(f"-{number}" for number in reversed(every))
        for query in ({"o": there, "_facets": "True"}, {"o": back, "_popup": "1"}, {"p": "9"}, {"all": ""}):
            response = client.get(list_of(model), query)
            assert response.status_code in (200, 302, 400), (model, query)
            assert owners(text_of(response)) <= {ASKERS[role]}, (model, query)


def side_doors(corner):
    """Pages around a record of somebody else: what Django opens by the way."""
    for record in (corner.visit, corner.given, corner.station, corner.reception, corner.post, corner.proposal):
        base = f"{list_of(type(record))}{record.pk}"
        yield from (f"{base}/{page}" for page in ("change/", "delete/", "history/", "", "change/?_popup=1"))
        yield f"{base}/change/?_changelist_filters=q%3DCANARY-B"
        yield from (f"/admin/r/{number}/{record.pk}/" for number in range(1, 12))


@pytest.mark.parametrize("role", ASKERS)
def test_no_side_door_shows_a_mark_of_another_station(role, here):
    client = signed_in(here.people[role])
    answers = [client.get(address) for address in side_doors(here.b)]
    assert (len(answers), {page.status_code for page in answers} <= {302, 403, 404}) == (102, True)
    assert owners("".join(map(text_of, answers))) == set()
    assert owners(text_of(client.get("/admin/"))) <= {ASKERS[role]}


def test_a_stranger_s_record_costs_as_many_questions_as_none(here):
    """Else the time of the answer would tell one from the other."""
    client = signed_in(here.a.staff)
    for address, key in doors_of(here.b):
        for method in ("get", "post"):
            counted = [asked_of_the_database(client, method, address, number) for number in (key, NOWHERE, key)]
            assert counted[1] == counted[2], (method, address)


def asked_of_the_database(client, method, address, key) -> int:
    with CaptureQueriesContext(connection) as queries:
        answer(client, method, address, key)
    return len(queries)


def test_no_suggestion_and_no_taking_away_tells_a_value_from_none(here):
    """Autocomplete by words of another station, and its rows ticked for a download."""
    client = signed_in(here.a.staff)
    fields = [(model, name) for model in MODELS for name in admin.site._registry[model].autocomplete_fields]
    assert fields
    for model, name in fields:
        asked = {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "field_name": name}
        told = [client.get("/admin/autocomplete/", asked | {"term": said}) for said in (THERE, "B-name", ABSENT)]
        assert {(page.status_code, page.content) for page in told} == {(told[0].status_code, told[0].content)}, asked
    for record in (here.b.given, here.b.visit, here.b.reception, here.b.assignment):
        keys = (record.pk, NOWHERE)
        chosen = [{"action": "download", ACTION_CHECKBOX_NAME: key, "index": 0, "select_across": 0} for key in keys]
        there, nowhere = (client.post(list_of(type(record)), ticked) for ticked in chosen)
        texts = text_of(there), text_of(nowhere)
        assert (there.status_code, owners(texts[0])) == (nowhere.status_code, owners(texts[1])), record
        assert owners(texts[0]) <= {"A"}, record


@pytest.mark.parametrize("role", ["staff", "officer2"])
def test_no_error_text_names_a_record_of_another_station(role, here):
    """Each choice of each form is answered with the key of B as with a key that is nowhere."""
    user = here.people[role]
    client, asked = signed_in(user), 0
    keys = {type(row): row.pk for row in (here.b.station, here.b.visit, here.b.given, here.b.post)}
    for model in (model for model in lists_of(user) if has_a_form(client, model)):
        for field in (field for field in model._meta.fields if isinstance(field, models.ForeignKey)):
            if (key := keys.get(field.related_model)) is not None:
                tries = (client.post(f"{list_of(model)}add/", {field.name: value}) for value in (key, NOWHERE))
                there, nowhere = map(text_of, tries)
                assert owners(there) <= {ASKERS[role]}, (model, field)
                assert said(there) == said(nowhere), (model, field)
                asked += 1
    assert asked >= 3


def has_a_form(client, model):
    return client.get(f"{list_of(model)}add/").status_code == 200


def said(text) -> list[str]:
    return re.findall(r'class="errorlist[^"]*"[^>]*>(.*?)</ul>', text, re.S)


def test_the_auditor_reads_the_trail_of_their_own_places(here):
    client = signed_in(here.people["auditor"])
    for query in ({}, {"q": "CANARY-C"}, {"o": "1.2.3"}, {"all": ""}):
        assert owners(text_of(client.get("/admin/audit/entry/", query))) <= {"A", "B"}, query
