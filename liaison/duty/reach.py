"""What a representative reaches: whatever hangs at their own mandates, and nothing by the reach of a division.

The one place for this rule, as `visible_to` is for whoever works in the admin; every page here starts from it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from feedback.opinions.models import AgendaItem, Opinion
from feedback.proposals.models import Proposal, ProposalOpinion
from liaison.tools.periods import Period
from liaison.tools.workflow import Actor
from representatives.models import Mandate, Person, mandates_in_reach
from stations.receptions.models import Reception, TurnRequest
from stations.receptions.turn_moves import REPRESENTATIVE
from stations.register.models import Station, StationAssignment
from stations.visits.models import Attendance, Visit

MAY = "duty.view_archive"


def persons_in_reach(user) -> QuerySet:
    """Whose archives an office reads: of its congresses' representatives, and of those placed at its stations."""
    return Person.objects.filter(pk__in=mandates_in_reach(user, MAY).order_by().values("person"))


def attended(people: Collection[int]) -> QuerySet:
    """Attendances of these persons at visits that stand, at which somebody saw them."""
    return Attendance.objects.filter(status="present", visit__voided_on=None, mandate__person__in=people).order_by()


@dataclass(frozen=True)
class Own:
    """One representative's own things on a day. `seats` are in office; `mandates` all that the person ever held,

    so that what was heard in the last term is still theirs in this one.
    """

    person: Person
    seats: list[Mandate]
    on: date

    @property
    def mandates(self) -> QuerySet:
        return Mandate.objects.filter(person=self.person).order_by().values("pk")

    def seats_in(self, period: Period) -> list[Mandate]:
        """Held on one of these days; where there was none, those of today."""
        held = Mandate.objects.filter(person=self.person, starts_on__lte=period.ends_on)
        held = held.exclude(ends_on__lt=period.starts_on).select_related("person", "term__congress")
        return list(held.order_by("starts_on", "pk")) or self.seats

    def stations(self) -> QuerySet:
        """Where the seats have their place (编组进站)."""
        places = StationAssignment.objects.in_force(self.on).filter(mandate__in=self.seats)
        return Station.objects.filter(pk__in=places.order_by().values("station"))

    @property
    def actor(self) -> Actor:
        """They act for themselves: what they may touch is what is reached from here."""
        return Actor(REPRESENTATIVE, self.person.name, self.person.user_id)

    def receptions(self) -> QuerySet:
        """To come, with this representative receiving or on leave; a cancelled one is still told."""
        receiving = Reception.mandates.through.objects.filter(mandate__in=self.seats)
        away = TurnRequest.objects.of_leave().agreed().filter(mandate__in=self.seats)
        mine = Q(pk__in=receiving.values("reception")) | Q(pk__in=away.order_by().values("reception"))
        return Reception.objects.announced(self.on).filter(mine)

    def asked_of_me(self) -> QuerySet:
        """Swaps that wait for this representative's answer."""
        return TurnRequest.objects.open(self.on).filter(to__in=self.seats)

    def given_away(self) -> QuerySet:
        """Agreed swaps by which a day to come, once theirs, is another's now."""
        mine = Q(mandate__in=self.seats, reception__date__gte=self.on)
        in_return = Q(to__in=self.seats, in_return__date__gte=self.on)
        return TurnRequest.objects.agreed().filter(mine | in_return, to__isnull=False)

    def reachable_receptions(self) -> QuerySet:
        """Their own, and those somebody asks them to take."""
        asked = self.asked_of_me().order_by().values("reception")
        mine = Q(pk__in=self.receptions().order_by().values("pk")) | Q(pk__in=asked)
        return Reception.objects.filter(mine)

    def visits(self, period: Period | None = None) -> QuerySet:
        """Those at which somebody saw them."""
        visits = Visit.objects.filter(pk__in=attended([self.person.pk]).values("visit"))
        return visits.held(period) if period else visits

    def opinions(self) -> QuerySet:
        """Raised or taken up at a visit they attended, or behind a proposal they lead.

        Each of the three is asked for by joins, not by a question within a question: without statistics of its tables
        PostgreSQL took longer over those than it may.
        """
        raised = Q(visit__in=attended([self.person.pk]).values("visit"))
        there = {"visit__attendances__mandate__person": self.person, "visit__attendances__status": "present"}
        taken_up = AgendaItem.objects.filter(visit__voided_on=None, **there).order_by().values("opinion")
        behind = ProposalOpinion.objects.filter(proposal__lead_by__person=self.person).order_by().values("opinion")
        return Opinion.objects.filter(raised | Q(pk__in=taken_up) | Q(pk__in=behind))

    def proposals(self) -> QuerySet:
        """Led or co-signed, whatever became of them."""
        signed = Proposal.co_signers.through.objects.filter(mandate__in=self.mandates)
        return Proposal.objects.filter(Q(lead_by__in=self.mandates) | Q(pk__in=signed.values("proposal")))


def own_of(user, on: date) -> Own | None:
    """None for an account that belongs to nobody who is in office that day."""
    person = Person.objects.filter(user=user).first()
    seats = Mandate.objects.active(on).filter(person=person).select_related("person", "term__congress")
    found = list(seats) if person else []
    return Own(person, found, on) if found else None
