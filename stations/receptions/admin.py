"""Entering reception days (接待日), by hand."""

from django.contrib import admin, messages
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from liaison.tools.admin import ScopedAdmin
from liaison.tools.sheets import Column
from stations.receptions import roster, rule_pages, words  # noqa: F401 (its pages register themselves)
from stations.receptions.filters import NoticeFilter, SeatsFilter
from stations.receptions.forms import ReceptionForm
from stations.receptions.models import PLANNED, Reception
from stations.receptions.nearness import nearest_first
from stations.receptions.turn_pages import AskedFilter, WithTurns
from stations.receptions.waiting import next_reception, receptions_to_mend
from stations.register.at_station import AtStation

LEDGER = (
    Column("date", _("date")),
    Column("planned_on", _("day first meant")),
    Column("starts_at", _("from")),
    Column("ends_at", _("until")),
    Column("station", _("station"), "station.name"),
    Column("place", _("place")),
    Column("names", _("representatives receiving"), "names"),
    Column("seats", _("representatives receiving at a time"), "seats"),
    Column("announced_on", _("made known on")),
    Column("status", _("status"), Reception.get_status_display),
    Column("reason", _("reason")),
)


@admin.register(Reception)
class ReceptionAdmin(WithTurns, AtStation, ScopedAdmin):
    group, place = "work", 15
    form = ReceptionForm
    list_display = ("day", "hours", "station", "names", "seats", "announced_on", "status", "moved_from")
    list_display_links = ("day", "hours")
    list_filter = (NoticeFilter, SeatsFilter, AskedFilter, "status", "station")
    list_select_related = ("station", "rule")
    actions = ("download", "mark_announced")
    search_fields = ("place", "mandates__person__name")
    ledger = LEDGER
    ordering = ("id",)  # marks no column; the order itself is `get_ordering`
    add_fieldsets = (
        (None, {"fields": (("date", "starts_at", "ends_at"), "shifts", "place", "status")}),
        (None, {"classes": ("ticks",), "fields": ("receiving",)}),
    )
    change_fieldsets = (
        (None, {"fields": (("date", "starts_at", "ends_at"), "shifts", "moved_from", "place")}),
        (None, {"classes": ("ticks",), "fields": ("receiving",)}),
        (None, {"fields": (("announced_on", "tell_by"), "status", "reason", ("visit", "from_rule"))}),
    )
    readonly_fields = ("moved_from", "visit", "tell_by", "from_rule")

    @admin.display(description=_("date"), ordering="date")
    def day(self, reception):
        return f"{reception.date} {words.WEEKDAYS[reception.date.weekday()]}"

    @admin.display(description=_("hours"), ordering="starts_at")
    def hours(self, reception):
        return reception.hours

    @admin.display(description=_("representatives receiving"))
    def names(self, reception):
        return reception.names

    @admin.display(description=_("seats taken"))
    def seats(self, reception):
        """Representatives named, of those the rule wants."""
        named = len(reception.mandates.all())
        return f"{named}/{reception.seats}" if reception.rule else str(named)

    @admin.display(description=_("to be made known by"))
    def tell_by(self, reception):
        return words.day_with_weekday(reception.to_be_told_by)

    @admin.display(description=_("rule of reception days"))
    def from_rule(self, reception):
        return str(reception.rule or "—")

    @admin.action(description=_("Mark as made known"), permissions=["change"])
    def mark_announced(self, request, queryset):
        today = timezone.localdate()
        mine = queryset.visible_to(request.user, "receptions.change_reception")
        for reception in (marked := list(mine.filter(status=PLANNED, announced_on=None))):
            reception.announced_on = today
            reception.save(update_fields=["announced_on"])
            self.log_change(request, reception, [{"changed": {"fields": ["announced_on"]}}])
        messages.success(request, _("%(count)s marked as made known.") % {"count": len(marked)})

    @admin.display(description=_("day first meant"))
    def moved_from(self, reception):
        return reception.planned_on if reception.is_shifted else "—"

    @admin.display(description=_("what happened"))
    def visit(self, reception):
        """To the visit's page, with station and day filled in."""
        address = f"{reverse('admin:visits_visit_add')}?{urlencode(visit_facts(reception))}"
        return format_html('<a href="{}">{}</a>', address, _("Enter the visit"))

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("mandates__person")

    def get_ordering(self, request):
        return nearest_first(timezone.localdate())

    def get_urls(self):
        return [*roster.urls(self), *super().get_urls()]

    def get_fieldsets(self, request, obj=None):
        return self.change_fieldsets if obj else self.add_fieldsets

    def get_changeform_initial_data(self, request):
        """Most stations receive at the same hour and place as the last time."""
        planned = Reception.objects.filter(station=self.station_of(request, None))
        last = planned.exclude(status="cancelled").first()
        names = ("starts_at", "ends_at", "place") if last else ()
        return {name: getattr(last, name) for name in names} | super().get_changeform_initial_data(request)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.station, obj.entered_by = form.station, request.user
        obj.is_by_hand = obj.is_by_hand or bool({*form.changed_data} - {"announced_on"})
        super().save_model(request, obj, form, change)
        if form.news:
            messages.warning(request, form.news)

    def save_related(self, request, form, formsets, change):
        form.save_mandates()
        super().save_related(request, form, formsets, change)


def visit_facts(reception) -> dict:
    """What the page of a visit is told in its address."""
    return {
        "station": reception.station_id,
        "date": reception.date.isoformat(),
        "starts_at": f"{reception.starts_at:%H:%M}",
        "ends_at": f"{reception.ends_at:%H:%M}",
        "place": reception.place,
        "form": "reception",
    }


admin.site.add_waiting(next_reception)
admin.site.add_waiting(receptions_to_mend)
