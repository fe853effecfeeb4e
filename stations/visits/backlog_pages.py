"""The page for a backlog: paste, mend what is wrong in place, save all or nothing."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from liaison.tools.admin import record
from stations.visits import backlog, drafts

MOST_FORMS = 60  # wrong rows that are open for typing at once; the others follow when these are mended


def urls(model_admin) -> list:
    view = require_http_methods(["GET", "HEAD", "POST"])(partial(_page, model_admin=model_admin))
    return [path("backlog/", model_admin.admin_site.admin_view(view), name="visits_visit_backlog")]


def _page(request, model_admin):
    if not model_admin.has_add_permission(request):
        raise Http404
    if "station" not in request.GET and len(model_admin.stations_to_enter_for(request)[:2]) != 1:
        return model_admin._choose_station(request, model_admin.stations_to_enter_for(request))
    station = model_admin.station_of(request, None)
    sheet = model_admin.sheet(request, f"backlog:{station.pk}")
    sent = request.POST if request.method == "POST" else model_admin.typed(request) or {}
    rows = rows_of(sent)
    too_many = len(rows) > backlog.MOST
    if not too_many:
        backlog.Checker(station).check(rows)
    wrong = [row for row in rows if row.errors]
    if request.method == "POST" and "_save" in request.POST and rows and not wrong and not too_many:
        return _saved(request, rows, station, sheet)
    context = _context(request, model_admin, station, sheet) | _shown(rows, wrong, too_many)
    return TemplateResponse(request, "admin/visits/visit/backlog.html", context | {"sent": sent})


def rows_of(sent) -> list[backlog.Row]:
    """The rows the page carries, or those just pasted, with what was mended in place."""
    rows = backlog.read(sent.get("rows") or sent.get("text", ""))
    for row in rows:
        row.is_another = f"another-{row.line}" in sent
        for key in row.cells:
            row.cells[key] = sent.get(f"cell-{row.line}-{key}", row.cells[key]).strip()
    return rows


def _saved(request, rows, station, sheet):
    count = backlog.save(rows, station, request.user)
    drafts.forget(sheet.key)
    record("added", station, actor=request.user, detail={"sheet": "visits.visit", "rows": count})
    messages.success(request, _("{count} visits were saved.").format(count=count))
    return redirect(f"{reverse('admin:visits_visit_changelist')}?station__id__exact={station.pk}")


def _context(request, model_admin, station, sheet) -> dict:
    return (
        model_admin.admin_site.each_context(request)
        | model_admin.draft_context(request, sheet)
        | {
            "title": _("Enter a backlog of visits"),
            "opts": model_admin.opts,
            "station": station,
            "headings": list(backlog.COLUMNS.values()),
        }
    )


def _shown(rows, wrong, too_many) -> dict:
    right = [row for row in rows if not row.errors]
    return {
        "rows": rows,
        "carried": backlog.write(rows) if rows else "",
        "wrong": [_form_of(row) for row in wrong[:MOST_FORMS]],
        "wrong_count": len(wrong),
        "wrong_lines": "、".join(str(row.line) for row in wrong),
        "right": [(row.line, list(row.cells.values()), row.is_another) for row in right],
        "most": backlog.MOST if too_many else None,
        "is_asked": bool(rows),
    }


def _form_of(row) -> dict:
    cells = [
        {
            "name": f"cell-{row.line}-{key}",
            "heading": heading,
            "value": row.cells[key],
            "error": row.errors.get(key, ""),
            "is_long": key in backlog.LONG,
        }
        for key, heading in backlog.COLUMNS.items()
    ]
    return {
        "line": row.line,
        "cells": cells,
        "is_twin": bool(row.errors.get("date")) and "date" in row.facts,
        "errors": row.errors,
        "is_another": row.is_another,
    }
