"""What is asked of the dashboard: which division, which days, by whom. All of it stands in the address."""

import operator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from urllib.parse import urlencode

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liaison.accounts.models import User
from liaison.accounts.scope import Reach, Scope, scope_of
from liaison.divisions.models import Division
from liaison.tools.dates import DayField
from liaison.tools.periods import Period
from stations.register.models import Station

VIEW, EXPORT = "dashboard.view_figures", "dashboard.export_figures"
UPWARD = ["division" + "__parent" * steps for steps in range(5)]  # a station's division and all above it
COUNTY = 3
INDENT = "\u3000"


@dataclass(frozen=True)
class Asked:
    """A question that can be answered; `division` None means everything the user may count."""

    user: User
    permission: str
    division: Division | None
    period: Period
    today: date

    def rows(self, model):
        """The model's rows on which the user holds the permission, in the division asked for."""
        rows = model.objects.visible_to(self.user, self.permission)
        if self.division is None:
            return rows
        return rows.filter(Scope((Reach("asked", division=self.division.pk),)).rows(model))

    @property
    def parameters(self) -> dict[str, str]:
        days = {"from": self.period.starts_on.isoformat(), "to": self.period.ends_on.isoformat()}
        return ({"division": self.division.pk} if self.division else {}) | days

    def address(self, **more) -> str:
        """The question as the query of an address."""
        return urlencode(self.parameters | more)


def divisions_of(user):
    """Where the user may look: divisions in reach with operating stations in or below them, and those granted."""
    granted = scope_of(user).granting(VIEW).places("division")
    stations = Station.objects.visible_to(user, VIEW).operating().order_by()
    at_work = reduce(operator.or_, (Q(pk__in=stations.values(path)) for path in UPWARD))
    reach = Division.objects.all() if user.is_superuser else _below(granted)
    return reach.filter(at_work | Q(pk__in=granted))


def _below(codes):
    return reduce(operator.or_, map(Division.objects.below, codes), Division.objects.none())


class DivisionField(django_filters.fields.ModelChoiceField):
    def label_from_instance(self, division):
        return INDENT * max(0, division.level - COUNTY) + division.name

    def to_python(self, value):
        if "\x00" in str(value):  # PostgreSQL would not even look for it
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)


class DivisionFilter(django_filters.ModelChoiceFilter):
    field_class = DivisionField


class DayFilter(django_filters.Filter):
    field_class = DayField


class PeriodForm(forms.Form):
    def clean(self):
        given = super().clean()
        if "from" in given and "to" in given:
            try:
                given["period"] = Period(given["from"], given["to"])
            except ValueError as error:
                self.add_error("to", str(error))
        return given


class DashboardFilter(django_filters.FilterSet):
    """Division and days. What cannot be read is told beside its field, and the usual stands in its place."""

    division = DivisionFilter(
        label=pgettext_lazy("filter", "division"),
        queryset=lambda request: divisions_of(request.user),
        empty_label=_("everything in my reach"),
        error_messages={"invalid_choice": _("There is no such division here, please choose one from the list.")},
    )

    class Meta:
        form = PeriodForm

    def __init__(self, request, today):
        self.today, self.usual = today, Period(today.replace(month=1, day=1), today)
        days = {"from": self.usual.starts_on.isoformat(), "to": self.usual.ends_on.isoformat()}
        given = {name: value for name, value in request.GET.items() if value.strip()}
        super().__init__(days | given, Division.objects.all(), request=request)

    @classmethod
    def get_filters(cls):
        """`from` is a word of Python's own, so these two cannot be attributes."""
        return super().get_filters() | {"from": DayFilter(label=_("from")), "to": DayFilter(label=_("to"))}

    def asked(self, permission=VIEW) -> Asked:
        """The question as far as it could be read, about what the permission lets the user count."""
        self.form.is_valid()
        division, period = map(self.form.cleaned_data.get, ("division", "period"))
        return Asked(self.request.user, permission, division, period or self.usual, self.today)
