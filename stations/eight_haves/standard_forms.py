"""What is asked of a standard: of the whole, and of the days it holds when it is published."""

from django import forms
from django.utils.translation import gettext_lazy as _

from liaison.tools.dates import DayField
from liaison.tools.fields import CleanText
from stations.eight_haves.models import NO_KIND, TAKEN, Standard
from stations.register.models import KIND_CHOICES


class StandardForm(forms.ModelForm):
    name = CleanText(label=_("name of the standard"), max_length=60)
    version = CleanText(label=_("version"), max_length=20)
    kinds = forms.MultipleChoiceField(
        label=_("kinds of stations judged by it"),
        choices=KIND_CHOICES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": NO_KIND},
    )
    note = CleanText(label=_("note"), max_length=2_000, required=False, lines=True, widget=forms.Textarea)

    class Meta:
        model = Standard
        fields = ("name", "version", "division", "kinds", "valid_from", "valid_to", "note")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "division" in self.fields:
            self.fields["division"].required = True

    def clean(self):
        facts = super().clean()
        same = Standard.objects.filter(name=facts.get("name"), version=facts.get("version"))
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("version", TAKEN)
        return facts


class PublishForm(forms.Form):
    valid_from = DayField(label=_("in force from"), ahead=None)
    valid_to = DayField(label=_("in force until"), ahead=None, required=False, help_text=_("Empty: until a newer one."))

    def take_in(self, obstacles):
        """Those of its fields stand beside these; the others are given back."""
        for obstacle in obstacles:
            if obstacle.field:
                self.add_error(obstacle.field, obstacle.words)
        return [obstacle for obstacle in obstacles if not obstacle.field]
