"""What each figure of visits counts and what it leaves out."""

from datetime import date

import pytest

from liaison.tools.periods import Period
from stations.visits.models import ENTRY_TYPES
from stations.visits.statistics import PARTS, figures
from tests.support import factories as make

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


@pytest.fixture
def station():
    return make.station()


def counted():
    found = figures(lambda model: model.objects.all(), MARCH, date(2026, 10, 30))
    return {figure.key: figure for figure in found}


def values():
    return {key: figure.value for key, figure in counted().items()}


@pytest.mark.parametrize(
    ("day", "size"),
    [(date(2026, 2, 28), 0), (date(2026, 3, 1), 1), (date(2026, 3, 31), 1), (date(2026, 4, 1), 0)],
)
def test_first_and_last_day_are_part_of_the_period(day, size, station):
    make.visit(station, day, make.placed(station, 1), residents_received=1)
    found = values()
    assert [found[key] for key in ("visits_held", "representative_attendances", "residents_received")] == [size] * 3


def test_a_visit_counts_under_each_who_entered(station):
    for entry_type in ENTRY_TYPES.values():
        make.visit(station, **{"enters_representatives": False, entry_type: True})
    make.visit(station, **dict.fromkeys(ENTRY_TYPES.values(), True))
    found = values()
    assert found["visits_held"] == 5
    assert [found[key] for key in ENTRY_TYPES] == [2, 2, 2, 2]


def test_only_who_was_present_attended(station):
    visit = make.visit(station, present=make.placed(station, 4))
    absent, away, *_present = visit.attendances.all()
    visit.attendances.filter(pk=absent.pk).update(status="absent")
    visit.attendances.filter(pk=away.pk).update(status="leave")
    assert values()["representative_attendances"] == 2


def test_each_visit_counts_anew(station):
    present = make.placed(station, 2)
    make.visit(station, date(2026, 3, 10), present)
    make.visit(station, date(2026, 3, 11), present[:1])
    assert values()["representative_attendances"] == 3


def test_residents_are_added_up_over_the_visits(station):
    for received in (5, 0, 7):
        make.visit(station, residents_received=received)
    figure = counted()["residents_received"]
    assert (figure.value, figure.count(), figure.recount()) == (12, 3, 12)


def test_without_visits_nobody_was_received(station):
    assert values()["residents_received"] == 0


def test_a_voided_visit_counts_nowhere(station):
    make.visit(station, present=make.placed(station, 2), residents_received=9, voided_on=date(2026, 3, 11))
    assert set(values().values()) == {0}


def test_attendances_by_who_entered_are_those_of_such_visits(station):
    present = make.placed(station, 2)
    make.visit(station, present=present, enters_departments=True)
    make.visit(station, date(2026, 3, 11), present=present[:1])
    part = next(part for part in PARTS if part.figure == "representative_attendances")
    sizes = {value: size for value, _words, size in part.counts(counted()["representative_attendances"].rows)}
    assert sizes == {
        "entries_representatives": 3,
        "entries_departments": 2,
        "entries_leaders": 0,
        "entries_congress_work": 0,
    }
