"""The figures of the eight haves, of funds and of pairings carry their stations."""

from datetime import date

import pytest

from liaison.tools.periods import Period
from stations.eight_haves import statistics as haves
from stations.eight_haves.standard import KEYS
from stations.register import funding as register
from stations.register.models import RuleDocument, Station
from stations.visits import pairings
from stations.visits.models import Guest
from tests.eight_haves.conftest import TODAY, YEAR
from tests.support import factories as make


def rows(model):
    return model.objects.all()


def values(module, period=YEAR, today=TODAY):
    return {figure.key: (figure.numerator_count, figure.count()) for figure in module.figures(rows, period, today)}


def test_stations_that_have_all_and_each(station):
    make.station()
    make.station(kind="studio")
    RuleDocument.objects.filter(kind="feedback").delete()
    expected = {"eight_haves_met": (0, 2)} | {f"have_met_{key}": (1, 2) for key in KEYS} | {"have_met_rules": (0, 2)}
    assert values(haves) == expected
    for figure in haves.figures(rows, YEAR, TODAY):
        assert figure.recount() == figure.value


@pytest.mark.parametrize(
    ("code", "amount", "funded"),
    [("001", 30_000, 1), ("001", 29_999, 0), ("102", 20_000, 1), ("102", 19_999, 0), ("201", 20_000, 1)],
)
def test_funds_reach_the_standard_of_the_division(code, amount, funded, db):
    make.funds(make.station(f"{make.DAOLI}{code}"), amount)
    make.funds(make.station(f"{make.DAOLI}001", kind="contact_point"), 1)
    make.funds(make.station(f"{make.DAOLI}001001"), 1)
    make.funds(make.station(f"{make.DAOLI}401"), 1)
    assert values(register) == {"stations_funded": (funded, 1)}


def test_funds_of_another_year_do_not_count(db):
    make.funds(make.station(), 30_000, year=2025)
    assert values(register) == {"stations_funded": (0, 1)}
    assert values(register, Period(date(2025, 1, 1), date(2025, 12, 31))) == {"stations_funded": (1, 1)}


def contact(paired, on, called=None):
    visit = make.visit(paired.station, on)
    return Guest.objects.create(
        visit=visit, organisation=paired.organisation.name if called is None else called, name="Guest"
    )


@pytest.fixture
def paired(db):
    return make.pairing(make.station())


def test_a_pairing_is_held_by_one_contact_in_the_period(paired):
    assert values(pairings)["pairings_held"] == (0, 1)
    guest = contact(paired, date(2026, 1, 1))
    assert values(pairings)["pairings_held"] == (1, 1)
    guest.visit.date = date(2025, 12, 31)
    guest.visit.save()
    assert values(pairings)["pairings_held"] == (0, 1)


def test_a_pairing_is_silent_after_six_months(paired):
    contact(paired, date(2026, 5, 3))
    assert values(pairings)["pairings_silent"] == (None, 0)
    assert values(pairings, today=date(2026, 11, 4), period=Period(date(2026, 1, 1), date(2026, 12, 31)))[
        "pairings_silent"
    ] == (None, 1)


def test_a_young_pairing_is_not_silent_yet(paired):
    paired.valid_from = date(2026, 5, 3)
    paired.save()
    assert values(pairings)["pairings_silent"] == (None, 0)
    paired.valid_from = date(2026, 5, 2)
    paired.save()
    assert values(pairings)["pairings_silent"] == (None, 1)


def test_others_guests_and_voided_visits_are_no_contact(paired):
    contact(paired, date(2026, 10, 1), called="Another committee")
    contact(paired, date(2026, 10, 1), called="")
    guest = contact(paired, date(2026, 10, 1))
    guest.visit.voided_on = date(2026, 10, 2)
    guest.visit.save()
    elsewhere = make.pairing(make.station(), paired.organisation)
    contact(elsewhere, date(2026, 10, 1))
    assert values(pairings) == {"pairings_held": (1, 2), "pairings_silent": (None, 1)}


def test_a_committee_s_short_name_is_its_name(paired):
    paired.organisation.short_name = "Short"
    paired.organisation.save()
    contact(paired, date(2026, 10, 1), called="Short")
    assert values(pairings)["pairings_held"] == (1, 1)
    assert Station.objects.count() == 1
