"""What the moves of a yearly check ask for, and the pages that open checks."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liaison.tools.admin import Choice
from liaison.tools.dates import DayField
from liaison.tools.fields import CleanText
from stations.assessment import opening, workflow
from stations.assessment.cycle import last_due
from stations.assessment.models import Assessment, Rectification
from stations.assessment.models.rectifications import LONGEST_NOTE, LONGEST_WHAT
from stations.assessment.reached import choices_of, lies_in
from stations.assessment.rectifying import why_again
from stations.eight_haves.models import Have, Standard
from stations.register.models.dated import YEARS

AREA = forms.Textarea(attrs={"rows": 3})


class MoveForm(forms.Form):
    """`facts()` are handed to the move's effect, `note` to its step, `at()` dates it: now."""

    note = CleanText(lines=True, label=_("note"), required=False, max_length=LONGEST_NOTE, widget=AREA)

    def __init__(self, *args, check, move, **kwargs):
        super().__init__(*args, **kwargs)
        self.check = check
        self.fields["note"].required = move.needs_note
        self.prepare()

    def prepare(self):
        """Narrow the choices to what fits this check."""

    def facts(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "note"}

    def at(self):
        return None

    def chosen(self, move):
        """Of two moves with one form that which was chosen; for most the one asked for."""
        return move


class RectifyForm(MoveForm):
    have = Choice(label=_("which of the eight"), queryset=Have.objects.none())
    what = CleanText(label=_("what is to be rectified"), max_length=LONGEST_WHAT, widget=AREA)
    due_on = DayField(label=_("to be done by"), ahead=True)

    def prepare(self):
        self.fields["have"].queryset = Have.objects.filter(standard=self.check.standard_id)

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day is past, please choose a later one."))
        if day > last_due(timezone.localdate()):
            raise forms.ValidationError(_("This day lies more than two years ahead, please check the year."))
        return day


class MendForm(MoveForm):
    item = Choice(label=_("thing to be rectified"), queryset=Rectification.objects.none())
    done_on = DayField(label=_("rectified on"))

    def prepare(self):
        items = self.check.items.filter(done_on=None)
        self.fields["item"].queryset = items
        self.fields["item"].help_text = self._sent_back(items)
        self.fields["done_on"].initial = timezone.localdate()
        self.fields["note"].label = _("what was done")

    def _sent_back(self, items) -> str:
        reasons = why_again(self.check.steps.select_related("item"))
        known = [{"names": item.what, "reason": reasons[item.pk]} for item in items if item.pk in reasons]
        return " ".join(_("%(names)s: %(reason)s") % said for said in known)

    def clean(self):
        facts = super().clean()
        item, day = facts.get("item"), facts.get("done_on")
        if day and day > timezone.localdate():
            self.add_error("done_on", _("This day has not come yet."))
        elif item and day and day < item.set_on:
            self.add_error("done_on", _("This is before it was set."))
        return facts


class RecheckForm(MoveForm):
    item = Choice(label=_("thing to be rectified"), queryset=Rectification.objects.none())
    is_in_order = forms.TypedChoiceField(
        label=_("recheck"),
        coerce=lambda text: text == "yes",
        choices=[("yes", pgettext_lazy("recheck", "in order")), ("no", pgettext_lazy("recheck", "not yet in order"))],
        widget=forms.RadioSelect,
    )

    def prepare(self):
        self.fields["item"].queryset = self.check.items.exclude(done_on=None).filter(rechecked_on=None)

    def clean(self):
        facts = super().clean()
        if facts.get("is_in_order") is False and not facts.get("note") and "note" not in self.errors:
            self.add_error("note", _("Please say why"))
        return facts

    def facts(self):
        return {"item": self.cleaned_data["item"]}

    def chosen(self, move):
        return move if self.cleaned_data["is_in_order"] else workflow.REDO


MOVE_FORMS = {"rectify": RectifyForm, "rectify_more": RectifyForm, "mend": MendForm, "recheck": RecheckForm}


class OpenForm(forms.ModelForm):
    """One station's check. Without a standard, the one by which the station is judged in that year."""

    year = forms.IntegerField(label=_("year"), validators=YEARS)

    class Meta:
        model = Assessment
        fields = ("station", "year", "standard")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "standard" in self.fields:
            self.fields["standard"].required = False
            self.fields["standard"].empty_label = _("the one in force")

    def clean_year(self):
        return not_to_come(self.cleaned_data["year"])

    def clean(self):
        facts = super().clean()
        if not self.errors:
            station, year, today = facts["station"], facts["year"], timezone.localdate()
            standards = opening.standards_for([station], year, today, facts["standard"])
            if reason := opening.reasons_against([station], year, standards, today).get(station.pk):
                self.add_error("station", reason)
            facts["standard"] = standards[station.pk]
        return facts


class OpenManyForm(forms.Form):
    """All stations of a division within reach that were to be inspected in the year; `reached` is a queryset."""

    year = forms.IntegerField(label=_("year"), validators=YEARS)
    division = forms.ChoiceField(label=_("division"))
    standard = Choice(
        label=_("standard"), queryset=Standard.objects.none(), required=False, empty_label=_("the one in force")
    )

    def __init__(self, *args, reached, standards, **kwargs):
        super().__init__(*args, **kwargs)
        self.reached = reached
        self.fields["year"].initial = timezone.localdate().year
        self.fields["standard"].queryset = standards
        self.fields["division"].choices = choices_of(reached.select_related("division__parent"))

    def clean_year(self):
        return not_to_come(self.cleaned_data["year"])

    def clean(self):
        facts = super().clean()
        if not self.errors:
            asked = opening.to_check(self.reached, facts["year"], timezone.localdate())
            facts["stations"] = [station for station in asked if lies_in(station, facts["division"])]
            if not facts["stations"]:
                self.add_error("division", _("No station to be inspected there is within your reach."))
        return facts


def not_to_come(year: int) -> int:
    if year > timezone.localdate().year:
        raise forms.ValidationError(opening.NOT_COME)
    return year
