"""Reports to voters, entered after the event from the paper and the counted ballots."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from liaison.tools.fields import CleanText
from liaison.tools.papers import PERSONAL_NUMBERS
from liaison.tools.sheets import Column
from representatives.admin.columns import column, columns
from representatives.admin.duty import SEAT, OfMandateAdmin
from representatives.admin.filters import level_filter
from representatives.models import VoterReport
from representatives.models.reports import VOTES

LONGEST = 3_000  # characters
SPOKEN_OF = ("summary", "questions", "follow_ups")


def _words(name, rows, *, required) -> CleanText:
    label = VoterReport._meta.get_field(name).verbose_name
    area = forms.Textarea(attrs={"rows": rows})
    return CleanText(label=label, lines=True, max_length=LONGEST, required=required, widget=area)


class VoterReportForm(forms.ModelForm):
    place = CleanText(label=VoterReport._meta.get_field("place").verbose_name, max_length=100)
    summary = _words("summary", 6, required=True)
    questions = _words("questions", 4, required=False)
    follow_ups = _words("follow_ups", 4, required=False)

    class Meta:
        model = VoterReport
        fields = ("mandate", "date", "place", "form", "audience", *VOTES, *SPOKEN_OF, "is_mistaken")

    def clean(self):
        facts = super().clean()
        for name in SPOKEN_OF:
            if PERSONAL_NUMBERS.search(facts.get(name) or ""):
                self.add_error(name, _("Please leave out telephone and card numbers."))
        votes = [facts.get(name) for name in (*VOTES, "audience")]
        if None not in votes and sum(votes[:-1]) > votes[-1]:
            words = _("There are more votes than people who were there.")
            self.add_error("audience", ValidationError(words, code="votes"))
        return facts


@admin.register(VoterReport)
class VoterReportAdmin(OfMandateAdmin):
    group, place = "work", 62
    form = VoterReportForm
    list_display = ("date", "mandate", "place", "audience", *VOTES, "is_mistaken")
    list_filter = ("form", "is_mistaken", level_filter(SEAT))
    ledger = (
        column(VoterReport, "date"),
        column(VoterReport, "mandate", "mandate.person.name"),
        column(VoterReport, "place"),
        Column("form", VoterReport._meta.get_field("form").verbose_name, "get_form_display"),
        *columns(VoterReport, "audience", *VOTES, *SPOKEN_OF, "is_mistaken", "entered_by"),
    )

    def get_fieldsets(self, request, obj=None):
        entered = ("is_mistaken", "entered_by", "entered_at") if obj else ()
        return [
            (None, {"fields": ("mandate", ("date", "place"), "form")}),
            (_("votes, as they were counted"), {"fields": ("audience", VOTES)}),
            (None, {"fields": (*SPOKEN_OF, *entered)}),
        ]
