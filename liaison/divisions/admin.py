from django.contrib import admin

from liaison.divisions.models import Division
from liaison.tools.admin import ReadOnly, ScopedAdmin


@admin.register(Division)
class DivisionAdmin(ReadOnly, ScopedAdmin):
    """Divisions come from the official file (`manage.py load_divisions`), never from typing."""

    group, place = "registers", 90
    list_display = ("code", "name", "level", "kind", "parent", "retired_on")
    list_filter = ("level", "kind")
    list_select_related = ("parent",)
    search_fields = ("name", "code")
