from django.contrib import admin
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from liaison.tools.admin import ScopedAdmin, ScopedInline
from liaison.tools.sheets import Column
from representatives.admin.columns import column, columns
from representatives.admin.filters import level_filter
from representatives.admin.formsets import Members
from representatives.models import Group, GroupMember


class MemberInline(ScopedInline):
    """Who left has a last day; the line stays."""

    model = GroupMember
    formset = Members
    fields = ("mandate", "role", "starts_on", "ends_on")
    autocomplete_fields = ("mandate",)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("mandate__person", "mandate__term__congress")


@admin.register(Group)
class GroupAdmin(ScopedAdmin):
    group, place = "registers", 64
    list_display = ("name", "kind", "covers", "term", "leader", "size")
    list_filter = ("kind", level_filter("term__congress"))
    list_select_related = ("term__congress",)
    search_fields = ("name", "covers")
    autocomplete_fields = ("term",)
    field_permissions = {"term": "representatives.add_group"}
    inlines = (MemberInline,)
    ledger = (
        *columns(Group, "name"),
        column(Group, "kind", "get_kind_display"),
        *columns(Group, "covers", "term"),
        Column("leader", _("group leader"), lambda group: leader_of(group)),
        Column("size", _("members now"), lambda group: len(members_of(group))),
    )

    def get_queryset(self, request):
        today = timezone.localdate()
        now = Q(members__ends_on=None) | Q(members__ends_on__gte=today)
        sized = super().get_queryset(request).annotate(size=Count("members", now & Q(members__starts_on__lte=today)))
        return sized.prefetch_related("members__mandate__person")

    @admin.display(description=_("group leader"))
    def leader(self, group):
        return leader_of(group) or "—"

    @admin.display(description=_("members now"), ordering="size")
    def size(self, group):
        return group.size


def members_of(group) -> list[GroupMember]:
    """Who is in it today."""
    today = timezone.localdate()
    begun = [row for row in group.members.all() if row.starts_on <= today]
    return [row for row in begun if row.ends_on is None or row.ends_on >= today]


def leader_of(group) -> str:
    """Who leads it today."""
    return "、".join(row.mandate.person.name for row in members_of(group) if row.role == "leader")
