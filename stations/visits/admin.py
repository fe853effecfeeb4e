"""Entering a visit: one page, from the date to the opinions raised (those are added by feedback.opinions)."""

from django.contrib import admin, messages
from django.db import IntegrityError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from liaison.tools.admin import ScopedAdmin, ScopedInline
from liaison.tools.importing.pages import ImportPages
from liaison.tools.sheets import Column
from stations.receptions.models import Reception
from stations.register.at_station import AtStation
from stations.register.records import PairingAdmin
from stations.visits import (
    backlog_pages,
    commitments,
    drafts,
    editing,
    ledgers,
    lines,
    pairings,
    papers,
    prefill,
    waiting,
)
from stations.visits.draft_pages import WithDrafts
from stations.visits.forms import CommitmentForm, VisitForm, commitments_to_close
from stations.visits.importing import VisitFile
from stations.visits.models import ENTRY_TYPES, Commitment, Guest, Visit
from stations.visits.papers import entry_types

PairingAdmin.list_display += (pairings.last_contact,)
PairingAdmin.from_above += (pairings.with_last_contact,)
PairingAdmin.order_from_above = pairings.SILENT_FIRST
PairingAdmin.list_filter = (pairings.SilentFilter, *PairingAdmin.list_filter)
admin.site.add_waiting(pairings.paired_with)
admin.site.add_import(ImportPages(VisitFile))
admin.site.add_waiting(commitments.overdue_commitments)
admin.site.add_to_do(waiting.receptions_to_enter)


class GuestLines(lines.TypedLines):
    read_line = staticmethod(lines.guest)


class CommitmentLines(lines.TypedLines):
    read_line = staticmethod(lines.commitment)


class LinesInline(ScopedInline):
    """Rows that may be typed as lines: `hint` says how, `lacking` what a line of one part still needs."""

    template = "admin/visits/visit/lines.html"
    extra = 1
    hint = ""
    lacking = ""


class GuestInline(LinesInline):
    model = Guest
    formset = GuestLines
    fields = ("organisation", "name", "post")
    hint = _("One person a line: unit, name, post, with spaces between them.")


class CommitmentInline(LinesInline):
    model = Commitment
    fk_name = "visit"
    form = CommitmentForm
    formset = CommitmentLines
    verbose_name_plural = _("commitments (who, what, by when)")
    hint = _("One commitment a line: who, what, by when, with spaces between them.")
    lacking = _("who or what missing")


@admin.register(Visit)
class VisitAdmin(WithDrafts, AtStation, ScopedAdmin):
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
        (None, {"fields": (("date", "starts_at", "ends_at", "place"),)}),
        (
            _("entry types (several may be ticked)"),
            {"classes": ("ticks",), "fields": ((*ENTRY_TYPES.values(), "form"),)},
        ),
        (
            _("representatives taking part"),
            {"classes": ("ticks", "then-guests"), "fields": ("all_present", "present")},
        ),
        (None, {"classes": ("then-others",), "fields": ("residents_received", ("content", "results"))}),
        (None, {"fields": ("recorder",)}),
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
        return [*papers.urls(self), *ledgers.urls(self), *backlog_pages.urls(self), *super().get_urls()]

    @admin.display(description=_("representatives present"))
    def present(self, visit):
        """For whoever may only read."""
        return papers.attendance(visit)

    @admin.display(description=_("all present"))
    def all_present(self, visit):
        return ""

    @admin.display(description=_("commitments kept by now (this visit closes them)"))
    def closes(self, visit):
        return "、".join(row.in_choices for row in visit.closed_commitments.all())

    # Opening

    def get_fieldsets(self, request, obj=None):
        """Commitments are asked after where there are any to close."""
        *main, last = super().get_fieldsets(request, obj)
        station = self.station_of(request, obj)
        if station is None or not commitments_to_close(station, obj or Visit()).exists():
            return [*main, last]
        return [*main, (None, {"classes": ("ticks",), "fields": ("closes",)}), last]

    def add_view(self, request, form_url="", extra_context=None):
        if "station" not in request.GET and (reception := prefill.reception_of(request)):
            return redirect(f"{request.path}?{urlencode(request.GET.dict() | {'station': reception.station_id})}")
        return super().add_view(request, form_url, extra_context)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Saved once, however often the page is sent: the second time leads to what the first has made."""
        if not self.has_add_permission(request) and object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        sheet = self.sheet(request, self._page(request, object_id))
        if object_id is None and (saved := self.saved_with(request, sheet)):
            return self._already(request, saved)
        context = self.draft_context(request, sheet) | self._opening(request, object_id) | (extra_context or {})
        try:
            return super().changeform_view(request, object_id, form_url, context)
        except IntegrityError:
            if object_id is None and (saved := self.saved_with(request, sheet)):
                return self._already(request, saved)
            raise

    def _page(self, request, object_id) -> str:
        return f"visit:{object_id}"[:50] if object_id else f"station:{self.station_of(request, None).pk}"

    def _opening(self, request, object_id) -> dict:
        if object_id is not None:
            return {}
        station = self.station_of(request, None)
        return {"last": prefill.last_visit(station), "copy_href": f"{request.path}?station={station.pk}&copy=1"}

    def _already(self, request, saved):
        messages.warning(request, _("This visit has been saved already; here it is."))
        drafts.forget(saved.entry_key)
        return redirect(reverse("admin:visits_visit_change", args=(saved.pk,)))

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"typed": self.typed(request)})

    def get_changeform_initial_data(self, request):
        asked = super().get_changeform_initial_data(request)
        begun = {"recorder": str(request.user), "enters_representatives": True}
        if reception := prefill.reception_of(request):
            begun |= prefill.from_reception(reception)
        elif "copy" in request.GET:
            begun |= prefill.from_last(self.station_of(request, None))
        return begun | asked

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        form = context["adminform"].form
        if obj is not None:
            context |= self._of_others(request, form, obj)
        context["begins_at"] = "all_present" if prefill.reception_of(request) else "date"
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def get_inline_formsets(self, request, formsets, *args, **kwargs):
        for formset in formsets:
            if isinstance(formset, lines.TypedLines):
                formset.show_wrong_lines()
        return super().get_inline_formsets(request, formsets, *args, **kwargs)

    def _of_others(self, request, form, visit) -> dict:
        """What the page carries so that two writers notice each other, and what the other one did."""
        said = editing.said_of(visit, request.user)
        typed = self.typed(request)
        if typed is not None:
            return {name: typed.get(name, "") for name in (editing.VERSION, editing.OPENED, editing.PRINTS)}
        now = Visit.objects.select_related("changed_by").get(pk=visit.pk)
        theirs = self.get_form(request, now, change=True)(instance=now)
        context = {"version": now.version, "opened": editing.opened(theirs), "prints": editing.prints(said)}
        if form.is_bound and form.is_stale:
            context["conflict"] = {"by": now.changed_by, "at": now.changed_at, "of": editing.changes(said, form.data)}
            editing.take_theirs(form, theirs)
        return context

    # Saving

    def save_model(self, request, obj, form, change):
        if change:
            editing.mark(obj, request.user)
        else:
            obj.station, obj.entered_by = form.station, request.user
            obj.entry_key = self.sheet(request, self._page(request, None)).key
        super().save_model(request, obj, form, change)
        if obj.form == "reception":
            Reception.objects.took_place(obj.station, obj.date)

    def save_related(self, request, form, formsets, change):
        form.save_attendance()
        form.save_closed()
        super().save_related(request, form, formsets, change)
        if sheet := drafts.sheet_of(request.POST):
            drafts.forget_saved(sheet.key)

    def save_formset(self, request, form, formset, change):
        super().save_formset(request, form, formset, change)
        for words in getattr(formset, "news", ()):
            messages.success(request, words)

    def response_add(self, request, obj, post_url_continue=None):
        """The next one is at the same station."""
        response = super().response_add(request, obj, post_url_continue)
        if "_addanother" in request.POST:
            response["Location"] = f"{request.path}?station={obj.station_id}"
        return response
