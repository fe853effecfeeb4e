from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from liaison.accounts.scope import divisions_within
from liaison.tools.admin import ScopedAdmin, ScopedInline, seen_by
from liaison.tools.sheets import Column
from representatives.models import Congress, Mandate, Person, Term


class MandateInline(ScopedInline):
    """Seats in congresses of one's own; a person always has one."""

    model = Mandate
    fields = ("term", "electoral_district", "electing_unit", "delegation", "status", "starts_on", "ends_on")
    field_permissions = {"term": "representatives.add_mandate"}

    def get_queryset(self, request):
        """Whoever may change some sees those; others see them all, and change none."""
        rows = super().get_queryset(request).select_related("term__congress", "person")
        may_write = request.user.has_perm("representatives.change_mandate")
        return seen_by(request.user, rows, "representatives.change_mandate") if may_write else rows

    def get_formset(self, request, obj=None, **kwargs):
        at_least_one = {} if obj else {"min_num": 1, "validate_min": True}
        return super().get_formset(request, obj, **kwargs | at_least_one)


@admin.register(Person)
class PersonAdmin(ScopedAdmin):
    group, place = "registers", 50
    list_display = ("name", "work")
    search_fields = ("name",)
    fields = ("name", "work", "is_work_public", "user", "seats")
    readonly_fields = ("seats", "account")
    autocomplete_fields = ("user",)
    inlines = (MandateInline,)
    ledger = (
        Column("name", Person._meta.get_field("name").verbose_name),
        Column("work", Person._meta.get_field("work").verbose_name),
    )

    def get_fields(self, request, obj=None):
        """Who may only look reads the account's name; its page may lie outside their scope."""
        may_write = obj is None or self.has_change_permission(request, obj)
        return self.fields if may_write else ["account" if name == "user" else name for name in self.fields]

    @admin.display(description=Person._meta.get_field("user").verbose_name)
    def account(self, person):
        return person.user

    @admin.display(description=_("all mandates"))
    def seats(self, person):
        """Those in other congresses too, which are kept there."""
        rows = person.mandates.select_related("term__congress") if person.pk else ()
        return "；".join(f"{row.term} {row.get_status_display()}" for row in rows) or "-"


@admin.register(Mandate)
class MandateAdmin(ScopedAdmin):
    group, place = "registers", 60
    list_display = ("person", "term", "electoral_district", "electing_unit", "status", "starts_on", "ends_on")
    list_filter = ("status",)
    list_select_related = ("person", "term__congress")
    search_fields = ("person__name",)
    autocomplete_fields = ("person", "term")
    field_permissions = {"term": "representatives.add_mandate"}
    ledger = (
        Column("person", Mandate._meta.get_field("person").verbose_name, "person.name"),
        Column("term", Mandate._meta.get_field("term").verbose_name),
        Column("electoral_district", Mandate._meta.get_field("electoral_district").verbose_name),
        Column("electing_unit", Mandate._meta.get_field("electing_unit").verbose_name),
        Column("status", Mandate._meta.get_field("status").verbose_name, "get_status_display"),
        Column("starts_on", Mandate._meta.get_field("starts_on").verbose_name),
        Column("ends_on", Mandate._meta.get_field("ends_on").verbose_name),
    )


@admin.register(Term)
class TermAdmin(ScopedAdmin):
    list_display = ("congress", "ordinal", "starts_on", "ends_on")
    list_select_related = ("congress",)
    search_fields = ("congress__name",)
    field_permissions = {"congress": "representatives.add_term"}


@admin.register(Congress)
class CongressAdmin(ScopedAdmin):
    list_display = ("name", "level", "division")
    list_select_related = ("division",)
    search_fields = ("name",)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "division":
            kwargs["queryset"] = divisions_within(request.user, "representatives.add_congress")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
