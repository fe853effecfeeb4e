"""What the network shows of each branch, read from what is recorded anyway: when two last met, what went up to the
committee from visits and as proposals, and what came back.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from feedback.opinions import workflow
from feedback.opinions.models import Opinion
from feedback.opinions.statistics import OPINION
from feedback.proposals import workflow as proposal_workflow
from feedback.proposals.models import Proposal
from feedback.proposals.statistics import PROPOSAL
from liaison.duty.reach import attended
from liaison.tools.figures import Figure
from liaison.tools.periods import Period
from representatives.models import ContactEvent

VIEW = "duty.view_network"
COMMUNITY = 5  # level of a division
WORDS = {
    "opinions_up": (
        _("Opinions brought up"),
        _("Opinions received in the period that were raised at a visit at which the representative was present."),
    ),
    "opinions_back": (
        _("Opinions whose result was told to residents"),
        _("Of the opinions brought up, those whose result the resident has been told, as it stands today."),
    ),
    "proposals_up": (
        _("Proposals led"),
        _("Proposals submitted in the period that the representative leads, without those refused or withdrawn."),
    ),
    "proposals_back": (
        _("Of these answered"),
        _("Of the proposals led, those that have been replied to, as it stands today."),
    ),
}
KEYS = tuple(WORDS)
PAIR = ("visit__attendances__mandate__person", "mandate__person")
VISITED = ("mandate__person", "visit__station__division")
People = Collection[int]  # keys of persons


def met(members: People, others: People, until: date) -> dict[tuple[int, int], date]:
    """(member, other) -> the last day on which both were present at one visit.

    By joins: as a question within a question PostgreSQL ran into its time limit, without statistics of its tables.
    """
    with_members = {f"{PAIR[0]}__in": members, "visit__attendances__status": "present"}
    return _last_days(_present(others, until).filter(**with_members), PAIR)


def went_to(people: People, until: date) -> dict[tuple[int, str], date]:
    """(representative, community) -> their last visit to residents from that community's own station.

    A street's station says nothing of which of its residents were seen.
    """
    rows = _present(people, until).filter(visit__form="outreach", visit__station__division__level=COMMUNITY)
    return _last_days(rows, VISITED)


def _last_days(attendances, by) -> dict[tuple, date]:
    """By the values of two paths, the day of the last visit."""
    days = attendances.values(*by).annotate(day=Max("visit__date")).values_list(*by, "day")
    return {(one, other): day for one, other, day in days}


def logged(contacts: Collection, until: date) -> dict[int, date]:
    """Contact -> the last day of its own log."""
    rows = ContactEvent.objects.filter(contact__in=contacts, on__lte=until).order_by()
    return dict(rows.values_list("contact").annotate(day=Max("on")))


def latest(*days: date | None) -> date | None:
    return max(filter(None, days), default=None)


def _present(people, until) -> QuerySet:
    return attended(people).filter(visit__date__lte=until)


def opinions_up(user, period: Period, people: People) -> QuerySet:
    """In the user's reach, received in the period, raised at a visit at which one of the people was present."""
    visits = attended(people).values("visit")
    return Opinion.objects.visible_to(user, VIEW).received(period).filter(visit__in=visits)


def opinions_back(user, period: Period, people: People) -> QuerySet:
    """Of these, those whose resident has been told; a merged one with the one it was merged into."""
    told = Q(state__in=workflow.TOLD) | Q(merged_into__state__in=workflow.TOLD)
    return opinions_up(user, period, people).filter(told)


def proposals_up(user, period: Period, people: People) -> QuerySet:
    """In the user's reach, submitted in the period, led by one of the people."""
    return Proposal.objects.visible_to(user, VIEW).submitted(period).filter(lead_by__person__in=people)


def proposals_back(user, period: Period, people: People) -> QuerySet:
    return proposals_up(user, period, people).filter(state__in=proposal_workflow.ANSWERED)


@dataclass
class Exchange:
    """Keys of what went up and of what came back, so that branches add up without counting anything twice."""

    opinions_up: set = field(default_factory=set)
    opinions_back: set = field(default_factory=set)
    proposals_up: set = field(default_factory=set)
    proposals_back: set = field(default_factory=set)

    def __or__(self, other: "Exchange") -> "Exchange":
        return Exchange(*(getattr(self, key) | getattr(other, key) for key in KEYS))


def exchanges(user, period: Period, people: People) -> dict[int, Exchange]:
    """Person -> what they sent up and what came back; five questions for however many people."""
    found = defaultdict(Exchange)
    up = opinions_up(user, period, people).order_by()
    told = set(opinions_back(user, period, people).order_by().values_list("pk", flat=True))
    heard, days = defaultdict(set), set()
    for opinion, visit, day in up.values_list("pk", "visit", "visit__date"):
        heard[visit].add(opinion)
        days.add(day)
    for person, visit in _there(people, days):
        if visit in heard:
            found[person].opinions_up |= heard[visit]
            found[person].opinions_back |= heard[visit] & told
    _add_proposals(found, user, period, people)
    return found


def _there(people, days):
    """(person, visit) of whoever was present from the first of these days to the last.

    Which of the visits are meant is looked up by the caller: three questions in one ran PostgreSQL into its time limit.
    """
    if not days:
        return ()
    rows = attended(people).filter(visit__date__range=(min(days), max(days)))
    return rows.values_list("mandate__person", "visit")


def _add_proposals(found, user, period, people) -> None:
    for name, rows in (("proposals_up", proposals_up), ("proposals_back", proposals_back)):
        led = rows(user, period, people).order_by().values_list("lead_by__person", "pk")
        for person, proposal in led:
            getattr(found[person], name).add(proposal)


def figure(key: str, user, period: Period, people: People) -> Figure:
    """The rows behind one of the counts."""
    name, definition = WORDS[key]
    rows = ROWS[key](user, period, people)
    if key.startswith("opinions"):
        rows = rows.select_related("station", "category").prefetch_related("assignments__organisation")
        return Figure(key, name, definition, rows.order_by("-received_at", "-id"), OPINION)
    rows = rows.select_related("term__congress", "lead_by__person", "lead_handler", "reply_type")
    return Figure(key, name, definition, rows.order_by("-submitted_on", "-id"), PROPOSAL)


ROWS = dict(zip(KEYS, (opinions_up, opinions_back, proposals_up, proposals_back), strict=True))
