"""What each figure of reception days counts and what it leaves out."""

from datetime import date

from liaison.tools.periods import Period
from stations.receptions.statistics import figures
from tests.support import factories as make

MAY = Period(date(2026, 5, 1), date(2026, 5, 31))


def values():
    found = figures(lambda model: model.objects.all(), MAY, date(2026, 6, 1))
    assert [figure.recount() for figure in found] == [figure.value for figure in found]
    return {figure.key.removeprefix("receptions_"): figure.value for figure in found}


def test_each_figure_counts_its_own_days_of_the_period():
    station = make.station()
    make.reception(station, date(2026, 4, 30), status="held")
    make.reception(station, date(2026, 5, 1), status="held", planned_on=date(2026, 4, 30))
    make.reception(station, date(2026, 5, 11), status="held", planned_on=date(2026, 5, 10))
    make.reception(station, date(2026, 5, 20), status="cancelled", reason="repairs")
    make.reception(station, date(2026, 5, 31))
    make.reception(station, date(2026, 6, 1), status="cancelled", reason="repairs")
    assert values() == {"planned": 4, "held": 2, "shifted": 2, "cancelled": 1}


def test_without_receptions_nothing_is_counted():
    assert set(values().values()) == {0}
