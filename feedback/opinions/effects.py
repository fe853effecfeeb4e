"""What a move does beside changing the state. Each runs inside the move's transaction (see liaison.tools.workflow)."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback.handling.models import ACKNOWLEDGED, CLOSED, PENDING, REPLIED
from liaison.rulebook import clocks
from liaison.tools.workflow import MoveRefused


def accept(opinion, *, at, taker, by, note, category=None, summary=""):
    """The named taker (接办人) answers for it from now on."""
    opinion.taker, opinion.taker_name = taker, str(taker)
    opinion.category = category or opinion.category
    opinion.summary = summary or opinion.summary
    opinion.accepted_on = _day(at)
    _save(opinion, "taker", "taker_name", "category", "summary", "accepted_on")


def refuse(opinion, *, at, channel, office, by, note, phone="", address=""):
    opinion.guide_to(channel=channel, office=office, phone=phone, address=address)


def assign(opinion, *, at, organisation, by, note, due_on=None, instructions=""):
    """Given to one organisation, due by the clock of the opinion's division unless another day is named."""
    if not organisation.handles:
        raise MoveRefused(_("this body cannot be given opinions"))
    day = _day(at)
    opinion.reply_due_on = due_on or clocks.due_on("reply", opinion.division_id, day)
    opinion.assignments.create(
        organisation=organisation,
        station_id=opinion.station_id,
        division_id=opinion.division_id,
        assigned_on=day,
        due_on=opinion.reply_due_on,
        instructions=instructions,
    )
    _save(opinion, "reply_due_on")


def acknowledge(opinion, *, at, by, note):
    assignment = _own(opinion, by, PENDING)
    assignment.state, assignment.acknowledged_on = ACKNOWLEDGED, _day(at)
    assignment.save(update_fields=["state", "acknowledged_on"])


def reply(opinion, *, at, text, outcome, by, note):
    """The organisation's answer; the station then has the feed-back clock to tell the resident."""
    assignment = _own(opinion, by, ACKNOWLEDGED)
    assignment.state, assignment.replied_on = REPLIED, _day(at)
    assignment.save(update_fields=["state", "replied_on"])
    _keep_reply(opinion, assignment.organisation, text, outcome, at)
    opinion.feed_back_due_on = clocks.due_on("feed_back", opinion.division_id, _day(at))
    _save(opinion, "feed_back_due_on")


def import_reply(opinion, *, at, text, by, note, outcome=""):
    """An answer from elsewhere, organisation unknown, no clock (contract.md, import_opinions)."""
    _keep_reply(opinion, None, text, outcome, at)


def feed_back(opinion, *, at, way, by, note):
    opinion.fed_back_on, opinion.feedback_way = _day(at), way
    _save(opinion, "fed_back_on", "feedback_way")


def withdraw(opinion, *, at, by, note):
    """Nobody has to answer any more."""
    opinion.assignments.open().update(state=CLOSED)


def rate(opinion, *, at, score, by, note, reason="", source="resident"):
    if score == "dissatisfied" and not reason.strip():
        raise MoveRefused(_("please tell us what you are not satisfied with"))
    opinion.ratings.create(score=score, reason=reason, source=source, rated_at=at)


def _keep_reply(opinion, organisation, text, outcome, at):
    opinion.replies.create(organisation=organisation, text=text, outcome=outcome, replied_at=at)
    opinion.replied_on, opinion.outcome = _day(at), outcome
    _save(opinion, "replied_on", "outcome")


def _own(opinion, user, state):
    """The assignment of the user's organisation that stands in `state`."""
    assignment = opinion.assignments.visible_to(user, "opinions.reply_opinion").filter(state=state).first()
    if assignment is None:
        raise MoveRefused(_("it was not assigned to your department"))
    return assignment


def _day(at):
    return timezone.localdate(at)


def _save(opinion, *fields):
    opinion.save(update_fields=fields)


EFFECTS = {
    "accept": accept,
    "refuse": refuse,
    "assign": assign,
    "acknowledge": acknowledge,
    "reply": reply,
    "import_reply": import_reply,
    "feed_back": feed_back,
    "withdraw": withdraw,
    "rate": rate,
}
