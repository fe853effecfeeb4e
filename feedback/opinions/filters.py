"""How a list of opinions is narrowed: by state in words, and to what is late."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback.handling.models import RETURN_REQUESTED
from feedback.opinions import workflow
from feedback.opinions.models import OpinionAssignment
from feedback.opinions.waiting import late_for
from liaison.tools.move_page import state_filter

StateFilter = state_filter(workflow.STATES)


class LateFilter(admin.SimpleListFilter):
    """Those whose present state should have ended before today; for a department, those that wait on it."""

    title, parameter_name = _("time limit"), "late"

    def lookups(self, request, model_admin):
        return [("1", _("overdue"))]

    def queryset(self, request, queryset):
        return late_for(request.user, queryset, timezone.localdate()) if self.value() == "1" else queryset


class AskedFilter(admin.SimpleListFilter):
    """Those whose department has asked the station for something: to take it back, or for more time."""

    title, parameter_name = _("asked by the department"), "asked"

    def lookups(self, request, model_admin):
        return [("return", _("asks to return it")), ("time", _("asks for more time"))]

    def queryset(self, request, queryset):
        asked = {"return": {"state": RETURN_REQUESTED}, "time": {"asked_until__isnull": False}}.get(self.value())
        if asked is None:
            return queryset
        return queryset.filter(pk__in=OpinionAssignment.objects.open().filter(**asked).values("opinion"))


class OverdueFilter(admin.SimpleListFilter):
    """Assignments nobody has answered though their day has passed."""

    title, parameter_name = _("time limit"), "overdue"

    def lookups(self, request, model_admin):
        return [("1", _("overdue"))]

    def queryset(self, request, queryset):
        return queryset.overdue(timezone.localdate()) if self.value() == "1" else queryset
