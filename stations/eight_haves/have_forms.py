"""One item of a draft on one page: its name, what it asks, and from which number on that is met.

A measure is added by choosing it; its fields then stand on the page.
"""

from hashlib import sha256
from string import ascii_lowercase

from django import forms
from django.contrib.admin.helpers import AdminField
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from liaison.tools.fields import CleanText
from stations.eight_haves.criterion_fields import MOST_PLACES, TAKE_AWAY, CriterionFields
from stations.eight_haves.measuring import all_measures
from stations.eight_haves.models import Criterion, Have
from stations.eight_haves.standard import NAMES

NAMED = ("key", "own_name", "own_promise", "place")


def own_key(name: str) -> str:
    """Items of one name are one item in every standard; of small letters, as addresses and figures need it."""
    return "own_" + "".join(ascii_lowercase[byte % 26] for byte in sha256(name.encode()).digest()[:12])


class HaveForm(forms.ModelForm):
    """Once the item is there, the fields of its criteria stand here as well, and a choice of one more measure."""

    key = forms.ChoiceField(label=_("which item"), required=False)
    own_name = CleanText(label=_("name"), max_length=20, required=False)
    own_promise = CleanText(label=_("what it promises residents"), max_length=100, required=False)
    place = forms.IntegerField(label=_("order"), min_value=1, max_value=MOST_PLACES)
    removed = forms.BooleanField(label=TAKE_AWAY, required=False)
    measure = forms.ChoiceField(label=_("add a measure"), required=False, widget=forms.RadioSelect)

    class Meta:
        model = Have
        fields = NAMED

    def __init__(self, *args, standard, **kwargs):
        super().__init__(*args, **kwargs)
        self.standard = standard
        self.instance.standard = standard
        self.asked = [CriterionFields(criterion, standard.kinds) for criterion in self._criteria()]
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
        for each in self.asked:
            self.fields |= each.fields()

    def _prepare_first_step(self):
        """Which item it is; what it asks comes next."""
        del self.fields["measure"], self.fields["removed"]
        taken = set(self.standard.haves.values_list("key", flat=True))
        left = [(key, name) for key, name in NAMES.items() if key not in taken]
        self.fields["key"].choices = [("", _("an item of our own, named below")), *left]
        self.initial["place"] = len(taken) + 1

    def named(self):
        """The fields of the item itself, as the page draws them."""
        return [AdminField(self, name, False) for name in NAMED if name in self.fields]

    def blocks(self):
        return [each.drawn(self) for each in self.asked]

    def removal(self):
        return AdminField(self, "removed", False)

    def more(self):
        return AdminField(self, "measure", False)

    def clean(self):
        facts = super().clean()
        if not self.instance.pk and "own_name" in facts and not facts.get("key"):
            facts["key"] = own_key(facts["own_name"]) if facts["own_name"] else ""
            self._refuse_nameless_or_twin(facts)
        for each in self.asked:
            each.check(self)
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
        for each in self.asked:
            each.save(self.cleaned_data)
        if measure := self.cleaned_data.get("measure"):
            Criterion.objects.create(have=have, measure=measure, place=len(self.asked) + 1)
        return have


def _offered(measure):
    return format_html("<span><b>{}</b>（{}）<br>{}</span>", measure.name, measure.unit, measure.definition)
