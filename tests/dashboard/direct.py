"""Every figure of a division counted one row at a time in Python, knowing nothing of how the product counts."""

from datetime import date
from statistics import median

from django.utils import timezone

from feedback.opinions.models import Opinion, OpinionAssignment, Rating
from feedback.proposals.models import Proposal, ReplyType
from liaison.divisions.models import Division
from liaison.rulebook.calendar import is_working_day
from liaison.tools.deadlines import working_days_between
from liaison.tools.figures import percent
from representatives.models import Mandate
from stations.receptions.models import Reception
from stations.register.models import (
    ActivityFunds,
    Pairing,
    RuleDocument,
    RuleKind,
    StaffPost,
    Station,
    StationAssignment,
    YearlyConfirmation,
)
from stations.visits.models import Attendance, Visit

START = date(2026, 1, 1)
HALF_A_YEAR_AGO = date(2026, 4, 30)  # six months before the tests' today
A_YEAR_AGO = date(2025, 10, 30)
MONTHS_OVER = range(1, 10)  # of the period, on the tests' today
WITHDRAWN, ENDED = "withdrawn", {"refused", "withdrawn"}
OPEN = {"accepted", "assigned", "handling", "replied"}
LIMIT = 3  # working days within which an accepted opinion is to be assigned
KINDS_WITH_FUNDS = {"home", "station", "central", "service_centre"}
INSPECTED = KINDS_WITH_FUNDS
FLOORS = {"street": 30_000, "town": 20_000, "township": 20_000}  # yuan a year
HAVES = ["premises", "signage", "staffing", "rules", "funding", "activities", "ledgers", "results"]


class Direct:
    """The rows of a division and all below it, from the first of the year to today."""

    def __init__(self, code, today):
        self.code, self.today = code, today
        self.opinions = [row for row in Opinion.objects.all() if self._here(row.division_id)]
        tasks = OpinionAssignment.objects.select_related("opinion")
        self.tasks = [row for row in tasks if self._here(row.division_id)]
        self.ratings = [row for row in Rating.objects.select_related("opinion") if self._rated(row)]
        self.visits = [row for row in Visit.objects.select_related("station") if self._held(row)]
        self.divisions = [row for row in Division.objects.all() if self._here(row.pk)]
        stations = Station.objects.select_related("division")
        self.stations = [row for row in stations if self._here(row.division_id) and row.status == "operating"]

    def figures(self):
        """(value, number of rows) of each figure by its key."""
        counts = self._said() | self._entered() | self._present() | {"stations_operating": len(self.stations)}
        counts |= self._planned() | self._put_forward() | self._silent()
        rates = self._rates() | self._on_time() | self._rates_of_ratings() | self._places()
        rates |= self._funded() | self._answered() | self._adopted() | self._contacts() | self._haves()
        return {key: (size, size) for key, size in counts.items()} | rates | self._received()

    def _said(self):
        received = self._received_opinions()
        late = [row for row in self.tasks if row.replied_on is None and row.due_on < self.today]
        return {
            "opinions_received": len(received),
            "opinions_accepted": sum(row.accepted_on is not None for row in received),
            "opinions_open": sum(row.state in OPEN for row in self.opinions),
            "opinions_overdue": sum(row.opinion.state != WITHDRAWN for row in late),
            "rated_by_resident": sum(row.source == "resident" for row in self.ratings),
            "rated_on_behalf": sum(row.source == "phone" for row in self.ratings),
        }

    def _received_opinions(self):
        return [row for row in self.opinions if self._in(timezone.localdate(row.received_at))]

    def _rates(self):
        received = self._received_opinions()
        replied = [row for row in self.opinions if row.replied_on and self._in(row.replied_on)]
        days = [(row.replied_on - row.accepted_on).days for row in replied if row.accepted_on]
        heard = [row for row in received if row.channel == "reception"]
        return {
            "accepted_rate": rate([row.accepted_on is not None for row in received]),
            "closed_rate": rate([row.state == "archived" for row in received if row.accepted_on]),
            "solved_rate": rate([row.outcome == "solved" for row in replied]),
            "told_rate": rate([row.fed_back_on is not None for row in replied]),
            "taken_on_and_told": rate([bool(row.taker_id and row.fed_back_on) for row in heard]),
            "median_handling_days": (median(days), len(days)),
        }

    def _on_time(self):
        due = [row for row in self.tasks if self._fell_due(row) and row.opinion.state != WITHDRAWN]
        made = [row for row in self.tasks if self._in(row.assigned_on)]
        return {
            "reply_rate": rate([bool(row.replied_on) for row in due]),
            "replied_on_time": rate([bool(row.replied_on) and row.replied_on <= row.due_on for row in due]),
            "assigned_in_time": rate([working_days(row.opinion.accepted_on, row.assigned_on) <= LIMIT for row in made]),
        }

    def _rates_of_ratings(self):
        found = {}
        for ending, is_own in (("", True), ("_on_behalf", False)):
            scores = [row.score for row in self.ratings if (row.source == "resident") == is_own]
            found[f"satisfied{ending}"] = rate([score == "satisfied" for score in scores])
            found[f"satisfied_or_basically{ending}"] = rate([score != "dissatisfied" for score in scores])
        return found

    def _places(self):
        streets = [row for row in self.divisions if row.kind in ("street", "town", "township")]
        quasi = [row for row in self.divisions if row.kind == "quasi"]
        placed, present = self._placed(), self._present_persons()
        mandates = [row for row in Mandate.objects.all() if row.pk in placed or self._elected_here(row)]
        return {
            "street_coverage": rate([self._has_station(row) for row in streets]),
            "quasi_coverage": rate([self._has_station(row) for row in quasi]),
            "mandates_assigned": rate([row.pk in placed for row in mandates]),
            "representatives_entered": rate([row.person_id in present for row in mandates if row.pk in placed]),
        }

    def _placed(self):
        return {row.mandate_id for row in StationAssignment.objects.all() if self._here(row.station.division_id)}

    def _elected_here(self, mandate):
        return self._here(mandate.term.congress.division_id)

    def _has_station(self, division):
        return any(row.division_id.startswith(division.pk) for row in self.stations)

    def _present_persons(self):
        held = {row.pk for row in self.visits}
        present = Attendance.objects.select_related("mandate").filter(status="present")
        return {row.mandate.person_id for row in present if row.visit_id in held}

    def _entered(self):
        return {
            "visits_held": len(self.visits),
            "entries_representatives": sum(row.enters_representatives for row in self.visits),
            "entries_departments": sum(row.enters_departments for row in self.visits),
            "entries_leaders": sum(row.enters_leaders for row in self.visits),
            "entries_congress_work": sum(row.enters_congress_work for row in self.visits),
        }

    def _present(self):
        held = {row.pk for row in self.visits}
        present = [row for row in Attendance.objects.all() if row.visit_id in held and row.status == "present"]
        persons = {row.person_id for row in Mandate.objects.filter(pk__in=self._placed())}
        return {
            "representative_attendances": len(present),
            "duty_records": len(present),
            "representatives_without_record": len(persons - self._present_persons()),
        }

    def _received(self):
        receptions = [row for row in self.visits if row.form == "reception"]
        return {
            "residents_received": (sum(row.residents_received for row in self.visits), len(self.visits)),
            "reception_residents": (sum(row.residents_received for row in receptions), len(receptions)),
        }

    def _here(self, code):
        return code.startswith(self.code)

    def _fell_due(self, row):
        return row.due_on is not None and self._in(row.due_on) and bool(row.due_on < self.today or row.replied_on)

    def _in(self, day):
        return START <= day <= self.today

    def _rated(self, row):
        return self._here(row.opinion.division_id) and self._in(timezone.localdate(row.rated_at))

    def _held(self, row):
        return self._here(row.station.division_id) and self._in(row.date) and row.voided_on is None

    # Reception days

    def _planned(self):
        rows = Reception.objects.select_related("station")
        days = [row for row in rows if self._here(row.station.division_id) and self._in(row.date)]
        return {
            "receptions_planned": len(days),
            "receptions_held": sum(row.status == "held" for row in days),
            "receptions_shifted": sum(row.date != row.planned_on for row in days),
            "receptions_cancelled": sum(row.status == "cancelled" for row in days),
        }

    # Proposals

    def _proposals(self, day):
        """Those with the day in the period."""
        found = [row for row in Proposal.objects.select_related("reply_type") if self._here(row.division_id)]
        return [row for row in found if getattr(row, day) and self._in(getattr(row, day))]

    def _put_forward(self):
        received = [row for row in self._proposals("submitted_on") if row.state not in ENDED]
        return {
            "proposals_received": len(received),
            "proposals_in_session": sum(row.session > 0 for row in received),
            "proposals_between_sessions": sum(row.session == 0 for row in received),
            "proposals_key": sum(row.is_key for row in received),
            "proposals_from_opinions": sum(row.opinions.count() > 0 for row in received),
        }

    def _answered(self):
        assigned, due, replied = (
            [row for row in self._proposals(day) if row.state != WITHDRAWN]
            for day in ("assigned_on", "due_on", "replied_on")
        )
        types = {
            f"proposals_type_{kind.code.lower()}": rate([row.reply_type == kind for row in replied])
            for kind in ReplyType.objects.all()
        }
        return types | {
            "proposals_replied": rate([row.replied_on is not None for row in assigned]),
            "proposals_replied_on_time": rate([bool(row.replied_on) and row.replied_on <= row.due_on for row in due]),
            "proposals_met_in_person": rate([row.met_on is not None for row in replied]),
            "proposals_delivered": rate([row.delivered_on is not None for row in replied]),
        }

    def _adopted(self):
        accepted = [row for row in self._received_opinions() if row.accepted_on]
        behind = [{proposal.state for proposal in row.proposals.all()} - ENDED for row in accepted]
        return {"opinions_in_proposals": rate([bool(states) for states in behind])}

    # Funds and pairings

    def _funded(self):
        floors = [(row, FLOORS.get(row.division.kind)) for row in self.stations if row.kind in KINDS_WITH_FUNDS]
        return {"stations_funded": rate([funds_of(row) >= floor for row, floor in floors if floor])}

    def _pairings(self):
        rows = Pairing.objects.select_related("station", "organisation")
        rows = [row for row in rows if self._here(row.station.division_id) and row.valid_from <= self.today]
        return [(row, contacts_of(row)) for row in rows]

    def _contacts(self):
        lasted = [days for row, days in self._pairings() if not row.valid_to or row.valid_to >= START]
        return {"pairings_held": rate([any(map(self._in, days)) for days in lasted])}

    def _silent(self):
        old = [days for row, days in self._pairings() if not row.valid_to and row.valid_from < HALF_A_YEAR_AGO]
        return {"pairings_silent": sum(all(day < HALF_A_YEAR_AGO for day in days) for days in old)}

    # The eight haves

    def _haves(self):
        inspected = [row for row in self.stations if row.kind in INSPECTED]
        found = {have: [getattr(self, f"_has_{have}")(row) for row in inspected] for have in HAVES}
        rates = {f"have_met_{have}": rate(claims) for have, claims in found.items()}
        return rates | {"eight_haves_met": rate([all(claims) for claims in zip(*found.values(), strict=True)])}

    def _has_premises(self, at):
        return any(row.premises and self._in(row.confirmed_on) for row in YearlyConfirmation.objects.filter(station=at))

    def _has_signage(self, at):
        fresh = [row for row in YearlyConfirmation.objects.filter(station=at) if row.confirmed_on > A_YEAR_AGO]
        return all(any(getattr(row, sign) for row in fresh) for sign in ("plate", "roster", "schedule", "qr"))

    def _has_staffing(self, at):
        posts = [row for row in StaffPost.objects.filter(station=at) if row.valid_to is None]
        kinds = {row.post for row in posts}
        return any(row.is_full_time for row in posts) and {"head", "liaison_officer"} <= kinds

    def _has_rules(self, at):
        kept = {row.kind_id for row in RuleDocument.objects.filter(station=at) if row.valid_to is None}
        return all(kind.pk in kept for kind in RuleKind.objects.all() if kind.is_required)

    def _has_funding(self, at):
        return funds_of(at) >= FLOORS[at.division.kind]

    def _has_activities(self, at):
        receptions = {row.date.month for row in self._visits_at(at) if row.form == "reception"}
        return receptions >= set(MONTHS_OVER)

    def _has_ledgers(self, at):
        """Visits entered in time, and no opinion left lying."""
        in_time = [timezone.localdate(row.entered_at) <= tenth_after(row.date) for row in self._visits_at(at)]
        accepted = [row for row in self.opinions if row.station_id == at.pk and row.state == "accepted"]
        lying = [row for row in accepted if self._in(row.accepted_on) and self._is_late(row)]
        return bool(in_time) and all(in_time) and not lying

    def _has_results(self, at):
        replied = [row for row in self.opinions if row.station_id == at.pk and row.replied_on]
        told = [row.fed_back_on is not None for row in replied if self._in(row.replied_on)]
        return bool(told) and all(told)

    def _visits_at(self, at):
        return [row for row in self.visits if row.station_id == at.pk]

    def _is_late(self, opinion):
        return working_days(opinion.accepted_on, self.today) > LIMIT


def working_days(first, last):
    """After the first, up to the last."""
    return working_days_between(first, last, is_working_day)


def rate(claims):
    return percent(sum(claims), len(claims)), len(claims)


def funds_of(at):
    return sum(row.amount for row in ActivityFunds.objects.filter(station=at, year=START.year))


def contacts_of(pairing):
    """The days on which one of the committee's people was at the station."""
    called = {pairing.organisation.name, pairing.organisation.short_name} - {""}
    visits = [row for row in Visit.objects.filter(station=pairing.station) if row.voided_on is None]
    return [row.date for row in visits for guest in row.guests.all() if guest.organisation in called]


def tenth_after(day):
    return date(day.year, day.month + 1, 10) if day.month < 12 else date(day.year + 1, 1, 10)
