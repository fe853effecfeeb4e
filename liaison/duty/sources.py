"""Which records count for which kind of duty: visits by their form, proposals, reports to voters, short entries.

Nothing is stored: every row of a record is told anew from what was entered once, for many persons at a time.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from feedback.proposals import workflow
from feedback.proposals.models import Proposal
from representatives.models import DutyEntry, VoterReport
from representatives.models.duty import BETWEEN, IN_SESSION, PRESENCE_CHOICES, PRESENT
from stations.receptions.models import CANCELLED, Reception
from stations.visits.models import Attendance

PROPOSAL, REPORT = "proposal", "report"
KIND_OF_FORM = {
    "reception": "reception",
    "sit_in": "reception",
    "joint_consultation": "good_works",  # 会诊商讨：商量群众的难题怎么解决
    "tour": "supervision",
    "outreach": "outreach",
    "notice_giving": "outreach",
    "appointment": "supervision",
    "training": "training",
    "research": "research",
    "inspection": "inspection",
    "process_walk": "inspection",
    "meeting": "group_activity",
    "guidance": "group_activity",
    "report": REPORT,
}
LEADS, SIGNS = pgettext_lazy("proposal", "leads"), pgettext_lazy("proposal", "co-signs")
BEFORE_VOTERS = _("report to voters")


@dataclass(frozen=True)
class Row:
    """One thing of one person. `key` names the record behind it; only whoever was present has done it. `group` says
    whether the congress met, where the record itself knows and the kind alone does not.
    """

    key: str
    person: int
    mandate: int
    kind: str
    date: date
    what: str
    where: str = ""
    status: str = PRESENT
    group: str = ""
    source: object = field(default=None, compare=False, repr=False)

    @property
    def counts(self) -> bool:
        return self.status == PRESENT

    @property
    def status_words(self):
        return dict(PRESENCE_CHOICES)[self.status]

    @property
    def words(self) -> str:
        return " ".join(filter(None, (str(self.date), self.what, self.where)))


def visits(persons, period) -> Iterator[Row]:
    """Whoever sits for two congresses was at a visit once, and there if one of the two is marked so.

    Not ticked at a reception for which others were named, nobody was absent: it was not their turn.
    """
    rows = Attendance.objects.filter(mandate__person__in=persons, visit__voided_on=None, **period.days("visit__date"))
    rows = rows.exclude(_was_others_turn())
    rows = rows.select_related("visit__station", "mandate").defer("visit__content", "visit__results")
    best: dict[tuple, Attendance] = {}
    for row in rows.order_by("id"):
        one = (row.mandate.person_id, row.visit_id)
        if one not in best or (row.status == PRESENT and best[one].status != PRESENT):
            best[one] = row
    for (person, _visit), row in best.items():
        visit, kind = row.visit, KIND_OF_FORM[row.visit.form]
        words = {"what": str(visit.get_form_display()), "where": visit.station.name}
        yield Row(
            f"visit:{visit.pk}", person, row.mandate_id, kind, visit.date, status=row.status, source=visit, **words
        )


def _was_others_turn() -> Q:
    there = {"reception__station": OuterRef("visit__station"), "reception__date": OuterRef("visit__date")}
    named = Reception.mandates.through.objects.filter(**there).exclude(reception__status=CANCELLED)
    theirs = named.filter(mandate__person=OuterRef("mandate__person"))
    return Q(Exists(named), ~Exists(theirs), status="absent", visit__form="reception")


def proposals(persons, period) -> Iterator[Row]:
    """Led or co-signed and still standing; whoever leads by one mandate does not co-sign by another."""
    related = ("term__congress", "reply_type")
    led = Proposal.objects.submitted(period).filter(lead_by__person__in=persons).select_related("lead_by", *related)
    seen = set()
    for row in led.order_by("id"):
        seen.add((row.lead_by.person_id, row.pk))
        yield _proposal(row, row.lead_by, LEADS)
    signatures = Proposal.co_signers.through.objects.filter(
        mandate__person__in=persons, proposal__state__in=workflow.STANDING, **period.days("proposal__submitted_on")
    )
    for row in signatures.select_related("mandate", *(f"proposal__{name}" for name in related)).order_by("id"):
        one = (row.mandate.person_id, row.proposal_id)
        if one not in seen:
            seen.add(one)
            yield _proposal(row.proposal, row.mandate, SIGNS)


def _proposal(row, mandate, part) -> Row:
    """A number of a session was given while the congress met; session 0 lies between."""
    group = IN_SESSION if row.session else BETWEEN
    facts = {"what": row.title, "where": str(part), "group": group, "source": row}
    return Row(f"proposal:{row.pk}", mandate.person_id, mandate.pk, PROPOSAL, row.submitted_on, **facts)


def entries(persons, period) -> Iterator[Row]:
    rows = DutyEntry.objects.filter(mandate__person__in=persons, is_mistaken=False, **period.days("date"))
    for row in rows.select_related("mandate").order_by("id"):
        facts = {"what": row.title, "status": row.status, "source": row}
        yield Row(f"entry:{row.pk}", row.mandate.person_id, row.mandate_id, row.kind_id, row.date, **facts)


def reports(persons, period) -> Iterator[Row]:
    rows = VoterReport.objects.filter(mandate__person__in=persons, is_mistaken=False, **period.days("date"))
    for row in rows.select_related("mandate").order_by("id"):
        facts = {"what": str(BEFORE_VOTERS), "where": row.place, "source": row}
        yield Row(f"report:{row.pk}", row.mandate.person_id, row.mandate_id, REPORT, row.date, **facts)


SOURCES: tuple[Callable, ...] = (visits, proposals, entries, reports)


def rows_of(persons, period) -> list[Row]:
    """By day. A visit at which somebody reported is the report itself, where that is entered too."""
    found = [row for source in SOURCES for row in source(persons, period)]
    reported = {(row.person, row.date) for row in found if row.key.startswith("report:")}
    told = [row for row in found if not _is_told_by_a_report(row, reported)]
    return sorted(told, key=lambda row: (row.date, row.key))


def _is_told_by_a_report(row, reported) -> bool:
    return row.kind == REPORT and row.key.startswith("visit:") and (row.person, row.date) in reported
