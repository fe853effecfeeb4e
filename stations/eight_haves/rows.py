"""The records behind a value, as far as the reader may see records of their kind."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, partial

from django.contrib import admin
from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html

from liaison.tools.sheets import Column, headings, page_rows
from stations.eight_haves.evaluation import Result


def seen_by(user, results: Iterable[Result]) -> list[list]:
    """The rows behind each of the results that the user may see; one question for each kind of record."""
    offered = [_open_to(user, result) for result in results]
    seen = _keys_seen([row for rows in offered for row in rows], user)
    return [[row for row in rows if _key_of(row) in seen] for rows in offered]


def cells_of(user, columns: list[Column], rows: Iterable) -> Iterator[dict]:
    """Rows seen by the user, as a page shows them; the first cell opens the record where it has a page for the user."""
    opens = cache(partial(_opens, user))
    names = headings(columns)
    for row, line in zip(rows, page_rows(columns, rows), strict=True):
        yield {"cells": list(zip(names, _linked(line, _record_of(row), opens), strict=True))}


def _opens(user, model):
    meta = model._meta
    return admin.site.is_registered(model) and user.has_perm(f"{meta.app_label}.view_{meta.model_name}")


def _linked(line, found, opens):
    if found is None or not opens(type(found)):
        return line
    address = reverse(f"admin:{found._meta.app_label}_{found._meta.model_name}_change", args=[found.pk])
    return [format_html('<a href="{}">{}</a>', address, line[0]), *line[1:]]


def _open_to(user, result):
    """Of some measures the rows are for those alone who have their own permission to it."""
    needed = result.measure.rows_for
    return result.reading.rows if not needed or user.has_perm(needed) else ()


def _record_of(row) -> Model | None:
    """A row behind a value is a record, or something known of one."""
    found = row if isinstance(row, Model) else getattr(row, "row", None)
    return found if found is not None and hasattr(type(found)._default_manager.all(), "visible_to") else None


def _key_of(row):
    found = _record_of(row)
    return found and (type(found), found.pk)


def _keys_seen(rows, user) -> set:
    """(model, key) of those in the user's reach."""
    by_model = defaultdict(set)
    for found in filter(None, map(_record_of, rows)):
        by_model[type(found)].add(found.pk)
    return {
        (model, pk)
        for model, keys in by_model.items()
        for pk in model._default_manager.visible_to(user).filter(pk__in=keys).order_by().values_list("pk", flat=True)
    }
