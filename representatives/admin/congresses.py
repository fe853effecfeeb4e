from django.contrib import admin

from liaison.accounts.scope import divisions_within
from liaison.tools.admin import ScopedAdmin, ScopedInline
from representatives.admin.columns import column, columns
from representatives.admin.filters import level_filter
from representatives.admin.turnover import TurnoverPage
from representatives.models import Congress, Delegation, Session, Term


class SessionInline(ScopedInline):
    model = Session


class DelegationInline(ScopedInline):
    """A name that mandates carry stays; one is added here, or by writing it on a mandate."""

    model = Delegation

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Term)
class TermAdmin(TurnoverPage, ScopedAdmin):
    group, place = "registers", 56
    change_list_template = "admin/representatives/term/change_list.html"
    list_display = ("congress", "ordinal", "starts_on", "ends_on")
    list_filter = (level_filter("congress"),)
    list_select_related = ("congress",)
    search_fields = ("congress__name",)
    field_permissions = {"congress": "representatives.add_term"}
    inlines = (SessionInline, DelegationInline)
    ledger = (column(Term, "congress", "congress.name"), *columns(Term, "ordinal", "starts_on", "ends_on"))


@admin.register(Congress)
class CongressAdmin(ScopedAdmin):
    group, place = "registers", 54
    list_display = ("name", "level", "division")
    list_filter = ("level",)
    list_select_related = ("division",)
    search_fields = ("name",)
    ledger = (
        *columns(Congress, "name"),
        column(Congress, "level", "get_level_display"),
        column(Congress, "division", "division.name"),
    )

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "division":
            kwargs["queryset"] = divisions_within(request.user, "representatives.add_congress")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
