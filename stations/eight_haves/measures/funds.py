"""Activity funds (活动经费) of the budget of the same level, against the standard of the host division's kind."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from liaison.tools.figures import NOT_APPLICABLE, TO_CONFIRM, Mend, Reading, percent
from liaison.tools.sheets import Column
from stations.eight_haves.measuring import Measure
from stations.eight_haves.mending import page
from stations.register.models import ENTITLED_KINDS, ActivityFunds, FundFloor

TOWNSHIP = 4
FUNDS = (
    Column("year", gettext_lazy("year")),
    Column("amount", gettext_lazy("yuan")),
    Column("paper", gettext_lazy("budget paper")),
)


def of_floor(records, options):
    """Percent of the year's standard; points of villages and communities live off their station."""
    year, floors = records.period.ends_on.year, records.once(_floors)
    given = records.of(ActivityFunds)
    return {
        station.pk: _funds(station, year, floors.get(station.division.kind), given[station.pk])
        for station in records.stations
    }


def _floors(records):
    rows = FundFloor.objects.filter(year_from__lte=records.period.ends_on.year).order_by("year_from")
    return dict(rows.values_list("division_kind", "amount"))


def _funds(station, year, floor, rows):
    if station.kind not in ENTITLED_KINDS or station.division.level > TOWNSHIP:
        return Reading(words=_("Contact points of villages and communities: not applicable"), standing=NOT_APPLICABLE)
    if floor is None:
        return Reading(words=_("No standard of funds for this kind of division"), standing=NOT_APPLICABLE)
    row = next((row for row in rows if row.year == year), None)
    facts = {"year": year, "kind": _kind_of_floor(station.division.kind), "floor": f"{floor:,}"}
    return _measured(row, floor, facts) if row else _to_register(station, facts)


def _to_register(station, facts):
    words = _("The activity funds of %(year)s are not registered yet, standard of a %(kind)s %(floor)s yuan")
    address = page("stations_activityfunds_add", station=station.pk, year=facts["year"])
    return Reading(None, words % facts, (), _register(address, "add"), TO_CONFIRM)


def _measured(row, floor, facts):
    facts |= {"amount": f"{row.amount:,}", "gap": f"{max(0, floor - row.amount):,}"}
    words = _(
        "Activity funds of the budget of the same level in %(year)s %(amount)s yuan, standard of a %(kind)s "
        "%(floor)s yuan, %(gap)s yuan short"
    )
    address = reverse("admin:stations_activityfunds_change", args=[row.pk])
    return Reading(_percent_down(row.amount, floor), words % facts, (row,), _register(address, "change"))


def _percent_down(amount, floor):
    """One yuan short of the standard is not all of it."""
    share = percent(amount, floor) if floor else 100.0
    return min(share, 99.9) if amount < floor else share


def _register(address, act):
    return Mend(pgettext("to mend", "register"), address, f"stations.{act}_activityfunds")


def _kind_of_floor(kind):
    return pgettext("standard of funds", "street") if kind == "street" else pgettext("standard of funds", "township")


MEASURES = [
    Measure(
        "funds_of_floor",
        gettext_lazy("Activity funds against the standard"),
        gettext_lazy("The year's activity funds as percent of the standard for the kind of the host division."),
        "%",
        of_floor,
        FUNDS,
    ),
]
