from django.contrib import admin

from liaison.organisations.importing import OrganisationFile
from liaison.organisations.models import Organisation
from liaison.tools.admin import ScopedAdmin
from liaison.tools.importing.pages import ImportPages
from liaison.tools.sheets import Column

admin.site.add_import(ImportPages(OrganisationFile))


@admin.register(Organisation)
class OrganisationAdmin(ScopedAdmin):
    group, place = "registers", 80
    list_display = ("name", "kind", "division", "phone", "handles")
    list_filter = ("kind", "handles")
    list_select_related = ("division",)
    search_fields = ("name", "short_name")
    autocomplete_fields = ("division", "parent")
    fields = ("name", "short_name", "kind", "division", "parent", "phone", "address", "handles", "closed_on")
    ledger = (
        Column("name", Organisation._meta.get_field("name").verbose_name),
        Column("kind", Organisation._meta.get_field("kind").verbose_name, "get_kind_display"),
        Column("division", Organisation._meta.get_field("division").verbose_name, "division.name"),
        Column("phone", Organisation._meta.get_field("phone").verbose_name),
        Column("address", Organisation._meta.get_field("address").verbose_name),
        Column("handles", Organisation._meta.get_field("handles").verbose_name),
        Column("closed_on", Organisation._meta.get_field("closed_on").verbose_name),
    )
