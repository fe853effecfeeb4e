"""Forms of proposals: the register's own, and one for each move."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from feedback.opinions.forms import LONGEST, TOO_LONG, TextArea
from feedback.proposals import progress, workflow
from feedback.proposals.models import CO_ROLES, LEAD_ROLES, Proposal, ReplyType
from liaison.organisations.models import Organisation
from liaison.tools.dates import DayField
from liaison.tools.fields import CleanText

FACTS = {"in_charge_by": "in_charge_on", "signed_by": "signed_on", "supervised_by": "supervised_on"}
NOT_YET = _("This day has not come yet.")


class CleanLines(CleanText):
    """Several lines, within the length anybody reads."""

    def __init__(self, **kwargs):
        limits = {"max_length": LONGEST, "error_messages": {"max_length": TOO_LONG}}
        super().__init__(lines=True, **kwargs | limits)


class ProposalForm(forms.ModelForm):
    """A proposal as it stands in the register. Each check names the field to be mended."""

    class Meta:
        model = Proposal
        fields = (
            *("term", "session", "sequence", "title", "submitted_on", "is_key", "lead_by", "co_signers", "text"),
            *("in_charge_by", "in_charge_on", "signed_by", "signed_on", "supervised_by", "supervised_on"),
            *("reply_number", "reply_type", "met_on", "delivered_on"),
            *("is_published", "public_text", "reply_is_published", "public_reply"),
        )

    def clean(self):
        given = super().clean()
        self._check_number(given)
        self._check_representatives(given)
        self._check_days(given)
        self._check_facts(given)
        self._check_publication(given)
        return given

    def validate_unique(self):
        """The one rule of uniqueness is told beside the number by `_check_number`."""

    def _wrong(self, name, words):
        if name in self.fields and name not in self.errors:
            self.add_error(name, words)

    def _check_number(self, given):
        parts = {name: given.get(name, getattr(self.instance, name, None)) for name in ("session", "sequence")}
        term = given.get("term")
        if term is None or None in parts.values():
            return
        if Proposal.objects.filter(term=term, **parts).exclude(pk=self.instance.pk).exists():
            self._wrong("sequence", _("This number is taken, please check it."))

    def _check_representatives(self, given):
        term, lead = given.get("term"), given.get("lead_by")
        if term and lead and lead.term_id != term.pk:
            self._wrong("lead_by", _("Not a representative of this term."))
        signers = given.get("co_signers") or ()
        if term and any(mandate.term_id != term.pk for mandate in signers):
            self._wrong("co_signers", _("Somebody here is not of this term."))
        if lead and lead in signers:
            self._wrong("co_signers", _("The leading representative is among them."))

    def _check_days(self, given):
        today, begun = timezone.localdate(), given.get("submitted_on")
        for name in ("submitted_on", *FACTS.values(), "met_on", "delivered_on"):
            day = given.get(name)
            if day and day > today:
                self._wrong(name, NOT_YET)
            elif day and begun and day < begun:
                self._wrong(name, _("This is before it was submitted."))
        assigned = self.instance.assigned_on
        if assigned and begun and begun > assigned:
            self._wrong("submitted_on", _("It was assigned before this day."))
        if given.get("delivered_on") and assigned and given["delivered_on"] < assigned:
            self._wrong("delivered_on", _("This is before it was assigned."))

    def _check_facts(self, given):
        """A person and a day, or neither."""
        for person, day in FACTS.items():
            if given.get(person) and not given.get(day):
                self._wrong(day, _("Please write the day as well."))
            if given.get(day) and not given.get(person):
                self._wrong(person, _("Please write who it was."))

    def _check_publication(self, given):
        if given.get("is_published"):
            if self.instance.state not in workflow.OPEN_TO_THE_PUBLIC:
                self._wrong("is_published", _("Only reviewed proposals are published."))
            if not given.get("public_text"):
                self._wrong("public_text", _("Please write what the public may read."))
        if given.get("reply_is_published"):
            if not given.get("is_published"):
                self._wrong("reply_is_published", _("Publish the proposal first."))
            if not given.get("public_reply"):
                self._wrong("public_reply", _("Please write what the public may read."))


class OpinionLines(forms.BaseInlineFormSet):
    """The opinions behind a proposal, each once."""

    def validate_unique(self):
        seen = set()
        for form in self.forms:
            opinion = form.cleaned_data.get("opinion") if hasattr(form, "cleaned_data") else None
            if opinion and not form.cleaned_data.get("DELETE"):
                if opinion.pk in seen:
                    form.add_error("opinion", _("The same opinion is chosen twice"))
                seen.add(opinion.pk)


class MoveForm(forms.Form):
    """What a move asks for: `at` is the day on the paper, `facts()` go to the move's effect, `note` to its step."""

    on = DayField(label=pgettext_lazy("proposal", "day"))
    note = CleanLines(label=_("note"), required=False, widget=TextArea(3))

    def __init__(self, *args, proposal, user, move, **kwargs):
        super().__init__(*args, **kwargs)
        self.proposal, self.user = proposal, user
        self.fields["on"].initial = timezone.localdate()
        if move.needs_note:
            self.fields["note"] = CleanLines(label=_("reason"), widget=TextArea(3))
        self.prepare()

    def prepare(self):
        """Narrow the choices to what fits this proposal."""

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(NOT_YET)
        if day < self.proposal.submitted_on:
            raise forms.ValidationError(_("This is before it was submitted."))
        return day

    def facts(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name not in ("on", "note")}

    def at(self):
        return progress.moment_of(self.cleaned_data["on"])


class AssignForm(MoveForm):
    organisation = forms.ModelChoiceField(label=_("lead handler"), queryset=Organisation.objects.none())
    role = forms.ChoiceField(
        label=_("role of the lead handler"),
        choices=[("", _("by itself: sole, or lead with others")), *LEAD_ROLES],
        required=False,
    )
    due_on = DayField(
        label=_("reply due on"), required=False, ahead=True, help_text=_("Empty: by the time limit that holds here.")
    )
    others = forms.ModelMultipleChoiceField(
        label=_("co-handling departments"),
        queryset=Organisation.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    others_role = forms.ChoiceField(label=_("their role"), choices=CO_ROLES, required=False)
    field_order = ("on", "organisation", "role", "due_on", "others", "others_role", "note")

    def prepare(self):
        handlers = Organisation.objects.handling().within(self.proposal.division_id)
        self.fields["organisation"].queryset = self.fields["others"].queryset = handlers
        self.fields["others_role"].initial = "co"

    def clean_others_role(self):
        return self.cleaned_data["others_role"] or "co"

    def clean(self):
        given = super().clean()
        if given.get("due_on") and given.get("on") and given["due_on"] < given["on"]:
            self.add_error("due_on", _("This is before it is assigned."))
        return given


class ReplyForm(MoveForm):
    reply_type = forms.ModelChoiceField(label=_("reply type"), queryset=ReplyType.objects.filter(is_active=True))
    number = CleanText(label=_("number of the reply document"), max_length=50, required=False)
    met_on = DayField(label=_("met in person on"), required=False)
    text = CleanLines(label=_("reply"), required=False, widget=TextArea(8))
    field_order = ("on", "number", "reply_type", "met_on", "text", "note")

    def clean_on(self):
        day = super().clean_on()
        if day < self.proposal.assigned_on:
            raise forms.ValidationError(_("This is before it was assigned."))
        return day

    def clean_met_on(self):
        day = self.cleaned_data["met_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(NOT_YET)
        if day and day < self.proposal.submitted_on:
            raise forms.ValidationError(_("This is before it was submitted."))
        return day


MOVE_FORMS = {"assign": AssignForm, "reassign": AssignForm, "reply": ReplyForm}
