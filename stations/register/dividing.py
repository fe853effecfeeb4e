"""One budget paper divided among stations: one amount a station, and together never more than the paper."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stations.register.funding import with_funds
from stations.register.models import ENTITLED_KINDS, MOST_YUAN, ActivityFunds, BudgetPaper, Station


def held(paper):
    """The paper, locked: two who divide it at once do so one after the other."""
    return BudgetPaper.objects.select_for_update().select_related("division").get(pk=paper.pk)


class DivisionForm(forms.Form):
    """A field a station (`share_<pk>`) of the paper's division that may have funds of its own."""

    def __init__(self, *args, paper, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.paper, self.user = paper, user
        self.kept = {row.station_id: row for row in ActivityFunds.objects.filter(year=paper.year)}
        self.changed_shares = 0
        for station in self._stations():
            self.fields[f"share_{station.pk}"] = self._field(station)

    def _stations(self):
        rows = Station.objects.visible_to(self.user, "stations.add_activityfunds").within(self.paper.division_id)
        entitled = Q(kind__in=ENTITLED_KINDS, status__in=("operating", "suspended"))
        shared = Q(pk__in=self.paper.shares.values("station"))
        return with_funds(rows.filter(entitled | shared), self.paper.year).order_by("division_id", "code")

    def _field(self, station):
        row = self.kept.get(station.pk)
        field = forms.IntegerField(
            label=station.name,
            min_value=0,
            required=False,
            initial=row.amount if row else None,
            validators=[MaxValueValidator(MOST_YUAN, _("Please write yuan, at most 100 million."))],
            disabled=row is not None and row.budget_id != self.paper.pk,
        )
        field.error_messages["invalid"] = _("Please write whole yuan in digits.")
        field.station, field.floor, field.row = station, station.year_floor, row
        return field

    def rows(self):
        """Each field with what stands beside it; a station with funds of its own has these instead."""
        for bound in self:
            field = bound.field
            yield {
                "field": bound,
                "station": field.station,
                "floor": _yuan(field.floor),
                "is_own": field.disabled,
                "own_yuan": _yuan(field.initial),
            }

    @property
    def given(self) -> int:
        """Yuan given to stations as things stand."""
        return sum(row.amount for row in self.kept.values() if row.budget_id == self.paper.pk)

    @property
    def left(self) -> int:
        return self.paper.amount - self.given

    def clean(self):
        for name, field in self.fields.items():
            if field.row and not field.disabled and self.cleaned_data.get(name, 0) is None:
                self.add_error(name, _("A share that was given may become 0, not empty."))
        total = sum(self._typed().values())
        if total > self.paper.amount:
            facts = {
                "total": f"{total:,}",
                "amount": f"{self.paper.amount:,}",
                "more": f"{total - self.paper.amount:,}",
            }
            words = _("The shares make %(total)s yuan, the paper has %(amount)s, %(more)s too many.")
            raise ValidationError(words % facts)
        return self.cleaned_data

    def _typed(self) -> dict:
        """Station to yuan, of the fields that are this paper's."""
        mine = {name: field for name, field in self.fields.items() if not field.disabled}
        typed = {field.station: self.cleaned_data.get(name) for name, field in mine.items()}
        return {station: amount for station, amount in typed.items() if amount is not None}

    def save(self) -> None:
        """Within a transaction that holds the paper (`held`). IntegrityError where a station just entered its own."""
        for station, amount in self._typed().items():
            row = self.kept.get(station.pk)
            if row is None or row.amount != amount:
                self._give(station, amount)
                self.changed_shares += 1

    def _give(self, station, amount):
        paper = self.paper
        facts = {"amount": amount, "is_divided": True, "paper": paper.number or paper.title}
        first = facts | {"entered_by": self.user}
        ActivityFunds.objects.update_or_create(
            station=station, year=paper.year, budget=paper, defaults=facts, create_defaults=first
        )


def _yuan(amount) -> str:
    return "" if amount is None else f"{amount:,}"
