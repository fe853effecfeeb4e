"""The register of mandates, and the page on which one is suspended, resumed or ended."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from liaison.tools.admin import Choice, ScopedAdmin, ScopedInline
from liaison.tools.dates import DayField
from liaison.tools.fields import CleanText
from liaison.tools.sheets import Column
from representatives.admin.columns import column, columns
from representatives.admin.filters import level_filter
from representatives.models import STATUS_CHOICES, Mandate, MandateStatus, StatusReason
from representatives.standing import NEXT, StandingRefused, stand

LARGEST_KEY = 2**63


class HistoryInline(ScopedInline):
    """Read only: the page of its own adds the lines."""

    model = MandateStatus
    fields = readonly_fields = ("status", "since", "reason", "note", "entered_by")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("reason", "entered_by")

    def has_add_permission(self, request, obj):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class StandingForm(forms.Form):
    """What a mandate may become next, since when, and by which reason of the law."""

    status = forms.ChoiceField(label=_("status"))
    reason = Choice(label=_("reason"), queryset=StatusReason.objects.all(), required=False)
    on = DayField(label=_("day"), help_text=_("For an end the last day in office, otherwise the first day"))
    note = CleanText(label=_("note"), required=False, max_length=200)

    def __init__(self, *args, mandate, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.mandate, self.by = mandate, by
        choices = [row for row in STATUS_CHOICES if row[0] in NEXT[mandate.status]]
        self.fields["status"].choices = choices
        reasons = StatusReason.objects.filter(status__in=[key for key, _words in choices])
        self.fields["reason"].queryset = reasons
        self.fields["reason"].help_text = _("Needed for a suspension or an end")

    def take(self) -> bool:
        """Whether the door let it through; what it refused stands beside the field."""
        try:
            stand(self.mandate, by=self.by, **self.cleaned_data)
        except StandingRefused as refusal:
            self.add_error(refusal.field, refusal.reason)
            return False
        return True


@admin.register(Mandate)
class MandateAdmin(ScopedAdmin):
    group, place = "registers", 60
    change_form_template = "admin/representatives/mandate/change_form.html"
    list_display = ("person", "term", "electoral_district", "electing_unit", "status", "starts_on", "ends_on")
    list_filter = ("status", level_filter("term__congress"), "is_by_election")
    list_select_related = ("person", "term__congress")
    search_fields = ("person__name", "electoral_district", "electing_unit")
    autocomplete_fields = ("person", "term")
    fields = (
        "person",
        "term",
        "electoral_district",
        "electing_unit",
        "delegation",
        "certificate_no",
        "is_by_election",
        "starts_on",
        "status",
        "ends_on",
    )
    readonly_fields = ("status", "ends_on")
    field_permissions = {"term": "representatives.add_mandate"}
    inlines = (HistoryInline,)
    ledger = (
        column(Mandate, "person", "person.name"),
        Column("level", _("level"), "term.congress.get_level_display"),
        *columns(Mandate, "term", "electoral_district", "electing_unit", "delegation"),
        column(Mandate, "status", "get_status_display"),
        *columns(Mandate, "is_by_election", "starts_on", "ends_on"),
    )

    def get_urls(self):
        page = path(
            "<int:pk>/standing/",
            self.admin_site.admin_view(self.standing_view),
            name="representatives_mandate_standing",
        )
        return [page, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        mandate = self.get_object(request, object_id)
        may = mandate is not None and self.has_change_permission(request, mandate)
        return super().change_view(request, object_id, form_url, {"may_stand": may} | (extra_context or {}))

    def standing_view(self, request, pk):
        mandate = self.get_queryset(request).filter(pk=pk).first() if pk < LARGEST_KEY else None
        if mandate is None:
            raise Http404
        if not self.has_change_permission(request, mandate):
            raise PermissionDenied
        form = StandingForm(request.POST or None, mandate=mandate, by=request.user)
        if request.method == "POST" and form.is_valid() and form.take():
            words = {"name": mandate, "status": mandate.get_status_display()}
            messages.success(request, _("%(name)s: %(status)s, put on record.") % words)
            return redirect("admin:representatives_mandate_change", mandate.pk)
        return TemplateResponse(request, "admin/move.html", self._standing_context(request, mandate, form))

    def _standing_context(self, request, mandate, form):
        return self.admin_site.each_context(request) | {
            "title": _("Change how it stands"),
            "form": form,
            "opts": self.opts,
            "original": mandate,
            "matter_words": f"{mandate.person.name}\n{mandate.term}\n{mandate.get_status_display()}",
        }


@admin.register(StatusReason)
class StatusReasonAdmin(ScopedAdmin):
    group, place = "settings", 55
    list_display = ("name", "status", "article")
    list_filter = ("status",)
    ledger = (
        *columns(StatusReason, "name"),
        column(StatusReason, "status", "get_status_display"),
        *columns(StatusReason, "article"),
    )

    def get_readonly_fields(self, request, obj=None):
        """Lines of histories point to it."""
        return ("key", "status") if obj else ()
