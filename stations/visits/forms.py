"""The one page on which a visit is entered."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liaison.tools.admin import Choices
from liaison.tools.dates import DayField, parse_day
from liaison.tools.text import clean_text
from stations.register.placements import assignments_on
from stations.visits import editing
from stations.visits.clock import ClockField, parse_clock
from stations.visits.models import ENTRY_TYPES, Attendance, Commitment, Visit
from stations.visits.prefill import named_for
from stations.visits.roll import Called, Roll


class VisitForm(forms.ModelForm):
    """A visit at `station` (set by the page on a subclass): its representatives are tick boxes. `typed` is a draft."""

    station = None
    typed = None
    date = DayField(label=_("date"))
    starts_at = ClockField(label=pgettext_lazy("time of day", "from"), required=False)
    ends_at = ClockField(label=_("until"), required=False)
    all_present = forms.BooleanField(label=_("all present"), required=False)
    present = forms.MultipleChoiceField(label=_("representatives present"), required=False, widget=Roll)
    leave = forms.MultipleChoiceField(label=_("on leave"), required=False, widget=forms.CheckboxSelectMultiple)
    residents_received = forms.IntegerField(label=_("residents received"), min_value=0, max_value=9999, initial=0)
    closes = Choices(
        queryset=Commitment.objects.none(),
        label=_("commitments kept by now (this visit closes them)"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    is_another = forms.BooleanField(label=_("It was another one, on the same day."), required=False)

    class Meta:
        model = Visit
        widgets = {"content": forms.Textarea(attrs={"rows": 4}), "results": forms.Textarea(attrs={"rows": 4})}
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
            "closes",
            "recorder",
        )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.twin, self.is_stale = None, False
        self.day = self._day()
        self.belonging = list(assignments_on(self.station, self.day))
        if "present" in self.fields:
            self._call()
        if "closes" in self.fields:
            self._offer_commitments()
        if self.typed is not None and not self.is_bound:
            self.initial |= {name: self._typed(name) for name in self.fields}
        if "present" in self.fields:
            self._seat()

    def _offer_commitments(self):
        self.fields["closes"].queryset = commitments_to_close(self.station, self.instance)
        self.initial.setdefault("closes", list(self._closed().values_list("pk", flat=True)))

    def _closed(self):
        return Commitment.objects.filter(closed_by=self.instance) if self.instance.pk else Commitment.objects.none()

    def _call(self):
        for name in ("present", "leave"):
            self.initial.setdefault(name, self._called(name))
        self.fields["present"].widget.reasons = self.initial.get("reasons", {})

    def _seat(self):
        """Those named to receive are expected, and whoever is on leave; the others stand after them."""
        on_leave = frozenset(map(str, self["leave"].value() or ()))
        belonging = {str(row.mandate_id): str(row.mandate) for row in self.belonging}
        named = self._named() & belonging.keys()
        self.others = belonging.keys() - named - on_leave if named else frozenset()
        choices = sorted(belonging.items(), key=lambda choice: choice[0] in self.others)
        for name in ("present", "leave"):
            self.fields[name].choices = choices
        self.fields["present"].widget.on_leave = on_leave
        self.fields["present"].widget.others = frozenset(self.others)

    def _named(self) -> set[str]:
        form = self["form"].value() if "form" in self.fields else self.instance.form  # for whoever only looks
        if form != "reception":
            return set()
        return named_for(self.station, self.day, self._hour())

    def _hour(self):
        begins = self["starts_at"].value()
        try:
            return parse_clock(begins) if isinstance(begins, str) else begins
        except ValueError:
            return None

    def _typed(self, name):
        return self.fields[name].widget.value_from_datadict(self.typed, {}, name)

    def _day(self):
        """The day whose representatives are offered: the typed one, the kept one, today."""
        typed = self.data if self.is_bound else self.typed if self.typed is not None else {}
        try:
            return parse_day(typed.get("date", ""), timezone.localdate())
        except ValueError:
            return self.instance.date or self.initial.get("date") or timezone.localdate()

    def _called(self, status):
        if self.instance.pk is None:
            return []
        there = self.instance.attendances.filter(status=status).values_list("mandate_id", flat=True)
        return [str(pk) for pk in there]

    def clean_date(self):
        day = self.cleaned_data["date"]
        check_day(day, self.station)
        return day

    def clean_content(self):
        return clean_text(self.cleaned_data["content"])

    def clean_results(self):
        return clean_text(self.cleaned_data["results"])

    def clean(self):
        facts = super().clean()
        if not any(facts.get(name) for name in ENTRY_TYPES.values()):
            self.add_error("enters_representatives", _("Please tick who entered the station."))
        self._clean_roll(facts)
        if self.instance.pk is None:
            self._clean_twin(facts)
        elif editing.is_stale(self.instance, self.data):
            self.is_stale = True
            self.add_error(None, _("Somebody else has saved this visit since you opened it."))
        return facts

    def _clean_roll(self, facts):
        self.roll = Called(facts.get("present") or (), facts.get("leave") or (), facts.get("all_present"))
        if self.roll.both():
            self.add_error("present", _("Somebody is ticked both as there and as on leave."))

    def _clean_twin(self, facts):
        """The same visit entered twice, by two people or from a draft, is more likely than two at one hour."""
        if facts.get("date") and facts.get("form") and not facts.get("is_another"):
            self.twin = twin_of(self.station, facts["date"], facts["form"], facts.get("starts_at"))
        if self.twin:
            self.add_error("date", _("This visit seems to have been entered already."))

    def save_attendance(self):
        """One row for everybody expected: present, on leave or absent; and one for each of the others who came."""
        for row in self.belonging:
            self._save_one(str(row.mandate_id), {"visit": self.instance, "mandate_id": row.mandate_id})

    def _save_one(self, key, whose):
        is_other = key in self.others
        if is_other and key not in self.roll.present:
            Attendance.objects.filter(**whose).delete()
            return
        status = "present" if is_other else self.roll.status(key)
        Attendance.objects.update_or_create(**whose, defaults={"status": status, "was_expected": not is_other})

    def save_closed(self):
        """What is ticked was kept by this visit's day; what is no longer ticked is open again."""
        chosen = self.cleaned_data.get("closes")
        if chosen is not None:
            self._closed().exclude(pk__in=chosen).update(done_on=None, closed_by=None)
            still = [row.pk for row in chosen if row.closed_by_id is None]
            Commitment.objects.filter(pk__in=still).update(done_on=self.instance.date, closed_by=self.instance)


def commitments_to_close(station, visit):
    """The station's open ones, but for what is promised at this very visit, and those it has closed."""
    rows = Commitment.objects.filter(visit__station=station).filter(
        Q(done_on=None) | (Q(closed_by=visit) if visit.pk else Q(pk__in=[]))
    )
    return rows.exclude(visit=visit.pk).order_by(F("due_on").asc(nulls_last=True), "id")


def check_day(day, station) -> None:
    """Raises ValidationError for a day on which nothing can have happened there."""
    if day > timezone.localdate():
        raise ValidationError(_("This day has not come yet."))
    if station.opened_on and day < station.opened_on:
        raise ValidationError(_("The station had not opened then."))


def twin_of(station, day, form, starts_at) -> Visit | None:
    held = Visit.objects.filter(station=station, date=day, form=form, voided_on=None)
    return held.filter(starts_at=starts_at).first()


class CommitmentForm(forms.ModelForm):
    due_on = DayField(label=_("by when"), required=False, ahead=True)

    class Meta:
        model = Commitment
        fields = ("who", "what", "due_on")
