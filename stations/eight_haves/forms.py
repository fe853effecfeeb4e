"""What is asked of the table of stations: where, which kind, which of the eight, how it stands, of which year."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liaison.tools.periods import Period
from stations.eight_haves.standard import STANDINGS
from stations.register.models import KIND_CHOICES

YEARS = 3


class Question(forms.Form):
    """All of it stands in the address. What is not among the choices is told, and the usual stands in its place."""

    year = forms.TypedChoiceField(label=_("year"), required=False, coerce=int, empty_value=None)
    division = forms.ChoiceField(label=pgettext_lazy("filter", "division"), required=False)
    kind = forms.ChoiceField(label=_("kind"), required=False, choices=[("", _("all")), *KIND_CHOICES])
    have = forms.ChoiceField(label=_("which of the eight"), required=False)
    standing = forms.ChoiceField(label=_("how it stands"), required=False, choices=[("", _("all")), *STANDINGS.items()])

    def __init__(self, given, today, stations, haves=()):
        self.today = today
        usual = {"year": str(today.year)}
        super().__init__(usual | {name: value for name, value in given.items() if value.strip()})
        self.fields["year"].choices = [(year, year) for year in range(today.year, today.year - YEARS, -1)]
        self.fields["division"].choices = [("", _("everything in my reach")), *divisions_of(stations)]
        self.fields["have"].choices = [("", _("all")), *((have.key, have.name) for have in haves)]
        self.is_valid()

    def get(self, name):
        return self.cleaned_data.get(name)

    @property
    def period(self) -> Period:
        """The year asked for, as far as it has come."""
        year = self.get("year") or self.today.year
        return Period(date(year, 1, 1), min(date(year, 12, 31), self.today))

    def wants(self, station) -> bool:
        division, kind = self.get("division"), self.get("kind")
        here = not division or division in (station.division_id, station.division.parent_id)
        return here and kind in ("", None, station.kind)

    def lists(self, card) -> bool:
        """Whether a scorecard is one of those asked for: by how one have, or any of them, stands."""
        have, standing = self.get("have"), self.get("standing")
        lines = [card.line(have)] if have else card.lines
        return not standing or any(line.standing == standing for line in lines)

    def chosen(self, *names) -> dict:
        return {name: self.get(name) for name in names if self.get(name)}


def divisions_of(stations) -> list[tuple[str, str]]:
    """The divisions of the stations and those right above them, in the order of their codes."""
    found = {}
    for station in stations:
        for division in filter(None, (station.division.parent, station.division)):
            found[division.pk] = division.name
    return sorted(found.items())
