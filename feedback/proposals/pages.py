"""Pages of the register beside its list and its form: a move, and the rates by unit."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from feedback.proposals import progress, rates
from feedback.proposals.forms import MOVE_FORMS, MoveForm
from feedback.proposals.models import Proposal
from liaison.tools.admin import record
from liaison.tools.sheets import headings, page_rows, write_xlsx
from liaison.tools.workflow import MoveRefused

VIEW, EXPORT = "dashboard.view_figures", "dashboard.export_figures"
PAGE = 50


class MovePage:
    """One move, asked for and made: `proposal.move` decides, also for a page left open too long."""

    def _visible(self, request, pk) -> Proposal:
        proposal = self.get_queryset(request).filter(pk=pk).first() if pk < 2**63 else None
        if proposal is None:
            raise Http404
        return proposal

    def move_view(self, request, pk, key):
        proposal = self._visible(request, pk)
        move = proposal.moves.get(key)
        if move is None or not request.user.has_perm(move.permission, proposal):
            raise PermissionDenied
        if request.method != "POST" and move not in proposal.moves_open_to(request.user):
            return redirect("admin:proposals_proposal_change", proposal.pk)
        form = MOVE_FORMS.get(key, MoveForm)(request.POST or None, proposal=proposal, user=request.user, move=move)
        if request.method == "POST" and form.is_valid() and self._made(request, proposal, move, form):
            return redirect("admin:proposals_proposal_change", proposal.pk)
        return TemplateResponse(request, "admin/move.html", self._move_context(request, proposal, move, form))

    def _made(self, request, proposal, move, form) -> bool:
        at, note = progress.moment_of(form.cleaned_data["on"]), form.cleaned_data.get("note", "")
        try:
            proposal.move(move, by=request.user, note=note, at=at, **form.facts())
        except MoveRefused as refusal:
            form.add_error(None, _("Not possible: %(reason)s") % {"reason": refusal.reason})
            return False
        messages.success(request, _("%(number)s: %(move)s, done.") % {"number": proposal.label, "move": move.label})
        return True

    def _move_context(self, request, proposal, move, form):
        return self.admin_site.each_context(request) | {
            "title": move.label,
            "form": form,
            "opts": self.opts,
            "original": proposal,
            "matter_words": f"{proposal.label}\n{proposal.title}",
        }


class RatePages:
    """The rates by unit, the rows behind each number, and the table to take away."""

    def changelist_view(self, request, extra_context=None):
        extra = {"rates_url": reverse("admin:proposals_rates")} if request.user.has_perm(VIEW) else {}
        return super().changelist_view(request, extra | (extra_context or {}))

    @method_decorator(require_safe)
    def rates_view(self, request):
        _must_hold(request, VIEW)
        form = rates.PeriodForm(request.GET, timezone.localdate())
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
        form = rates.PeriodForm(request.GET, timezone.localdate())
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
        period, today = rates.PeriodForm(request.GET, timezone.localdate()).period, timezone.localdate()
        figures = rates.figures_of(request.user, EXPORT, period, today)
        lines = rates.table_of(figures, period)
        record("export", None, actor=request.user, detail={"sheet": "proposals.rates", "rows": len(lines)})
        sheet = write_xlsx(rates.columns_of(figures), lines, str(_("Handling of proposals, by unit")))
        name = f"proposals_{period.starts_on}_{period.ends_on}.xlsx"
        return FileResponse(sheet, as_attachment=True, filename=name)

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
