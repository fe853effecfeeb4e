from django.contrib import admin

from liaison.accounts.scope import divisions_within
from liaison.tools.admin import ScopedAdmin
from liaison.tools.sheets import Column
from stations.register import records  # noqa: F401 (its pages register themselves)
from stations.register.models import StaffPost, Station, StationAssignment


@admin.register(Station)
class StationAdmin(ScopedAdmin):
    group, place = "registers", 10
    list_display = ("name", "code", "kind", "division", "phone", "status")
    list_filter = ("kind", "status")
    list_select_related = ("division",)
    search_fields = ("name", "code")
    autocomplete_fields = ("division",)
    kept_by_committee = ("code", "division")  # plates carry the code, and who may see the station hangs at the division
    ledger = (
        Column("code", Station._meta.get_field("code").verbose_name),
        Column("name", Station._meta.get_field("name").verbose_name),
        Column("kind", Station._meta.get_field("kind").verbose_name, Station.get_kind_display),
        Column("division", Station._meta.get_field("division").verbose_name, "division.name"),
        Column("address", Station._meta.get_field("address").verbose_name),
        Column("phone", Station._meta.get_field("phone").verbose_name),
        Column("hours", Station._meta.get_field("hours").verbose_name),
        Column("status", Station._meta.get_field("status").verbose_name, Station.get_status_display),
    )

    def get_readonly_fields(self, request, obj=None):
        return () if self.has_add_permission(request) else self.kept_by_committee

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "division":
            kwargs["queryset"] = divisions_within(request.user, "stations.add_station")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(StaffPost)
class StaffPostAdmin(ScopedAdmin):
    group, place = "registers", 20
    list_display = ("name", "station", "post", "staffing_mode", "is_full_time", "valid_from", "valid_to")
    list_filter = ("post", "station")
    list_select_related = ("station",)
    search_fields = ("name",)
    fields = ("station", "name", "post", "staffing_mode", "is_full_time", "valid_from", "valid_to")
    ledger = (
        Column("station", StaffPost._meta.get_field("station").verbose_name, "station.name"),
        Column("name", StaffPost._meta.get_field("name").verbose_name),
        Column("post", StaffPost._meta.get_field("post").verbose_name, "get_post_display"),
        Column("staffing_mode", StaffPost._meta.get_field("staffing_mode").verbose_name, "get_staffing_mode_display"),
        Column("is_full_time", StaffPost._meta.get_field("is_full_time").verbose_name),
        Column("valid_from", StaffPost._meta.get_field("valid_from").verbose_name),
        Column("valid_to", StaffPost._meta.get_field("valid_to").verbose_name),
    )


@admin.register(StationAssignment)
class StationAssignmentAdmin(ScopedAdmin):
    group, place = "registers", 70
    list_display = ("mandate", "station", "is_primary", "valid_from", "valid_to")
    list_filter = ("is_primary", "station")
    list_select_related = ("mandate__person", "mandate__term__congress", "station")
    search_fields = ("mandate__person__name",)
    autocomplete_fields = ("mandate", "station")
    ledger = (
        Column("station", StationAssignment._meta.get_field("station").verbose_name, "station.name"),
        Column("mandate", StationAssignment._meta.get_field("mandate").verbose_name),
        Column("is_primary", StationAssignment._meta.get_field("is_primary").verbose_name),
        Column("valid_from", StationAssignment._meta.get_field("valid_from").verbose_name),
        Column("valid_to", StationAssignment._meta.get_field("valid_to").verbose_name),
    )
