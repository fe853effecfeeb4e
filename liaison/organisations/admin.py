from django.contrib import admin

from liaison.organisations.models import Organisation
from liaison.tools.admin import ScopedAdmin


@admin.register(Organisation)
class OrganisationAdmin(ScopedAdmin):
    group, place = "registers", 80
    list_display = ("name", "kind", "division", "phone", "handles")
    list_filter = ("kind", "handles")
    list_select_related = ("division",)
    search_fields = ("name", "short_name")
    autocomplete_fields = ("division", "parent")
    fields = ("name", "short_name", "kind", "division", "parent", "phone", "address", "handles", "closed_on")
