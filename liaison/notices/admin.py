from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from liaison.accounts.scope import divisions_within
from liaison.notices.forms import AnnouncementForm
from liaison.notices.models import Announcement
from liaison.tools.admin import ScopedAdmin
from liaison.tools.sheets import Column

ADD = "notices.add_announcement"


@admin.register(Announcement)
class AnnouncementAdmin(ScopedAdmin):
    """Notices to residents. One is taken down by giving it a last day."""

    group, place = "work", 90
    form = AnnouncementForm
    list_display = ("title", "division", "published_from", "published_to", "is_pinned")
    list_filter = ("is_pinned",)
    list_select_related = ("division",)
    search_fields = ("title",)
    autocomplete_fields = ("division",)
    ledger = (
        Column("title", _("title")),
        Column("division", _("division"), "division.name"),
        Column("published_from", _("shown from")),
        Column("published_to", _("shown until")),
        Column("text", _("text")),
    )

    def get_changeform_initial_data(self, request):
        """Whoever works for one division need not choose it."""
        own = divisions_within(request.user, ADD).order_by("level", "code").first()
        facts = {"published_from": timezone.localdate(), "division": own and own.pk}
        return facts | super().get_changeform_initial_data(request)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "division":
            kwargs["queryset"] = divisions_within(request.user, ADD)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.entered_by = request.user
        super().save_model(request, obj, form, change)
