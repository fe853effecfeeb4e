"""Entering a visit: one page, from the date to the opinions raised (those are added by feedback.opinions)."""

from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _

from liaison.tools.admin import ScopedAdmin, ScopedInline
from liaison.tools.importing.pages import ImportPages
from liaison.tools.sheets import Column
from stations.receptions.models import Reception
from stations.register.at_station import AtStation
from stations.register.records import PairingAdmin
from stations.visits import pairings, papers
from stations.visits.forms import CommitmentForm, VisitForm
from stations.visits.importing import VisitFile
from stations.visits.models import ENTRY_TYPES, Commitment, Guest, Visit
from stations.visits.papers import entry_types

PairingAdmin.list_display += (pairings.last_contact,)
PairingAdmin.from_above += (pairings.with_last_contact,)
PairingAdmin.order_from_above = pairings.SILENT_FIRST
PairingAdmin.list_filter = (pairings.SilentFilter, *PairingAdmin.list_filter)
admin.site.add_waiting(pairings.paired_with)
admin.site.add_import(ImportPages(VisitFile))


class GuestInline(ScopedInline):
    model = Guest
    extra = 1
    fields = ("organisation", "name", "post")


class CommitmentInline(ScopedInline):
    model = Commitment
    form = CommitmentForm
    extra = 1


@admin.register(Visit)
class VisitAdmin(AtStation, ScopedAdmin):
    group, place = "work", 10
    form = VisitForm
    list_display = ("date", "form", "station", "types", "residents_received", "recorder")
    list_display_links = ("date", "form")
    list_filter = ("form", "station")
    list_select_related = ("station",)
    search_fields = ("content",)
    inlines = (GuestInline, CommitmentInline)
    save_on_top = False
    fieldsets = (
        (None, {"fields": (("date", "starts_at", "ends_at"), "place")}),
        (_("entry types (several may be ticked)"), {"classes": ("ticks",), "fields": (tuple(ENTRY_TYPES.values()),)}),
        (None, {"fields": ("form",)}),
        (_("representatives taking part"), {"classes": ("ticks",), "fields": ("all_present", "present")}),
        (None, {"fields": ("residents_received", "content", "results", "recorder")}),
    )
    ledger = (
        Column("date", _("date")),
        Column("form", _("form of the visit"), Visit.get_form_display),
        Column("station", _("station"), "station.name"),
        Column("types", _("entry types"), entry_types),
        Column("residents_received", _("residents received")),
        Column("content", _("what was said and done")),
        Column("results", _("results")),
        Column("recorder", _("recorded by")),
    )

    @admin.display(description=_("entry types"))
    def types(self, visit):
        return entry_types(visit)

    def get_urls(self):
        return papers.urls(self) + super().get_urls()

    def get_changeform_initial_data(self, request):
        asked = super().get_changeform_initial_data(request)
        return {"recorder": str(request.user), "enters_representatives": True} | asked

    def save_model(self, request, obj, form, change):
        if not change:
            obj.station, obj.entered_by = form.station, request.user
        super().save_model(request, obj, form, change)
        if obj.form == "reception":
            Reception.objects.took_place(obj.station, obj.date)

    def save_related(self, request, form, formsets, change):
        form.save_attendance()
        super().save_related(request, form, formsets, change)

    def save_formset(self, request, form, formset, change):
        super().save_formset(request, form, formset, change)
        for words in getattr(formset, "news", ()):
            messages.success(request, words)
