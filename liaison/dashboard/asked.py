"""A question to the dashboard that can be answered: whose figures, where, of which days, of which stations."""

from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlencode

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext_lazy as _

from liaison.accounts.models import User
from liaison.accounts.scope import Reach, Scope, divisions_within
from liaison.divisions.models import Division
from liaison.tools.parts import NOTHING_SAID
from liaison.tools.periods import Period
from stations.register.models import Station

PREVIOUS, LAST_YEAR = "previous", "last_year"
COMPARE_CHOICES = [(PREVIOUS, _("the period before")), (LAST_YEAR, _("the same days a year before"))]
CATEGORIES = ("category", "opinion__category")  # where a row's category stands, if it has one


@dataclass(frozen=True)
class Asked:
    """`division` None means everything the user may count; `kind` and `category` empty mean all of them."""

    user: User
    permission: str
    division: Division | None
    period: Period
    today: date
    kind: str = ""
    category: str = ""
    compare: str = ""
    _found: dict = field(init=False, repr=False, compare=False, default_factory=dict)

    def rows(self, model):
        """The model's rows on which the user holds the permission, narrowed to what was asked; put together once."""
        if model not in self._found:
            self._found[model] = self._rows(model)
        return self._found[model]

    def _rows(self, model):
        if model is Division:
            return self._divisions()
        rows = model.objects.visible_to(self.user, self.permission)
        if self.division is not None:
            rows = rows.filter(Scope((Reach("asked", division=self.division.pk),)).rows(model))
        return self._of_category(model, self._of_kind(model, rows))

    def _divisions(self):
        """Divisions are public; counted are those in reach."""
        within = divisions_within(self.user, self.permission)
        return within if self.division is None else within & Division.objects.below(self.division.pk)

    def _of_kind(self, model, rows):
        """Only what hangs at stations of the kind; what hangs at none stays whole, and its figure says so."""
        path = station_path(model)
        if not (self.kind and path):
            return rows
        return rows.filter(**{f"{path}__in": Station.objects.filter(kind=self.kind).order_by().values("pk")})

    def _of_category(self, model, rows):
        path = category_path(model)
        if not (self.category and path):
            return rows
        if self.category == NOTHING_SAID:
            return rows.filter(**{path: None})
        return rows.filter(**{f"{path}__code": self.category})

    def unheeded(self, model) -> list:
        """In words, the filters asked for that mean nothing to the model's rows."""
        kind = [_("not narrowed to the kind of station")] if self.kind and not station_path(model) else []
        category = [_("not narrowed to the category")] if self.category and not category_path(model) else []
        return kind + category

    def before(self) -> "Asked | None":
        """The same question about the period to compare with, if one was asked for and there is one."""
        turned = {PREVIOUS: Period.previous, LAST_YEAR: Period.last_year}.get(self.compare)
        try:
            return replace(self, period=turned(self.period), compare="") if turned else None
        except ValueError:  # before 1900
            return None

    @property
    def parameters(self) -> dict[str, str]:
        days = {"from": self.period.starts_on.isoformat(), "to": self.period.ends_on.isoformat()}
        return ({"division": self.division.pk} if self.division else {}) | days | self.choices

    @property
    def choices(self) -> dict[str, str]:
        chosen = {"kind": self.kind, "category": self.category, "compare": self.compare}
        return {name: value for name, value in chosen.items() if value}

    def address(self, **more) -> str:
        """The question as the query of an address."""
        return urlencode(self.parameters | more)


def station_path(model) -> str:
    return getattr(model, "scope_paths", {}).get("station", "")


def category_path(model) -> str:
    return next((path for path in CATEGORIES if _has(model, path)), "")


def _has(model, path):
    first, _mark, rest = path.partition("__")
    try:
        found = model._meta.get_field(first).related_model
    except FieldDoesNotExist:
        return False
    return _has(found, rest) if rest else bool(found)
