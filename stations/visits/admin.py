"""Entering a visit: one page, from the date to the opinions raised (those are added by feedback.opinions)."""

from django.contrib import admin, messages
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from liaison.tools.admin import ScopedAdmin, ScopedInline
from liaison.tools.sheets import Column
from stations.receptions.models import Reception
from stations.register.models import Station
from stations.register.records import PairingAdmin
from stations.visits import pairings, papers
from stations.visits.forms import CommitmentForm, VisitForm
from stations.visits.models import ENTRY_TYPES, Commitment, Guest, Visit
from stations.visits.papers import entry_types

ADD = "visits.add_visit"
PairingAdmin.list_display += (pairings.last_contact,)
PairingAdmin.from_above += (pairings.with_last_contact,)
PairingAdmin.order_from_above = pairings.SILENT_FIRST
PairingAdmin.list_filter = (pairings.SilentFilter, *PairingAdmin.list_filter)
admin.site.add_waiting(pairings.paired_with)


class GuestInline(ScopedInline):
    model = Guest
    extra = 1
    fields = ("organisation", "name", "post")


class CommitmentInline(ScopedInline):
    model = Commitment
    form = CommitmentForm
    extra = 1


@admin.register(Visit)
class VisitAdmin(ScopedAdmin):
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

    def add_view(self, request, form_url="", extra_context=None):
        stations = Station.objects.visible_to(request.user, ADD)
        if "station" not in request.GET and self.has_add_permission(request):
            only = list(stations[:2])
            if len(only) != 1:
                return self._choose_station(request, stations)
        extra_context = {"station": self._station(request, None)} | (extra_context or {})
        return super().add_view(request, form_url, extra_context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        visit = self.get_object(request, object_id)
        extra_context = {"station": visit.station if visit else None} | (extra_context or {})
        return super().change_view(request, object_id, form_url, extra_context)

    def _choose_station(self, request, stations):
        context = self.admin_site.each_context(request) | {
            "title": _("At which station?"),
            "opts": self.opts,
            "stations": stations,
            "add_url": reverse("admin:visits_visit_add"),
        }
        return TemplateResponse(request, "admin/visits/visit/choose_station.html", context)

    def _station(self, request, visit):
        """The station a page is about; somebody else's is not there."""
        if visit is not None:
            return visit.station
        stations = Station.objects.visible_to(request.user, ADD)
        chosen = request.GET.get("station")
        if chosen is None:
            return stations.first()
        if not (chosen.isascii() and chosen.isdigit() and len(chosen) < 18):
            raise Http404
        return get_object_or_404(stations, pk=chosen)

    def get_form(self, request, obj=None, change=False, **kwargs):
        station = self._station(request, obj)
        kwargs["form"] = type("VisitFormHere", (VisitForm,), {"station": station})
        return super().get_form(request, obj, change, **kwargs)

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
