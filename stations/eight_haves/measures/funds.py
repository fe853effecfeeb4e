"""Activity funds (活动经费) of the budget of the same level, against the standard of the host division's kind."""

from datetime import date
from operator import attrgetter

from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from liaison.tools.figures import NOT_APPLICABLE, TO_CONFIRM, Mend, Reading, share
from liaison.tools.sheets import Column
from stations.eight_haves.measuring import Measure
from stations.eight_haves.mending import page
from stations.register.models import ENTITLED_KINDS, ActivityFunds, FundExpense, FundFloor

TOWNSHIP = 4
FUNDS = (
    Column("year", gettext_lazy("year")),
    Column("amount", gettext_lazy("amount (yuan)")),
    Column("paper", gettext_lazy("budget paper")),
)
EXPENSE = (
    Column("spent_on", gettext_lazy("spent on")),
    Column("purpose", gettext_lazy("spent for")),
    Column("amount", gettext_lazy("amount (yuan)")),
    Column("voucher", gettext_lazy("voucher number")),
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
    """The latest of each kind of division."""
    begun = [row for row in records.rules(FundFloor) if row.year_from <= records.period.ends_on.year]
    return {row.division_kind: row.amount for row in sorted(begun, key=attrgetter("year_from"))}


def _lives_off_another(station):
    return station.kind not in ENTITLED_KINDS or station.division.level > TOWNSHIP


def _not_asked():
    return Reading(words=_("Contact points of villages and communities: not applicable"), standing=NOT_APPLICABLE)


def _funds(station, year, floor, rows):
    if _lives_off_another(station):
        return _not_asked()
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
    reached = share(row.amount, floor) if floor else 100.0
    return Reading(reached, words % facts, (row,), _correct(row))


def _correct(row):
    """A share of a paper is changed where the paper is divided."""
    if row.budget_id is None:
        return _register(reverse_lazy("admin:stations_activityfunds_change", args=[row.pk]), "change")
    address = reverse_lazy("admin:stations_budgetpaper_change", args=[row.budget_id])
    return Mend(pgettext("to mend", "divide"), address, "stations.change_budgetpaper")


def _register(address, act):
    return Mend(pgettext("to mend", "register"), address, f"stations.{act}_activityfunds")


def spent(records, options):
    """Percent of the year's funds spent by the last day (执行率); what is voided counts no longer."""
    year = records.period.ends_on.year
    given, paid = records.of(ActivityFunds), records.of(FundExpense, "spent_on", date(year, 1, 1))
    return {
        station.pk: _spent(station, year, given[station.pk], [row for row in paid[station.pk] if not row.voided_on])
        for station in records.stations
    }


def _spent(station, year, given, expenses):
    if _lives_off_another(station):
        return _not_asked()
    of_year = [row.amount for row in given if row.year == year]
    if not of_year:
        words = _("The activity funds of %(year)s are not registered yet") % {"year": year}
        address = page("stations_activityfunds_add", station=station.pk, year=year)
        return Reading(None, words, (), _register(address, "add"), TO_CONFIRM)
    amount, total = sum(of_year), sum(row.amount for row in expenses)
    if not amount:
        words = _("The activity funds of %(year)s are 0 yuan, there is nothing to spend") % {"year": year}
        return Reading(words=words, standing=NOT_APPLICABLE)
    return Reading(share(total, amount), _spent_words(year, amount, total), tuple(expenses), _enter_expense(station.pk))


def _spent_words(year, amount, total):
    spent_yuan = f"{total:,.2f}".removesuffix(".00")
    facts = {"year": year, "amount": f"{amount:,}", "spent": spent_yuan, "share": share(total, amount)}
    return _("%(spent)s of the %(amount)s yuan of %(year)s spent, %(share)s%%") % facts


def _enter_expense(station):
    address = page("stations_fundexpense_add", station=station)
    return Mend(pgettext("to mend", "register"), address, "stations.add_fundexpense")


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
        may_exceed_all=True,
    ),
    Measure(
        "funds_spent",
        gettext_lazy("Activity funds spent"),
        gettext_lazy("Percent of the year's activity funds spent by the last day, voided expenses left out."),
        "%",
        spent,
        EXPENSE,
        may_exceed_all=True,
    ),
]
