"""The fields of one criterion: its settings, made from the options of its measure, and its numbers."""

from dataclasses import dataclass

from django import forms
from django.contrib.admin.helpers import AdminField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liaison.tools.fields import CleanText
from stations.eight_haves.models import COMPARISON_CHOICES, Criterion
from stations.eight_haves.plain import as_text
from stations.eight_haves.thresholds import fineness_words, wrong_with
from stations.register.models import KIND_CHOICES

MOST_PLACES, MOST_SETTING, MOST_DIGITS = 99, 1_000, 6
TOO_LARGE = _("This number is too large.")
MET_IS_MISSING = _("“Basically met” is written and this is missing: please write from which number on it is met.")
TAKE_AWAY = _("take this away when saving")
EVERYBODY = ""
MARKS = {"met": pgettext_lazy("threshold", "met"), "basically": pgettext_lazy("threshold", "basically met")}
FACTS = ("comparison", "is_required", "points", "place")


@dataclass(frozen=True)
class CriterionFields:
    """Fields of the page of its item, named `c<pk>_<part>`; `judged` are the kinds of stations of its standard."""

    criterion: Criterion
    judged: list[str]

    def name(self, part: str) -> str:
        return f"c{self.criterion.pk}_{part}"

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """Those the standard judges, and those that have a threshold of their own all the same."""
        shown = {*self.judged, *self.criterion.by_kind}
        return [(kind, name) for kind, name in KIND_CHOICES if kind in shown]

    def fields(self) -> dict[str, forms.Field]:
        parts = {"removed": forms.BooleanField(label=TAKE_AWAY, required=False)}
        if self.criterion.known_measure:
            parts |= _facts(self.criterion) | self._settings() | self._thresholds()
        return {self.name(part): field for part, field in parts.items()}

    def _settings(self):
        chosen = self.criterion.options
        options = self.criterion.known_measure.options
        return {f"set_{row.key}": setting_field(row, chosen.get(row.key, row.usual)) for row in options}

    def _thresholds(self):
        kinds = [(EVERYBODY, _("all kinds")), *self.kinds]
        return {
            f"{mark}_{kind}": self._number(label, name, getattr(self.criterion.by_kind.get(kind), mark, None))
            for kind, name in kinds
            for mark, label in MARKS.items()
        }

    def _number(self, label, kind, kept):
        decimals = self.criterion.known_measure.decimals
        return forms.DecimalField(
            label=_("%(standing)s (%(kind)s)") % {"standing": label, "kind": kind},
            min_value=0,
            max_digits=MOST_DIGITS + decimals,
            decimal_places=decimals,
            required=False,
            initial=as_text(kept),
            error_messages=_said_of_numbers(self.criterion.known_measure),
        )

    def drawn(self, form) -> dict:
        """For the page: its fields in groups."""
        options = self.criterion.known_measure.options if self.criterion.known_measure else ()
        return {
            "pk": self.criterion.pk,
            "measure": self.criterion.known_measure,
            "main": self._shown(form, "comparison", f"met_{EVERYBODY}", f"basically_{EVERYBODY}"),
            "settings": self._shown(form, *(f"set_{row.key}" for row in options)),
            "kinds": [self._shown(form, f"met_{kind}", f"basically_{kind}") for kind, _name in self.kinds],
            "is_by_kind": bool(set(self.criterion.by_kind) - {EVERYBODY}) or self._is_wrong_by_kind(form),
            "rest": self._shown(form, "is_required", "points", "place", "removed"),
        }

    def _shown(self, form, *parts):
        return [AdminField(form, self.name(part), False) for part in parts if self.name(part) in form.fields]

    def _is_wrong_by_kind(self, form):
        return any(self.name(f"{part}_{kind}") in form.errors for kind, _name in self.kinds for part in MARKS)

    def check(self, form) -> None:
        """Add to the form what is wrong between its fields."""
        if form.cleaned_data.get(self.name("removed")) or self.name("comparison") not in form.cleaned_data:
            return
        asked = self._typed(form.cleaned_data)
        for kind in self._typed_kinds():
            self._check(form, asked, kind, *self._marks(form.cleaned_data, kind))

    def _typed(self, facts):
        """The criterion as it would be with what could be read."""
        options = self.criterion.known_measure.options
        read = {row.key: facts[name] for row in options if (name := self.name(f"set_{row.key}")) in facts}
        return Criterion(measure=self.criterion.measure, comparison=facts[self.name("comparison")], options=read)

    def _check(self, form, asked, kind, met, basically):
        field = self.name(f"met_{kind}")
        if met is None and basically is not None and field not in form.errors:
            form.add_error(field, MET_IS_MISSING)
        for mark, words in wrong_with(met, basically, asked):
            form.add_error(self.name(f"{mark}_{kind}"), words)

    def _marks(self, facts, kind):
        return [facts.get(self.name(f"{mark}_{kind}")) for mark in MARKS]

    def _typed_kinds(self):
        return [EVERYBODY, *(kind for kind, _name in self.kinds)] if self.criterion.known_measure else []

    def save(self, facts) -> None:
        if facts[self.name("removed")]:
            self.criterion.delete()
        elif self.criterion.known_measure:
            self._keep(facts)

    def _keep(self, facts):
        for part in FACTS:
            setattr(self.criterion, part, facts[self.name(part)])
        options = self.criterion.known_measure.options
        self.criterion.options = {row.key: facts[self.name(f"set_{row.key}")] for row in options}
        self.criterion.save()
        for kind in self._typed_kinds():
            self._keep_threshold(kind, *self._marks(facts, kind))

    def _keep_threshold(self, kind, met, basically):
        rows = self.criterion.thresholds
        if met is None:
            rows.filter(kind=kind).delete()
        else:
            rows.update_or_create(kind=kind, defaults={"met": met, "basically": basically})


def _facts(criterion):
    return {
        "comparison": forms.ChoiceField(
            label=_("comparison"), choices=COMPARISON_CHOICES, initial=criterion.comparison
        ),
        "is_required": forms.BooleanField(
            label=_("counts for the item; without the tick it is only shown"),
            required=False,
            initial=criterion.is_required,
        ),
        "points": forms.DecimalField(
            label=_("points"), min_value=0, max_digits=5, decimal_places=1, required=False, initial=criterion.points
        ),
        "place": forms.IntegerField(label=_("order"), min_value=1, max_value=MOST_PLACES, initial=criterion.place),
    }


def _said_of_numbers(measure):
    return {
        "max_digits": TOO_LARGE,
        "max_whole_digits": TOO_LARGE,
        "max_decimal_places": fineness_words(measure),
        "min_value": _("Please write 0 or more."),
    }


def setting_field(option, chosen) -> forms.Field:
    """A field for what a measure lets a criterion set."""
    common = {"label": option.name, "initial": chosen}
    if option.choices and isinstance(option.usual, (tuple, list)):
        return forms.MultipleChoiceField(choices=option.choices, widget=forms.CheckboxSelectMultiple, **common)
    if option.choices:
        return forms.ChoiceField(choices=option.choices, **common)
    if isinstance(option.usual, bool):
        return forms.BooleanField(required=False, **common)
    if isinstance(option.usual, int):
        return forms.IntegerField(min_value=0, max_value=MOST_SETTING, **common)
    return CleanText(max_length=100, **common)
