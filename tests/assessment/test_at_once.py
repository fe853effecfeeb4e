"""Six officers confirm the same check at the same moment: one does, the other is told, one scorecard is kept."""

import json
import os
import uuid
from pathlib import Path

from tests.support import migrated
from tests.support.places import Place

BOTH = """
import json
from datetime import date
from threading import Barrier, Thread
from django.db import connection
from django.utils import timezone
from liaison.accounts.models import User
from liaison.tools.workflow import MoveRefused
from stations.assessment import opening, workflow
from stations.assessment.models import Assessment, Frozen
from tests.support import factories as make

make.office()
officers = [make.granted("officer") for _number in range(6)]
made, _against = opening.open_many([make.station()], timezone.localdate().year, by=officers[0], on=timezone.localdate())
made[0].move(workflow.HAND_IN, by=officers[0], note="x")
made[0].move(workflow.REVIEW, by=officers[0])
gate, told = Barrier(6, timeout=60), []

def confirm(officer):
    check = Assessment.objects.get(pk=made[0].pk)
    gate.wait()
    try:
        check.move(workflow.CONFIRM, by=officer)
        told.append("confirmed")
    except MoveRefused as refusal:
        told.append(str(refusal.reason))
    finally:
        connection.close()

threads = [Thread(target=confirm, args=(officer,)) for officer in officers]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
steps = made[0].steps.filter(move="confirm").count()
print(json.dumps([sorted(told), Frozen.objects.count(), steps, Assessment.objects.get().state]))
"""


def test_of_six_at_once_exactly_one_confirms():
    place = Place.of(Path(os.environ["VAR_DIR"]) / f"confirming_{uuid.uuid4().hex[:8]}")
    migrated.copy_to(place)
    try:
        told, frozen, steps, state = json.loads(place.manage("shell", "-c", BOTH).splitlines()[-1])
    finally:
        place.remove()
    assert told == ["confirmed"] + ["刚刚有人改动过，请刷新后再看"] * 5
    assert (frozen, steps, state) == (1, 1, "county_confirmed")
