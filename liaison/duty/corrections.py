"""What a representative says of their own record: that a row is wrong, or that something is missing."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from liaison.tools.admin import is_key
from liaison.tools.fields import CleanText
from representatives.models import CorrectionRequest

WHOSE = dict.fromkeys(("required", "invalid_choice"), _("Please choose which congress it concerns."))
MOST_OPEN = 20  # at a time: an office can answer no more


class CorrectionForm(forms.Form):
    """`row` is the line of the record it is about, None for a missing one; `seats` are those of the record's days."""

    text = CleanText(
        label=_("What is to be corrected?"),
        lines=True,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5, "class": "input"}),
        help_text=_("For example: on which day, where, what is missing or wrong. Without names of residents."),
        error_messages={"required": _("Please write what is to be corrected.")},
    )

    def __init__(self, *args, own, row, seats, **kwargs):
        super().__init__(*args, **kwargs)
        self.own, self.row, self.seats = own, row, seats
        if row is None and len(seats) > 1:
            named = [(str(seat.pk), str(seat.term)) for seat in seats]
            self.fields["mandate"] = forms.ChoiceField(choices=[("", _("Please choose")), *named], error_messages=WHOSE)
            self.order_fields(["mandate"])  # as the page asks for them, and as its summary of mistakes names them

    def clean(self):
        asked = CorrectionRequest.objects.open().filter(mandate__in=self.own.mandates)
        if self.row and asked.filter(row=self.row.key).exists():
            raise ValidationError(_("You have asked about this already; the answer is still to come."))
        if asked.count() >= MOST_OPEN:
            raise ValidationError(_("Several requests are still to be answered; please wait for the answers first."))
        return super().clean()

    def save(self) -> CorrectionRequest:
        """At the row's mandate; a missing one at the one held then, or chosen of several."""
        chosen = self.cleaned_data.get("mandate")
        mandate = self.row.mandate if self.row else int(chosen or self.seats[0].pk)
        about = {"row": self.row.key, "about": self.row.words[:300]} if self.row else {}
        facts = {"text": self.cleaned_data["text"], "asked_on": self.own.on}
        return CorrectionRequest.objects.create(mandate_id=mandate, **facts, **about)


def asked_by(own):
    """All that this representative ever asked, the newest first."""
    return CorrectionRequest.objects.filter(mandate__in=own.mandates).order_by("-asked_on", "-id")


def withdraw(own, key: str) -> None:
    """Theirs, while it waits; what was answered meanwhile stays as it was answered."""
    if is_key(CorrectionRequest, key) and (asked := asked_by(own).open().filter(pk=key).first()):
        asked.withdraw(own.on)
