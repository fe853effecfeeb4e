from django.contrib import admin

from liaison.tools.admin import ScopedAdmin, ScopedInline
from representatives.models import Congress, Mandate, Person, Term


class MandateInline(ScopedInline):
    model = Mandate
    fields = ("term", "electoral_district", "electing_unit", "status", "starts_on", "ends_on")


@admin.register(Person)
class PersonAdmin(ScopedAdmin):
    group, place = "registers", 50
    list_display = ("name", "work")
    search_fields = ("name",)
    inlines = (MandateInline,)


@admin.register(Mandate)
class MandateAdmin(ScopedAdmin):
    group, place = "registers", 60
    list_display = ("person", "term", "electoral_district", "electing_unit", "status", "starts_on", "ends_on")
    list_filter = ("status",)
    list_select_related = ("person", "term__congress")
    search_fields = ("person__name",)
    autocomplete_fields = ("person", "term")


@admin.register(Term)
class TermAdmin(ScopedAdmin):
    list_display = ("congress", "ordinal", "starts_on", "ends_on")
    list_select_related = ("congress",)
    search_fields = ("congress__name",)


@admin.register(Congress)
class CongressAdmin(ScopedAdmin):
    list_display = ("name", "level", "division")
    list_select_related = ("division",)
    search_fields = ("name",)
