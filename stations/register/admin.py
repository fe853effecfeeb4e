from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import path, reverse

from liaison.accounts.granting import KEEP, may_give
from liaison.accounts.scope import divisions_within
from liaison.tools.admin import ScopedAdmin, record
from liaison.tools.sheets import Column
from stations.register import records  # noqa: F401 (its pages register themselves)
from stations.register.models import StaffPost, Station, StationAssignment
from stations.register.placement_forms import PlacementForm
from stations.register.post_forms import PostForm
from stations.register.posts import role_of


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
    """`more_pages`: (route, title, view) of pages that apps above add to a post; `view(admin, request, post)`."""

    group, place = "registers", 20
    form = PostForm
    change_form_template = "admin/stations/staffpost/change_form.html"
    list_display = ("name", "station", "post", "staffing_mode", "is_full_time", "valid_from", "valid_to")
    list_filter = ("post", "station")
    list_select_related = ("station",)
    search_fields = ("name",)
    ledger = (
        Column("station", StaffPost._meta.get_field("station").verbose_name, "station.name"),
        Column("name", StaffPost._meta.get_field("name").verbose_name),
        Column("post", StaffPost._meta.get_field("post").verbose_name, "get_post_display"),
        Column("staffing_mode", StaffPost._meta.get_field("staffing_mode").verbose_name, "get_staffing_mode_display"),
        Column("is_full_time", StaffPost._meta.get_field("is_full_time").verbose_name),
        Column("valid_from", StaffPost._meta.get_field("valid_from").verbose_name),
        Column("valid_to", StaffPost._meta.get_field("valid_to").verbose_name),
    )
    fields = ("station", "user", "name", "post", "staffing_mode", "is_full_time", "valid_from", "valid_to")
    field_permissions = {"station": "stations.add_staffpost", "user": KEEP}
    more_pages = ()

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        return type("PostHere", (form,), {"keeper": request.user})

    def has_change_permission(self, request, obj=None):
        """Not one's own post, and none that one could not have given."""
        may = super().has_change_permission(request, obj)
        return may and (obj is None or obj.pk is None or self._could_give(request.user, obj))

    def _could_give(self, user, post) -> bool:
        place = {"division": post.station.division_id, "station": post.station_id}
        return post.user_id != user.pk and may_give(user, role_of(post.post), **place)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        record("post", obj, actor=request.user, detail=obj.in_the_trail)

    def get_urls(self):
        more = [
            path(f"<int:pk>/{route}/", self._page(view), name=f"stations_staffpost_{route}")
            for route, _title, view in self.more_pages
        ]
        return more + super().get_urls()

    def _page(self, view):
        def page(request, pk):
            post = self.get_queryset(request).filter(pk=pk).first() if pk < 2**63 else None
            if post is None:
                raise Http404
            if not self.has_change_permission(request, post):
                raise PermissionDenied
            return view(self, request, post)

        return self.admin_site.admin_view(page)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        post = self.get_object(request, object_id)
        may_change = post is not None and self.has_change_permission(request, post)
        pages = [
            (reverse(f"admin:stations_staffpost_{route}", args=(post.pk,)), title)
            for route, title, _view in self.more_pages
            if may_change
        ]
        return super().change_view(request, object_id, form_url, {"more_pages": pages} | (extra_context or {}))


@admin.register(StationAssignment)
class StationAssignmentAdmin(ScopedAdmin):
    group, place = "registers", 70
    form = PlacementForm
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
