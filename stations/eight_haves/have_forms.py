"""One item of a draft on one page: its name, what it asks, and from which number on that is met.

A criterion's settings are real fields, made from the options of its measure. A measure is added by choosing it; its
fields then stand on the page.
"""

from dataclasses import dataclass
from hashlib import sha256
from string import ascii_lowercase

from django import forms
from django.contrib.admin.helpers import AdminField
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liaison.tools.fields import CleanText
from stations.eight_haves.measuring import all_measures
from stations.eight_haves.models import COMPARISON_CHOICES, NOT_EASIER, Criterion, Have, is_easier
from stations.eight_haves.plain import as_text
from stations.eight_haves.standard import NAMES
from stations.register.models import KIND_CHOICES

MOST_PLACES, MOST_SETTING = 99, 1_000
TAKE_AWAY = _("take this away when saving")
EVERYBODY = ""
MARKS = ("met", "basically")


def own_key(name: str) -> str:
    """Items of one name are one item in every standard; of small letters, as addresses and figures need it."""
    return "own_" + "".join(ascii_lowercase[byte % 26] for byte in sha256(name.encode()).digest()[:12])


class HaveForm(forms.ModelForm):
    """With `instance` it also has the fields of its criteria, named `c<pk>_<part>`, and a choice of one more measure."""

    key = forms.ChoiceField(label=_("which item"), required=False)
    own_name = CleanText(label=_("name"), max_length=20, required=False)
    own_promise = CleanText(label=_("what it promises residents"), max_length=100, required=False)
    place = forms.IntegerField(label=_("order"), min_value=1, max_value=MOST_PLACES)
    removed = forms.BooleanField(label=TAKE_AWAY, required=False)
    measure = forms.ChoiceField(label=_("add a measure"), required=False, widget=forms.RadioSelect)

    class Meta:
        model = Have
        fields = ("key", "own_name", "own_promise", "place")

    def __init__(self, *args, standard, **kwargs):
        super().__init__(*args, **kwargs)
        self.standard = standard
        self.instance.standard = standard
        self.blocks_of = [Block(criterion, standard.kinds) for criterion in self._criteria()]
        if self.instance.pk:
            self._prepare_page()
        else:
            self._prepare_first_step()

    def _criteria(self):
        return self.instance.criteria.prefetch_related("thresholds") if self.instance.pk else []

    def _prepare_page(self):
        del self.fields["key"]
        self.fields["own_name"].widget.attrs["placeholder"] = NAMES.get(self.instance.key, "")
        self.fields["own_promise"].widget.attrs["placeholder"] = self.instance.promise
        self.fields["own_name"].required = self.instance.key not in NAMES
        self.fields["measure"].choices = [(key, _offered(measure)) for key, measure in all_measures().items()]
        for block in self.blocks_of:
            self.fields |= block.fields()

    def _prepare_first_step(self):
        """Which item it is; what it asks comes next."""
        del self.fields["measure"], self.fields["removed"]
        taken = set(self.standard.haves.values_list("key", flat=True))
        left = [(key, name) for key, name in NAMES.items() if key not in taken]
        self.fields["key"].choices = [("", _("an item of our own, named below")), *left]
        self.fields["place"].initial = len(taken) + 1

    def named(self):
        """The fields of the item itself, as the page draws them."""
        return [AdminField(self, name, False) for name in ("key", "own_name", "own_promise", "place") if name in self.fields]

    def blocks(self):
        return [block.drawn(self) for block in self.blocks_of]

    def removal(self):
        return AdminField(self, "removed", False)

    def more(self):
        return AdminField(self, "measure", False)

    def clean(self):
        facts = super().clean()
        if not self.instance.pk and "own_name" in facts and not facts.get("key"):
            facts["key"] = own_key(facts["own_name"]) if facts["own_name"] else ""
            self._refuse_nameless_or_twin(facts)
        for block in self.blocks_of:
            block.check(self)
        return facts

    def _refuse_nameless_or_twin(self, facts):
        if not facts["key"]:
            self.add_error("own_name", _("Please choose an item, or write the name of your own."))
        elif self.standard.haves.filter(key=facts["key"]).exists():
            self.add_error("own_name", _("This item is already in the standard."))

    def save(self, commit=True):
        """Within a transaction. What is taken away goes with all that hangs at it."""
        if self.cleaned_data.get("removed"):
            self.instance.delete()
            return self.instance
        have = super().save(commit)
        for block in self.blocks_of:
            block.save(self.cleaned_data)
        if measure := self.cleaned_data.get("measure"):
            Criterion.objects.create(have=have, measure=measure, place=len(self.blocks_of) + 1)
        return have


def _offered(measure):
    return format_html("<span><b>{}</b>（{}）<br>{}</span>", measure.name, measure.unit, measure.definition)


@dataclass(frozen=True)
class Block:
    """One criterion among the fields of the page."""

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
        found = {}
        for kind, name in [(EVERYBODY, _("all kinds")), *self.kinds]:
            kept = self.criterion.by_kind.get(kind)
            found[f"met_{kind}"] = _number(pgettext_lazy("threshold", "met"), name, kept and kept.met)
            found[f"basically_{kind}"] = _number(
                pgettext_lazy("threshold", "basically met"), name, kept and kept.basically
            )
        return found

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

    def check(self, form):
        facts = form.cleaned_data
        if facts.get(self.name("removed")):
            return
        for kind in self._typed_kinds():
            met, basically = (facts.get(self.name(f"{part}_{kind}")) for part in MARKS)
            if met is None and basically is not None and self.name(f"met_{kind}") not in form.errors:
                form.add_error(self.name(f"met_{kind}"), _("Please also write from which number on it is met."))
            if not is_easier(basically, met, facts.get(self.name("comparison"))):
                form.add_error(self.name(f"basically_{kind}"), NOT_EASIER)

    def _typed_kinds(self):
        return [EVERYBODY, *(kind for kind, _name in self.kinds)] if self.criterion.known_measure else []

    def save(self, facts) -> None:
        if facts[self.name("removed")]:
            self.criterion.delete()
        elif self.criterion.known_measure:
            self._keep(facts)

    def _keep(self, facts):
        for part in ("comparison", "is_required", "points", "place"):
            setattr(self.criterion, part, facts[self.name(part)])
        options = self.criterion.known_measure.options
        self.criterion.options = {row.key: facts[self.name(f"set_{row.key}")] for row in options}
        self.criterion.save()
        for kind in self._typed_kinds():
            self._keep_threshold(kind, *(facts[self.name(f"{part}_{kind}")] for part in MARKS))

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
        "place": forms.IntegerField(
            label=_("order"), min_value=1, max_value=MOST_PLACES, initial=criterion.place
        ),
    }


def _number(label, kind, kept):
    return forms.DecimalField(
        label=_("%(standing)s (%(kind)s)") % {"standing": label, "kind": kind},
        min_value=0,
        max_digits=12,
        decimal_places=2,
        required=False,
        initial=as_text(kept),
    )


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
