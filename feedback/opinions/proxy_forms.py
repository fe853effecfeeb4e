"""What the station enters on behalf of others (代录): the day on the paper, its source, a scan if there is one."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback.opinions import on_behalf
from feedback.opinions.choices import PROXY_SOURCE_CHOICES, SCORE_CHOICES
from feedback.opinions.forms import LONGEST, TextArea
from feedback.opinions.move_forms import MOVE_FORMS, MoveForm, OfAssignmentForm, outcome_field, reply_text
from liaison.tools.dates import DayField
from liaison.tools.fields import CleanText
from liaison.tools.files import PhotoRefused, clean_photo
from representatives.models import Mandate

NOT_CHOSEN = [("", "—")]


class ScanField(forms.FileField):
    """One picture of a paper (JPEG, PNG, WebP), cleaned like every photo."""

    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        try:
            return clean_photo(upload) if upload else None
        except PhotoRefused as refusal:
            raise ValidationError(refusal.reason) from refusal


class ProxyForm(MoveForm):
    """Dated by the paper; `earliest()` is the day before which it cannot have been written."""

    paper_on = DayField(label=_("day on the paper"))
    scan = ScanField(label=_("scan or photo of the paper (may be left out)"), required=False)

    def earliest(self):
        return self.opinion.fed_back_on

    def clean(self):
        facts = super().clean()
        day = facts.get("paper_on")
        refused = day and on_behalf.day_refused(day, self.earliest())
        if refused:
            self.add_error("paper_on", refused)
        return facts

    def at(self):
        return on_behalf.moment_of(self.opinion, self.cleaned_data["paper_on"])


class ReplyForForm(ProxyForm, OfAssignmentForm):
    text = reply_text()
    outcome = outcome_field()
    field_order = ["assignment", "paper_on", "text", "outcome", "scan"]

    def earliest(self):
        assignment = self.cleaned_data.get("assignment")
        return assignment and assignment.assigned_on


class AnswerElsewhereForm(ProxyForm):
    text = reply_text()
    outcome = outcome_field()
    scan = None

    def earliest(self):
        return self.opinion.passed_on.passed_on


class RatingFields(forms.Form):
    """What a resident said of the result; why, where they are not satisfied."""

    score = forms.ChoiceField(label=_("evaluation"), choices=SCORE_CHOICES)
    reason = CleanText(lines=True, label=_("reason"), required=False, max_length=LONGEST, widget=TextArea(3))

    def clean(self):
        facts = super().clean()
        if facts.get("score") == "dissatisfied" and not facts.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Please write what the resident is not satisfied with"))
        return facts


class RateForForm(RatingFields, ProxyForm):
    source = forms.ChoiceField(label=_("how the resident said so"), choices=PROXY_SOURCE_CHOICES)
    field_order = ["source", "paper_on", "score", "reason", "scan"]

    def prepare(self):
        self.fields["paper_on"].label = _("day on which it was said")
        self.fields["paper_on"].initial = timezone.localdate()


class SignForForm(ProxyForm):
    representative = forms.ModelChoiceField(label=_("representative"), queryset=Mandate.objects.none())
    field_order = ["representative", "paper_on", "scan"]

    def prepare(self):
        """Those of the opinion's station."""
        rows = Mandate.objects.filter(assignments__station_id=self.opinion.station_id)
        self.fields["representative"].queryset = rows.select_related("person", "term__congress").distinct()

    def facts(self):
        facts = super().facts()
        return facts | {"representative": facts["representative"].person.name}


class CallForm(RatingFields):
    """A call-back: whether anybody answered, what they were told, and what they think of the result."""

    reached = forms.ChoiceField(
        label=_("did anybody answer?"),
        choices=[("yes", _("reached")), ("no", _("not reached"))],
        widget=forms.RadioSelect,
    )
    told = CleanText(
        lines=True, label=_("what was said on the telephone"), required=False, max_length=LONGEST, widget=TextArea(4)
    )

    def __init__(self, *args, opinion, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields(["reached", "told"])
        self.opinion = opinion
        self.fields["score"].required = False
        self.fields["score"].choices = [("", _("not asked")), *SCORE_CHOICES]
        if opinion.state not in ("replied", "fed_back", "answered_on_spot"):
            del self.fields["score"], self.fields["reason"]

    @property
    def is_reached(self) -> bool:
        return self.cleaned_data["reached"] == "yes"

    def clean(self):
        facts = super().clean()
        if facts.get("reached") == "yes" and not facts.get("told") and "told" not in self.errors:
            self.add_error("told", _("Please write what was said"))
        if facts.get("reached") == "no" and facts.get("score"):
            self.add_error("score", _("Nobody answered, so nobody evaluated"))
        return facts


class ReissueForm(forms.Form):
    """How it was made sure that this is the person who said it."""

    way = forms.ChoiceField(label=_("how it was made sure"), widget=forms.RadioSelect)
    token = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, has_phone, **kwargs):
        super().__init__(*args, **kwargs)
        at_desk = ("in_person", _("the person stands at the desk, name checked"))
        by_phone = ("phone", _("called back on the number on file"))
        self.fields["way"].choices = [at_desk, by_phone] if has_phone else [at_desk]


PROXY_FORMS = {
    "reply_for": ReplyForForm,
    "answer_elsewhere": AnswerElsewhereForm,
    "rate_for": RateForForm,
    "sign_for": SignForForm,
}
FORM_OF = MOVE_FORMS | PROXY_FORMS
