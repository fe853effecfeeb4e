"""Rules of reception days (接待日规则): entered, looked at as days, changed, ended; their days are made at once."""

from django.contrib import admin, messages
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from liaison.tools.admin import ScopedAdmin
from liaison.tools.sheets import Column
from stations.receptions.ahead import ahead_view
from stations.receptions.models import Reception, ReceptionRule
from stations.receptions.outlook import outlook, why_none
from stations.receptions.rule_forms import RuleForm
from stations.receptions.scheduling import follow, outcome_in_words
from stations.register.at_station import AtStation

LEDGER = (
    Column("station", _("station"), "station.name"),
    Column("in_words", _("rhythm"), "in_words"),
    Column("starts_at", _("from")),
    Column("ends_at", _("until")),
    Column("place", _("place")),
    Column("policy", _("on a day of rest"), ReceptionRule.get_policy_display),
    Column("seats", _("representatives receiving at a time")),
    Column("notice_days", _("made known so many days before")),
    Column("valid_from", _("valid from")),
    Column("valid_to", _("valid to")),
)


@admin.register(ReceptionRule)
class RuleAdmin(AtStation, ScopedAdmin):
    group, place = "work", 16
    form = RuleForm
    list_display = ("in_words", "hours", "station", "days_made", "place", "policy", "seats", "valid_from", "valid_to")
    list_filter = ("kind", "station")
    list_select_related = ("station",)
    search_fields = ("place", "station__name")
    ledger = LEDGER
    fieldsets = (
        (None, {"classes": ("rhythm",), "fields": ("kind",)}),
        (
            _("which days"),
            {
                "classes": ("ticks", "days"),
                "fields": ("nth", "weekdays", "month_days", "lunar_endings", "lunar_days", "dates"),
            },
        ),
        (
            _("months and season"),
            {"classes": ("ticks", "months"), "fields": ("which_months", "months", ("season_from", "season_to"))},
        ),
        (None, {"fields": ("policy",)}),
        (
            _("when, where, who"),
            {"fields": (("starts_at", "ends_at"), "place", ("seats", "notice_days"), ("valid_from", "valid_to"))},
        ),
    )

    @admin.display(description=_("rhythm"))
    def in_words(self, rule):
        return rule.in_words

    @admin.display(description=_("hours"), ordering="starts_at")
    def hours(self, rule):
        return rule.hours

    @admin.display(description=_("reception days to come"))
    def days_made(self, rule):
        """A rule that makes none is marked, and says why."""
        if rule.made:
            return rule.made
        return format_html("<strong>{}</strong>", _("none: %(why)s") % {"why": why_none(rule, timezone.localdate())})

    def get_queryset(self, request):
        return super().get_queryset(request).with_made(timezone.localdate())

    def get_fieldsets(self, request, obj=None):
        """Who may only look finds the rule in words: ticks that cannot be ticked say less."""
        if obj and not self.has_change_permission(request, obj):
            shown = ("in_words", "policy", "hours", "place", "seats", "notice_days", "valid_from", "valid_to")
            return ((None, {"fields": shown}),)
        return self.fieldsets

    def get_readonly_fields(self, request, obj=None):
        return () if obj is None or self.has_change_permission(request, obj) else ("in_words", "hours")

    def get_changeform_initial_data(self, request):
        """From today, at the hours and the place of the last reception."""
        last = Reception.objects.filter(station=self.station_of(request, None)).first()
        names = ("starts_at", "ends_at", "place") if last else ()
        initial = {name: getattr(last, name) for name in names} | {"valid_from": timezone.localdate()}
        return initial | super().get_changeform_initial_data(request)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.station, obj.entered_by = form.station, request.user
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        """The days follow at once."""
        super().save_related(request, form, formsets, change)
        made = follow(form.instance, timezone.localdate())
        said = {"rule": form.instance, "made": outcome_in_words(made)}
        messages.info(request, _("%(rule)s: %(made)s") % said)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        """With the days of a saved rule, or of one that was typed without a mistake."""
        form, context["show_save_and_add_another"] = context["adminform"].form, False
        rule = form.instance if form.is_bound and not form.errors else obj
        if rule is not None and not form.errors:
            context |= {"outlook": outlook(rule, timezone.localdate()), "rule": rule, "is_preview": form.is_bound}
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def get_urls(self):
        ahead = path("ahead/", self.admin_site.admin_view(self.ahead_view), name="receptions_receptionrule_ahead")
        return [ahead, *super().get_urls()]

    def ahead_view(self, request):
        return ahead_view(request, self.admin_site.each_context(request) | {"opts": self.opts})

    def changelist_view(self, request, extra_context=None):
        may = request.user.has_perm("receptions.change_receptionrule")
        link = {"ahead_url": reverse("admin:receptions_receptionrule_ahead") if may else ""}
        return super().changelist_view(request, link | (extra_context or {}))
