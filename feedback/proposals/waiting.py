"""Proposals that wait for somebody on the first page of the work platform (首页待办): the late ones first."""

from datetime import date

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback.proposals import numbering, workflow
from feedback.proposals.models import Proposal
from liaison.accounts.scope import scope_of

COMES_NEXT = [
    (workflow.REVIEW, _("a proposal to be reviewed")),
    (workflow.ASSIGN, _("a proposal to be assigned")),
    (workflow.ACKNOWLEDGE, _("a proposal to be signed for")),
    (workflow.REPLY, _("a proposal to be answered")),
]
BY_ITS_LEAD = (workflow.ACKNOWLEDGE, workflow.REPLY)
STATE = {"review": "submitted", "assign": "reviewed", "acknowledge": "assigned", "reply": "handling"}
MOST = 15  # of each kind; nobody does more in a morning


def to_do(user):
    """One line for each proposal whose next step this user takes."""
    today = timezone.localdate()
    for move, why in COMES_NEXT:
        rows = _waiting(user, move)
        for proposal in rows.order_by(F("due_on").asc(nulls_last=True), "submitted_on", "id")[:MOST]:
            yield _line(proposal, move, why, today)


def _waiting(user, move):
    """A department answers what it leads; whoever registers a paper's reply for one is not waited for."""
    if not user.has_perm(move.permission):
        return Proposal.objects.none()
    rows = Proposal.objects.visible_to(user, move.permission).filter(state=STATE[move.key])
    if move not in BY_ITS_LEAD:
        return rows
    own = scope_of(user).granting(move.permission).places("organisation")
    return rows.filter(lead_handler__in=own) if own else rows.none()


def _line(proposal, move, why, today) -> dict:
    late = proposal.days_late(today)
    return {
        "rank": (2, -late, proposal.due_on or date.max, proposal.pk),
        "name": numbering.brief_of(proposal.session, proposal.sequence),
        "href": reverse("admin:proposals_proposal_change", args=(proposal.pk,)),
        "gist": proposal.title,
        "why": why,
        "late": late,
        "due": proposal.due_on,
        "word": "",
        "step": move.label,
        "step_href": reverse("admin:proposals_move", args=(proposal.pk, move.key)),
    }
