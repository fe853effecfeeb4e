"""Opinions as they stood at a past moment, read back from their steps, which are only ever added.

An opinion nobody touched since the moment stands as it did. One that was moved since is replayed up to it, step by step
in the order they were written down: a paper entered later bears an earlier day, and was not known on it.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from feedback.opinions import workflow
from feedback.opinions.choices import BY_PHONE
from feedback.opinions.models import Opinion, OpinionReply, OpinionStep
from feedback.opinions.publications import Publication
from liaison.rulebook.clocks import reckoners

FIELDS = ("state", "accepted_on", "replied_on", "fed_back_on", "feed_back_due_on", "reply_due_on", "outcome")
READ = (  # of an opinion as it is now, beside what its steps tell
    "received_at",
    "year",
    "station_id",
    "division_id",
    "body",
    "summary",
    "publish_consent",
    "taker_id",
    "taker_name",
    "accept_due_on",
)
STEP = ("opinion_id", "move", "from_state", "to_state", "at", "known_at", "source", "due_on", "outcome", "taken_from")
ANSWERED = (workflow.REPLIED.key, *workflow.TOLD)
WITHOUT_A_DAY = (workflow.WITHDRAWN.key, workflow.MERGED.key)  # no day of theirs tells when it ended
TAKES_ON = (workflow.ACCEPT.key, workflow.ANSWER_ON_SPOT.key, workflow.PASS_ON.key)
HANDS_ON = (workflow.ASSIGN.key, workflow.ANSWER_ON_SPOT.key, workflow.PASS_ON.key, workflow.MERGE.key)
CALLS = (workflow.CALL.key, workflow.RATE_FOR.key)
BEGINS_AGAIN = (workflow.REHANDLE.key, workflow.ASK_AGAIN.key)
SETS_A_DAY = (workflow.ASSIGN.key, workflow.PASS_ON.key, *BEGINS_AGAIN)


@dataclass(frozen=True)
class Known:
    """What was known of one opinion. `row` is the opinion as it is now, for what never changes."""

    row: Opinion
    state: str
    accepted_on: date | None
    replied_on: date | None  # by all who had to
    fed_back_on: date | None
    feed_back_due_on: date | None
    reply_due_on: date | None
    outcome: str
    taker_id: int | None
    decided_on: date | None  # whether it is a matter for the station
    given_on: date | None  # to whoever handles it, or answered at once
    called_on: date | None  # the last time somebody answered the telephone
    round: int  # of its handling; the next begins when a resident is not satisfied

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


def last_days(records) -> Callable[[str, str, date], date]:
    """`(clock, division, day) -> last day in time`; by `Records.once`."""
    return reckoners(records.is_working_day, records.past)


def opinions_known(records) -> dict[int, list[Known]]:
    """Of each station, those the period may speak of, imported ones left out; by `Records.once`."""
    rows = _rows(records)
    steps, last_day = _steps(rows), records.once(last_days)
    found = rows.select_related("publication").annotate(has_phone=Q(reporter__phone_sealed__isnull=False))
    read = found.only(*READ, *FIELDS, *(f"publication__{name}" for name in Publication.kept_fields)).order_by("pk")
    return records.by_station(_known(row, steps[row.pk], records.moment, last_day) for row in read)


def publications_known(records) -> list[tuple[Known, Publication]]:
    """What was told to everybody of those opinions, as it stood; by `Records.once`."""
    opinions = {each.row.pk: each for rows in records.once(opinions_known).values() for each in rows}
    present = [each.row.publication for each in opinions.values() if hasattr(each.row, "publication")]
    then = [row for row in records.past.as_then(Publication, present) if row.opinion_id in opinions]
    for row in then:
        row.opinion = opinions[row.opinion_id].row
    return [(opinions[row.opinion_id], row) for row in then]


def replies_known(opinions, moment: datetime) -> set[int]:
    """The keys of the replies whose step was written down by then."""
    mine = _steps_known().filter(opinion=OuterRef("opinion"), at=OuterRef("replied_at"), known_at__lt=moment)
    return set(OpinionReply.objects.filter(Exists(mine), opinion__in=opinions).values_list("pk", flat=True))


def _steps_known():
    """Each with the moment since when it is known."""
    return OpinionStep.objects.annotate(known_at=Coalesce("entered_at", "at"))


def _rows(records):
    """Received, moved or told of in the period, or not ended when it began."""
    start, moment = records.period.starts_on, records.period.start_moment
    since = Q(received_at__gte=moment) | Q(publication__published_on__gte=start) | Q(state__in=workflow.ALIVE)
    for day in ("accepted_on", "replied_on", "fed_back_on"):
        since |= Q(**{f"{day}__gte": start})
    since |= Q(state__in=WITHOUT_A_DAY) & Exists(OpinionStep.objects.filter(opinion=OuterRef("pk"), at__gte=moment))
    rows = Opinion.objects.filter(since, station__in=records.keys, entered_at__lt=records.moment)
    return rows.exclude(channel="import")


def _steps(rows) -> dict[int, list]:
    """In the order they were written down; no more than is read of each."""
    steps = _steps_known().filter(opinion__in=rows.order_by().values("pk")).order_by("id")
    found = defaultdict(list)
    for step in steps.values_list(*STEP, named=True):
        found[step.opinion_id].append(step)
    return found


def _known(row, steps, moment: datetime, last_day) -> Known:
    then, later = [], []
    for step in steps:
        (then if step.known_at < moment else later).append(step)
    facts = _replayed(row, then, last_day) if later else {name: getattr(row, name) for name in FIELDS}
    taker = _taker_before(later, row.taker_id) if facts["accepted_on"] else None
    return Known(row, taker_id=taker, **_settled(facts), **_days(then))


def _settled(facts) -> dict:
    """Of several departments one may have replied before the others: until all have, it is not replied."""
    is_answered = facts["state"] in ANSWERED
    return facts if is_answered else facts | {"replied_on": None, "feed_back_due_on": None, "outcome": ""}


def _days(steps) -> dict:
    decided = [step for step in steps if step.from_state == workflow.BEGINS != step.to_state]
    given = [step for step in steps if step.move in HANDS_ON]
    called = [step for step in steps if step.move in CALLS and step.source == BY_PHONE]
    return {
        "decided_on": _day(decided[0]) if decided and decided[0].move != workflow.WITHDRAW.key else None,
        "given_on": _day(given[0]) if given else None,
        "called_on": _day(called[-1]) if called else None,
        "round": 1 + sum(step.move in BEGINS_AGAIN for step in steps),
    }


def _taker_before(later, taker):
    return next((step.taken_from for step in later if step.taken_from), taker)


def _replayed(row, steps, last_day) -> dict:
    """The fields as these steps left them."""
    facts = dict.fromkeys(FIELDS) | {"state": workflow.BEGINS, "outcome": ""}
    for step in steps:
        facts |= _left_by(step, facts, lambda clock, day: last_day(clock, row.division_id, day))
    return facts


def _left_by(step, facts, last_day) -> dict:
    left = {"state": step.to_state} | _handling_left_by(step, last_day)
    if step.move in TAKES_ON and facts["accepted_on"] is None:
        left["accepted_on"] = _day(step)
    if step.to_state == workflow.REPLIED.key != step.from_state:
        left["feed_back_due_on"] = last_day("feed_back", timezone.localdate(step.known_at))
    if step.to_state in ANSWERED and step.from_state not in ANSWERED:
        left |= {"replied_on": _day(step), "outcome": step.outcome}
    if step.move in (workflow.FEED_BACK.key, workflow.ANSWER_ON_SPOT.key):
        left["fed_back_on"] = _day(step)
    return left


def _handling_left_by(step, last_day) -> dict:
    again = {"replied_on": None, "fed_back_on": None, "feed_back_due_on": None, "outcome": ""}
    left = again if step.move in BEGINS_AGAIN else {}
    if step.due_on or step.move in SETS_A_DAY:
        left = left | {"reply_due_on": step.due_on or last_day("reply", _day(step))}
    return left


def _day(step) -> date:
    return timezone.localdate(step.at)
