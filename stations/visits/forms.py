"""The one page on which a visit is entered."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liaison.tools.dates import DayField, parse_day
from liaison.tools.text import clean_text
from stations.register.placements import assignments_on
from stations.visits.models import ENTRY_TYPES, Attendance, Commitment, Visit


class VisitForm(forms.ModelForm):
    """A visit at `station` (set by the page on a subclass): its representatives are tick boxes."""

    station = None
    date = DayField(label=_("date"))
    starts_at = forms.TimeField(
        label=pgettext_lazy("time of day", "from"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    ends_at = forms.TimeField(label=_("until"), required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    all_present = forms.BooleanField(label=_("all present"), required=False)
    present = forms.MultipleChoiceField(
        label=_("representatives present"), required=False, widget=forms.CheckboxSelectMultiple
    )
    residents_received = forms.IntegerField(label=_("residents received"), min_value=0, max_value=9999, initial=0)

    class Meta:
        model = Visit
        fields = (
            "date",
            "starts_at",
            "ends_at",
            "place",
            *ENTRY_TYPES.values(),
            "form",
            "all_present",
            "present",
            "residents_received",
            "content",
            "results",
            "recorder",
        )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.expected = list(assignments_on(self.station, self._day()))
        if "present" in self.fields:
            self.fields["present"].choices = [(str(row.mandate_id), str(row.mandate)) for row in self.expected]
            self.initial.setdefault("present", self._were_present())

    def _day(self):
        """The day whose representatives are offered: the typed one, the kept one, today."""
        try:
            return parse_day(self.data.get("date", ""), timezone.localdate())
        except ValueError:
            return self.instance.date or timezone.localdate()

    def _were_present(self):
        if self.instance.pk is None:
            return []
        there = self.instance.attendances.filter(status="present").values_list("mandate_id", flat=True)
        return [str(pk) for pk in there]

    def clean_date(self):
        day = self.cleaned_data["date"]
        if day > timezone.localdate():
            raise ValidationError(_("This day has not come yet."))
        if self.station.opened_on and day < self.station.opened_on:
            raise ValidationError(_("The station had not opened then."))
        return day

    def clean_content(self):
        return clean_text(self.cleaned_data["content"])

    def clean_results(self):
        return clean_text(self.cleaned_data["results"])

    def clean(self):
        facts = super().clean()
        if not any(facts.get(name) for name in ENTRY_TYPES.values()):
            self.add_error("enters_representatives", _("Please tick who entered the station."))
        return facts

    def save_attendance(self):
        """One row for everybody expected: present where ticked (or all), absent else; leave stays leave."""
        ticked = {int(pk) for pk in self.cleaned_data["present"]}
        for row in self.expected:
            is_present = self.cleaned_data["all_present"] or row.mandate_id in ticked
            self._keep(row.mandate_id, is_present)

    def _keep(self, mandate_id, is_present):
        attendance, _is_new = Attendance.objects.get_or_create(
            visit=self.instance, mandate_id=mandate_id, defaults={"status": "absent"}
        )
        if is_present or attendance.status == "present":
            attendance.status = "present" if is_present else "absent"
            attendance.save(update_fields=["status"])


class CommitmentForm(forms.ModelForm):
    due_on = DayField(label=_("by when"), required=False, ahead=True)

    class Meta:
        model = Commitment
        fields = ("who", "what", "due_on")
