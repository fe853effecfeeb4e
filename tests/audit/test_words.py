"""The trail is read by people: every action has words, on the page and not only in the code."""

import re
from pathlib import Path

from feedback.opinions.progress import AROUND
from liaison.audit.words import ACTIONS

ROOT = Path(__file__).parent.parent.parent
RECORDED = re.compile(r'\brecord\(\s*"([a-z_]+)"')
ROOMS = ("liaison", "stations", "representatives", "feedback")


def sources():
    return [file.read_text() for room in ROOMS for file in (ROOT / room).rglob("*.py")]


def test_every_recorded_action_has_words():
    recorded = {action for source in sources() for action in RECORDED.findall(source)}
    assert {"reveal", "export", "added", "changed"} <= recorded
    assert recorded - set(ACTIONS) == set()


def test_the_plain_steps_that_proposals_leave_on_opinions_have_words():
    assert set(AROUND) - set(ACTIONS) == set()
