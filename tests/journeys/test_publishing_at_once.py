"""Two officers publish at the same moment: one succeeds, the other is told, and a draft held by one waits for it."""

import json
import os
import uuid
from pathlib import Path

from tests.support import migrated
from tests.support.places import Place

AT_ONCE = """
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from django.db import connection, connections
from django.utils import timezone
from liaison.accounts.models import User
from liaison.divisions.models import Division
from stations.eight_haves.copying import copy_items
from stations.eight_haves.models import Standard
from stations.eight_haves.publishing import NotPublishable, publish

officer = User.objects.create_user("officer", password="a long enough passphrase", name="officer")
place = Division.objects.create(code="230102", name="Daoli", level=3, kind="district")
shipped, today = Standard.objects.get(division=None, state="published"), timezone.localdate()

def draft(version):
    made = Standard.objects.create(name="county", version=version, division=place, kinds=["home"], valid_from=today)
    copy_items(shipped, made)
    return made

def attempt(barrier, standard, day):
    barrier.wait()
    try:
        publish(standard, officer, day)
        return "published"
    except NotPublishable as refusal:
        return refusal.obstacles[0].field or "taken"
    finally:
        connections.close_all()

def both(pair, day):
    barrier = Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(lambda one: attempt(barrier, one, day), pair))

found = []
for number in range(8):
    day = today + timedelta(days=number)
    one = draft(f"{number}-one")
    found.append(both([one, Standard.objects.get(pk=one.pk)], day))
    found.append(both([draft(f"{number}-two"), draft(f"{number}-three")], day + timedelta(days=100)))
print(json.dumps(found))
"""


def test_of_two_at_once_one_publishes():
    place = Place.of(Path(os.environ["VAR_DIR"]) / f"publishing_{uuid.uuid4().hex[:8]}")
    migrated.copy_to(place)
    try:
        results = json.loads(place.manage("shell", "-c", AT_ONCE).splitlines()[-1])
        assert results == [["published", "taken"], ["published", "valid_from"]] * 8
        days = place.sql("SELECT valid_from FROM eight_haves_standard WHERE name = 'county' AND state = 'published'")
        assert len(days) == len(set(days)) == 16
        assert len(place.sql("SELECT 1 FROM audit_entry WHERE action = 'publish_standard'")) == 16
    finally:
        place.remove()
