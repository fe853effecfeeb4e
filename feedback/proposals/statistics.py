"""What is counted of proposals. Never blended with what is counted of opinions: other bodies, other clocks.

Each rate names its own rows: replied of what was assigned in the period, on time of what was due in it up to today,
met, type and delivered of what was replied in it. Answered and delivered are two facts.
"""

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from feedback.handling.models import fell_due
from feedback.opinions.models import Opinion
from feedback.opinions.statistics import OPINION
from feedback.proposals import workflow
from feedback.proposals.models import BETWEEN_SESSIONS, Proposal, ProposalOpinion, ReplyType
from liaison.tools.figures import Figure
from liaison.tools.parts import ByColumn
from liaison.tools.sheets import Column

WORDS = {
    "proposals_received": (
        _("Proposals received"),
        _("Proposals submitted in the period, at sessions and between them, without those refused or withdrawn."),
    ),
    "proposals_in_session": (
        _("Proposals at sessions"),
        _("Of the proposals received in the period, those made at a session of the congress."),
    ),
    "proposals_between_sessions": (
        _("Proposals between sessions"),
        _("Of the proposals received in the period, those made between sessions."),
    ),
    "proposals_key": (
        _("Key proposals"),
        _("Of the proposals received in the period, those supervised as key proposals."),
    ),
    "proposals_from_opinions": (
        _("Proposals from opinions"),
        _("Of the proposals received in the period, those with at least one opinion of a resident behind them."),
    ),
    "proposals_replied": (
        _("Proposals replied"),
        _("Proposals replied ÷ proposals assigned in the period. Withdrawn ones are left out."),
    ),
    "proposals_replied_on_time": (
        _("Proposals replied on time"),
        _(
            "Proposals replied by their due day ÷ proposals due in the period, up to today, without withdrawn ones; "
            "what is due today counts once it is answered, otherwise from tomorrow."
        ),
    ),
    "proposals_met_in_person": (
        _("Representatives met in person"),
        _("Proposals whose department met the representative ÷ proposals replied in the period."),
    ),
    "proposals_delivered": (
        _("Proposals delivered"),
        _("Proposals delivered ÷ proposals replied in the period. An answer alone delivers nothing."),
    ),
    "opinions_in_proposals": (
        _("Opinions in proposals"),
        _("Opinions that became part of a proposal ÷ opinions accepted, of those received in the period."),
    ),
}
TYPE_NAME = _("Replies of type %(code)s")
TYPE_WORDS = _("Replies of type %(code)s (%(name)s) ÷ proposals replied in the period.")
PARTS = [
    ByColumn(
        "proposals_received",
        "handler",
        _("Proposals received, by lead handler"),
        [_("lead handler"), WORDS["proposals_received"][0]],
        "lead_handler_id",
        "lead_handler__name",
    ),
]
PROPOSAL = [
    Column("key", pgettext_lazy("proposal", "number")),
    Column("title", _("title")),
    Column("submitted_on", _("submitted on")),
    Column("lead_by", _("leading representative"), "lead_by.person.name"),
    Column("lead_handler", _("lead handler"), lambda proposal: proposal.lead_handler or ""),
    Column("state", _("state"), "state_label"),
    Column("due_on", _("due on")),
    Column("replied_on", _("replied on")),
    Column("reply_type", _("reply type"), lambda proposal: proposal.reply_type.code if proposal.reply_type else ""),
    Column("delivered_on", _("delivered on")),
]


def figures(rows, period, today) -> list[Figure]:
    """`rows(Model)` gives the rows that may be counted; `today` decides what is due."""
    return [*of_proposals(rows(Proposal), period, today), _adopted(rows(Opinion), period)]


def of_proposals(proposals, period, today) -> list[Figure]:
    """What is counted of the proposals alone: all of them, or one department's."""
    proposals = proposals.select_related("term__congress", "lead_by__person", "lead_handler", "reply_type")
    received = proposals.submitted(period)
    return [
        _count("proposals_received", received),
        _count("proposals_in_session", received.exclude(session=BETWEEN_SESSIONS)),
        _count("proposals_between_sessions", received.filter(session=BETWEEN_SESSIONS)),
        _count("proposals_key", received.filter(is_key=True)),
        _count("proposals_from_opinions", received.filter(_behind("proposal"))),
        *_rates(proposals.exclude(state="withdrawn"), period, today),
    ]


def _rates(proposals, period, today):
    assigned = proposals.filter(**period.days("assigned_on"))
    due = proposals.filter(fell_due(period, today))
    replied = proposals.filter(**period.days("replied_on"))
    yield _rate("proposals_replied", assigned, replied_on__isnull=False)
    yield _rate("proposals_replied_on_time", due, replied_on__lte=F("due_on"))
    yield _rate("proposals_met_in_person", replied, met_on__isnull=False)
    yield _rate("proposals_delivered", replied, delivered_on__isnull=False)
    for kind in ReplyType.objects.all():
        yield _of_type(kind, replied)


def _of_type(kind, replied):
    words = {"code": kind.code, "name": kind.name}
    key, of_it = f"proposals_type_{kind.code.lower()}", replied.filter(reply_type=kind)
    return Figure(key, TYPE_NAME % words, TYPE_WORDS % words, None, PROPOSAL, numerator=of_it, denominator=replied)


def _adopted(opinions, period):
    accepted = (
        opinions.received(period)
        .filter(accepted_on__isnull=False)
        .select_related("station", "category")
        .prefetch_related("assignments__organisation")
    )
    adopted = accepted.filter(_behind("opinion", proposal__state__in=workflow.STANDING))
    name, definition = WORDS["opinions_in_proposals"]
    return Figure("opinions_in_proposals", name, definition, None, OPINION, numerator=adopted, denominator=accepted)


def _behind(side: str, **claim) -> Q:
    """There is a link on that side of which the claim holds."""
    return Q(Exists(ProposalOpinion.objects.filter(**{side: OuterRef("pk")}, **claim)))


def _count(key, rows):
    return Figure(key, *WORDS[key], rows, PROPOSAL)


def _rate(key, rows, **claim):
    """The part of the rows for which the claim holds."""
    return Figure(key, *WORDS[key], None, PROPOSAL, numerator=rows.filter(**claim), denominator=rows)
