"""What is asked of the dashboard, read from the address: which division, which days, which stations and categories."""

import operator
from functools import reduce
from urllib.parse import urlencode

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liaison.accounts.scope import scope_of
from liaison.dashboard.asked import COMPARE_CHOICES, Asked
from liaison.divisions.codes import SIGNIFICANT
from liaison.divisions.models import Division
from liaison.rulebook.models import Category
from liaison.tools.dates import DayField
from liaison.tools.parts import NOTHING_SAID
from liaison.tools.periods import Period, this_month, this_quarter, this_year
from representatives.models import Term
from stations.register.models import KIND_CHOICES, Station

VIEW, EXPORT = "dashboard.view_figures", "dashboard.export_figures"
UPWARD = ["division" + "__parent" * steps for steps in range(5)]  # a station's division and all above it
COUNTY = 3
INDENT = "\u3000"
NOT_HERE = _("There is no such choice, please choose one from the list.")
SHORTCUTS = {
    "month": (_("this month"), this_month),
    "quarter": (_("this quarter"), this_quarter),
    "year": (_("this year"), this_year),
}
TERM = _("this term")


def divisions_of(user):
    """Where the user may look: divisions in reach with operating stations in or below them, and those granted."""
    granted = scope_of(user).granting(VIEW).places("division")
    stations = Station.objects.visible_to(user, VIEW).operating().order_by()
    at_work = reduce(operator.or_, (Q(pk__in=stations.values(path)) for path in UPWARD))
    reach = Division.objects.all() if user.is_superuser else _below(granted)
    return reach.filter(at_work | Q(pk__in=granted))


def _below(codes):
    return reduce(operator.or_, map(Division.objects.below, codes), Division.objects.none())


def categories():
    """Those in use by code, upper ones first and each followed by its own; and what has none."""
    rows = Category.objects.order_by(F("parent_id").asc(nulls_first=True), "id").values_list("code", "name")
    return [*rows, (NOTHING_SAID, _("not stated"))]


def term_at(code: str, today):
    """The term in force (本届) of the congress nearest upward from the division; a street has none of its own."""
    stems = {code[:digits] for digits in SIGNIFICANT.values()} | {code}
    codes = stems | {stem.ljust(6, "0") for stem in stems}
    terms = Term.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), starts_on__lte=today)
    return terms.filter(congress__division__in=codes).order_by("-congress__level", "-starts_on").first()


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


class ChoiceFilter(django_filters.Filter):
    field_class = forms.ChoiceField


def choice(label, choices, empty):
    """One of `choices()`, or all of them."""
    errors = {"invalid_choice": NOT_HERE}
    return ChoiceFilter(label=label, choices=lambda: [("", empty), *choices()], error_messages=errors)


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
    """What cannot be read is told beside its field, and the usual stands in its place."""

    division = DivisionFilter(
        label=pgettext_lazy("filter", "division"),
        queryset=lambda request: divisions_of(request.user),
        empty_label=_("everything in my reach"),
        error_messages={"invalid_choice": _("There is no such division here, please choose one from the list.")},
    )
    kind = choice(_("kind of station"), lambda: KIND_CHOICES, _("all kinds"))
    category = choice(_("category"), categories, _("all categories"))
    compare = choice(_("compare with"), lambda: COMPARE_CHOICES, pgettext_lazy("compare with", "nothing"))

    class Meta:
        form = PeriodForm

    def __init__(self, request, today, **usual):
        self.today, self.usual = today, Period(this_year(today).starts_on, today)
        given = {name: value for name, value in request.GET.items() if value.strip()}
        self.request = request
        period = self._shortcut(given.get("period")) or self.usual
        days = {"from": period.starts_on.isoformat(), "to": period.ends_on.isoformat()}
        super().__init__(usual | days | given, Division.objects.all(), request=request)

    @classmethod
    def get_filters(cls):
        """`from` is a word of Python's own, so these two cannot be attributes."""
        found = super().get_filters()
        compare = found.pop("compare")
        return found | {"from": DayFilter(label=_("from")), "to": DayFilter(label=_("to")), "compare": compare}

    def asked(self, permission=VIEW) -> Asked:
        """The question as far as it could be read, about what the permission lets the user count."""
        self.form.is_valid()
        given = self.form.cleaned_data
        chosen = {name: given.get(name) or "" for name in ("kind", "category", "compare")}
        period = given.get("period") or self.usual
        return Asked(self.request.user, permission, given.get("division"), period, self.today, **chosen)

    def shortcuts(self, asked: Asked) -> list[dict]:
        """The usual stretches of days, each up to today, as links that keep what else was asked."""
        periods = [(name, words, self._until_today(of)) for name, (words, of) in SHORTCUTS.items()]
        term = self._term(asked.division)
        periods += [("term", TERM, term)] if term else []
        return [self._link(asked, *each) for each in periods]

    def _link(self, asked, name, words, period):
        kept = ({"division": asked.division.pk} if asked.division else {}) | asked.choices
        return {"words": words, "query": urlencode(kept | {"period": name}), "is_current": period == asked.period}

    def _shortcut(self, name):
        if name == "term":
            return self._term(self.request.GET.get("division", ""))
        return self._until_today(SHORTCUTS[name][1]) if name in SHORTCUTS else None

    def _until_today(self, of):
        return Period(of(self.today).starts_on, self.today)

    def _term(self, division):
        """Of the division asked for, else of the first one granted."""
        granted = scope_of(self.request.user).granting(VIEW).places("division")
        code = str(getattr(division, "pk", division) or next(iter(granted), ""))
        term = term_at(code, self.today) if code.isdigit() else None
        return Period(term.starts_on, self.today) if term else None
