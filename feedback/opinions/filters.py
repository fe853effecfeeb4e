"""How a list of opinions is narrowed: by state in words, and to what is late."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback.opinions import workflow


class StateFilter(admin.SimpleListFilter):
    """The states in words and in the order of the road."""

    title, parameter_name = _("state"), "state"

    def lookups(self, request, model_admin):
        return [(state.key, state.label) for state in workflow.STATES.values()]

    def queryset(self, request, queryset):
        return queryset.filter(state=self.value()) if self.value() else queryset


class LateFilter(admin.SimpleListFilter):
    """Those whose present state should have ended before today."""

    title, parameter_name = _("time limit"), "late"

    def lookups(self, request, model_admin):
        return [("1", _("overdue"))]

    def queryset(self, request, queryset):
        return queryset.late(timezone.localdate()) if self.value() == "1" else queryset
