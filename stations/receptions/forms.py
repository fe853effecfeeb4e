"""The page on which a reception day is entered. A day of rest becomes the next working day, unless they meet anyway."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liaison.rulebook.calendar import is_provisional, working_days
from liaison.tools.dates import DayField, parse_day
from liaison.tools.text import clean_line
from stations.receptions.models import CANCELLED, HELD, PLANNED, STATUS_CHOICES, Reception
from stations.receptions.rhythm import next_working_day
from stations.receptions.words import day_with_weekday, hours
from stations.register.models import Station
from stations.register.placements import assignments_on

FURTHEST = timedelta(days=366)
TIME = {"type": "time"}
ANNOUNCED_NOW = "_announced"  # name of the button


class ReceptionForm(forms.ModelForm):
    """A reception at `station` (set by the page on a subclass): its representatives are tick boxes."""

    station = None
    date = DayField(label=_("date"), ahead=True)
    shifts = forms.BooleanField(label=_("on a day of rest, move to the next working day"), required=False, initial=True)
    starts_at = forms.TimeField(label=pgettext_lazy("time of day", "from"), widget=forms.TimeInput(attrs=TIME))
    ends_at = forms.TimeField(label=_("until"), widget=forms.TimeInput(attrs=TIME))
    receiving = forms.MultipleChoiceField(
        label=_("representatives receiving"), required=False, widget=forms.CheckboxSelectMultiple
    )
    status = forms.ChoiceField(label=_("status"), choices=STATUS_CHOICES, initial=PLANNED)

    class Meta:
        model = Reception
        fields = ("date", "shifts", "starts_at", "ends_at", "place", "receiving", "status", "reason", "announced_on")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.news = ""
        if self.instance.pk:
            self.initial["shifts"] = working_days()(self.instance.date)
        elif "status" in self.fields:
            self.fields["status"].choices = [choice for choice in STATUS_CHOICES if choice[0] != CANCELLED]
        if "receiving" in self.fields:
            self._offer_representatives()

    def _offer_representatives(self):
        expected = {row.mandate_id: str(row.mandate) for row in assignments_on(self.station, self._day())}
        if self.instance.pk:
            chosen = self.instance.mandates.select_related("person", "term__congress")
            expected |= {mandate.pk: str(mandate) for mandate in chosen}
            self.initial.setdefault("receiving", [str(mandate.pk) for mandate in chosen])
        self.fields["receiving"].choices = [(str(pk), words) for pk, words in expected.items()]

    def _day(self):
        """The day whose representatives are offered: the typed one, the kept one, today."""
        try:
            return parse_day(self.data.get("date", ""), timezone.localdate(), ahead=True)
        except ValueError:
            return self.instance.date or timezone.localdate()

    def clean_date(self):
        day, today = self.cleaned_data["date"], timezone.localdate()
        if abs(day - today) > FURTHEST and day != self.instance.date:
            raise ValidationError(_("More than a year away, please check it."))
        if self.station.opened_on and day < self.station.opened_on:
            raise ValidationError(_("The station had not opened then."))
        return day

    def clean_place(self):
        return clean_line(self.cleaned_data["place"])

    def clean_reason(self):
        return clean_line(self.cleaned_data["reason"])

    def clean_announced_on(self):
        """The button beside the day says that it is today."""
        day, today = self.cleaned_data["announced_on"], timezone.localdate()
        if day and day > today:
            raise ValidationError(_("This day has not come yet."))
        return day or (today if ANNOUNCED_NOW in self.data else None)

    def clean(self):
        facts = super().clean()
        if facts.get("date") and self._is_another_day(facts):
            self.instance.planned_on = facts["date"]
            self._settle(facts)
        self._check_hours(facts)
        self._check_status(facts)
        self._check_double(facts)
        self._forget_the_notice(facts)
        return facts

    def _is_another_day(self, facts):
        """Typed anew, or kept on a day of rest until now and to be moved after all."""
        is_to_move = "shifts" in self.changed_data and facts.get("shifts")
        return self.instance.pk is None or "date" in self.changed_data or is_to_move

    def _settle(self, facts):
        """A day of rest gives way to the next working day; the day first meant is kept."""
        typed = facts["date"]
        works_on = next_working_day(typed, working_days()) or typed
        if works_on == typed or facts.get("status") == CANCELLED:
            return
        said = {"day": day_with_weekday(typed), "next": day_with_weekday(works_on)}
        if facts.get("shifts"):
            facts["date"] = works_on
            self.news = _("%(day)s is a day of rest: moved to %(next)s.") % said
        else:
            self.news = _("%(day)s is a day of rest; kept as you wished. The next working day is %(next)s.") % said
        if is_provisional(typed.year):
            warning = _("The holidays of that year have not been entered yet, please check again.")
            self.news = f"{self.news} {warning}"

    def _check_hours(self, facts):
        starts_at, ends_at = facts.get("starts_at"), facts.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("Please enter an end after the beginning."))

    def _check_status(self, facts):
        day, status, today = facts.get("date"), facts.get("status"), timezone.localdate()
        if day and status == PLANNED and day < today and self.changed_data:
            self.add_error("status", _("The day is past: held or cancelled?"))
        if day and status == HELD and day > today:
            self.add_error("status", _("This day has not come yet."))
        if status == CANCELLED and not facts.get("reason"):
            self.add_error("reason", _("Please say why it is cancelled."))

    def _check_double(self, facts):
        """The station's row is taken first, so that of two at once the second sees the first."""
        if not all(map(facts.get, ("date", "starts_at", "ends_at"))) or facts.get("status") == CANCELLED:
            return
        Station.objects.select_for_update().filter(pk=self.station.pk).first()
        same = Reception.objects.at_that_time(self.station, facts["date"], facts["starts_at"], facts["ends_at"])
        if other := same.exclude(pk=self.instance.pk).first():
            words = _("On %(day)s the station receives at %(hours)s already, please check.")
            when = {"day": day_with_weekday(other.date), "hours": hours(other.starts_at, other.ends_at)}
            self.add_error("starts_at", words % when)

    def _forget_the_notice(self, facts):
        """What was made known was another time."""
        was = (self.instance.date, self.instance.starts_at, self.instance.ends_at)
        is_another_time = was != tuple(map(facts.get, ("date", "starts_at", "ends_at")))
        if self.instance.announced_on and is_another_time and facts.get("announced_on") == self.instance.announced_on:
            facts["announced_on"] = None
            again = _("The time has changed: please make it known again.")
            self.news = f"{self.news} {again}".strip()

    def save_mandates(self):
        if "receiving" in self.cleaned_data:
            self.instance.mandates.set(int(pk) for pk in self.cleaned_data["receiving"])
