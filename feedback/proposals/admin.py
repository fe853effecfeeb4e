"""Proposals at work: the register, the next step, and the opinions behind each."""

import re

from django.contrib import admin
from django.db import models
from django.db.models import Max, Q
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from feedback.opinions.admin import OpinionAdmin
from feedback.opinions.models import Opinion
from feedback.proposals import books, ledger, news, numbering, progress, workflow
from feedback.proposals.filters import FactFilter, InProposalFilter, LateFilter, StateFilter
from feedback.proposals.forms import MOVE_FORMS, CleanLines, MoveForm, OpinionLines, ProposalForm
from feedback.proposals.models import Proposal, ProposalOpinion, ReplyType
from feedback.proposals.pages import RatePages
from feedback.proposals.waiting import to_do
from liaison.accounts.scope import divisions_within
from liaison.rulebook.office import served_office
from liaison.tools.admin import DAYS_AS_TYPED, LONGEST_SEARCH, ScopedAdmin, ScopedInline
from liaison.tools.fields import CleanText
from liaison.tools.move_page import MovePage
from representatives.models import Term
from stations.register import books as register_books

ADD, CHANGE = "proposals.add_proposal", "proposals.change_proposal"
NUMBER = re.compile(r"\D?(\d{1,5})\D?")


@admin.register(ReplyType)
class ReplyTypeAdmin(ScopedAdmin):
    group, place = "settings", 50
    list_display = ("code", "name", "is_active")
    search_fields = ("name",)


class OpinionInline(ScopedInline):
    """Those behind it, chosen by number or words from what its reader may see."""

    model = ProposalOpinion
    formset = OpinionLines
    fields = ("opinion", "gist", "state_words")
    readonly_fields = ("gist", "state_words")
    autocomplete_fields = ("opinion",)
    extra = 1

    @admin.display(description=_("matter"))
    def gist(self, link):
        return link.opinion.gist if link.opinion_id else ""

    @admin.display(description=_("state"))
    def state_words(self, link):
        return link.opinion.state_label if link.opinion_id else ""

    def get_queryset(self, request):
        links = super().get_queryset(request).select_related("opinion")
        return links.filter(opinion__in=Opinion.objects.visible_to(request.user))

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("opinions.view_opinion")


@admin.register(Proposal)
class ProposalAdmin(MovePage, RatePages, ScopedAdmin):
    group, place = "work", 40
    form = ProposalForm
    list_display = (*("number", "title", "state_words", "lead", "lead_handler", "due", "type_code", "delivered"),)
    list_display_links = ("number", "title")
    list_filter = (StateFilter, LateFilter, FactFilter, "is_key", "term", "lead_handler")
    list_select_related = ("term__congress", "lead_by__person", "lead_handler", "reply_type")
    search_fields = ("title",)
    search_help_text = _("Number, or words of the title or the text")
    date_hierarchy = None
    ledger = ledger.COLUMNS
    inlines = (OpinionInline,)
    autocomplete_fields = ("lead_by", "co_signers")
    formfield_overrides = {
        **DAYS_AS_TYPED,
        models.CharField: {"form_class": CleanText},
        models.TextField: {"form_class": CleanLines},
    }
    numbered = (None, {"fields": (("term", "session", "sequence"), "title", ("submitted_on", "is_key"))})
    said = (None, {"fields": ("lead_by", "co_signers", "text")})
    given = (
        _("given to"),
        {"fields": (("lead_handler", "lead_role", "others"), ("assigned_on", "due_on", "replied_on"))},
    )
    facts = (
        _("taken in charge, signed, supervised"),
        {
            "fields": (
                ("in_charge_by", "in_charge_on"),
                ("signed_by", "signed_on"),
                ("supervised_by", "supervised_on"),
            )
        },
    )
    answered = (
        _("answered, and delivered"),
        {"fields": (("reply_number", "reply_type"), "reply_words", ("met_on", "delivered_on"))},
    )
    shown = (
        _("for the public"),
        {
            "classes": ("collapse",),
            "fields": ("is_published", "public_text", "reply_is_published", "public_reply"),
        },
    )
    read_only = ("lead_handler", "lead_role", "others", "assigned_on", "due_on", "replied_on", "reply_words")

    @admin.display(description=pgettext_lazy("proposal", "number"), ordering=("sequence"))
    def number(self, proposal):
        return numbering.brief_of(proposal.session, proposal.sequence)

    @admin.display(description=_("state"), ordering="state")
    def state_words(self, proposal):
        return progress.state_in_house(proposal)

    @admin.display(description=_("leading representative"))
    def lead(self, proposal):
        return proposal.lead_by.person.name

    @admin.display(description=_("reply due on"), ordering="due_on")
    def due(self, proposal):
        return proposal.due_on and proposal.due_on.isoformat()

    @admin.display(description=_("delivered"), ordering="delivered_on")
    def delivered(self, proposal):
        return proposal.delivered_on and proposal.delivered_on.isoformat()

    @admin.display(description=_("reply type"), ordering="reply_type__code")
    def type_code(self, proposal):
        return proposal.reply_type.code if proposal.reply_type else ""

    @admin.display(description=_("co-handling departments"))
    def others(self, proposal):
        return ledger.co_handlers(proposal) or "—"

    @admin.display(description=_("reply"))
    def reply_words(self, proposal):
        return proposal.reply_text or "—"

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return (self.numbered, self.said, self.facts)
        answered = (self.answered,) if obj.has_reply else ()
        return (self.numbered, self.said, self.given, self.facts, *answered, self.shown)

    def get_readonly_fields(self, request, obj=None):
        return self.read_only if obj else ()

    def has_change_permission(self, request, obj=None):
        """What was refused or withdrawn stays as it was."""
        return super().has_change_permission(request, obj) and (obj is None or obj.state in workflow.STANDING)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "term":
            places = divisions_within(request.user, CHANGE)
            kwargs["queryset"] = Term.objects.filter(congress__division__in=places).select_related("congress")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request):
        """The next number between the sessions of the present term of the congress served."""
        given = super().get_changeform_initial_data(request)
        office = served_office()
        term = Term.objects.filter(congress__division=office and office.division_id).order_by("ordinal").last()
        return given | _next_number(term) if term and not given else given

    def get_search_results(self, request, queryset, search_term):
        words = search_term.strip()[:LONGEST_SEARCH]
        return (queryset.filter(_meant_by(words)) if words else queryset), False

    def save_model(self, request, obj, form, change):
        kept = Proposal.objects.select_related("term").get(pk=obj.pk) if change else None
        form.was = (kept.key, set(kept.opinions.all())) if kept else ("", set())
        if obj.is_published and not (kept and kept.is_published):
            obj.published_on = timezone.localdate()
        obj.state = obj.state or workflow.BEGINS
        super().save_model(request, obj, form, change)
        if not change:
            obj.begin(by=request.user)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        news.follow(form.instance, *form.was, by=request.user)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        proposal = self.get_object(request, object_id)
        extra = progress.for_house(proposal, request.user) if proposal else {}
        return super().change_view(request, object_id, form_url, extra | (extra_context or {}))

    def move_form(self, request, proposal, move):
        return MOVE_FORMS.get(move.key, MoveForm)(request.POST or None, proposal=proposal, user=request.user, move=move)

    def name_of(self, proposal):
        return proposal.label

    def words_of(self, proposal):
        return f"{proposal.label}\n{proposal.title}"

    def get_urls(self):
        own = [
            path("<int:pk>/move/<slug:key>/", self._page(self.move_view), name="proposals_move"),
            path("rates/", self._page(self.rates_view), name="proposals_rates"),
            path("rates.xlsx", self._page(self.rates_download), name="proposals_rates_download"),
            path("rates/<slug:key>/", self._page(self.rate_view), name="proposals_rate"),
        ]
        return own + register_books.urls(books.BOOK, self) + super().get_urls()

    def _page(self, view):
        return self.admin_site.admin_view(view)


def _next_number(term) -> dict:
    highest = Proposal.objects.filter(term=term, session=0).aggregate(highest=Max("sequence"))["highest"]
    return {"term": term.pk, "session": 0, "sequence": (highest or 0) + 1}


def _meant_by(words: str) -> Q:
    """What a clerk types to find one: its key, its number, or words of it."""
    keyed = Q(pk__in=Proposal.objects.keyed(words.upper()).values("pk"))
    numbered = NUMBER.fullmatch(words)
    if numbered:
        keyed |= Q(sequence=int(numbered[1]))
    return keyed | Q(title__contains=words) | Q(text__contains=words)


OpinionAdmin.list_filter = (*OpinionAdmin.list_filter, InProposalFilter)
admin.site.add_to_do(to_do)
