"""The links of the contact network (双联系), each with its log of contacts that were no visits."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from liaison.accounts.scope import divisions_within
from liaison.tools.admin import ScopedAdmin, ScopedInline
from liaison.tools.sheets import Column
from representatives.admin.columns import column, columns
from representatives.admin.filters import level_filter
from representatives.models import Contact, ContactEvent, ResidentGroup


class EventInline(ScopedInline):
    """What was a visit is read from the visits; here stands the rest."""

    model = ContactEvent
    fields = ("on", "way", "who", "heard", "answered")

    def has_delete_permission(self, request, obj=None):
        """What happened stays; a mistake is corrected."""
        return False


class EndsFilter(admin.SimpleListFilter):
    """Whether a link goes up, to a committee member, or down, to residents."""

    title, parameter_name = _("the other end"), "end"

    def lookups(self, request, model_admin):
        return [("post", _("committee member")), ("group", ResidentGroup._meta.verbose_name)]

    def queryset(self, request, queryset):
        is_known = self.value() in ("post", "group")
        return queryset.filter(**{f"{self.value()}__isnull": False}) if is_known else queryset


@admin.register(Contact)
class ContactAdmin(ScopedAdmin):
    group, place = "registers", 67
    list_display = ("mandate", "member", "residents", "starts_on", "ends_on")
    list_filter = (EndsFilter, level_filter("mandate__term__congress"))
    list_select_related = ("mandate__person", "mandate__term__congress", "post__person", "group")
    search_fields = ("mandate__person__name", "post__person__name", "group__name")
    autocomplete_fields = ("mandate", "post", "group")
    field_permissions = {"mandate": "representatives.add_contact", "post": "representatives.add_contact"}
    inlines = (EventInline,)
    ledger = (
        column(Contact, "mandate", "mandate.person.name"),
        column(Contact, "post", lambda contact: contact.post and contact.post.in_choices),
        column(Contact, "group", lambda contact: contact.group and contact.group.name),
        *columns(Contact, "starts_on", "ends_on"),
    )

    @admin.display(description=Contact._meta.get_field("post").verbose_name)
    def member(self, contact):
        return contact.post.in_choices if contact.post else "—"

    @admin.display(description=Contact._meta.get_field("group").verbose_name)
    def residents(self, contact):
        return contact.group or "—"


@admin.register(ResidentGroup)
class ResidentGroupAdmin(ScopedAdmin):
    """A place and a number; a resident's name or telephone has no field here."""

    group, place = "registers", 68
    list_display = ("name", "division", "covers", "households")
    list_select_related = ("division",)
    search_fields = ("name", "covers")
    autocomplete_fields = ("division",)
    ledger = (
        *columns(ResidentGroup, "name"),
        Column("division", ResidentGroup._meta.get_field("division").verbose_name, "division.name"),
        *columns(ResidentGroup, "covers", "households"),
    )

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "division":
            kwargs["queryset"] = divisions_within(request.user, "representatives.add_residentgroup")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
