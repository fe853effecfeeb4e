from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from liaison.tools.admin import ScopedAdmin, ScopedInline, seen_by
from liaison.tools.sheets import Column
from representatives.admin.columns import columns
from representatives.admin.filters import level_filter
from representatives.admin.formsets import Seats
from representatives.models import Mandate, Person

FACTS = ("gender", "ethnic_group", "born_in", "party", "education")


class MandateInline(ScopedInline):
    """Seats in congresses of one's own; a person always has one. How one stands is changed on its own page."""

    model = Mandate
    formset = Seats
    fields = (
        "term",
        "electoral_district",
        "electing_unit",
        "delegation",
        "certificate_no",
        "is_by_election",
        "status",
        "starts_on",
        "ends_on",
    )
    readonly_fields = ("status", "ends_on")
    field_permissions = {"term": "representatives.add_mandate"}

    def get_queryset(self, request):
        """Whoever may change some sees those; others see them all, and change none."""
        rows = super().get_queryset(request).select_related("term__congress", "person")
        may_write = request.user.has_perm("representatives.change_mandate")
        return seen_by(request.user, rows, "representatives.change_mandate") if may_write else rows

    def get_formset(self, request, obj=None, **kwargs):
        at_least_one = {} if obj else {"min_num": 1, "validate_min": True}
        return super().get_formset(request, obj, **kwargs | at_least_one)

    def has_delete_permission(self, request, obj=None):
        """A seat ends, with its reason; it does not vanish."""
        return False


@admin.register(Person)
class PersonAdmin(ScopedAdmin):
    """Facts about the person are for who keeps the register; what is switched on is read by everybody."""

    group, place = "registers", 50
    from_above = ()  # `way(user, key)` gives (name, address) of pages that apps above have about a person
    list_display = ("name", "work", "seats")
    list_filter = (level_filter("mandates__term__congress"),)
    search_fields = ("name",)
    fields = ("name", "work", "is_work_public", "user", "seats")
    readonly_fields = ("seats", "account")
    autocomplete_fields = ("user",)
    inlines = (MandateInline,)
    ledger = (*columns(Person, "name", "work"), Column("seats", _("all mandates"), lambda person: seats_of(person)))

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("mandates__term__congress")

    def change_view(self, request, object_id, form_url="", extra_context=None):
        ways = [found for way in self.from_above for found in way(request.user, object_id)]
        return super().change_view(request, object_id, form_url, {"ways": ways} | (extra_context or {}))

    def get_fieldsets(self, request, obj=None):
        """Who may only look reads the account's name; its page may lie outside their scope."""
        if obj is None or self.has_change_permission(request, obj):
            switched = [(name, f"is_{name}_public") for name in FACTS]
            return [(None, {"fields": self.fields}), (_("Internal, shown only where ticked"), {"fields": switched})]
        return [(None, {"fields": ["account" if name == "user" else name for name in self.fields]})]

    @admin.display(description=Person._meta.get_field("user").verbose_name)
    def account(self, person):
        return person.user

    @admin.display(description=_("all mandates"))
    def seats(self, person):
        """Those in other congresses too, which are kept there."""
        return seats_of(person) or "-"


def seats_of(person) -> str:
    rows = person.mandates.all() if person.pk else ()
    return "；".join(f"{row.term} {row.get_status_display()}" for row in rows)
