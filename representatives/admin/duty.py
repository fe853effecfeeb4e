"""Kinds of duty and the yearly checklist as an office sets them; entries of what no other record tells."""

from django import forms
from django.contrib import admin

from liaison.tools.admin import ScopedAdmin, is_key
from liaison.tools.fields import CleanText
from liaison.tools.sheets import Column
from representatives.admin.columns import column, columns
from representatives.admin.filters import level_filter
from representatives.admin.many_entries import ManyEntriesPage
from representatives.models import ChecklistItem, DutyEntry, DutyKind, mandates_in_reach

SEAT = "mandate__term__congress"


@admin.register(DutyKind)
class DutyKindAdmin(ScopedAdmin):
    """The key is what the code counts by: chosen once."""

    group, place = "settings", 24
    list_display = ("name", "group", "division", "place", "is_active")
    list_filter = ("group", "is_active")
    list_select_related = ("division",)
    autocomplete_fields = ("division",)
    search_fields = ("name",)
    fields = ("name", "group", "division", "place", "is_active", "key")

    def get_readonly_fields(self, request, obj=None):
        return ("key",) if obj else ()


@admin.register(ChecklistItem)
class ChecklistItemAdmin(ScopedAdmin):
    group, place = "settings", 26
    list_display = ("words", "kind", "at_least", "level", "division", "first_year", "last_year")
    list_filter = ("level",)
    list_select_related = ("division", "kind")
    autocomplete_fields = ("division",)
    search_fields = ("words",)
    fields = ("words", "kind", "at_least", "level", "division", ("first_year", "last_year"), "place")


class OfMandateAdmin(ScopedAdmin):
    """Records of one mandate, offered within reach and kept once entered; remembers who entered them."""

    list_select_related = ("mandate__person", "mandate__term__congress", "entered_by")
    search_fields = ("mandate__person__name",)
    autocomplete_fields = ("mandate",)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "mandate":
            adding = f"{self.opts.app_label}.add_{self.opts.model_name}"
            kwargs["queryset"] = mandates_in_reach(request.user, adding)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request):
        """What leads here may name the mandate; what is no key names none."""
        initial = super().get_changeform_initial_data(request)
        model = self.opts.get_field("mandate").related_model
        return {name: value for name, value in initial.items() if name != "mandate" or is_key(model, value)}

    def get_readonly_fields(self, request, obj=None):
        return ("mandate", "entered_by", "entered_at") if obj else ()

    def save_model(self, request, obj, form, change):
        if not change:
            obj.entered_by = request.user
        super().save_model(request, obj, form, change)


class DutyEntryForm(forms.ModelForm):
    title = CleanText(label=DutyEntry._meta.get_field("title").verbose_name, max_length=100)

    class Meta:
        model = DutyEntry
        fields = ("mandate", "kind", "date", "title", "status", "is_mistaken")


@admin.register(DutyEntry)
class DutyEntryAdmin(ManyEntriesPage, OfMandateAdmin):
    group, place = "work", 60
    form = DutyEntryForm
    list_display = ("date", "mandate", "kind", "title", "status", "is_mistaken")
    list_filter = ("kind", "status", "is_mistaken", level_filter(SEAT))
    list_select_related = (*OfMandateAdmin.list_select_related, "kind")
    ledger = (
        column(DutyEntry, "date"),
        column(DutyEntry, "mandate", "mandate.person.name"),
        column(DutyEntry, "kind", "kind.name"),
        column(DutyEntry, "title"),
        Column("status", DutyEntry._meta.get_field("status").verbose_name, "get_status_display"),
        *columns(DutyEntry, "is_mistaken", "entered_by"),
    )

    def get_fieldsets(self, request, obj=None):
        entered = ("is_mistaken", "entered_by", "entered_at") if obj else ()
        return [(None, {"fields": ("mandate", "kind", "date", "title", "status", *entered)})]
