"""What a move does beside changing the state. Each runs inside the move's transaction (see liaison.tools.workflow)."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback.proposals import news
from liaison.accounts.scope import scope_of
from liaison.rulebook import clocks
from liaison.tools.workflow import MoveRefused

CLOCK = "proposal_reply"
REPLY = "proposals.reply_proposal"


def assign(proposal, *, at, organisation, by, note, due_on=None, role="", others=(), others_role="co"):
    """To one lead handler, due by the clock of the congress's division unless another day is named."""
    if not organisation.handles or not all(other.handles for other in others):
        raise MoveRefused(_("this body cannot be given proposals"))
    day = timezone.localdate(at)
    if day < proposal.submitted_on:
        raise MoveRefused(_("it had not been submitted then"))
    others = [other for other in others if other != organisation]
    proposal.lead_handler, proposal.assigned_on = organisation, day
    proposal.lead_role = role or ("lead" if others else "sole")
    proposal.due_on = due_on or clocks.due_on(CLOCK, proposal.division_id, day)
    proposal.save(update_fields=["lead_handler", "lead_role", "assigned_on", "due_on"])
    proposal.handlers.all().delete()
    for other in others:
        proposal.handlers.create(organisation=other, role=others_role)


def acknowledge(proposal, *, at, by, note):
    _only_its_lead(proposal, by)


def reply(proposal, *, at, reply_type, by, note, text="", number="", met_on=None):
    """The lead handler's answer. That it was answered says nothing about its being delivered."""
    _only_its_lead(proposal, by)
    day = timezone.localdate(at)
    if day < proposal.assigned_on:
        raise MoveRefused(_("it had not been assigned then"))
    proposal.replied_on, proposal.reply_type, proposal.met_on = day, reply_type, met_on
    proposal.reply_text, proposal.reply_number = text, number
    proposal.save(update_fields=["replied_on", "reply_type", "met_on", "reply_text", "reply_number"])


def end(proposal, *, at, by, note):
    """Refused or withdrawn: the opinions behind it are part of nothing any more, and nothing of it is public."""
    news.leave(proposal.key, proposal.opinions.all(), by=by, at=at)
    proposal.is_published = proposal.reply_is_published = False
    proposal.save(update_fields=["is_published", "reply_is_published"])


def _only_its_lead(proposal, user):
    """A co-handling department sees the proposal, but it is the lead handler that answers."""
    mine = scope_of(user).granting(REPLY)
    is_handler_only = mine.reaches and not (mine.places("division") or mine.places("station"))
    if is_handler_only and proposal.lead_handler_id not in mine.places("organisation"):
        raise MoveRefused(_("it is the lead handler that answers"))


EFFECTS = {
    "assign": assign,
    "reassign": assign,
    "acknowledge": acknowledge,
    "reply": reply,
    "refuse": end,
    "withdraw": end,
}
