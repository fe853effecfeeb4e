"""Opinions on a visit's page: new ones raised there, those already entered, and existing ones on the agenda."""

from django.utils.translation import gettext_lazy as _

from feedback.opinions import intake, papers, progress
from feedback.opinions.forms import RaisedForm
from feedback.opinions.models import AgendaItem, Opinion
from liaison.tools.admin import ReadOnly, ScopedInline
from stations.visits import lines
from stations.visits.admin import LinesInline

CHANNEL_OF_FORM = {"outreach": "outreach", "meeting": "meeting"}


def said_in(line) -> dict:
    """A line is of the usual urgency; nobody's name is kept of it."""
    return lines.opinion(line) | {"urgency": Opinion._meta.get_field("urgency").default}


class RaisedFormSet(lines.TypedLines):
    """Saves each row through the intake door, and remembers what to tell whoever entered it."""

    read_line = staticmethod(said_in)

    user = None
    validate_max = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.news = []

    def get_queryset(self):
        return self.model._default_manager.none()

    def save_new(self, form, commit=True):
        receipt = intake.take(self._said(form), by=self.user)
        self.news.append(papers.news_of(receipt, self.user))
        return receipt.opinion

    def _said(self, form) -> intake.Said:
        visit, facts = self.instance, form.cleaned_data
        return intake.Said(
            body=facts["body"],
            place=facts["place"],
            station=visit.station,
            channel=CHANNEL_OF_FORM.get(visit.form, "reception"),
            reporter=form.reporter(),
            received_at=progress.moment_on(visit.date),
            facts={"category": facts["category"], "urgency": facts["urgency"], "visit": visit},
        )


class NewOpinionInline(LinesInline):
    """Each matter a row of its own (一事一条); a line is enough where nobody's name is to be kept."""

    model = Opinion
    form = RaisedForm
    formset = RaisedFormSet
    extra = 3
    can_delete = False
    verbose_name_plural = _("opinions raised this time")
    hint = _("One matter a line: the place, a colon, the matter. Whoever leaves a name or telephone: field by field.")
    lacking = _("place or matter missing")
    fields = ("body", "place", "category", "urgency", "name", "phone", "identity_mode")

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        return type("RaisedHere", (formset,), {"user": request.user})

    def has_view_permission(self, request, obj=None):
        return self.has_add_permission(request, obj)  # rows are only added; the formset shows none that exist


def sees_opinions(request) -> bool:
    return request.user.has_perm("opinions.view_opinion")


class RaisedInline(ReadOnly, ScopedInline):
    """Those already entered at this visit."""

    model = Opinion
    fields = readonly_fields = ("number", "gist", "state_words")
    show_change_link = True
    can_delete = False
    verbose_name_plural = _("opinions already entered at this visit")

    def number(self, opinion):
        return opinion.number

    def gist(self, opinion):
        return opinion.gist

    def state_words(self, opinion):
        return progress.state_in_house(opinion)

    number.short_description = _("number")
    gist.short_description = _("matter")
    state_words.short_description = _("state")

    def has_view_permission(self, request, obj=None):
        return sees_opinions(request)

    def has_delete_permission(self, request, obj=None):
        return False


class AgendaInline(ScopedInline):
    model = AgendaItem
    fields = ("opinion",)
    autocomplete_fields = ("opinion",)
    extra = 1

    def get_queryset(self, request):
        return super().get_queryset(request).filter(opinion__in=Opinion.objects.visible_to(request.user))

    def has_view_permission(self, request, obj=None):
        return sees_opinions(request)
