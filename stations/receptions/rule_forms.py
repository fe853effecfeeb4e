"""The page of a rule of reception days: which days, what a day of rest does to them, when, where, how many receive."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liaison.tools.dates import DayField
from liaison.tools.text import clean_line
from stations.receptions import rhythm
from stations.receptions.lunar import DIGITS, ENDINGS, LUNAR_NAMES, lunar_endings
from stations.receptions.models import NOTICE_DAYS, ReceptionRule
from stations.receptions.models.rules import KIND_CHOICES, POLICY_CHOICES
from stations.receptions.rhythm_words import ORDINALS
from stations.receptions.rule_fields import DaysField, MonthDayField, Ticks
from stations.receptions.words import WEEKDAYS
from stations.register.models.dated import day_that_can_be_meant

PREVIEW = "_preview"  # name of the button that shows the days and saves nothing
TIME = {"type": "time"}
EVERY, ODD, EVEN, TICKED = "every", "odd", "even", "ticked"
MONTHS_OF = {EVERY: rhythm.EVERY_MONTH, ODD: rhythm.ODD, EVEN: rhythm.EVEN}
TICKS_OF = {  # where a kind has its numbers
    rhythm.WEEKLY: "weekdays",
    rhythm.MONTHLY: "month_days",
    rhythm.NTH: "weekdays",
    rhythm.LUNAR: "lunar_days",
    rhythm.DATES: "dates",
}

SAID_WITH = {"season_to": {"season_from", "season_to"}}  # of both ends is said at the second


class RuleForm(forms.ModelForm):
    """A rule of `station` (set by the page on a subclass). What is ticked for another rhythm than the chosen one is not
    looked at; the days are the record's to check.
    """

    station = None
    kind = forms.ChoiceField(label=_("rhythm"), choices=KIND_CHOICES, widget=forms.RadioSelect)
    nth = Ticks(label=_("which of the month"), choices=list(ORDINALS.items()))
    weekdays = Ticks(label=_("weekdays"), choices=list(enumerate(WEEKDAYS, start=1)))
    month_days = Ticks(
        label=_("days of the month"),
        choices=[(number, str(number)) for number in range(1, 32)],
        help_text=_("A month without that day has none."),
    )
    lunar_endings = Ticks(
        label=_("lunar days ending in"), choices=[(number, DIGITS[number - 1]) for number in range(1, 11)]
    )
    lunar_days = Ticks(label=_("single lunar days"), choices=list(LUNAR_NAMES.items()))
    dates = DaysField(
        label=_("single days"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One a line, such as 2026-03-08, with or without its year."),
    )
    which_months = forms.ChoiceField(
        label=_("in which months"),
        choices=[
            (EVERY, _("every month")),
            (ODD, _("odd months (1, 3, 5, 7, 9, 11)")),
            (EVEN, _("even months (2, 4, 6, 8, 10, 12)")),
            (TICKED, _("the months ticked below")),
        ],
        widget=forms.RadioSelect,
        initial=EVERY,
        required=False,
    )
    months = Ticks(label=_("months"), choices=[(number, str(number)) for number in range(1, 13)])
    season_from = MonthDayField(label=_("season from (month-day)"), required=False)
    season_to = MonthDayField(
        label=_("season until (month-day)"),
        required=False,
        help_text=_("For the heating season 10-20 and 4-20; nothing for the whole year."),
    )
    policy = forms.ChoiceField(
        label=_("on a day of rest"), choices=POLICY_CHOICES, widget=forms.RadioSelect, initial=rhythm.NEXT_DAY
    )
    starts_at = forms.TimeField(label=pgettext_lazy("time of day", "from"), widget=forms.TimeInput(attrs=TIME))
    ends_at = forms.TimeField(label=_("until"), widget=forms.TimeInput(attrs=TIME))
    seats = forms.IntegerField(label=_("representatives receiving at a time"), min_value=1, max_value=50, initial=2)
    notice_days = forms.IntegerField(
        label=_("made known so many days before"), min_value=0, max_value=60, initial=NOTICE_DAYS
    )
    valid_from = DayField(label=_("valid from"), ahead=True, validators=[day_that_can_be_meant])
    valid_to = DayField(
        label=_("valid to"),
        ahead=True,
        required=False,
        validators=[day_that_can_be_meant],
        help_text=_("Empty until further notice. To end the rule, write its last day."),
    )

    class Meta:
        model = ReceptionRule
        fields = (
            *("kind", "nth", "dates", "months", "season_from", "season_to", "policy"),
            *("starts_at", "ends_at", "place", "seats", "notice_days", "valid_from", "valid_to"),
        )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial |= _ticks_of(self.instance)

    @property
    def is_preview(self) -> bool:
        return PREVIEW in self.data

    def is_valid(self):
        """Nothing that was only to be looked at is saved."""
        return super().is_valid() and not self.is_preview

    def clean_place(self):
        return clean_line(self.cleaned_data["place"])

    def clean(self):
        facts = super().clean()
        if self.instance.pk is None:
            self.instance.station = self.station
        kind = facts.get("kind")
        facts["nth"] = facts.get("nth", []) if kind == rhythm.NTH else []
        facts["dates"] = facts.get("dates", []) if kind == rhythm.DATES else []
        facts["months"] = [] if kind == rhythm.DATES else self._months(facts)
        if kind == rhythm.DATES:
            facts["season_from"] = facts["season_to"] = ""
        self.instance.numbers = self._numbers(kind, facts)
        return facts

    def _numbers(self, kind, facts) -> list[int]:
        if kind != rhythm.LUNAR:
            return facts.get(TICKS_OF[kind], []) if kind in TICKS_OF and kind != rhythm.DATES else []
        endings = (ENDINGS[ending] for ending in facts.get("lunar_endings", []))
        return sorted(set(facts.get("lunar_days", [])).union(*endings))

    def _months(self, facts) -> list[int]:
        """All twelve need not be said."""
        which = facts.get("which_months") or EVERY
        months = set(facts.get("months", []) if which == TICKED else MONTHS_OF[which])
        if not months and "months" not in self.errors:
            self.add_error("months", _("Please tick at least one month."))
        return [] if months == rhythm.EVERY_MONTH else sorted(months)

    def add_error(self, field, error):
        """What the record says of its numbers stands where they are ticked; of what could not be read it knows nothing
        and says nothing more.
        """
        told = getattr(error, "error_dict", None)
        if field is None and told:
            if "numbers" in told:
                told[TICKS_OF[self.instance.kind]] = told.pop("numbers")
            for name in [name for name in told if not SAID_WITH.get(name, {name}).isdisjoint(self.errors)]:
                del told[name]
            if not told:
                return
        super().add_error(field, error)


def _ticks_of(rule) -> dict:
    """What is ticked on the page of a saved rule."""
    ticks = {"which_months": _which(rule.months)}
    if rule.kind == rhythm.LUNAR:
        endings, days = lunar_endings(rule.numbers)
        return ticks | {"lunar_endings": endings, "lunar_days": days}
    return ticks | {TICKS_OF[rule.kind]: rule.numbers} if rule.kind != rhythm.DATES else ticks


def _which(months) -> str:
    chosen = frozenset(months) or rhythm.EVERY_MONTH
    return next((name for name, all_of_it in MONTHS_OF.items() if all_of_it == chosen), TICKED)
