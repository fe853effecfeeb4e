"""The demo holds the whole city's divisions: its coverage counts every street and township, quasi-units apart."""

import pytest
from django.utils import timezone

from liaison.dashboard.asked import Asked
from liaison.dashboard.coverage import coverage_of
from liaison.dashboard.filters import VIEW
from liaison.divisions.models import Division
from liaison.tools.periods import Period
from stations.register.models import Station
from tests.support import factories as make

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db(databases=["default", "keys"])]


def test_harbin_in_the_demo_has_303_streets_and_townships():
    today, city = timezone.localdate(), Division.objects.get(pk=make.HARBIN)
    officer = make.granted("officer", code=city.pk, username="officer-of-the-city")
    streets, quasi = coverage_of(Asked(officer, VIEW, city, Period(today, today), today))["figures"]
    covered = Station.objects.operating().values("division").distinct().count()
    assert (streets["denominator"], quasi["denominator"]) == (303, 25)
    assert 0 < streets["numerator"] + quasi["numerator"] <= covered
