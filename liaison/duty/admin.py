"""Requests for correction at the office, and the way from a representative to their archive."""

from django.contrib import admin, messages
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from liaison.duty import places
from liaison.duty.decisions import DecisionForm, FoundForm
from liaison.duty.reach import MAY, persons_in_reach
from liaison.tools.admin import ScopedAdmin, is_key
from liaison.tools.sheets import Column
from representatives.admin.columns import column, columns
from representatives.admin.persons import PersonAdmin
from representatives.models import CorrectionRequest, Person
from representatives.models.corrections import OPEN

CHANGE = "representatives.change_correctionrequest"
ASKED = ("mandate", "about", "source", "text", "asked_on")
ANSWERED = ("state", "answer", "answered_by", "answered_on")


@admin.register(CorrectionRequest)
class CorrectionRequestAdmin(ScopedAdmin):
    """Asked by representatives on their own page; answered here once."""

    group, place = "work", 64
    closed_pages = ("add", "delete")
    list_display = ("asked_on", "mandate", "about_words", "state", "answered_on")
    list_filter = ("state",)
    list_select_related = ("mandate__person", "mandate__term__congress", "answered_by")
    search_fields = ("mandate__person__name",)
    ledger = (
        *columns(CorrectionRequest, "asked_on"),
        column(CorrectionRequest, "mandate", "mandate.person.name"),
        *columns(CorrectionRequest, "about", "text"),
        Column("state", CorrectionRequest._meta.get_field("state").verbose_name, "get_state_display"),
        *columns(CorrectionRequest, "answer", "answered_by", "answered_on"),
    )

    def has_add_permission(self, request):
        return False

    @admin.display(description=CorrectionRequest._meta.get_field("about").verbose_name)
    def about_words(self, asked):
        return asked.about or _("something that is missing")

    def get_object(self, request, object_id, from_field=None):
        """With the way to the record behind the row, for whoever may open that record."""
        asked = super().get_object(request, object_id, from_field)
        if asked:
            asked.source_href = places.at_work([asked.row], request.user).get(asked.row)
        return asked

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.state == OPEN)

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj and self.has_change_permission(request, obj):
            form = FoundForm if obj.is_missing else DecisionForm
            kwargs["form"] = type(form.__name__, (form,), {"user": request.user})
        return super().get_form(request, obj, change, **kwargs)

    def get_fieldsets(self, request, obj=None):
        return [(None, {"fields": ASKED}), (_("answer"), {"fields": self._answer_fields(request, obj)})]

    def _answer_fields(self, request, asked):
        if not asked or not self.has_change_permission(request, asked):
            return ANSWERED
        return ("decision", "entered", "answer") if asked.is_missing else ("decision", "answer")

    def get_readonly_fields(self, request, obj=None):
        return ASKED if obj and self.has_change_permission(request, obj) else (*ASKED, *ANSWERED)

    @admin.display(description=_("the record"))
    def source(self, asked):
        address = getattr(asked, "source_href", None)
        return format_html('<a href="{}">{}</a>', address, _("Open the record")) if address else "-"

    def save_model(self, request, obj, form, change):
        facts = form.cleaned_data
        on = timezone.localdate()
        if not obj.decide(facts["decision"], facts["answer"], request.user, on, **form.found()):
            messages.error(request, _("This no longer waits for an answer."))


def way_to_archive(user, key):
    if user.has_perm(MAY) and is_key(Person, key) and persons_in_reach(user).filter(pk=key).exists():
        yield _("Duty archive"), reverse("duty_archives:person", args=(key,))


def corrections_waiting(user):
    """A tile for whoever answers them."""
    if user.has_perm(CHANGE):
        waiting = CorrectionRequest.objects.visible_to(user, CHANGE).open()
        address = f"{reverse('admin:representatives_correctionrequest_changelist')}?state__exact={OPEN}"
        if count := waiting.count():
            yield {"name": _("Correction requests"), "value": count, "href": address, "place": 30}


admin.site.add_waiting(corrections_waiting)
admin.site.add_page("ledgers", 30, _("Duty archives of representatives"), "duty_archives:list", MAY)
PersonAdmin.from_above += (way_to_archive,)
