"""Commitments as a list to follow (承诺事项): open, overdue, kept; closed here by a note, or on the page of a visit."""

from datetime import timedelta

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from liaison.tools.admin import ScopedAdmin, ScopedRelatedFilter
from liaison.tools.dates import DayField
from liaison.tools.fields import CleanText
from liaison.tools.sheets import Column
from stations.register import books
from stations.visits.models import Commitment

SOON = timedelta(days=7)


def state_of(commitment, today) -> str:
    if commitment.done_on:
        return _("kept on %(day)s") % {"day": commitment.done_on}
    if commitment.due_on and commitment.due_on < today:
        return _("late by %(days)s days") % {"days": (today - commitment.due_on).days}
    if commitment.due_on and commitment.due_on <= today + SOON:
        return _("due soon")
    return pgettext("commitment", "open")


def state_today(commitment) -> str:
    return str(state_of(commitment, timezone.localdate()))


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [
            ("open", pgettext("commitment", "open")),
            ("overdue", _("overdue")),
            ("kept", pgettext("commitment", "kept")),
        ]

    def queryset(self, request, queryset):
        if self.value() == "open":
            return queryset.open()
        if self.value() == "overdue":
            return queryset.overdue(timezone.localdate())
        return queryset.exclude(done_on=None) if self.value() == "kept" else queryset


class ClosingForm(forms.ModelForm):
    """Closed by a note where no visit tells of it."""

    done_on = DayField(label=_("done on"), required=False)
    note = CleanText(label=_("how it was kept"), required=False, max_length=200)

    class Meta:
        model = Commitment
        fields = ("done_on", "note")

    def clean_done_on(self):
        day = self.cleaned_data["done_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("This day has not come yet."))
        if day and day < self.instance.visit.date:
            raise ValidationError(_("It was promised later than that."))
        return day

    def clean(self):
        facts = super().clean()
        if facts.get("done_on") and not facts.get("note") and not self.instance.closed_by_id:
            self.add_error("note", _("Please write how it was kept."))
        if facts.get("note") and not facts.get("done_on") and "done_on" not in self.errors:
            self.add_error("done_on", _("Please write on which day."))
        return facts


def columns(user) -> list[Column]:
    return [
        Column("promised_on", _("promised on"), "visit.date"),
        Column("what", _("what")),
        Column("who", _("who")),
        Column("due_on", _("by when")),
        Column("state", _("state"), state_today),
        Column("done_on", _("done on")),
        Column("note", _("how it was kept"), lambda commitment: commitment.note or str(commitment.closed_by or "")),
    ]


def rows(user, period):
    """What was promised in these days, at visits that stand."""
    seen = Commitment.objects.visible_to(user).filter(visit__voided_on=None, **period.days("visit__date"))
    return seen.order_by("visit__date", "id").select_related("visit__station", "closed_by")


BOOK = books.Book(
    "book",
    _("Ledger of commitments"),
    "visits.view_commitment",
    "visits_commitment_book",
    rows,
    columns,
    station_of="visit.station",
    source="admin:visits_commitment_changelist",
)


@admin.register(Commitment)
class CommitmentAdmin(ScopedAdmin):
    group, place = "work", 50
    form = ClosingForm
    closed_pages = ("add", "delete")
    list_display = ("what", "who", "due_on", "state", "station", "promised_on")
    list_display_links = ("what",)
    list_filter = (StateFilter, ("visit__station", ScopedRelatedFilter))
    list_select_related = ("visit__station",)
    search_fields = ("who", "what")
    ordering = (F("done_on").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "id")
    readonly_fields = ("who", "what", "due_on", "promised_at", "state", "closing_visit")
    fieldsets = (
        (None, {"fields": ("who", "what", "due_on", "promised_at", "state", "closing_visit")}),
        (None, {"fields": ("done_on", "note")}),
    )
    ledger = (
        Column("what", _("what")),
        Column("who", _("who")),
        Column("due_on", _("by when")),
        Column("state", _("state"), state_today),
        Column("done_on", _("done on")),
        Column("note", _("how it was kept")),
        Column("station", _("station"), "visit.station.name"),
        Column("promised_on", _("promised on"), "visit.date"),
    )

    def get_urls(self):
        return [*books.urls(BOOK, self), *super().get_urls()]

    def has_add_permission(self, request):
        return False

    @admin.display(description=_("state"))
    def state(self, commitment):
        return state_today(commitment)

    @admin.display(description=_("station"))
    def station(self, commitment):
        return commitment.visit.station

    @admin.display(description=_("promised on"))
    def promised_on(self, commitment):
        return commitment.visit.date

    @admin.display(description=_("promised at"))
    def promised_at(self, commitment):
        return f"{commitment.visit.station} {commitment.visit}"

    @admin.display(description=_("closed by the visit"))
    def closing_visit(self, commitment):
        return str(commitment.closed_by or "")


def overdue_commitments(user):
    """A tile, where something is late, for whoever may close it."""
    if not user.has_perm("visits.change_commitment"):
        return
    late = Commitment.objects.visible_to(user, "visits.change_commitment").overdue(timezone.localdate()).count()
    if late:
        address = reverse("admin:visits_commitment_changelist")
        yield {"name": _("overdue commitments"), "value": late, "href": f"{address}?state=overdue", "place": 5}


books.keep(BOOK, 110)
