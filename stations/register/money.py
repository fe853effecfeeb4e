"""The pages of activity funds (活动经费): papers and their division among stations, each station's funds, spending."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from liaison.accounts.scope import divisions_within
from liaison.tools.admin import ScopedAdmin, record
from liaison.tools.sheets import Column
from stations.register import books, ledgers
from stations.register.dividing import DivisionForm, held
from stations.register.models import ActivityFunds, BudgetPaper, FundExpense, FundFloor
from stations.register.records import RecordAdmin, column
from stations.register.spending import with_spending

CHANGE_PAPER = "stations.change_budgetpaper"


def yuan(amount) -> str:
    return "" if amount is None else f"{amount:,}"


@admin.register(BudgetPaper)
class BudgetPaperAdmin(RecordAdmin):
    group, place = "registers", 29
    change_form_template = "admin/stations/budgetpaper/change_form.html"
    list_display = ("title", "number", "year", "division", "amount", "given")
    list_filter = ("year",)
    list_select_related = ("division",)
    search_fields = ("title", "number")
    search_help_text = _("Title or number of the paper")
    fields = ("year", "number", "title", "division", "amount")
    autocomplete_fields = ("division",)
    ledger = (
        *(column(BudgetPaper, name) for name in ("year", "number", "title")),
        column(BudgetPaper, "division", "division.name"),
        column(BudgetPaper, "amount"),
        Column("given", _("divided among stations (yuan)"), "given_yuan"),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).with_given()

    @admin.display(description=_("divided among stations (yuan)"))
    def given(self, paper):
        return yuan(paper.given_yuan)

    def get_readonly_fields(self, request, obj=None):
        """Once divided, its year and whose budget it is stay."""
        return ("year", "division") if obj and obj.given_yuan is not None else ()

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "division":
            kwargs["queryset"] = divisions_within(request.user, "stations.add_budgetpaper")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_urls(self):
        divide = path(
            "<int:pk>/divide/", self.admin_site.admin_view(self.divide_view), name="stations_budgetpaper_divide"
        )
        return [divide, *super().get_urls()]

    def divide_view(self, request, pk):
        paper = self.get_queryset(request).filter(pk=pk).first() if pk < 2**63 else None
        if paper is None:
            raise Http404
        if not self.has_change_permission(request, paper):
            raise PermissionDenied
        with transaction.atomic():
            form = DivisionForm(request.POST or None, paper=held(paper), user=request.user)
            if request.method == "POST" and form.is_valid() and self._divided(request, form):
                return redirect("admin:stations_budgetpaper_change", paper.pk)
        context = self.admin_site.each_context(request) | {
            "title": _("Divide among stations"),
            "form": form,
            "rows": list(form.rows()),
            "paper_yuan": yuan(paper.amount),
            "given_yuan": yuan(form.given),
            "left_yuan": yuan(form.left),
            "opts": self.opts,
            "original": paper,
        }
        return TemplateResponse(request, "admin/stations/budgetpaper/divide.html", context)

    def _divided(self, request, form) -> bool:
        try:
            with transaction.atomic():
                form.save()
        except IntegrityError:
            form.add_error(None, _("Another has just registered funds, please look again."))
            return False
        record("divided", form.paper, actor=request.user, detail={"shares": form.changed_shares})
        messages.success(request, _("The shares are kept."))
        return True

    def has_change_permission(self, request, obj=None):
        """Whoever sees a share sees its paper; it is changed by those over the division whose budget it is."""
        may = super().has_change_permission(request, obj)
        return may and (obj is None or divisions_within(request.user, CHANGE_PAPER).filter(pk=obj.division_id).exists())

    def change_view(self, request, object_id, form_url="", extra_context=None):
        paper = self.get_object(request, object_id)
        extra = {"shares": _shares(paper, request.user)} if paper else {}
        if paper and self.has_change_permission(request, paper):
            extra["divide"] = reverse("admin:stations_budgetpaper_divide", args=(paper.pk,))
        return super().change_view(request, object_id, form_url, extra | (extra_context or {}))


def _shares(paper, user):
    shares = paper.shares.visible_to(user).select_related("station")
    return [{"pk": row.pk, "station": row.station, "yuan": yuan(row.amount)} for row in shares]


@admin.register(ActivityFunds)
class ActivityFundsAdmin(RecordAdmin):
    """A share of a divided paper is looked at here and changed on the page that divides the paper."""

    group, place = "registers", 30
    list_display = ("station", "year", "amount", "spent", "rate", "is_divided", "paper")
    list_filter = ("year", "is_divided", "station")
    ledger = (
        column(ActivityFunds, "station", "station.name"),
        *(column(ActivityFunds, name) for name in ("year", "amount")),
        Column("spent", _("spent (yuan)"), "spent_yuan"),
        Column("rate", _("rate of execution (%)"), "rate"),
        *(column(ActivityFunds, name) for name in ("is_divided", "paper")),
    )

    def get_queryset(self, request):
        return with_spending(super().get_queryset(request))

    def get_fields(self, request, obj=None):
        more = ("spent", "rate") if obj else ()
        return (
            "station",
            "year",
            "amount",
            "is_divided",
            "paper",
            *(("divided_from",) if _is_share(obj) else ()),
            *more,
        )

    def get_readonly_fields(self, request, obj=None):
        return ("divided_from", "spent", "rate") if obj else ()

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not _is_share(obj)

    @admin.display(description=_("divided from"))
    def divided_from(self, funds):
        address = reverse("admin:stations_budgetpaper_change", args=(funds.budget_id,))
        return format_html('<a href="{}">{}</a>', address, funds.budget)

    @admin.display(description=_("spent (yuan)"))
    def spent(self, funds):
        return yuan(funds.spent_yuan)

    @admin.display(description=_("rate of execution"))
    def rate(self, funds):
        return "—" if funds.rate is None else f"{funds.rate}%"

    def get_changeform_initial_data(self, request):
        return {"year": timezone.localdate().year} | super().get_changeform_initial_data(request)


def _is_share(funds) -> bool:
    return funds is not None and funds.budget_id is not None


class VoidForm(forms.Form):
    reason = forms.CharField(label=_("reason for voiding"), max_length=100)


class CountedFilter(admin.SimpleListFilter):
    title, parameter_name = _("voided"), "voided"

    def lookups(self, request, model_admin):
        return [("no", _("counted only")), ("yes", _("voided only"))]

    def queryset(self, request, queryset):
        return {"no": queryset.counted(), "yes": queryset.exclude(voided_on=None)}.get(self.value(), queryset)


class YearFilter(admin.SimpleListFilter):
    title, parameter_name = _("year"), "year"

    def lookups(self, request, model_admin):
        days = model_admin.get_queryset(request).dates("spent_on", "year", order="DESC")
        return [(str(day.year), str(day.year)) for day in days]

    def queryset(self, request, queryset):
        chosen = self.value()
        return (
            queryset.filter(spent_on__year=int(chosen)) if chosen and chosen in dict(self.lookup_choices) else queryset
        )


@admin.register(FundExpense)
class FundExpenseAdmin(RecordAdmin):
    """What the ledger of spending (经费使用台账) is printed from; its entry is a page beside the activity funds."""

    change_form_template = "admin/stations/fundexpense/change_form.html"
    list_display = ("spent_on", "station", "purpose", "amount", "voucher", "entered_by", "voided_on")
    list_filter = (YearFilter, CountedFilter, "station")
    list_select_related = ("station", "entered_by")
    search_fields = ("purpose", "voucher", "station__name")
    search_help_text = _("What it was spent for, voucher or station")
    fields = ("station", "spent_on", "purpose", "amount", "voucher")
    ledger = (
        column(FundExpense, "station", "station.name"),
        *(column(FundExpense, name) for name in ("spent_on", "purpose", "amount", "voucher")),
        column(FundExpense, "entered_by"),
        *(column(FundExpense, name) for name in ("voided_on", "void_reason")),
    )

    def get_fields(self, request, obj=None):
        voided = ("voided_on", "void_reason") if obj and obj.voided_on else ()
        return (*self.fields, *(("entered_by", "entered_at") if obj else ()), *voided)

    def get_readonly_fields(self, request, obj=None):
        return ("entered_by", "entered_at", "voided_on", "void_reason") if obj else ()

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.voided_on is None)

    def get_changeform_initial_data(self, request):
        return {"spent_on": timezone.localdate()} | super().get_changeform_initial_data(request)

    def get_urls(self):
        void = path("<int:pk>/void/", self.admin_site.admin_view(self.void_view), name="stations_fundexpense_void")
        return [void, *books.urls(ledgers.FUNDS, self), *super().get_urls()]

    def void_view(self, request, pk):
        expense = self.get_queryset(request).filter(pk=pk).first() if pk < 2**63 else None
        if expense is None:
            raise Http404
        if not self.has_change_permission(request, expense):
            raise PermissionDenied
        form = VoidForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            expense.void(form.cleaned_data["reason"])
            record("voided", expense, actor=request.user)
            return redirect("admin:stations_fundexpense_change", expense.pk)
        context = self.admin_site.each_context(request) | {
            "title": _("Void"),
            "form": form,
            "opts": self.opts,
            "original": expense,
            "matter_words": f"{expense.spent_on} {expense.purpose} {yuan(expense.amount)}",
        }
        return TemplateResponse(request, "admin/move.html", context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        expense = self.get_object(request, object_id)
        extra = {}
        if expense and self.has_change_permission(request, expense):
            extra["void"] = reverse("admin:stations_fundexpense_void", args=(expense.pk,))
        return super().change_view(request, object_id, form_url, extra | (extra_context or {}))


@admin.register(FundFloor)
class FundFloorAdmin(ScopedAdmin):
    group, place = "settings", 35
    list_display = ("division_kind", "year_from", "amount")
    list_filter = ("division_kind",)
    fields = ("division_kind", "year_from", "amount")
    ledger = (
        column(FundFloor, "division_kind", "get_division_kind_display"),
        *(column(FundFloor, name) for name in ("year_from", "amount")),
    )


LIST, SEE = "admin:stations_fundexpense_changelist", "stations.view_fundexpense"
admin.site.add_page("registers", 31, _("Entering what was spent"), LIST, SEE)
