"""Which persons and which year the list of archives shows."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liaison.duty.asked import EARLIEST, Span, of_year
from liaison.tools.fields import CleanText
from representatives.models import LEVEL_CHOICES, Mandate

BACK = 10  # years offered


class ListForm(forms.Form):
    """What cannot be read is told beside its field, and the list is then the usual one."""

    year = forms.TypedChoiceField(label=_("year"), coerce=int, required=False)
    level = forms.TypedChoiceField(label=_("level"), coerce=int, required=False, empty_value=None)
    name = CleanText(label=pgettext_lazy("person", "name"), required=False, max_length=50)

    def __init__(self, parameters, *, today):
        self.today = today
        super().__init__({"year": str(today.year)} | {key: value for key, value in parameters.items() if value.strip()})
        years = range(today.year, max(EARLIEST, today.year - BACK) - 1, -1)
        self.fields["year"].choices = [(number, of_year(number).words) for number in years]
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"
        self.fields["level"].choices = [("", _("all levels")), *LEVEL_CHOICES]
        self.facts = self.cleaned_data if self.is_valid() else {}

    @property
    def span(self) -> Span:
        return of_year(self.facts.get("year") or self.today.year)

    @property
    def query(self) -> dict:
        more = {name: self.facts[name] for name in ("level", "name") if self.facts.get(name)}
        return self.span.query | more

    def chosen(self, persons):
        """Those with a seat of the level, and of the name."""
        if self.facts.get("level"):
            seats = Mandate.objects.filter(term__congress__level=self.facts["level"]).order_by()
            persons = persons.filter(pk__in=seats.values("person"))
        if self.facts.get("name"):
            persons = persons.filter(name__icontains=self.facts["name"])
        return persons
