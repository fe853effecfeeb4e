"""What is asked of scorecards: of which year, known by when; of the table also where, which kind, how it stands."""

from datetime import date

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liaison.divisions.codes import code_range
from liaison.divisions.models import Division
from liaison.tools.dates import DayField
from liaison.tools.periods import Period
from stations.eight_haves.standard import MET, STANDINGS
from stations.eight_haves.statistics import inspected_as_known
from stations.register.models import KIND_CHOICES, Station

VIEW = "eight_haves.view_scorecard"
WITH_PLACES = "division__parent__parent"
PROVINCE, TOWNSHIP = 1, 4
YEARS = 3
BEFORE_THE_PERIOD = _("The cut-off lies before the first day of the period.")
STILL_TO_COME = _("The cut-off is still to come.")


def years_offered(today: date) -> range:
    """This one and those before it of which one may ask how stations stood."""
    return range(today.year, today.year - YEARS, -1)


class Dates(forms.Form):
    """All of it stands in the address. What cannot be read is told beside its field, the usual stands in its place."""

    year = forms.TypedChoiceField(label=_("year"), required=False, coerce=int, empty_value=None)
    known_by = DayField(label=_("known by"), required=False)

    def __init__(self, given, today):
        self.today = today
        usual = {"year": str(today.year)}
        super().__init__(usual | {name: value for name, value in given.items() if value.strip()})
        self.fields["year"].choices = [(year, year) for year in years_offered(today)]

    def clean(self):
        day = self.cleaned_data.get("known_by")
        if day and day > self.today:
            self.add_error("known_by", STILL_TO_COME)
        elif day and day < self.period.starts_on:
            self.add_error("known_by", BEFORE_THE_PERIOD)
        return self.cleaned_data

    def get(self, name):
        self.is_valid()
        return self.cleaned_data.get(name)

    @property
    def period(self) -> Period:
        """The year asked for, as far as it had come on the day by which it is known."""
        begins = date(self.get("year") or self.today.year, 1, 1)
        known = min(begins.replace(month=12, day=31), self.known_by_day)
        return Period(begins, max(begins, known))  # a cut-off before it is refused, not reckoned with

    @property
    def known_by_day(self) -> date:
        return self.get("known_by") or self.today

    @property
    def looks_back(self) -> bool:
        return self.known_by_day < self.today

    def chosen(self, *names) -> dict:
        """What was chosen, all of it or of these fields only."""
        return {name: str(self.get(name)) for name in names or self.fields if self.get(name)}


class Question(Dates):
    division = forms.ChoiceField(label=pgettext_lazy("filter", "division"), required=False)
    kind = forms.ChoiceField(label=_("kind"), required=False, choices=[("", _("all")), *KIND_CHOICES])
    have = forms.ChoiceField(label=_("which of the eight"), required=False)
    standing = forms.ChoiceField(label=_("how it stands"), required=False, choices=[("", _("all")), *STANDINGS.items()])

    def __init__(self, given, today, here, haves=()):
        super().__init__(given, today)
        self.here, self.haves = here, haves
        self.fields["division"].choices = [("", _("everything in my reach")), *divisions_with(here)]
        self.fields["have"].choices = [("", _("all")), *((have.key, have.name) for have in haves)]

    def stations(self) -> list[Station]:
        """Those to be inspected on the last day that is judged, of the division and the kind, by code."""
        return list(filter(self._wants, inspected_as_known(self.here, self.period.ends_on, self.known_by_day)))

    def _wants(self, station):
        division, kind = self.get("division"), self.get("kind")
        low, high = code_range(division) if division else ("", "~")
        return low <= station.division_id < high and kind in ("", None, station.kind)

    def lists(self, card) -> bool:
        """Whether a scorecard is one of those asked for: by how one item stands; met without an item: all of them."""
        have, standing = self.get("have"), self.get("standing")
        if standing == MET and not have:
            return card.is_met
        lines = [card.line(have)] if have else card.lines
        return not standing or any(line.standing == standing for line in lines)


def divisions_with(stations: QuerySet) -> list[tuple[str, str]]:
    """Those from the city down to streets and townships that hold one of the stations, in the order of their codes."""
    found = {}
    rows = Division.objects.filter(pk__in=stations.order_by().values("division"))
    for division in rows.select_related("parent__parent"):
        above = division
        while above is not None and above.level > PROVINCE:
            found[above.pk] = above
            above = above.parent
    return sorted((code, place.name) for code, place in found.items() if place.level <= TOWNSHIP)
