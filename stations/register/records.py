"""The pages of what a station has on record: self-checks, plans, pairings. Rules and money have files of their own."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from liaison.organisations.models import Organisation
from liaison.tools.admin import ScopedAdmin, ScopedInline, is_key, seen_by
from liaison.tools.dates import DayField
from liaison.tools.sheets import Column
from stations.register.models import AnnualPlan, Pairing, PlannedItem, Station, YearlyConfirmation

PAIRED_KINDS = ("special_committee", "deputy_work_committee")  # 委室


def column(model, name, value=None) -> Column:
    return Column(name, model._meta.get_field(name).verbose_name, value)


class RecordAdmin(ScopedAdmin):
    """Remembers who entered a record."""

    list_select_related = ("station",)
    search_fields = ("station__name",)
    search_help_text = _("Name of the station")

    def get_changeform_initial_data(self, request):
        """Whoever has but one station need not choose it."""
        initial = super().get_changeform_initial_data(request)
        if "station" in initial or not any(field.name == "station" for field in self.opts.fields):
            return initial
        stations = seen_by(request.user, Station.objects.all(), self.field_permissions.get("station"))
        keys = stations.order_by().values_list("pk", flat=True)[:2]
        return initial | ({"station": keys[0]} if len(keys) == 1 else {})

    def save_model(self, request, obj, form, change):
        if not change:
            obj.entered_by = request.user
        super().save_model(request, obj, form, change)


class ConfirmationForm(forms.ModelForm):
    confirmed_on = DayField(label=_("confirmed on"))

    def clean_confirmed_on(self):
        day = self.cleaned_data["confirmed_on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day has not come yet."))
        return day


@admin.register(YearlyConfirmation)
class YearlyConfirmationAdmin(RecordAdmin):
    group, place = "haves", 10
    form = ConfirmationForm
    ticks = ("premises", "plate", "roster", "schedule", "qr")
    list_display = ("confirmed_on", "station", *ticks, "confirmed_by")
    list_filter = ("station",)
    fieldsets = (
        (None, {"fields": ("station", "confirmed_on")}),
        (_("tick what was in order"), {"classes": ("ticks",), "fields": (ticks,)}),
        (None, {"fields": ("confirmed_by", "note")}),
    )
    ledger = (
        column(YearlyConfirmation, "station", "station.name"),
        *(column(YearlyConfirmation, name) for name in ("confirmed_on", *ticks, "confirmed_by", "note")),
    )

    def get_changeform_initial_data(self, request):
        usual = {"confirmed_on": timezone.localdate(), "confirmed_by": str(request.user)}
        return usual | super().get_changeform_initial_data(request)

    def add_view(self, request, form_url="", extra_context=None):
        """There is one record a day: what is confirmed later joins it."""
        today = self._of_today(request) if request.method == "GET" else None
        if today is None:
            return super().add_view(request, form_url, extra_context)
        address = reverse("admin:stations_yearlyconfirmation_change", args=(today.pk,))
        return redirect(f"{address}?{request.GET.urlencode()}")

    def _of_today(self, request):
        station = request.GET.get("station", "")
        if not is_key(Station, station):
            return None
        rows = seen_by(request.user, YearlyConfirmation.objects.all(), "stations.change_yearlyconfirmation")
        return rows.filter(station=station, confirmed_on=timezone.localdate()).first()

    def get_object(self, request, object_id, from_field=None):
        """Ticked too what the address asks for; nothing is kept before it is saved."""
        found = super().get_object(request, object_id, from_field)
        asked = [tick for tick in self.ticks if request.GET.get(tick)] if request.method == "GET" and found else ()
        for tick in asked:
            setattr(found, tick, True)
        return found


class PlannedInline(ScopedInline):
    model = PlannedItem
    fields = ("month", "what", "form")
    extra = 3


@admin.register(AnnualPlan)
class AnnualPlanAdmin(RecordAdmin):
    group, place = "registers", 35
    list_display = ("station", "year", "items_planned")
    list_filter = ("year", "station")
    fields = ("station", "year", "text")
    inlines = (PlannedInline,)
    ledger = (
        column(AnnualPlan, "station", "station.name"),
        column(AnnualPlan, "year"),
        column(AnnualPlan, "text"),
        Column("items", _("planned items"), lambda plan: _written(plan.items.all())),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("items")

    @admin.display(description=_("planned items"))
    def items_planned(self, plan):
        return len(plan.items.all())

    def get_changeform_initial_data(self, request):
        return {"year": timezone.localdate().year} | super().get_changeform_initial_data(request)


def _written(items) -> str:
    """In one cell of a sheet, a line an item."""
    lines = (gettext("Month %(month)s: %(what)s") % {"month": item.month, "what": item.what} for item in items)
    return "\n".join(lines)


@admin.register(Pairing)
class PairingAdmin(RecordAdmin):
    """What happened at the station is known further up: rooms there add rows' facts and columns."""

    group, place = "registers", 40
    list_display = ("organisation", "station", "valid_from", "valid_to")
    list_filter = ("organisation", "station")
    list_select_related = ("organisation", "station")
    search_fields = ("organisation__name", "station__name")
    search_help_text = _("Name of the committee or the station")
    fields = ("organisation", "station", "valid_from", "valid_to")
    ledger = (
        column(Pairing, "organisation", "organisation.name"),
        column(Pairing, "station", "station.name"),
        *(column(Pairing, name) for name in ("valid_from", "valid_to")),
    )
    ordering = ("id",)  # no column claims an order that it does not have
    from_above = ()
    order_from_above: tuple = ()

    def get_ordering(self, request):
        return self.order_from_above or super().get_ordering(request)

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        for add_facts in self.from_above:
            rows = add_facts(rows)
        return rows

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "organisation":
            kwargs["queryset"] = Organisation.objects.visible_to(request.user).filter(kind__in=PAIRED_KINDS)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
