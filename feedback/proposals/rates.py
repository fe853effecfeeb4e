"""Rate by unit: the figures of proposals laid out by lead handler, each number with the rows behind it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from feedback.proposals.models import Proposal
from feedback.proposals.statistics import of_proposals
from liaison.organisations.models import Organisation
from liaison.tools.figures import NOTHING, Figure, percent
from liaison.tools.sheets import Column

COUNT = "proposals_received"
RATES = ("proposals_replied", "proposals_replied_on_time", "proposals_met_in_person", "proposals_delivered")
SHOWN = (COUNT, *RATES)
NOBODY = "none"  # in the address: not yet assigned to anybody


@dataclass(frozen=True)
class Cell:
    """A number of one department: the part, the whole (none for a count), and where its rows are."""

    key: str
    part: int
    whole: int | None
    href: str

    @property
    def rate(self) -> float | None:
        return None if self.whole is None else percent(self.part, self.whole)

    @property
    def shown(self) -> str:
        if self.whole is None:
            return str(self.part)
        return NOTHING if self.rate is None else f"{self.rate}%"


@dataclass(frozen=True)
class Line:
    unit: str
    cells: list[Cell]


def figures_of(user, permission, period, today, unit=None) -> dict[str, Figure]:
    """The figures by their keys, over what the user may count; `unit` narrows them to one department's."""
    rows = Proposal.objects.visible_to(user, permission)
    if unit:
        rows = rows.filter(lead_handler=None if unit == NOBODY else int(unit))
    return {figure.key: figure for figure in of_proposals(rows, period, today)}


def table_of(figures, period) -> list[Line]:
    """A line for each department with a number in it, the most proposals first, and all of them together last."""
    wholes = {COUNT: _by_unit(figures[COUNT].rows)} | {key: _by_unit(figures[key].denominator) for key in RATES}
    parts = {key: _by_unit(figures[key].numerator) for key in RATES}
    units = set().union(*wholes.values())
    names = dict(Organisation.objects.filter(pk__in=units).values_list("pk", "name"))
    ordered = sorted(units, key=lambda unit: (-wholes[COUNT].get(unit, 0), unit or 0))
    lines = [_line(names.get(unit, _("not yet assigned")), unit, wholes, parts, period) for unit in ordered]
    return [*lines, _total(figures, period)] if lines else []


def _by_unit(rows) -> dict[int | None, int]:
    groups = rows.order_by().values_list("lead_handler").annotate(size=Count("pk"))
    return dict(groups)


def _line(name, unit, wholes, parts, period):
    asked = NOBODY if unit is None else str(unit)
    cells = [Cell(COUNT, wholes[COUNT].get(unit, 0), None, address_of(COUNT, period, asked))]
    for key in RATES:
        part, whole = parts[key].get(unit, 0), wholes[key].get(unit, 0)
        cells += [Cell(key, part, whole, address_of(key, period, asked))]
    return Line(str(name), cells)


def _total(figures, period):
    cells = [Cell(COUNT, figures[COUNT].count(), None, address_of(COUNT, period))]
    for key in RATES:
        figure = figures[key]
        cells.append(Cell(key, figure.numerator_count, figure.denominator_count, address_of(key, period)))
    return Line(str(_("all together")), cells)


def address_of(key, period, unit="") -> str:
    return f"{reverse('admin:proposals_rate', args=[key])}?{query_of(period, unit)}"


def query_of(period, unit="") -> str:
    asked = {"from": period.starts_on.isoformat(), "to": period.ends_on.isoformat()}
    return urlencode(asked | ({"handler": unit} if unit else {}))


def columns_of(figures) -> list[Column]:
    """The sheet of the table: for every rate its part, its whole and the percentage."""
    columns = [Column("unit", _("lead handler"), lambda line: line.unit)]
    columns.append(Column(COUNT, figures[COUNT].name, lambda line: line.cells[0].part))
    for place, key in enumerate(RATES, 1):
        columns += _three(figures[key].name, key, place)
    return columns


def _three(name, key, place):
    return [
        Column(f"{key}_part", _("%(figure)s: counted") % {"figure": name}, lambda line: line.cells[place].part),
        Column(f"{key}_whole", _("%(figure)s: of") % {"figure": name}, lambda line: line.cells[place].whole),
        Column(key, f"{name} (%)", lambda line: line.cells[place].rate),
    ]
