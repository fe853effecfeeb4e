"""Writing down what was solved, and letting somebody else review it before anybody reads it (先审后发)."""

import re
from datetime import date

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from feedback.opinions.publications import Publication, why_not_to_publish
from liaison.tools.admin import ScopedAdmin, record
from liaison.tools.sheets import Column
from liaison.tools.text import clean_line, clean_text

PUBLISH = "opinions.publish_opinion"
LONGEST = 2_000  # characters
MOST = 15  # lines of today's work
BEHIND_OPINIONS = 3  # after danger, what is urgent and the rest
COPIED = 20  # characters in a row that stand in the resident's own words
SPACES = re.compile(r"\s+")
PERSONAL = re.compile(r"1[3-9]\d{9}|\d{17}[\dXx]|\d{15,19}", re.ASCII)  # mobile, identity card, bank card


class PublicationForm(forms.ModelForm):
    """The page takes away `publish` and `take_down` where they are not this user's to tick."""

    title = forms.CharField(label=_("title"), max_length=60)
    text = forms.CharField(
        label=_("text for everybody"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Say in your own words what the matter was, who did what, and what came of it. No names or telephones."
        ),
    )
    publish = forms.BooleanField(label=_("reviewed, publish it"), required=False)
    take_down = forms.BooleanField(label=_("take it down from today"), required=False)

    class Meta:
        model = Publication
        fields = ("opinion", "title", "text")

    def clean_opinion(self):
        opinion = self.cleaned_data["opinion"]
        if Publication.objects.filter(opinion=opinion).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Already written down for this opinion."))
        if reason := why_not_to_publish(opinion):
            raise ValidationError(reason)
        return opinion

    def clean_title(self):
        return self._reviewable(clean_line(self.cleaned_data["title"]))

    def clean_text(self):
        return self._reviewable(clean_text(self.cleaned_data["text"]).strip())

    def clean(self):
        facts = super().clean()
        if facts.get("publish") and (reason := why_not_to_publish(self.instance.opinion)):
            self.add_error("publish", reason)
        return facts

    def _reviewable(self, text):
        """Never the resident's own words, and nothing by which somebody could be found."""
        if PERSONAL.search(SPACES.sub("", text)):
            raise ValidationError(_("Please leave out telephone and card numbers."))
        opinion = self.cleaned_data.get("opinion") or (self.instance.pk and self.instance.opinion)
        if opinion and is_copied(text, opinion.body):
            raise ValidationError(_("Please use your own words, not the resident's."))
        return text


def is_copied(text: str, body: str) -> bool:
    """Whether a long run of the text stands in the body word for word."""
    text, body = SPACES.sub("", text), SPACES.sub("", body)
    runs = range(max(1, len(text) - COPIED + 1))
    return len(text) >= COPIED and any(text[start : start + COPIED] in body for start in runs)


@admin.register(Publication)
class PublicationAdmin(ScopedAdmin):
    """The station writes it; everybody reads it once somebody with that right has reviewed it."""

    group, place = "work", 25
    form = PublicationForm
    list_display = ("title", "number", "station", "state_words", "published_on", "withdrawn_on")
    list_select_related = ("opinion__station",)
    search_fields = ("title",)
    autocomplete_fields = ("opinion",)
    readonly_fields = ("state_words", "reviewed_name", "published_on", "withdrawn_on", "result", "reply")
    field_permissions = {"opinion": "opinions.add_publication"}
    ledger = (
        Column("number", _("number"), "opinion.number"),
        Column("title", _("title")),
        Column("text", _("text for everybody")),
        Column("station", _("station"), "opinion.station.name"),
        Column("state", _("status"), "state_words"),
        Column("reviewed_name", _("reviewed by")),
        Column("published_on", _("published on")),
        Column("withdrawn_on", _("taken down on")),
    )

    @admin.display(description=_("number"), ordering="opinion_id")
    def number(self, publication):
        return publication.opinion.number

    @admin.display(description=_("station"))
    def station(self, publication):
        return publication.opinion.station

    @admin.display(description=_("status"))
    def state_words(self, publication):
        return publication.state_words

    @admin.display(description=_("result"))
    def result(self, publication):
        return publication.opinion.get_outcome_display()

    @admin.display(description=_("reply"))
    def reply(self, publication):
        last = publication.opinion.replies.last()
        return last.text if last else "—"

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return [(None, {"fields": ("opinion", "title", "text")})]
        facts = ("state_words", "reviewed_name", "published_on", "withdrawn_on")
        return [
            (None, {"fields": ("number", "result", "reply")}),
            (None, {"fields": ("title", "text")}),
            (_("review"), {"fields": (*facts, *self._ticks(request, obj))}),
        ]

    def _ticks(self, request, obj) -> tuple[str, ...]:
        """What a reviewer may do with it next."""
        if obj is None or not request.user.has_perm(PUBLISH, obj):
            return ()
        return ("take_down",) if obj.is_shown else ("publish",)

    def get_form(self, request, obj=None, change=False, **kwargs):
        """A tick that is not on the page is none, whatever was posted."""
        closed = {"publish", "take_down"} - set(self._ticks(request, obj))
        kwargs["form"] = type("PublicationFormHere", (PublicationForm,), dict.fromkeys(closed))
        return super().get_form(request, obj, change, **kwargs)

    def get_readonly_fields(self, request, obj=None):
        return (*self.readonly_fields, "number")

    def has_change_permission(self, request, obj=None):
        """What everybody reads is changed by whoever may review it."""
        is_theirs = obj is None or not obj.is_shown or request.user.has_perm(PUBLISH, obj)
        return is_theirs and super().has_change_permission(request, obj)

    def save_model(self, request, obj, form, change):
        """What a reviewer changes while everybody reads it, they have reviewed."""
        today, facts = timezone.localdate(), form.cleaned_data
        if not change:
            obj.written_by = request.user
        if facts.get("take_down"):
            obj.take_down(today)
        elif facts.get("publish") or obj.is_shown:
            obj.publish(request.user, obj.published_on if obj.is_shown else today)
        super().save_model(request, obj, form, change)
        for action in ("publish", "take_down"):
            if facts.get(action):
                record(action, obj, actor=request.user)


def to_review(user):
    """A line of today's work for each text that somebody wrote down and this user may review, the oldest first."""
    if not user.has_perm(PUBLISH):
        return
    waiting = Publication.objects.visible_to(user, PUBLISH).filter(published_on=None).select_related("opinion")
    for publication in waiting.order_by("id")[:MOST]:
        address = reverse("admin:opinions_publication_change", args=(publication.pk,))
        yield {
            "rank": (BEHIND_OPINIONS, 0, date.max, publication.pk),
            "name": publication.opinion.number,
            "href": address,
            "gist": publication.title,
            "why": publication.state_words,
            "step": _("Review"),
            "step_href": address,
        }


@admin.display(description=_("what was solved"))
def publication_of(opinion):
    """On the opinion's page: the text there is, or the page to write one, or why there may be none."""
    kept = Publication.objects.filter(opinion=opinion).first()
    if kept:
        address = reverse("admin:opinions_publication_change", args=(kept.pk,))
        return format_html('<a href="{}">{}</a> {}', address, kept.title, kept.state_words)
    if reason := why_not_to_publish(opinion):
        return reason
    address = f"{reverse('admin:opinions_publication_add')}?opinion={opinion.pk}"
    return format_html('<a href="{}">{}</a>', address, _("Write down what was solved"))


def show_publication_on(page) -> None:
    """Adds the line to the page of an opinion."""
    page.fieldsets = (*page.fieldsets, (_("publishing"), {"fields": (publication_of,)}))
    page.readonly_fields = (*page.readonly_fields, publication_of)
