"""The officer's dashboard: figures, the rows behind each, and the same rows to take away."""

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from liaison.audit.trail import record
from liaison.dashboard import layout
from liaison.dashboard.asked import LAST_YEAR
from liaison.dashboard.brief import brief_of
from liaison.dashboard.coverage import coverage_of
from liaison.dashboard.filters import EXPORT, VIEW, DashboardFilter
from liaison.dashboard.rows import cells_of, urging_address
from liaison.tools import downloads
from liaison.tools.sheets import EXCEL_ROWS, headings

PAGE = 50


def holding(permission):
    """A page for holders of the permission only; everybody else gets the ordinary refusal."""
    return lambda view: require_safe(never_cache(permission_required(permission, raise_exception=True)(view)))


@holding(VIEW)
def index(request):
    question = DashboardFilter(request, timezone.localdate())
    asked = question.asked()
    context = {**_said(asked), "filter": question, "shortcuts": question.shortcuts(asked)}
    return render(request, "dashboard/index.html", context | layout.board_of(asked))


@holding(VIEW)
def brief(request):
    """Beside last year's, unless something else is asked for."""
    question = DashboardFilter(request, timezone.localdate(), compare=LAST_YEAR)
    asked = question.asked()
    context = {**_said(asked), "today": asked.today, "shortcuts": question.shortcuts(asked)}
    return render(request, "dashboard/brief.html", context | brief_of(asked))


@holding(VIEW)
def coverage(request):
    """As it stands today: only the division is asked."""
    question = DashboardFilter(request, timezone.localdate())
    asked = question.asked()
    context = {**_said(asked), "today": asked.today, "division_field": question.form["division"]}
    return render(request, "dashboard/coverage.html", context | coverage_of(asked))


@holding(VIEW)
def figure(request, key):
    question = DashboardFilter(request, timezone.localdate())
    if not question.is_valid():
        return _ask_again(request)
    asked = question.asked()
    shown, chosen = _figure(request, key, asked)
    page = Paginator(shown.rows, PAGE).get_page(request.GET.get("page"))
    context = {
        **_said(asked),
        "figure": shown,
        "columns": headings(shown.columns),
        "rows": cells_of(shown, list(page), request.user),
        "urging": urging_address(shown, request.user),
        "count": page.paginator.count,
        "page": page,
        **layout.downloads_of(key, asked, **chosen),
    }
    return render(request, "dashboard/rows.html", context)


@holding(EXPORT)
def download(request, key, kind):
    question = DashboardFilter(request, timezone.localdate())
    if not question.is_valid():
        return _ask_again(request)
    asked = question.asked(EXPORT)
    taken, chosen = _figure(request, key, asked)
    if kind == "xlsx" and taken.count() >= EXCEL_ROWS:
        return HttpResponse(_("Too many rows for Excel, please download the CSV."), status=413)
    detail = {"figure": key, "kind": kind, "filters": asked.parameters | chosen, "count": taken.count()}
    record("export", actor=request.user, detail=detail)
    name = f"{taken.name}_{asked.period.starts_on}_{asked.period.ends_on}"
    return downloads.sheet(kind, taken.columns, taken.rows, taken.name, name)


def _said(asked):
    """What was asked, in words, and the way back to the whole of it."""
    other = asked.before()
    return {
        "where": asked.division or _("everything in my reach"),
        "period_words": asked.period.words,
        "other_words": other.period.words if other else "",
        "back": f"{reverse('dashboard:index')}?{asked.address()}",
    }


def _figure(request, key, asked):
    figures = layout.figures_of(asked, [key])
    if key not in figures:
        raise Http404(key)
    return layout.narrowed(figures[key], request.GET)


def _ask_again(request):
    """Rows other than those asked for would be a wrong answer: back to where the mistake is explained."""
    return redirect(f"{reverse('dashboard:index')}?{request.GET.urlencode()}")
