from django.contrib import admin

from liaison.rulebook import layout_admin  # noqa: F401 (its page registers itself)
from liaison.rulebook.models import CalendarDay, CalendarYear, Category, Clock, Office
from liaison.tools.admin import ScopedAdmin, ScopedInline


class DayInline(ScopedInline):
    model = CalendarDay


@admin.register(CalendarYear)
class CalendarYearAdmin(ScopedAdmin):
    group, place = "settings", 40
    list_display = ("year", "notice", "is_official")
    inlines = (DayInline,)


@admin.register(Clock)
class ClockAdmin(ScopedAdmin):
    group, place = "settings", 30
    list_display = ("key", "division", "amount", "unit")
    list_select_related = ("division",)
    autocomplete_fields = ("division",)


@admin.register(Category)
class CategoryAdmin(ScopedAdmin):
    group, place = "settings", 20
    list_display = ("name", "parent", "code", "is_mapped", "default_organisation")
    list_filter = ("is_mapped",)
    list_select_related = ("parent", "default_organisation")
    search_fields = ("name", "code")
    autocomplete_fields = ("parent", "default_organisation")


@admin.register(Office)
class OfficeAdmin(ScopedAdmin):
    group, place = "settings", 5
    list_display = ("full_name", "division", "phone")
    list_select_related = ("division",)
    autocomplete_fields = ("division",)
