from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from liaison.accounts.granting import KEEP, may_give
from liaison.accounts.scope import divisions_within
from liaison.tools.admin import ScopedAdmin, ScopedInline, record
from liaison.tools.cells import words_of
from liaison.tools.importing.pages import ImportPages
from liaison.tools.sheets import Column
from stations.register import books, ledgers, money, records, rules  # noqa: F401 (their pages register themselves)
from stations.register.filters import AreaFilter, DesignationFilter
from stations.register.importing import StationFile
from stations.register.importing_people import PlacedRepresentativeFile
from stations.register.models import Designation, StaffPost, Station, StationAssignment
from stations.register.placement_forms import PlacementForm
from stations.register.post_forms import PostForm
from stations.register.posts import role_of
from stations.register.records import column
from stations.register.standing import CHANGE, at_a_glance, status_page

admin.site.add_import(ImportPages(StationFile))
admin.site.add_import(ImportPages(PlacedRepresentativeFile))


class DesignationInline(ScopedInline):
    """Given by the committee, not by the station itself."""

    model = Designation
    fields = ("kind", "valid_from", "valid_to", "paper")
    can_delete = False
    KEEP = "stations.add_designation"

    def has_add_permission(self, request, obj=None):
        return obj is not None and request.user.has_perm(self.KEEP, obj)

    def has_change_permission(self, request, obj=None):
        return self.has_add_permission(request, obj)


@admin.register(Station)
class StationAdmin(ScopedAdmin):
    group, place = "registers", 10
    change_form_template = "admin/stations/station/change_form.html"
    list_display = ("name", "code", "kind", "division", "parent", "phone", "status", "is_demonstration")
    list_filter = (AreaFilter, "kind", "status", DesignationFilter, "is_legislative_contact_point")
    list_select_related = ("division", "parent")
    search_fields = ("name", "code", "address", "division__name", "division__successor__name")
    search_help_text = _("Name, code, address, street or township")
    autocomplete_fields = ("division", "parent")
    # Plates carry the code, who may see the station hangs at the division, and the rest is the committee's to say.
    kept_by_committee = ("code", "division", "parent")
    fieldsets = (
        (None, {"fields": ("code", "name", "kind", "division", "parent", "status", "opened_on", "closed_on")}),
        (
            _("where it is"),
            {"fields": ("address", "host_place", ("longitude", "latitude"), "has_accessible_entrance")},
        ),
        (
            _("what it does"),
            {"fields": ("phone", "hours", "served_area", "focus", "brand", "is_legislative_contact_point")},
        ),
    )
    inlines = (DesignationInline,)
    ledger = (
        *(column(Station, name) for name in ("code", "name")),
        column(Station, "kind", "get_kind_display"),
        column(Station, "division", "division.name"),
        column(Station, "parent", lambda station: station.parent.name if station.parent else ""),
        *(column(Station, name) for name in ("address", "host_place", "phone", "hours", "served_area")),
        *(column(Station, name) for name in ("focus", "brand", "has_accessible_entrance")),
        *(column(Station, name) for name in ("is_legislative_contact_point", "longitude", "latitude")),
        column(Station, "status", "get_status_display"),
        *(column(Station, name) for name in ("opened_on", "closed_on")),
        Column("is_demonstration", _("demonstration station")),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).designated(timezone.localdate())

    @admin.display(description=_("demonstration station"))
    def is_demonstration(self, station):
        return words_of(station.is_demonstration)

    def get_readonly_fields(self, request, obj=None):
        """A status has its own page, which keeps its history."""
        kept = () if self.has_add_permission(request) else self.kept_by_committee
        return (*kept, "status", "closed_on") if obj else kept

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "division":
            kwargs["queryset"] = divisions_within(request.user, "stations.add_station")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not change:
            obj.begin_history(by=request.user)

    def save_formset(self, request, form, formset, change):
        if formset.model is Designation:
            for row in formset.save(commit=False):
                row.entered_by = row.entered_by or request.user
        super().save_formset(request, form, formset, change)

    def get_urls(self):
        status = path("<int:pk>/status/", self.admin_site.admin_view(self.status_view), name="stations_station_status")
        return [status, *super().get_urls()]

    def status_view(self, request, pk):
        station = self.get_queryset(request).filter(pk=pk).first() if pk < 2**63 else None
        if station is None:
            raise Http404
        around = self.admin_site.each_context(request) | {"opts": self.opts, "original": station}
        return status_page(request, station, around)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        station, extra = self.get_object(request, object_id), {}
        if station:
            extra["cards"] = at_a_glance(station, request.user, timezone.localdate())
        if station and request.user.has_perm(CHANGE, station):
            extra["change_status"] = reverse("admin:stations_station_status", args=(station.pk,))
        return super().change_view(request, object_id, form_url, extra | (extra_context or {}))


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
        return more + books.urls(ledgers.CONTACTS, self) + super().get_urls()

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
