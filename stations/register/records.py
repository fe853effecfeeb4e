"""The pages of what a station's standing is worked out from: rules, funds, self-checks, pairings."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from liaison.organisations.models import Organisation
from liaison.tools.admin import ScopedAdmin
from liaison.tools.dates import DayField
from liaison.tools.sheets import Column
from stations.register.models import ActivityFunds, Pairing, RuleDocument, YearlyConfirmation

PAIRED_KINDS = ("special_committee", "deputy_work_committee")  # 委室


def column(model, name, value=None) -> Column:
    return Column(name, model._meta.get_field(name).verbose_name, value)


class RecordAdmin(ScopedAdmin):
    """Remembers who entered a record."""

    list_select_related = ("station",)
    search_fields = ("station__name",)
    search_help_text = _("Name of the station")

    def save_model(self, request, obj, form, change):
        if not change:
            obj.entered_by = request.user
        super().save_model(request, obj, form, change)


@admin.register(RuleDocument)
class RuleDocumentAdmin(RecordAdmin):
    group, place = "registers", 25
    list_display = ("title", "station", "kind", "version", "valid_from", "valid_to")
    list_filter = ("kind", "station")
    list_select_related = ("station", "kind")
    fields = ("station", "kind", "title", "version", "valid_from", "valid_to")
    ledger = (
        column(RuleDocument, "station", "station.name"),
        column(RuleDocument, "kind", "kind.name"),
        *(column(RuleDocument, name) for name in ("title", "version", "valid_from", "valid_to")),
    )


@admin.register(ActivityFunds)
class ActivityFundsAdmin(RecordAdmin):
    group, place = "registers", 30
    list_display = ("station", "year", "amount", "is_divided", "paper")
    list_filter = ("year", "station")
    fields = ("station", "year", "amount", "is_divided", "paper")
    ledger = (
        column(ActivityFunds, "station", "station.name"),
        *(column(ActivityFunds, name) for name in ("year", "amount", "is_divided", "paper")),
    )


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
