"""Opinions at work: the register, the next step, and the rows that belong on a visit's page."""

from django.contrib import admin, messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from feedback.handling.models import REPLIED, UNANSWERED
from feedback.opinions import (
    blank_form,
    books,
    desk,
    intake,
    ledger,
    ledgers,
    offers,
    papers,
    progress,
    urge_pages,
    workflow,
)
from feedback.opinions.filters import AskedFilter, LateFilter, OverdueFilter, StateFilter
from feedback.opinions.forms import DeskForm
from feedback.opinions.inlines import AgendaInline, NewOpinionInline, RaisedInline
from feedback.opinions.models import Opinion, OpinionAssignment, by_urgency
from feedback.opinions.move_forms import MoveForm
from feedback.opinions.proxy_forms import FORM_OF
from feedback.opinions.publishing import show_publication_on, to_review
from feedback.opinions.waiting import to_do, waiting_for
from liaison.accounts.scope import divisions_within
from liaison.rulebook.office import served_office
from liaison.tools.admin import LONGEST_SEARCH, ReadOnly, ScopedAdmin, record
from liaison.tools.move_page import MovePage
from stations.register.models import Station
from stations.visits import papers as visit_papers
from stations.visits.admin import VisitAdmin

ADD = "opinions.add_opinion"
MOST_ALARMS = 20
NOT_RETURNED = (*UNANSWERED, REPLIED)


def may_see_reporter(user, opinion) -> bool:
    """The station and its committee may; a department only what a resident under their real name allowed."""
    reporter = opinion.reporter
    if reporter is None or reporter.key_id is None:
        return False
    shared = reporter.share_identity and offers.own_assignment(opinion, user, NOT_RETURNED) is not None
    return shared or user.has_perm(desk.SEE_REPORTER, opinion)


def may_do_without_station(user) -> bool:
    """An opinion without a station hangs at the division served: it is entered by whoever will see it there."""
    office = served_office()
    return bool(office) and divisions_within(user, ADD).filter(pk=office.division_id).exists()


@admin.register(Opinion)
class OpinionAdmin(MovePage, ScopedAdmin):
    group, place = "work", 20
    list_display = ("number", "gist", "state_words", "station", "category", "received_on", "taker_name", "due")
    list_display_links = ("number", "gist")
    list_filter = (StateFilter, LateFilter, AskedFilter, "urgency", "channel", "station")
    list_select_related = ("station", "category")
    search_fields = ("number",)
    search_help_text = _("Number, or words of the text, the place or the summary")
    ledger = ledger.COLUMNS
    add_fieldsets = (
        (None, {"fields": ("station", "channel", "body", "place", "category", "urgency")}),
        (
            _("the reporter"),
            {"fields": ("name", "phone", "identity_mode", "share_identity", "publish_consent")},
        ),
    )
    fieldsets = (
        (None, {"fields": ("number", "state_words", "received_on", "station", "channel", "body", "place", "pictures")}),
        (_("at the station"), {"fields": ("summary", "category", "urgency", "identity", "taker_name")}),
    )
    readonly_fields = ("number", "state_words", "received_on", "body", "place", "pictures", "identity", "taker_name")
    field_permissions = {"station": ADD}

    @admin.display(description=_("number"), ordering="id")
    def number(self, opinion):
        return opinion.number

    @admin.display(description=_("matter"))
    def gist(self, opinion):
        return opinion.gist

    @admin.display(description=_("state"), ordering="state")
    def state_words(self, opinion):
        return progress.state_in_house(opinion)

    @admin.display(description=_("received on"), ordering="received_at")
    def received_on(self, opinion):
        return progress.day_of(opinion.received_at).isoformat()

    @admin.display(description=_("due on"))
    def due(self, opinion):
        day = progress.due_day(opinion)
        return day and day.isoformat()

    @admin.display(description=_("photos"))
    def pictures(self, opinion):
        links = [reverse("admin:opinions_opinion_photo", args=(opinion.pk, photo.pk)) for photo in opinion.photos.all()]
        shown = ((link, _("photo %(number)s") % {"number": place}) for place, link in enumerate(links, 1))
        return format_html_join("", '<a href="{0}" class="photo"><img src="{0}" alt="{1}"></a>', shown)

    @admin.display(description=_("who may know"))
    def identity(self, opinion):
        return opinion.reporter or "—"

    def get_fieldsets(self, request, obj=None):
        return self.fieldsets if obj else self.add_fieldsets

    def get_readonly_fields(self, request, obj=None):
        return (*self.readonly_fields, "station", "channel") if obj else ()

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is None:
            kwargs["form"] = DeskForm
        return super().get_form(request, obj, change, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "station":
            kwargs["required"] = not may_do_without_station(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request):
        """Whoever works at one station need not choose it."""
        own = Station.objects.visible_to(request.user, ADD)[:2]
        return {"station": own[0].pk} if len(own) == 1 else {}

    def get_ordering(self, request):
        """What waits is listed by danger; the whole register by number, for no index knows the danger of a million."""
        narrowed = {"state", "late", "asked"} & set(request.GET)
        return (by_urgency(), "-id") if narrowed else ("-id",)

    def changelist_view(self, request, extra_context=None):
        """Above the list: what is urgent or dangerous and not at its end."""
        alarming = self.get_queryset(request).alarming()[:MOST_ALARMS]
        shown = [progress.alarm(opinion) for opinion in alarming.prefetch_related("steps")]
        return super().changelist_view(request, {"alarms": shown} | (extra_context or {}))

    def get_search_results(self, request, queryset, search_term):
        words = search_term.strip()[:LONGEST_SEARCH]
        numbered = queryset.numbered(words.upper())
        if not words or numbered.exists():
            return (numbered if words else queryset), False
        return queryset.holding(words), False

    def save_model(self, request, obj, form, change):
        if change:
            super().save_model(request, obj, form, change)
        else:
            receipt = intake.take(_said_at_the_desk(form), by=request.user)
            obj.__dict__.update(receipt.opinion.__dict__)
            messages.success(request, papers.news_of(receipt, request.user))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        opinion = self.get_object(request, object_id)
        extra = progress.for_staff(opinion, request.user) if opinion else {}
        if opinion:
            extra["papers"] = papers.offered(opinion, request.user)
        if opinion and may_see_reporter(request.user, opinion):
            extra["reporter_url"] = reverse("admin:opinions_opinion_reporter", args=(opinion.pk,))
        if opinion and request.user.has_perm(workflow.PROXY, opinion):
            extra["scans"] = opinion.scans.all()
        return super().change_view(request, object_id, form_url, extra | (extra_context or {}))

    def get_urls(self):
        own = [
            path("<int:pk>/move/<slug:key>/", self._page(self.move_view), name="opinions_opinion_move"),
            path("<int:pk>/reporter/", self._page(self.reporter_view), name="opinions_opinion_reporter"),
            path("<int:pk>/call/", self._page(self.call_view), name="opinions_opinion_call"),
            path("<int:pk>/reissue/", self._page(self.reissue_view), name="opinions_opinion_reissue"),
            path("<int:pk>/scans/<int:scan>/", self._page(self.scan_view), name="opinions_opinion_scan"),
            path("<int:pk>/photos/<int:photo>/", self._page(self.photo_view), name="opinions_opinion_photo"),
        ]
        return own + papers.urls(self) + books.urls(self) + ledgers.urls(self) + super().get_urls()

    def _page(self, view):
        return self.admin_site.admin_view(view)

    def page_of_its_own(self, opinion, move):
        return progress.address_of(opinion, move) if move.key in workflow.PAGES_OF_THEIR_OWN else ""

    def move_form(self, request, opinion, move):
        typed = (request.POST, request.FILES) if request.method == "POST" else ()
        return FORM_OF.get(move.key, MoveForm)(*typed, opinion=opinion, user=request.user)

    def name_of(self, opinion):
        return opinion.number

    def words_of(self, opinion):
        return f"{opinion.number} {opinion.place}\n{opinion.body}"

    def shown_beside(self, opinion):
        """What was answered: whoever tells the resident has it in front."""
        return {"replies": progress.replies_of(opinion)}

    def reporter_view(self, request, pk):
        """Name and telephone, for telling the resident. Every look is a line of the trail."""
        opinion = self.visible(request, pk)
        if not may_see_reporter(request.user, opinion):
            raise Http404
        record("reveal", opinion, actor=request.user, detail={"fields": "name, phone"})
        context = self.admin_site.each_context(request) | {
            "title": _("The reporter of %(number)s") % {"number": opinion.number},
            "opts": self.opts,
            "original": opinion,
            "reporter": opinion.reporter.reveal(),
            "identity": opinion.reporter,
        }
        return TemplateResponse(request, "admin/opinions/opinion/reporter.html", context)

    def call_view(self, request, pk):
        opinion = self.visible(request, pk)
        return desk.call_page(request, opinion, self._around(request, opinion))

    def reissue_view(self, request, pk):
        opinion = self.visible(request, pk)
        return desk.reissue_page(request, opinion, self._around(request, opinion))

    def scan_view(self, request, pk, scan):
        return desk.scan_page(request, self.visible(request, pk), scan)

    def _around(self, request, opinion):
        return self.admin_site.each_context(request) | {"opts": self.opts, "original": opinion}

    def photo_view(self, request, pk, photo):
        kept = self.visible(request, pk).photos.filter(pk=photo).first() if photo < 2**63 else None
        if kept is None or not default_storage.exists(kept.file):
            raise Http404
        return FileResponse(default_storage.open(kept.file), content_type="image/jpeg")


def _said_at_the_desk(form) -> intake.Said:
    facts = form.cleaned_data
    return intake.Said(
        body=facts["body"],
        place=facts["place"],
        station=facts["station"],
        channel=facts["channel"],
        reporter=form.reporter(),
        publish_consent=facts["publish_consent"],
        facts={"category": facts["category"], "urgency": facts["urgency"]},
    )


@admin.register(OpinionAssignment)
class AssignmentAdmin(ReadOnly, ScopedAdmin):
    """What was given to whom and by when (交办与催办)."""

    group, place = "work", 30
    list_display = ("number", "organisation", "part", "state", "assigned_on", "due_on", "replied_on", "on_behalf")
    list_filter = (OverdueFilter, "state", "organisation")
    list_select_related = ("opinion", "organisation", "station")
    ledger = ledger.ASSIGNMENTS
    actions = ("download", "urge")
    fields = (
        "number",
        "organisation",
        "part",
        "round",
        "state",
        "assigned_on",
        "due_on",
        "asked_until",
        "acknowledged_on",
        "replied_on",
        "on_behalf",
        "instructions",
    )

    @admin.display(description=_("number"))
    def number(self, assignment):
        return assignment.opinion.number

    def get_urls(self):
        return urge_pages.urls(self) + super().get_urls()

    def has_urge_permission(self, request):
        return request.user.has_perm(urge_pages.PERMISSION)

    @admin.action(description=_("Urge the ticked ones and print the slips"), permissions=["urge"])
    def urge(self, request, queryset):
        return urge_pages.press(request, queryset.values_list("pk", flat=True))


VisitAdmin.inlines = (*VisitAdmin.inlines, NewOpinionInline, RaisedInline, AgendaInline)
visit_papers.PAGES.append(blank_form.urls)
admin.site.add_waiting(waiting_for)
show_publication_on(OpinionAdmin)
admin.site.add_to_do(to_do)
admin.site.add_to_do(to_review)
