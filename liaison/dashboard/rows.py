"""The rows behind a figure, as the page shows them."""

from django.contrib import admin
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html

from feedback.opinions.models import Opinion, OpinionAssignment, Rating
from liaison.tools.sheets import headings, page_rows
from stations.visits.models import Attendance, Visit

OPENS = {  # what a row leads to where that is another record, and where in the row its key stands
    OpinionAssignment: (Opinion, "opinion_id"),
    Rating: (Opinion, "opinion_id"),
    Attendance: (Visit, "visit_id"),
}
URGING = "admin:opinions_opinionassignment_urge"  # prints the urging slips of the assignments ticked


def cells_of(figure, rows, user) -> list[dict]:
    """Each row's key and its (heading, cell) pairs; the first cell opens the record where the user may open it."""
    model, path = OPENS.get(figure.rows.model, (figure.rows.model, "pk"))
    keys = [getattr(row, path) for row in rows]
    mine = _openable(model, keys, user)
    names, cells = headings(figure.columns), page_rows(figure.columns, rows)
    lines = [_linked(line, model, key) if key in mine else line for key, line in zip(keys, cells, strict=True)]
    return [{"pk": row.pk, "cells": list(zip(names, line, strict=True))} for row, line in zip(rows, lines, strict=True)]


def _openable(model, keys, user) -> set:
    may_look = user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}")
    if not (may_look and admin.site.is_registered(model)):
        return set()
    return set(model.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True))


def _linked(line, model, key):
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[key])
    return [format_html('<a href="{}">{}</a>', address, line[0]), *line[1:]]


def urging_address(figure, user) -> str:
    """Where the assignments listed can be urged, if this user may open them."""
    if figure.key != "opinions_overdue" or not user.has_perm("opinions.view_opinionassignment"):
        return ""
    try:
        return reverse(URGING)
    except NoReverseMatch:  # nothing prints them here
        return ""
