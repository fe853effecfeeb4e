"""What representatives made of the opinions of a station: those that became part of proposals."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from feedback.opinions.models import Opinion, OpinionStep
from feedback.opinions.progress import AROUND, JOINED
from feedback.proposals import numbering
from feedback.proposals.models import Proposal
from liaison.tools.figures import Mend, Reading
from liaison.tools.sheets import Column
from stations.eight_haves.measuring import Measure


@dataclass(frozen=True)
class Part:
    """An opinion and a proposal it is part of."""

    opinion: Opinion
    proposal: Proposal

    @property
    def row(self) -> Opinion:
        """The record that must be in the reader's reach."""
        return self.opinion

    @property
    def number(self) -> str:
        return self.opinion.number

    @property
    def proposal_number(self) -> str:
        return numbering.brief_of(self.proposal.session, self.proposal.sequence)

    @property
    def title(self) -> str:
        return self.proposal.title

    @property
    def submitted_on(self) -> date:
        return self.proposal.submitted_on


PART = (
    Column("number", gettext_lazy("number")),
    Column("proposal_number", gettext_lazy("proposal")),
    Column("title", gettext_lazy("title")),
    Column("submitted_on", gettext_lazy("submitted on")),
)


def opinions_in_proposals(records, options):
    """How many became part of proposals submitted in the period."""
    submitted, found = records.once(proposals_known), {pk: [] for pk in records.keys}
    for opinion, keys in records.once(links_known):
        found[opinion.station_id] += [Part(opinion, submitted[key]) for key in keys if key in submitted]
    return {pk: _reading(parts) for pk, parts in found.items()}


def _reading(parts):
    count = len({part.opinion.pk for part in parts})

    def words(met):
        return _("%(count)s opinions became part of proposals, %(met)s due") % {"count": count, "met": f"{met:.0f}"}

    address = reverse_lazy("admin:proposals_proposal_add")
    return Reading(count, words, tuple(parts), Mend(pgettext("to mend", "register"), address, "proposals.add_proposal"))


def links_known(records) -> list[tuple[Opinion, list[str]]]:
    """Opinions and the keys of the proposals they were part of at the moment, as their steps tell."""
    steps = OpinionStep.objects.filter(move__in=AROUND, opinion__station__in=records.keys)
    steps = steps.alias(known_at=Coalesce("entered_at", "at")).filter(known_at__lt=records.moment)
    told = steps.select_related("opinion").only("move", "note", "opinion__year", "opinion__station")
    found: dict[int, tuple[Opinion, dict]] = {}
    for step in told.order_by("id"):
        _opinion, keys = found.setdefault(step.opinion_id, (step.opinion, {}))
        keys[step.note] = step.move == JOINED
    return [(opinion, [key for key, is_part in keys.items() if is_part]) for opinion, keys in found.values()]


def proposals_known(records) -> dict[str, Proposal]:
    """Those submitted in the period by their keys, both as they were known at the moment."""
    asked = Q(**records.span.days("submitted_on")) | Q(pk__in=records.past.changed(Proposal))
    present = list(Proposal.objects.filter(asked).select_related("term").defer("text", "reply_text", "public_text"))
    ordinals = {row.term_id: row.term.ordinal for row in present}
    then = records.past.as_then(Proposal, present)
    return {_key_of(row, ordinals): row for row in then if records.span.contains(row.submitted_on)}


def _key_of(row, ordinals):
    ordinal = ordinals.get(row.term_id) or row.term.ordinal
    return numbering.key_of(row.division_id, ordinal, row.session, row.sequence)


MEASURES = [
    Measure(
        "opinions_in_proposals",
        gettext_lazy("Opinions that became proposals"),
        gettext_lazy("Opinions of the station that became part of proposals submitted in the period."),
        pgettext_lazy("unit", "opinions"),
        opinions_in_proposals,
        PART,
    ),
]
