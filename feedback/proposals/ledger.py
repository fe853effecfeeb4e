"""The columns of the proposal ledger (代表建议台账)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from feedback.proposals.models import Proposal
from liaison.tools.sheets import Column


def co_signers(proposal) -> str:
    return "、".join(mandate.person.name for mandate in proposal.co_signers.all())


def co_handlers(proposal) -> str:
    return "、".join(str(handler) for handler in proposal.handlers.all())


def lead_handler(proposal) -> str:
    return str(proposal.lead_handler or "")


def opinions_behind(proposal) -> str:
    return "、".join(opinion.number for opinion in proposal.opinions.all())


COLUMNS = (
    Column("key", pgettext_lazy("proposal", "key")),
    Column("label", pgettext_lazy("proposal", "number")),
    Column("title", _("title")),
    Column("lead_by", _("leading representative"), "lead_by.person.name"),
    Column("co_signers", _("co-signing representatives"), co_signers),
    Column("submitted_on", _("submitted on")),
    Column("is_key", _("key proposal")),
    Column("opinions", _("opinions behind it"), opinions_behind),
    Column("lead_handler", _("lead handler"), lead_handler),
    Column("lead_role", _("role of the lead handler"), Proposal.get_lead_role_display),
    Column("co_handlers", _("co-handling departments"), co_handlers),
    Column("assigned_on", _("assigned on")),
    Column("due_on", _("reply due on")),
    Column("in_charge_by", _("leader in charge")),
    Column("in_charge_on", _("taken in charge on")),
    Column("signed_by", _("leader who signed")),
    Column("signed_on", pgettext_lazy("proposal", "signed on")),
    Column("supervised_by", _("supervising leader")),
    Column("supervised_on", _("supervised on")),
    Column("state", _("state"), "state_label"),
    Column("replied_on", _("replied on")),
    Column("reply_number", _("number of the reply document")),
    Column("reply_type", _("reply type"), lambda proposal: str(proposal.reply_type or "")),
    Column("met_on", _("met in person on")),
    Column("has_reply", _("answered")),
    Column("is_delivered", _("delivered")),
    Column("delivered_on", _("delivered on")),
)
