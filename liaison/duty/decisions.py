"""How the office answers a request for correction; what was missing is accepted once it stands on record."""

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from liaison.duty import places
from liaison.duty.sources import rows_of
from liaison.tools.fields import CleanText
from liaison.tools.periods import Period
from representatives.models import CorrectionRequest, DutyEntry, mandates_in_reach
from representatives.models.corrections import ACCEPTED, DECLINED, STATE_CHOICES

ADD = "representatives.add_dutyentry"
DECISIONS = [(state, words) for state, words in STATE_CHOICES if state in (ACCEPTED, DECLINED)]


class DecisionForm(forms.ModelForm):
    """Both are needed: a representative reads why. `user` is who answers."""

    user = None
    decision = forms.ChoiceField(
        label=_("decision"),
        choices=DECISIONS,
        widget=forms.RadioSelect,
        help_text=_("Accepting changes no record: correct the record itself first."),
    )
    answer = CleanText(
        label=_("answer to the representative"),
        lines=True,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    class Meta:
        model = CorrectionRequest
        fields = ("answer",)

    def clean(self):
        facts = super().clean()
        if not CorrectionRequest.objects.open().filter(pk=self.instance.pk).exists():
            raise ValidationError(_("This no longer waits for an answer."))
        return facts

    def found(self) -> dict:
        """What the request is about, where the answer says it."""
        return {}


class FoundForm(DecisionForm):
    """Of something missing: accepted is only what is entered by now, and chosen here."""

    entered = forms.ChoiceField(
        label=_("where it stands on record now"),
        required=False,
        error_messages={"invalid_choice": _("Please choose one of the records.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = {row.key: row for row in rows_now(self.instance, self.user)}
        field = self.fields["entered"]
        field.choices = [("", _("not entered yet")), *((key, row.words) for key, row in self.rows.items())]
        field.help_text = way_to_enter(self.instance.mandate, self.user)
        self.initial.setdefault("entered", entered_since(self.instance, self.rows))

    def clean(self):
        facts = super().clean()
        if facts.get("decision") == ACCEPTED and not facts.get("entered") and "entered" not in self.errors:
            self.add_error("entered", _("It is not on record yet. Please enter it first, then choose it here."))
        return facts

    def found(self) -> dict:
        row = self.rows.get(self.cleaned_data["entered"]) if self.cleaned_data["decision"] == ACCEPTED else None
        return {"row": row.key, "about": row.words[:300]} if row else {}


def rows_now(asked, user) -> list:
    """What the representative's record tells since the mandate began, the newest first, as far as the user may open."""
    rows = rows_of([asked.mandate.person_id], Period(asked.mandate.starts_on, timezone.localdate()))
    may_open = places.at_work([row.key for row in rows], user)
    return [row for row in reversed(rows) if row.key in may_open]


def entered_since(asked, rows) -> str:
    """The key of the entry made last since it was asked for, if any."""
    entries = DutyEntry.objects.filter(mandate__person=asked.mandate.person_id, is_mistaken=False)
    made = entries.filter(entered_at__date__gte=asked.asked_on).order_by("-entered_at", "-pk")
    keys = [f"entry:{pk}" for pk in made.values_list("pk", flat=True)]
    return next((key for key in keys if key in rows), "")


def way_to_enter(mandate, user) -> str:
    """The page on which it is entered, for whoever may enter it for this mandate."""
    told = _("Accepted is only what stands on record: a visit's roll, a proposal, or a duty entry.")
    if not user.has_perm(ADD) or not mandates_in_reach(user, ADD).filter(pk=mandate.pk).exists():
        return told
    address = f"{reverse('admin:representatives_dutyentry_add')}?mandate={mandate.pk}"
    return format_html('{} <a href="{}" target="_blank">{}</a>', told, address, _("Enter it now"))
