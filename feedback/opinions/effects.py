"""What a move does beside changing the state. Each runs inside the move's transaction (see liaison.tools.workflow)."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback.handling.models import (
    ACKNOWLEDGED,
    CLOSED,
    PENDING,
    REPLIED,
    RETURN_REQUESTED,
    RETURNED,
)
from feedback.opinions import offers, on_behalf, urging
from feedback.opinions.choices import BY_PHONE, CO, LEAD, SEPARATE, SOLE
from feedback.submissions import receipts
from liaison.rulebook import clocks
from liaison.tools.workflow import MoveRefused


def accept(opinion, *, at, taker, by, note, category=None, summary=""):
    """The named taker (接办人) answers for it from now on."""
    opinion.category = category or opinion.category
    opinion.summary = summary or opinion.summary
    _take_on(opinion, taker, at)
    _save(opinion, "category", "summary")


def refuse(opinion, *, at, channel, office, by, note, phone="", address=""):
    opinion.guide_to(channel=channel, office=office, phone=phone, address=address)


def answer_on_spot(opinion, *, at, outcome, by, note):
    """Said and answered in one go: `note` is the answer, the resident stood there."""
    if opinion.accepted_on is None:
        _take_on(opinion, by, at)
    _keep_reply(opinion, None, note, outcome, at, body=str(opinion.station or ""))
    feed_back(opinion, at=at, way="in_person", by=by, note=note)
    return {"outcome": outcome}


def pass_on(opinion, *, at, body, by, note, number=""):
    """To a body that is none of ours; the station keeps following it, by the clock of a reply."""
    if opinion.accepted_on is None:
        _take_on(opinion, by, at)
    opinion.hand_over(body, number, _day(at))
    opinion.reply_due_on = clocks.due_on("reply", opinion.division_id, _day(at))
    _save(opinion, "reply_due_on")
    return {"due_on": opinion.reply_due_on}


def follow(opinion, *, at, by, note, number=""):
    """What the other body said when asked; its number may become known only now."""
    if number:
        opinion.passed_on.number = number
        opinion.passed_on.save(update_fields=["number"])
    return {"detail": number}


def answer_elsewhere(opinion, *, at, text, outcome, paper_on, by, note, entered_at=None):
    on_behalf.check_day(paper_on, opinion.passed_on.passed_on, entered_at)
    _keep_reply(opinion, None, text, outcome, at, body=opinion.passed_on.body, on_behalf=True)
    _start_telling(opinion, entered_at)
    return on_behalf.marks(opinion.passed_on.body, paper_on, entered_at=entered_at) | {"outcome": outcome}


def merge(opinion, *, at, main, by, note):
    """It goes on with another of the same station; neither itself nor one that leads nowhere."""
    if main.pk == opinion.pk or main.station_id != opinion.station_id or main.division_id != opinion.division_id:
        raise MoveRefused(_("only another opinion of the same station can take it in"))
    if main.state in ("merged", "refused", "withdrawn"):
        raise MoveRefused(_("the other opinion is not being handled"))
    if opinion.merged.exists():
        raise MoveRefused(_("others have been merged into this one"))
    opinion.merged_into = main
    _save(opinion, "merged_into")


def assign(opinion, *, at, organisation, by, note, due_on=None, instructions="", others=(), way=CO):
    """Given to one organisation, or to several: one leads and others help, or each handles its share separately.

    Due by the clock of the opinion's division unless another day is named.
    """
    day = _day(at)
    opinion.reply_due_on = due_on or clocks.due_on("reply", opinion.division_id, day)
    first = SOLE if not others else LEAD if way == CO else SEPARATE
    parts = [(organisation, first), *((other, way) for other in others if other != organisation)]
    for body, part in parts:
        _give(opinion, body, part, day, instructions)
    _save(opinion, "reply_due_on")
    return {"due_on": opinion.reply_due_on}


def acknowledge(opinion, *, at, by, note):
    assignment = _own(opinion, by, PENDING)
    assignment.state, assignment.acknowledged_on = ACKNOWLEDGED, _day(at)
    assignment.save(update_fields=["state", "acknowledged_on"])


def reply(opinion, *, at, text, outcome, by, note):
    """The organisation's answer; the station then has the feed-back clock to tell the resident."""
    assignment = _own(opinion, by, ACKNOWLEDGED)
    _answer(opinion, assignment, text, outcome, at)
    return {"outcome": outcome}


def reply_for(opinion, *, at, assignment, text, outcome, paper_on, by, note, scan=None, entered_at=None):
    """A department's paper, typed in by the station: in time by the day on the paper, marked as entered on behalf.

    The station's own clock to tell the resident starts when the paper is entered (`entered_at`, default now).
    """
    _check_own(opinion, assignment, assignment.is_open)
    on_behalf.check_day(paper_on, assignment.assigned_on, entered_at)
    _answer(opinion, assignment, text, outcome, at, is_proxy=True, entered_at=entered_at)
    on_behalf.keep_scan(opinion, "reply_for", paper_on, scan)
    return on_behalf.marks(assignment.organisation, paper_on, entered_at=entered_at) | {"outcome": outcome}


def import_reply(opinion, *, at, text, by, note, outcome=""):
    """An answer from elsewhere, organisation unknown, no clock (contract.md, import_opinions)."""
    _keep_reply(opinion, None, text, outcome, at)


def ask_return(opinion, *, at, by, note):
    """Within the days a department has to say so, counted from the day it was given the matter."""
    assignment = _own(opinion, by, PENDING, ACKNOWLEDGED)
    last = clocks.due_on("hand_back", assignment.division_id, assignment.assigned_on)
    if _day(at) > last:
        raise MoveRefused(_("the days for returning it have passed"))
    assignment.state = RETURN_REQUESTED
    assignment.save(update_fields=["state"])


def agree_return(opinion, *, at, assignment, by, note):
    _check_own(opinion, assignment, assignment.state == RETURN_REQUESTED)
    assignment.state = RETURNED
    assignment.save(update_fields=["state"])
    return {"detail": str(assignment.organisation)}


def refuse_return(opinion, *, at, assignment, by, note):
    """It stands where it stood before."""
    _check_own(opinion, assignment, assignment.state == RETURN_REQUESTED)
    assignment.state = ACKNOWLEDGED if assignment.acknowledged_on else PENDING
    assignment.save(update_fields=["state"])
    return {"detail": str(assignment.organisation)}


def ask_extension(opinion, *, at, until, by, note):
    assignment = _own(opinion, by, PENDING, ACKNOWLEDGED)
    if assignment.due_on and until <= assignment.due_on:
        raise MoveRefused(_("the new day must be after the present one"))
    assignment.asked_until = until
    assignment.save(update_fields=["asked_until"])
    return {"detail": f"{assignment.due_on or '—'} → {until}"}


def extend(opinion, *, at, assignment, due_on, by, note):
    """Another due day, with its reason in the step: a due day never changes in silence."""
    _check_own(opinion, assignment, assignment.is_open)
    if due_on < assignment.assigned_on:
        raise MoveRefused(_("it was given only on %(day)s") % {"day": assignment.assigned_on})
    before = assignment.due_on or "—"
    assignment.due_on, assignment.asked_until = due_on, None
    assignment.save(update_fields=["due_on", "asked_until"])
    decisive = [row.due_on for row in offers.open_assignments(opinion) if row.is_decisive and row.due_on]
    opinion.reply_due_on = max(decisive, default=due_on)
    _save(opinion, "reply_due_on")
    return {"detail": f"{assignment.organisation} {before} → {due_on}", "due_on": opinion.reply_due_on}


def refuse_extension(opinion, *, at, assignment, by, note):
    _check_own(opinion, assignment, assignment.asked_until is not None)
    detail = f"{assignment.organisation} {assignment.asked_until}"
    assignment.asked_until = None
    assignment.save(update_fields=["asked_until"])
    return {"detail": detail}


def feed_back(opinion, *, at, way, by, note):
    opinion.fed_back_on, opinion.feedback_way = _day(at), way
    _save(opinion, "fed_back_on", "feedback_way")


def urge(opinion, *, at, by, note, assignments=None, way="slip", answer_by=None):
    """All open assignments, or those given; each at most once a day."""
    chosen = opinion.assignments.all() if assignments is None else opinion.assignments.filter(pk__in=assignments)
    urging.urge(chosen, today=_day(at), by=by, note=note, way=way, answer_by=answer_by)


def withdraw(opinion, *, at, by, note):
    """Nobody has to answer any more."""
    opinion.assignments.open().update(state=CLOSED)


def rate(opinion, *, at, score, by, note, reason="", source="resident"):
    if score == "dissatisfied" and not reason.strip():
        raise MoveRefused(_("please tell us what you are not satisfied with"))
    opinion.ratings.create(round=opinion.round, score=score, reason=reason, source=source, rated_at=at)


def rate_for(opinion, *, at, score, source, paper_on, by, note, reason="", scan=None, entered_at=None):
    """What a resident said by telephone or at the desk: counted apart from what they say themselves."""
    on_behalf.check_day(paper_on, opinion.fed_back_on, entered_at)
    rate(opinion, at=at, score=score, by=by, note=note, reason=reason, source=source)
    on_behalf.keep_scan(opinion, "rate_for", paper_on, scan)
    return on_behalf.marks(_("the resident"), paper_on, source, entered_at)


def sign_for(opinion, *, at, representative, paper_on, by, note, scan=None, entered_at=None):
    """The representative who heard the resident has signed that they were told the result."""
    on_behalf.check_day(paper_on, opinion.fed_back_on, entered_at)
    on_behalf.keep_scan(opinion, "sign_for", paper_on, scan)
    return on_behalf.marks(representative, paper_on, entered_at=entered_at)


def rehandle(opinion, *, at, by, note):
    """A new round with a new clock, given to those who handled it before; earlier replies stay as they are."""
    if not offers.is_dissatisfied(opinion):
        raise MoveRefused(_("nobody has said that they are not satisfied"))
    return _begin_round(opinion, _day(at))


def ask_again(opinion, *, at, by, note):
    """Once for each opinion, and not after having been satisfied."""
    if opinion.steps.filter(move="ask_again").exists():
        raise MoveRefused(_("you have asked once already"))
    if opinion.fed_back_on is None or (offers.last_rating(opinion) and not offers.is_dissatisfied(opinion)):
        raise MoveRefused(_("you have said that you are satisfied"))
    return _begin_round(opinion, _day(at))


def close(opinion, *, at, by, note):
    if not offers.may_end_it(opinion):
        raise MoveRefused(_("it must have been handled again first"))


def tell_at_once(opinion, *, at, whom, by, note):
    """Danger is told by telephone at once, not through the system; this is the record of it."""
    return {"detail": whom}


def call(opinion, *, at, by, note, detail="", is_reached=True):
    """An attempt; only where somebody answered has the resident been asked by telephone."""
    return {"detail": detail, "source": BY_PHONE if is_reached else ""}


def reissue(opinion, *, at, nonce, way, by, note):
    """A new code from a new random nonce; the old one opens nothing from this moment on."""
    if opinion.reporter is None or opinion.reporter.key_id is None:
        raise MoveRefused(_("nothing is known of who said it, so nobody can be proven to be the one"))
    if way == "phone" and not opinion.reporter.phone_sealed:
        raise MoveRefused(_("no telephone number is on file"))
    opinion.code_hash = receipts.stored(receipts.code_of(nonce))
    _save(opinion, "code_hash")
    return {"source": way}


def _begin_round(opinion, day):
    former = opinion.assignments.filter(round=opinion.round, state=REPLIED)
    bodies = [(row.organisation, row.part) for row in former.select_related("organisation")]
    opinion.round += 1
    opinion.reply_due_on = clocks.due_on("reply", opinion.division_id, day)
    opinion.replied_on = opinion.fed_back_on = opinion.feed_back_due_on = None
    opinion.outcome = opinion.feedback_way = ""
    _save(
        opinion,
        "round",
        "reply_due_on",
        "replied_on",
        "fed_back_on",
        "feed_back_due_on",
        "outcome",
        "feedback_way",
    )
    for body, part in bodies:
        _give(opinion, body, part, day, "")
    return {"due_on": opinion.reply_due_on}


def _give(opinion, body, part, day, instructions):
    if not body.handles:
        raise MoveRefused(_("this body cannot be given opinions"))
    opinion.assignments.create(
        organisation=body,
        part=part,
        round=opinion.round,
        station_id=opinion.station_id,
        division_id=opinion.division_id,
        assigned_on=day,
        due_on=opinion.reply_due_on,
        instructions=instructions,
    )


def _answer(opinion, assignment, text, outcome, at, is_proxy=False, entered_at=None):
    assignment.state, assignment.replied_on, assignment.on_behalf = REPLIED, _day(at), is_proxy
    assignment.asked_until = None
    assignment.save(update_fields=["state", "replied_on", "on_behalf", "asked_until"])
    is_decisive = assignment.is_decisive
    _keep_reply(opinion, assignment.organisation, text, outcome, at, is_decisive=is_decisive, on_behalf=is_proxy)
    if is_decisive and offers.has_reached(opinion, "replied"):
        _start_telling(opinion, entered_at if is_proxy else at)


def _start_telling(opinion, at=None):
    """The station's clock to tell the resident, from the answer, or from today for one that came on paper."""
    opinion.feed_back_due_on = clocks.due_on("feed_back", opinion.division_id, _day(at))
    _save(opinion, "feed_back_due_on")


def _keep_reply(opinion, organisation, text, outcome, at, *, is_decisive=True, **more):
    facts = {"organisation": organisation, "text": text, "outcome": outcome, "replied_at": at} | more
    opinion.replies.create(round=opinion.round, **facts)
    if is_decisive:
        opinion.replied_on, opinion.outcome = _day(at), outcome
        _save(opinion, "replied_on", "outcome")


def _own(opinion, user, *states):
    """The assignment of the user's organisation that stands in one of `states`."""
    assignment = offers.own_assignment(opinion, user, states)
    if assignment is None:
        raise MoveRefused(_("it was not assigned to your department"))
    return assignment


def _check_own(opinion, assignment, claim):
    if assignment.opinion_id != opinion.pk or not claim:
        raise MoveRefused(_("its state does not allow this now"))


def _take_on(opinion, taker, at):
    opinion.taker, opinion.taker_name, opinion.accepted_on = taker, str(taker), _day(at)
    _save(opinion, "taker", "taker_name", "accepted_on")


def _day(at):
    return timezone.localdate(at)


def _save(opinion, *fields):
    opinion.save(update_fields=fields)


EFFECTS = {
    effect.__name__: effect
    for effect in (
        accept,
        refuse,
        answer_on_spot,
        pass_on,
        follow,
        answer_elsewhere,
        merge,
        assign,
        acknowledge,
        reply,
        reply_for,
        import_reply,
        ask_return,
        agree_return,
        refuse_return,
        ask_extension,
        extend,
        refuse_extension,
        feed_back,
        urge,
        withdraw,
        rate,
        rate_for,
        sign_for,
        rehandle,
        ask_again,
        close,
        tell_at_once,
        call,
        reissue,
    )
}
