"""Query codes guessed at are slowed by receipt *and* network, so that nobody shuts out the neighbours of a guesser.

Only what could be a code counts: the check digit finds every slip of the pen, and whoever mistypes never waits. One
network may miss one number five times in a quarter of an hour. When all networks together have spent the budget of an
hour, each of them may miss ten times whatever the number; who has missed nothing looks up as ever.
"""

from datetime import timedelta

from django.utils import timezone

from feedback.submissions import receipts
from feedback.submissions.models import Miss
from liaison.accounts.guessing import STRANGER
from liaison.audit.models import Entry
from liaison.audit.trail import record

TRIES = 5  # of one number from one network
TRIES_BESIEGED = 10  # of one network, whatever the number
BUDGET = 500  # of all networks in an hour
WAIT = timedelta(minutes=15)
SPAN = timedelta(hours=1)
ALARM = "codes_guessed"


def may_try(network: str, number: str) -> bool:
    missed = Miss.objects.filter(network=network, at__gt=timezone.now() - WAIT)
    if is_besieged():
        return missed.count() < TRIES_BESIEGED
    return missed.filter(number=number).count() < TRIES


def is_besieged() -> bool:
    return Miss.objects.filter(at__gt=timezone.now() - SPAN).count() >= BUDGET


def note(network: str, number: str, code: str) -> None:
    """Count a miss; what is older than the budget's hour is forgotten, and the auditor is told once of a siege."""
    if not receipts.is_code(code):
        return
    since = timezone.now() - SPAN
    Miss.objects.filter(at__lte=since).delete()
    Miss.objects.create(network=network, number=number)
    if is_besieged() and not Entry.objects.filter(action=ALARM, at__gt=since).exists():
        record(ALARM, actor=STRANGER, result="refused", detail={"count": BUDGET})
