"""How the list of receptions is narrowed to those still to come of which something is lacking."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class NoticeFilter(admin.SimpleListFilter):
    """By when residents were told (公示)."""

    title, parameter_name = _("notice"), "notice"

    def lookups(self, request, model_admin):
        return [
            ("late", _("made known too late")),
            ("no", _("not made known yet")),
            ("yes", _("made known")),
        ]

    def queryset(self, request, queryset):
        if self.value() == "late":
            return queryset.told_late(timezone.localdate())
        if self.value() == "no":
            return queryset.upcoming(timezone.localdate()).filter(announced_on=None)
        return queryset.exclude(announced_on=None) if self.value() == "yes" else queryset


class SeatsFilter(admin.SimpleListFilter):
    title, parameter_name = _("seats"), "seats"

    def lookups(self, request, model_admin):
        return [("empty", _("seats not taken"))]

    def queryset(self, request, queryset):
        return queryset.with_empty_seats(timezone.localdate()) if self.value() == "empty" else queryset
