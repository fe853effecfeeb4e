"""Eight schedulers at the same minute, each a process of its own, make each reception day once."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from tests.journeys.work import today
from tests.support.sites import Site, copy_of_demo

RULE = """
from datetime import date, time
from stations.receptions.models import ReceptionRule
from stations.register.models import Station
ReceptionRule.objects.create(
    station=Station.objects.operating().order_by("pk").first(), kind="weekly", numbers=[2, 3, 4],
    starts_at=time(14), ends_at=time(16), valid_from=date(2020, 1, 1), seats=2,
)
"""


def generated(place) -> list[tuple]:
    asked = "SELECT rule_id, planned_on FROM receptions_reception WHERE rule_id IS NOT NULL ORDER BY 1, 2"
    return [tuple(row) for row in Site(place).sql(asked)]


def test_each_day_is_made_once():
    place = copy_of_demo(f"schedulers_{uuid.uuid4().hex[:8]}")
    try:
        place.manage("shell", "-c", RULE)
        until = (today() + timedelta(days=90)).isoformat()
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda _number: place.manage("generate_receptions", "--until", until), range(8)))
        made = generated(place)
        assert len(made) == len(set(made))
        newest = max(rule for rule, _day in made)
        assert len([day for rule, day in made if rule == newest]) > 20
        place.manage("generate_receptions", "--until", until)
        assert generated(place) == made
    finally:
        place.remove()
