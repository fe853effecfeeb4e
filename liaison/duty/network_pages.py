"""The contact network as a page: a tree to open branch by branch, the rows behind each count, a sheet, a paper."""

from functools import wraps

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from liaison.audit.trail import record
from liaison.duty import exchange
from liaison.duty.exchange import VIEW, WORDS
from liaison.duty.network import GROUP, MEMBER, REPRESENTATIVE, congresses_of
from liaison.duty.network_question import BROKEN, Question
from liaison.duty.network_sheet import COLUMNS
from liaison.tools import downloads
from liaison.tools.papers import paper
from liaison.tools.sheets import headings, page_rows
from stations.visits.pairings import SILENT_MONTHS

PAGE = 50
TITLE = _("Contact network")


def with_question(view):
    """A page for those who may see a network, about one of those in their reach."""

    @wraps(view)
    def page(request, *args, **kwargs):
        today = timezone.localdate()
        congresses = congresses_of(request.user, today)
        if not congresses:
            return render(request, "duty/network/nobody.html")
        question = Question(request.GET, today=today, user=request.user, congresses=congresses)
        return view(request, question, *args, **kwargs)

    return require_safe(never_cache(permission_required(VIEW, raise_exception=True)(page)))


@with_question
def index(request, question):
    network = question.network
    context = {
        "form": question,
        "network": network,
        "counts": _counts(question, network.exchange, {}),
        "broken": f"?{question.address(only=BROKEN)}",
        "members": _shown(question, network.members),
        "unlinked": _shown(question, network.unlinked),
        "count": len(question.lines()),
        "months": SILENT_MONTHS,
        "definitions": WORDS.values(),
        "files": {kind: _address("download", question, kind) for kind in ("xlsx", "csv")},
        "print": _address("print", question),
    }
    return render(request, "duty/network/index.html", context)


def _shown(question, branches):
    """Each branch with its counts, if it is to be seen: for broken ones, those too on which they hang."""
    is_asked = [branch for branch in branches if branch.broken or not question.is_of_broken_ones]
    return [_branch(question, branch) for branch in is_asked]


def _branch(question, branch):
    chosen = {} if branch.kind == GROUP else _counts(question, branch.exchange, {branch.kind: branch.pk})
    return {
        "branch": branch,
        "is_met": branch.kind != MEMBER or branch.last_on,
        "counts": chosen,
        "below": _shown(question, branch.below),
    }


def _counts(question, found, chosen) -> list[dict]:
    """What went up and came back, each number with the address of its rows."""
    return [
        {
            "key": key,
            "name": name,
            "value": len(getattr(found, key)),
            "href": _address("rows", question, key, only=None, **chosen),
        }
        for key, (name, _definition) in WORDS.items()
    ]


def _address(name, question, *args, **more):
    return f"{reverse(f'network:{name}', args=args)}?{question.address(**more)}"


@with_question
def rows(request, question, key):
    """Of one branch, or of the whole tree that was asked for."""
    if key not in WORDS:
        raise Http404(key)
    if not question.is_valid():
        return redirect(f"{reverse('network:index')}?{request.GET.urlencode()}")
    branch = _asked_branch(request, question)
    people = branch.people if branch else question.network.people
    figure = exchange.figure(key, request.user, question.period, people)
    page = Paginator(figure.rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "figure": figure,
        "whose": branch or question.congress,
        "period_words": question.period.words,
        "columns": headings(figure.columns),
        "rows": _cells(figure, list(page), request.user),
        "count": page.paginator.count,
        "page": page,
        "back": _address("index", question),
    }
    return render(request, "duty/network/rows.html", context)


def _asked_branch(request, question):
    """None where none is named; 404 where it is in nobody's tree or not in this one."""
    key = request.GET.get(REPRESENTATIVE, "")
    if not key:
        return question.network.members[0] if question.member_key and question.network.members else None
    found = question.network.find(REPRESENTATIVE, int(key)) if key.isascii() and key.isdigit() else None
    if found is None:
        raise Http404(key)
    return found


def _cells(figure, found, user) -> list[dict]:
    """As the dashboard's tables have them; the first cell opens the record for whoever may open it."""
    meta = figure.rows.model._meta
    keys = [row.pk for row in found]
    may_look = user.has_perm(f"{meta.app_label}.view_{meta.model_name}")
    mine = set(figure.rows.model.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True))
    names = headings(figure.columns)
    lines = []
    for row, line in zip(found, page_rows(figure.columns, found), strict=True):
        if may_look and row.pk in mine:
            address = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk])
            line[0] = format_html('<a href="{}">{}</a>', address, line[0])
        lines.append({"pk": row.pk, "cells": list(zip(names, line, strict=True))})
    return lines


@with_question
def download(request, question, kind):
    if not question.is_valid():
        return redirect(f"{reverse('network:index')}?{request.GET.urlencode()}")
    lines = question.lines()
    detail = {"sheet": "contact_network", "kind": kind, "filters": question.parameters, "count": len(lines)}
    record("export", actor=request.user, detail=detail)
    return downloads.sheet(kind, COLUMNS, lines, str(TITLE), f"contact_network_{question.on}")


@with_question
def printed(request, question):
    lines = question.lines()
    context = {
        "title": TITLE,
        "congress": question.congress,
        "period": question.period,
        "on": question.on,
        "columns": [{"key": column.key, "heading": column.heading} for column in COLUMNS],
        "rows": list(page_rows(COLUMNS, lines)),
        "count": len(lines),
        "broken": question.network.broken,
        "back": _address("index", question),
        "is_wide": True,
    }
    return paper(request, "papers/network.html", context)
