"""Opinions as they stood at a past moment, read back from their steps, which are only ever added.

An opinion nobody touched since the moment stands as it did. One that was moved since is replayed up to it.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from feedback.opinions import workflow
from feedback.opinions.models import Opinion, OpinionStep

FIELDS = ("state", "accepted_on", "replied_on", "fed_back_on", "feed_back_due_on", "outcome")
TAKES_ON = (workflow.ACCEPT.key, workflow.ANSWER_ON_SPOT.key, workflow.PASS_ON.key)
CALLS = (workflow.CALL.key, workflow.RATE_FOR.key)
BEGINS_AGAIN = (workflow.REHANDLE.key, workflow.ASK_AGAIN.key)


@dataclass(frozen=True)
class Known:
    """What was known of one opinion. `row` is the opinion as it is now, for what never changes."""

    row: Opinion
    state: str
    accepted_on: date | None
    replied_on: date | None
    fed_back_on: date | None
    feed_back_due_on: date | None
    outcome: str
    replied_to_us_on: date | None  # when the reply was known, of one that was replayed
    assigned_on: date | None
    called_on: date | None

    @property
    def station_id(self) -> int:
        return self.row.station_id

    @property
    def number(self) -> str:
        return self.row.number

    @property
    def gist(self) -> str:
        return self.row.gist

    @property
    def received_on(self) -> date:
        return timezone.localdate(self.row.received_at)


def opinions_known(records) -> dict[int, list[Known]]:
    """Of each station, those received in the period or moved in it, imported ones left out; by `Records.once`."""
    start = records.period.starts_on
    since = Q(received_at__gte=records.period.start_moment) | Q(accepted_on__gte=start) | Q(replied_on__gte=start)
    rows = Opinion.objects.filter(since, station__in=records.keys, received_at__lt=records.moment, message_id=None)
    found = list(rows.defer("region", "feedback_way").order_by("pk"))
    steps = _steps(records, start)
    return records.by_station(_known(row, steps[row.pk], records.moment) for row in found)


def _steps(records, start) -> dict[int, list[OpinionStep]]:
    """The steps of opinions received or moved in the period, each with the moment since when it is known."""
    moved = OpinionStep.objects.filter(opinion__station__in=records.keys, opinion__message_id=None)
    of_period = Q(opinion__received_at__gte=records.period.start_moment) | Q(opinion__accepted_on__gte=start)
    rows = moved.filter(of_period | Q(opinion__replied_on__gte=start)).annotate(known_at=Coalesce("entered_at", "at"))
    found = defaultdict(list)
    for step in rows.only("opinion_id", "move", "to_state", "at", "entered_at").order_by("at", "id"):
        found[step.opinion_id].append(step)
    return found


def _known(row, steps, moment) -> Known:
    now = {name: getattr(row, name) for name in FIELDS} | {"replied_to_us_on": None}
    then = [step for step in steps if step.known_at < moment]
    facts = now if len(then) == len(steps) else _replayed(then)
    calls = [timezone.localdate(step.at) for step in then if step.move in CALLS]
    given = [timezone.localdate(step.at) for step in then if step.move == workflow.ASSIGN.key]
    return Known(row, assigned_on=given[0] if given else None, called_on=calls[-1] if calls else None, **facts)


def _replayed(steps) -> dict:
    """The fields as these steps left them; the result of a reply is not told by its step."""
    facts = dict.fromkeys((*FIELDS, "replied_to_us_on")) | {"state": workflow.BEGINS, "outcome": ""}
    for step in steps:
        facts |= _left_by(step, facts)
    return facts


def _left_by(step, facts) -> dict:
    day, left = timezone.localdate(step.at), {"state": step.to_state}
    if step.move in TAKES_ON and (step.move == workflow.ACCEPT.key or facts["accepted_on"] is None):
        left["accepted_on"] = day
    if step.to_state == workflow.REPLIED.key or step.move == workflow.ANSWER_ON_SPOT.key:
        left |= {"replied_on": facts["replied_on"] or day, "replied_to_us_on": timezone.localdate(step.known_at)}
    if step.move in (workflow.FEED_BACK.key, workflow.ANSWER_ON_SPOT.key):
        left["fed_back_on"] = day
    if step.move in BEGINS_AGAIN:
        left |= {"replied_on": None, "fed_back_on": None}
    return left
