"""The ledger of proposals on paper (代表建议台账), and what the ledger of opinions says of proposals."""

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from feedback.opinions import ledgers as opinions
from feedback.proposals import ledger
from feedback.proposals.models import Proposal
from liaison.tools.sheets import Column
from stations.register import books

LEFT_OUT = {  # of the export: no paper is as broad
    *("key", "is_key", "has_reply", "is_delivered", "opinions", "reply_number"),
    *("lead_role", "in_charge_on", "signed_on", "supervised_on"),
}


def columns(user) -> list[Column]:
    """Those of the export that a sheet across has room for."""
    return [column for column in ledger.COLUMNS if column.key not in LEFT_OUT]


def rows(user, period):
    """All submitted in these days, refused and withdrawn ones among them."""
    seen = Proposal.objects.visible_to(user).filter(**period.days("submitted_on")).order_by("submitted_on", "id")
    return seen.select_related("term__congress", "lead_by__person", "lead_handler", "reply_type").prefetch_related(
        "co_signers__person", "handlers__organisation"
    )


BOOK = books.Book(
    "book",
    _("Ledger of proposals"),
    "proposals.view_proposal",
    "proposals_proposal_book",
    rows,
    columns,
    station_of=None,
    source="admin:proposals_proposal_changelist",
)
books.keep(BOOK, 50)


def became(opinion) -> str:
    return "、".join(proposal.label for proposal in opinion.proposals_seen)


def proposals_in_reach(user) -> list[Prefetch]:
    seen = Proposal.objects.visible_to(user).select_related("term__congress").order_by("id")
    return [Prefetch("proposals", seen, to_attr="proposals_seen")]


IN_PROPOSALS = Column("proposals", pgettext_lazy("ledger", "taken up in proposals"), became)
opinions.add_column(IN_PROPOSALS, proposals_in_reach)
