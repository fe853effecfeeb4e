"""Stories written in bulk: the rows the doors of `feedback.opinions` would have left, without their questions.

`tests/demo/test_city.py` tells the same stories through the doors and compares the rows.
"""

import hashlib
from dataclasses import dataclass, field

from feedback.opinions import workflow
from feedback.opinions.models import Guidance, Opinion, OpinionAssignment, OpinionReply, OpinionStep, Rating
from feedback.opinions.urging import OpinionUrging
from feedback.submissions import receipts
from feedback.submissions.models import ANONYMOUS, Reporter
from liaison.demo.library import phrase, phrases
from liaison.demo.stories import opinion_of_result
from liaison.rulebook import clocks
from liaison.tools.workflow import RESIDENT, actor_kind, actor_name

BATCH = 2000
KEPT = (OpinionAssignment, OpinionUrging, OpinionReply, Rating, Guidance, OpinionStep)


@dataclass
class Written:
    """One opinion and the rows that hang on it."""

    opinion: Opinion
    taker: object
    clerk: object
    organisation: object
    hanging: list = field(default_factory=list)

    def step(self, key, before, at, by, note="") -> None:
        who = {"actor_kind": actor_kind(by), "actor_id": by.pk, "actor_name": actor_name(by)}
        facts = {"from_state": before, "to_state": self.opinion.state, "at": at, "note": note}
        if key == "assign":
            facts["due_on"] = self.opinion.reply_due_on
        if key == "reply":
            facts["outcome"] = self.opinion.outcome
        self.hanging.append(OpinionStep(opinion=self.opinion, move=key, **facts, **who))

    @property
    def assignment(self) -> OpinionAssignment:
        return next(row for row in self.hanging if isinstance(row, OpinionAssignment))


class Pen:
    """Writes what each move of the main road leaves; a method a move."""

    def __init__(self, categories, rng):
        self.categories, self.rng = categories, rng
        self.due = clocks.reckoners()

    def write(self, story, written) -> Written:
        opinion = written.opinion
        opinion.accept_due_on = self._due("accept", opinion, opinion.received_at)
        written.step("begin", "", opinion.received_at, RESIDENT)
        for key, at in story.happenings:
            before, move = opinion.state, workflow.MOVES[key]
            opinion.state = move.target or before
            by, note = getattr(self, f"_{key}")(story.matter, written, at)
            written.step(key, before, at, by, note)
        return written

    def _due(self, key, opinion, at):
        return self.due(key, opinion.division_id, at.date())

    def _accept(self, matter, written, at):
        opinion = written.opinion
        opinion.category, opinion.summary = self.categories[matter["category"]], matter["summary"]
        opinion.taker, opinion.taker_name, opinion.accepted_on = written.taker, str(written.taker), at.date()
        return written.taker, ""

    def _refuse(self, matter, written, _at):
        office, phone, address = matter["guide_to"].split("/")
        place = {"channel": matter["refuse_channel"], "office": office, "phone": phone, "address": address}
        written.hanging.append(Guidance(opinion=written.opinion, **place))
        return written.taker, matter["feedback_note"]

    def _assign(self, matter, written, at):
        opinion = written.opinion
        opinion.reply_due_on = self._due("reply", opinion, at)
        place = {"station_id": opinion.station_id, "division_id": opinion.division_id}
        said = self.rng.choice(phrases(f"instruction_{matter['urgency']}"))
        days = {"assigned_on": at.date(), "due_on": opinion.reply_due_on, "instructions": said}
        given = OpinionAssignment(opinion=opinion, organisation=written.organisation, **place, **days)
        written.hanging.append(given)
        return written.taker, ""

    def _acknowledge(self, _matter, written, at):
        written.assignment.state, written.assignment.acknowledged_on = "acknowledged", at.date()
        return written.clerk, ""

    def _urge(self, _matter, written, at):
        given, by, note = written.assignment, written.taker, self.rng.choice(phrases("urge"))
        times = sum(isinstance(row, OpinionUrging) for row in written.hanging)
        who = {"by_id": by.pk, "by_name": actor_name(by), "note": note}
        due = self._due("answer_urging", written.opinion, at)
        days = {"round": times + 1, "urged_on": at.date(), "answer_by": due}
        written.hanging.append(OpinionUrging(assignment=given, **days, **who))
        return by, note

    def _reply(self, matter, written, at):
        opinion, given = written.opinion, written.assignment
        given.state, given.replied_on = "replied", at.date()
        opinion.replied_on, opinion.outcome = at.date(), matter["outcome"]
        opinion.feed_back_due_on = self._due("feed_back", opinion, at)
        said = {"text": matter["reply"], "outcome": matter["outcome"], "replied_at": at}
        written.hanging.append(OpinionReply(opinion=opinion, organisation=written.organisation, **said))
        return written.clerk, ""

    def _feed_back(self, matter, written, at):
        written.opinion.fed_back_on, written.opinion.feedback_way = at.date(), matter["feedback_way"]
        return written.taker, matter["feedback_note"]

    def _rate(self, _matter, written, at):
        score, reason = opinion_of_result(written.opinion.outcome, self.rng)
        written.hanging.append(Rating(opinion=written.opinion, score=score, reason=reason, rated_at=at))
        return RESIDENT, ""

    def _archive(self, _matter, written, _at):
        return written.taker, ""

    def _withdraw(self, _matter, written, _at):
        for given in written.hanging:
            if isinstance(given, OpinionAssignment):
                given.state = "closed"
        return RESIDENT, self.rng.choice(phrases("withdraw"))


def write(stories, city, categories, rng) -> int:
    """All of them in portions; how many there are."""
    pen = Pen(categories, rng)
    for first in range(0, len(stories), BATCH):
        portion = stories[first : first + BATCH]
        _keep([pen.write(story, begun(story, station, city, first + n)) for n, (story, station) in enumerate(portion)])
    return len(stories)


def nonce_of(number: int) -> str:
    return f"demo-city-{number}"


def token_hash_of(number: int) -> str:
    return hashlib.sha256(nonce_of(number).encode()).hexdigest()


def begun(story, station, city, number) -> Written:
    """As it came in by the web: anonymous, so nothing of anybody is kept."""
    reporter = Reporter(identity_mode=ANONYMOUS)
    opinion = Opinion(
        token_hash=token_hash_of(number),
        code_hash=receipts.stored(receipts.code_of(nonce_of(number))),
        received_at=story.received_at,
        entered_at=story.received_at,
        year=story.received_at.year,
        state=workflow.BEGINS,
        station=station,
        division_id=station.division_id,
        body=story.matter["body"],
        place=phrase("city_place", division=station.division.name),
        urgency=story.matter["urgency"],
        reporter=reporter,
    )
    organisation = city.handler(station, story.matter["category"])
    return Written(opinion, city.staff[station.code], city.clerks[organisation.pk], organisation)


def _keep(written: list[Written]) -> None:
    Reporter.objects.bulk_create([one.opinion.reporter for one in written])
    Opinion.objects.bulk_create([one.opinion for one in written])
    rows = [row for one in written for row in one.hanging]
    for model in KEPT:
        own = [row for row in rows if type(row) is model]
        for row in own:
            _hang(row)
        model._base_manager.bulk_create(own, batch_size=BATCH)


def _hang(row) -> None:
    """What it hangs on was given its key only now."""
    if isinstance(row, OpinionUrging):
        row.assignment_id = row.assignment.pk
    else:
        row.opinion_id = row.opinion.pk
