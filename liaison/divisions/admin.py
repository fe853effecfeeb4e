from django.contrib import admin

from liaison.divisions.importing import DivisionFile
from liaison.divisions.models import Division
from liaison.tools.admin import ReadOnly, ScopedAdmin
from liaison.tools.importing.pages import ImportPages
from liaison.tools.sheets import Column

admin.site.add_import(ImportPages(DivisionFile))


@admin.register(Division)
class DivisionAdmin(ReadOnly, ScopedAdmin):
    """Divisions come from the official file (`manage.py load_divisions`), never from typing."""

    group, place = "registers", 90
    list_display = ("code", "name", "level", "kind", "parent", "retired_on")
    list_filter = ("level", "kind")
    list_select_related = ("parent",)
    search_fields = ("name", "code")
    ledger = (
        Column("code", Division._meta.get_field("code").verbose_name),
        Column("name", Division._meta.get_field("name").verbose_name),
        Column("level", Division._meta.get_field("level").verbose_name, "get_level_display"),
        Column("kind", Division._meta.get_field("kind").verbose_name, "get_kind_display"),
        Column("parent", Division._meta.get_field("parent").verbose_name, "parent_id"),
        Column("retired_on", Division._meta.get_field("retired_on").verbose_name),
    )
