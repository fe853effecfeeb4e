from django.contrib import admin

from liaison.tools.admin import ScopedAdmin
from representatives.admin.columns import column, columns
from representatives.admin.filters import level_filter
from representatives.models import CommitteePost


@admin.register(CommitteePost)
class CommitteePostAdmin(ScopedAdmin):
    """From these posts the contact network (双联系) begins."""

    group, place = "registers", 66
    list_display = ("person", "congress", "post", "committee", "starts_on", "ends_on")
    list_filter = ("post", level_filter("congress"))
    list_select_related = ("person", "congress", "committee")
    search_fields = ("person__name", "congress__name")
    autocomplete_fields = ("person", "congress", "committee")
    field_permissions = {"congress": "representatives.add_committeepost"}
    ledger = (
        column(CommitteePost, "person", "person.name"),
        column(CommitteePost, "congress", "congress.name"),
        column(CommitteePost, "post", "get_post_display"),
        column(CommitteePost, "committee", "committee.name"),
        *columns(CommitteePost, "starts_on", "ends_on"),
    )
