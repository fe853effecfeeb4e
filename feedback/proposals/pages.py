"""Pages of the register beside its list and its form: the rates by unit."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from feedback.proposals import rates
from liaison.tools import downloads
from liaison.tools.admin import record
from liaison.tools.period_form import PeriodForm
from liaison.tools.sheets import headings, page_rows

VIEW, EXPORT = "dashboard.view_figures", "dashboard.export_figures"
PAGE = 50


class RatePages:
    """The rates by unit, the rows behind each number, and the table to take away."""

    def changelist_view(self, request, extra_context=None):
        extra = {"rates_url": reverse("admin:proposals_rates")} if request.user.has_perm(VIEW) else {}
        return super().changelist_view(request, extra | (extra_context or {}))

    @method_decorator(require_safe)
    def rates_view(self, request):
        _must_hold(request, VIEW)
        form = PeriodForm(request.GET, today=timezone.localdate())
        figures = rates.figures_of(request.user, VIEW, form.period, timezone.localdate())
        context = self._rate_context(request, form) | {
            "title": _("Handling of proposals, by unit"),
            "figures": [figures[key] for key in rates.SHOWN],
            "others": [
                (figure, rates.address_of(key, form.period))
                for key, figure in figures.items()
                if key not in rates.SHOWN
            ],
            "lines": rates.table_of(figures, form.period),
        }
        if request.user.has_perm(EXPORT):
            context["xlsx"] = f"{reverse('admin:proposals_rates_download')}?{rates.query_of(form.period)}"
        return TemplateResponse(request, "admin/proposals/proposal/rates.html", context)

    @method_decorator(require_safe)
    def rate_view(self, request, key):
        """The rows behind one number; `handler` narrows them to one department's."""
        _must_hold(request, VIEW)
        form = PeriodForm(request.GET, today=timezone.localdate())
        unit = _unit_of(request)
        figure = rates.figures_of(request.user, VIEW, form.period, timezone.localdate(), unit).get(key)
        if figure is None:
            raise Http404(key)
        page = Paginator(figure.rows, PAGE).get_page(request.GET.get("page"))
        context = self._rate_context(request, form) | {
            "title": figure.name,
            "figure": figure,
            "columns": headings(figure.columns),
            "rows": [(row.pk, cells) for row, cells in zip(page, page_rows(figure.columns, page), strict=True)],
            "count": page.paginator.count,
            "page": page,
            "back": f"{reverse('admin:proposals_rates')}?{rates.query_of(form.period)}",
        }
        return TemplateResponse(request, "admin/proposals/proposal/rate.html", context)

    @method_decorator(require_safe)
    def rates_download(self, request):
        _must_hold(request, EXPORT)
        period, today = PeriodForm(request.GET, today=timezone.localdate()).period, timezone.localdate()
        figures = rates.figures_of(request.user, EXPORT, period, today)
        lines = rates.table_of(figures, period)
        record("export", None, actor=request.user, detail={"sheet": "proposals.rates", "rows": len(lines)})
        title, name = str(_("Handling of proposals, by unit")), f"proposals_{period.starts_on}_{period.ends_on}"
        return downloads.sheet("xlsx", rates.columns_of(figures), lines, title, name)

    def _rate_context(self, request, form):
        return self.admin_site.each_context(request) | {
            "opts": self.opts,
            "form": form,
            "period_words": form.period.words,
        }


def _must_hold(request, permission):
    if not request.user.has_perm(permission) or not request.user.has_perm("proposals.view_proposal"):
        raise PermissionDenied


def _unit_of(request) -> str:
    """The department asked for; what is no key of one is not there."""
    unit = request.GET.get("handler", "")
    is_key = unit.isascii() and unit.isdigit() and len(unit) < 18
    if unit and unit != rates.NOBODY and not is_key:
        raise Http404
    return unit
