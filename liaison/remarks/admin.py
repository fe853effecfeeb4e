from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from liaison.remarks.models import Remark
from liaison.tools.admin import ScopedAdmin


class SettledFilter(admin.SimpleListFilter):
    title = _("settled")
    parameter_name = "settled"

    def lookups(self, request, model_admin):
        return [("no", _("not yet")), ("yes", _("already settled"))]

    def queryset(self, request, queryset):
        known = {"no": True, "yes": False}
        return queryset.filter(settled_on__isnull=known[self.value()]) if self.value() in known else queryset


@admin.register(Remark)
class RemarkAdmin(ScopedAdmin):
    """What was said stays as it came; what was done about it is written beside it."""

    group, place = "settings", 70
    closed_pages = ("add", "delete")
    list_display = ("received_at", "__str__", "page", "settled_on")
    list_filter = (SettledFilter,)
    search_fields = ("body",)
    fields = ("received_at", "body", "page", "outcome", "settled_on", "settled_by")
    readonly_fields = ("received_at", "body", "page", "settled_on", "settled_by")

    def has_add_permission(self, request):
        return False

    def save_model(self, request, obj, form, change):
        """Settled by whoever last wrote what was done; emptied, it is open again."""
        obj.settled_on = timezone.localdate() if obj.outcome else None
        obj.settled_by = request.user if obj.outcome else None
        super().save_model(request, obj, form, change)
