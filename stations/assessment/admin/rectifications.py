"""Things to be rectified (整改事项): the overdue first, each with the way to the check it belongs to."""

from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from liaison.tools.admin import ReadOnly, ScopedAdmin
from liaison.tools.sheets import Column
from stations.assessment.models import Rectification
from stations.assessment.models.rectifications import HOW_FAR, order_on
from stations.assessment.rectifying import how_far, next_step, why_again
from stations.register.records import column


class HowFarFilter(admin.SimpleListFilter):
    title, parameter_name = _("how far it is"), "how_far"

    def lookups(self, request, model_admin):
        return list(HOW_FAR.items())

    def queryset(self, request, queryset):
        key = self.value()
        return queryset.how_far(key, timezone.localdate()) if key in HOW_FAR else queryset


class YearFilter(admin.SimpleListFilter):
    title, parameter_name = _("year"), "year"

    def lookups(self, request, model_admin):
        today = timezone.localdate()
        return [(str(year), str(year)) for year in range(today.year, today.year - 5, -1)]

    def queryset(self, request, queryset):
        chosen = self.value() if self.value() in dict(self.lookup_choices) else None
        return queryset.filter(assessment__year=chosen) if chosen else queryset


@admin.register(Rectification)
class RectificationAdmin(ReadOnly, ScopedAdmin):
    group, place = "haves", 20
    list_display = ("what", "station", "have", "due_on", "how_far", "done_on", "rechecked_on")
    list_filter = (HowFarFilter, YearFilter)
    list_select_related = ("assessment__station", "have")
    search_fields = ("what", "assessment__station__name")
    search_help_text = _("Name of the station, or words of what is to be rectified")
    fields = (
        *("station", "yearly_check", "have", "what", "set_on", "due_on", "how_far", "again"),
        *("done_on", "done_note", "rechecked_on", "rechecked_by"),
    )
    readonly_fields = fields
    change_form_template = "admin/assessment/rectification/change_form.html"
    ledger = (
        Column("station", _("station"), "assessment.station.name"),
        Column("year", _("year"), "assessment.year"),
        column(Rectification, "have", "have.name"),
        *(column(Rectification, name) for name in ("what", "set_on", "due_on")),
        Column("how_far", _("how far it is"), how_far),
        *(column(Rectification, name) for name in ("done_on", "done_note", "rechecked_on", "rechecked_by")),
    )

    def get_ordering(self, request):
        return order_on(timezone.localdate())

    @admin.display(description=_("station"))
    def station(self, item):
        return item.assessment.station

    @admin.display(description=_("how far it is"))
    def how_far(self, item):
        return how_far(item)

    @admin.display(description=_("why it is to be rectified again"))
    def again(self, item):
        steps = item.assessment.steps.filter(item=item).select_related("item")
        return why_again(steps).get(item.pk, "—")

    @admin.display(description=_("yearly check"))
    def yearly_check(self, item):
        address = reverse("admin:assessment_assessment_change", args=(item.assessment_id,))
        return format_html('<a href="{}">{}</a>', address, item.assessment)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        item = self.get_object(request, object_id)
        step = next_step(item, item.assessment.moves_open_to(request.user)) if item else None
        return super().change_view(request, object_id, form_url, {"step": step} | (extra_context or {}))
