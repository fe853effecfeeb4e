"""Small worlds for tests: each function makes one thing and what it must stand on, and nothing else."""

from datetime import date, datetime, time
from itertools import count

from django.utils import timezone

from feedback.opinions import intake, workflow
from feedback.opinions.publications import Publication
from feedback.proposals import news
from feedback.proposals import workflow as proposals
from feedback.proposals.models import Proposal, ProposalOpinion, ReplyType
from liaison.accounts.models import Grant, User
from liaison.divisions.codes import kind_of, level_of, parent_of
from liaison.divisions.models import Division
from liaison.notices.models import Announcement
from liaison.organisations.models import Organisation
from liaison.remarks.models import Remark
from liaison.rulebook.models import Office
from representatives.models import (
    ChecklistItem,
    CommitteePost,
    Congress,
    Contact,
    CorrectionRequest,
    DutyEntry,
    DutyStatement,
    Group,
    GroupMember,
    Mandate,
    Person,
    ResidentGroup,
    Term,
    VoterReport,
)
from stations.assessment import opening
from stations.assessment import workflow as checks
from stations.assessment.models import Assessment, Determination
from stations.eight_haves.models import Criterion, Have, Standard, Threshold
from stations.receptions.models import Reception, ReceptionRule
from stations.register.models import (
    ActivityFunds,
    AnnualPlan,
    BudgetPaper,
    FundExpense,
    Pairing,
    RuleDocument,
    RuleKind,
    StaffPost,
    Station,
    StationAssignment,
    YearlyConfirmation,
)
from stations.visits.models import Attendance, Visit

DAOLI, NANGANG, HARBIN = "230102", "230103", "230100"
numbers = count(100_001)  # as many digits in each, so that names and codes sort as they were made
sequences = count(1)


def division(code=f"{DAOLI}001", name="") -> Division:
    """A division and all above it."""
    above = parent_of(code)
    parent = division(above) if above else None
    defaults = {"name": name or f"D{code}", "level": level_of(code), "kind": kind_of(code), "parent": parent}
    return Division.objects.get_or_create(code=code, defaults=defaults)[0]


def office(code=DAOLI, **facts) -> Office:
    defaults = {"full_name": f"Office {code}", "short_name": f"O{code}", "phone": "0451-00000000"} | facts
    return Office.objects.get_or_create(division=division(code), defaults=defaults)[0]


def organisation(code=DAOLI, **facts) -> Organisation:
    defaults = {"name": f"Department {next(numbers)}", "kind": "department", "handles": True}
    return Organisation.objects.create(division=division(code), **defaults | facts)


def station(code=f"{DAOLI}001", **facts) -> Station:
    number = next(numbers)
    defaults = {"code": f"{code}-Z{number:02d}", "name": f"Station {number}", "opened_on": date(2020, 1, 1)}
    return Station.objects.create(division=division(code), **defaults | facts)


def user(username="", **facts) -> User:
    username = username or f"user{next(numbers)}"
    return User.objects.create_user(username, password="a long enough passphrase", name=username, **facts)


def granted(role, *, code=None, organisation=None, username="") -> User:
    """An account with one grant, over a division (default Daoli) or an organisation."""
    somebody = user(username)
    place = {"organisation": organisation} if organisation else {"division": division(code or DAOLI)}
    Grant.objects.create(user=somebody, role=role, valid_from=date(2020, 1, 1), **place)
    return somebody


def staff(at, post="liaison_officer", **facts) -> User:
    """An account with a post at a station."""
    somebody = user(**facts)
    StaffPost.objects.create(
        station=at,
        user=somebody,
        name=str(somebody),
        post=post,
        staffing_mode="reassigned",
        valid_from=date(2020, 1, 1),
    )
    return somebody


def clerk(of) -> User:
    return granted("department_clerk", organisation=of)


def mandate(code=DAOLI, name="") -> Mandate:
    level = level_of(code)
    congress = Congress.objects.get_or_create(
        division=division(code), defaults={"name": f"Congress {code}", "level": level + 1}
    )[0]
    term = Term.objects.get_or_create(congress=congress, ordinal=18, defaults={"starts_on": date(2021, 12, 1)})[0]
    person = Person.objects.create(name=name or f"Person {next(numbers)}")
    return Mandate.objects.create(person=person, term=term, electoral_district="1", starts_on=date(2021, 12, 1))


def group(of, name="", **facts) -> Group:
    """A group of the mandate's term, with the mandate in it."""
    made = Group.objects.create(term=of.term, name=name or f"Group {next(numbers)}", **facts)
    GroupMember.objects.create(group=made, mandate=of, starts_on=of.starts_on)
    return made


def committee_post(of, post="member", **facts) -> CommitteePost:
    """The mandate's holder in the standing committee of their congress."""
    held = {"person": of.person, "congress": of.term.congress, "starts_on": of.starts_on}
    return CommitteePost.objects.create(**held | {"post": post} | facts)


def resident_group(code=f"{DAOLI}001", name="", **facts) -> ResidentGroup:
    facts = {"name": name or f"Group {next(numbers)}"} | facts
    return ResidentGroup.objects.create(division=division(code), **facts)


def contact(mandate, other, **facts) -> Contact:
    """A link with a committee member's post, or with a group of residents."""
    end = {"post": other} if isinstance(other, CommitteePost) else {"group": other}
    return Contact.objects.create(mandate=mandate, **{"starts_on": mandate.starts_on} | end | facts)


def statement(of, year=2025, by=None, **facts) -> DutyStatement:
    """A year's duty statement, published where somebody (`by`) reviewed it."""
    made = DutyStatement(mandate=of, year=year, text="received residents ten times")
    made.rewrite(facts.pop("written_by", None))
    if by:
        made.publish(by, timezone.localdate())
    for name, value in facts.items():
        setattr(made, name, value)
    made.save()
    return made


def duty_entry(of, kind="congress", on=date(2026, 1, 6), title="the session", **facts) -> DutyEntry:
    return DutyEntry.objects.create(mandate=of, kind_id=kind, date=on, title=title, **facts)


def voter_report(of, on=date(2026, 5, 6), audience=40, votes=(30, 5, 1, 2), **facts) -> VoterReport:
    """`votes`: satisfied, basically satisfied, dissatisfied, abstained."""
    names = ("satisfied", "basically_satisfied", "dissatisfied", "abstained")
    words = {"place": "the yard", "summary": "lamps were mended"}
    tally = dict(zip(names, votes, strict=True))
    return VoterReport.objects.create(mandate=of, date=on, audience=audience, **words | tally | facts)


def correction(of, row="", on=date(2026, 6, 1), text="I was there too", **facts) -> CorrectionRequest:
    return CorrectionRequest.objects.create(mandate=of, row=row, asked_on=on, text=text, **facts)


def checklist_item(kind="reception", at_least=2, words="receive residents twice", **facts) -> ChecklistItem:
    return ChecklistItem.objects.create(kind_id=kind, at_least=at_least, words=words, **{"first_year": 2026} | facts)


def placed(at, how_many=1, code=DAOLI) -> list[Mandate]:
    """Mandates of the congress of `code` whose primary station it is."""
    mandates = [mandate(code) for _ in range(how_many)]
    for row in mandates:
        StationAssignment.objects.create(station=at, mandate=row, valid_from=date(2022, 1, 1))
    return mandates


def rule(at, kind="study", **facts) -> RuleDocument:
    defaults = {"title": f"Rule {kind}", "version": str(next(numbers)), "valid_from": date(2020, 1, 1)}
    return RuleDocument.objects.create(station=at, kind=RuleKind.objects.get(pk=kind), **defaults | facts)


def funds(at, amount=30_000, year=2026, **facts) -> ActivityFunds:
    return ActivityFunds.objects.create(station=at, year=year, amount=amount, **facts)


def budget_paper(code=DAOLI, amount=100_000, year=2026, **facts) -> BudgetPaper:
    """A line of the district's budget, not divided yet."""
    defaults = {"title": f"Budget {next(numbers)}", "number": "2026-7"} | facts
    return BudgetPaper.objects.create(division=division(code), amount=amount, year=year, **defaults)


def expense(at, amount=100, on=date(2026, 3, 10), **facts) -> FundExpense:
    return FundExpense.objects.create(station=at, spent_on=on, amount=amount, **{"purpose": "tea"} | facts)


def plan(at, year=2026) -> AnnualPlan:
    made = AnnualPlan.objects.create(station=at, year=year)
    made.items.create(month=3, what="meet")
    return made


def confirmation(at, on=date(2026, 3, 3), *ticks, **facts) -> YearlyConfirmation:
    """Everything in order, or what is named."""
    seen = dict.fromkeys(ticks or ("premises", "plate", "roster", "schedule", "qr"), True)
    return YearlyConfirmation.objects.create(station=at, confirmed_on=on, confirmed_by="Checker", **seen | facts)


def standard(code=DAOLI, haves=("premises",), **facts) -> Standard:
    """A draft whose items each ask for a head at the station."""
    usual = {"name": f"Standard {next(numbers)}", "version": "1", "kinds": ["home", "station"]}
    draft = Standard.objects.create(division=division(code), **usual | {"valid_from": date(2027, 1, 1)} | facts)
    for place, key in enumerate(haves, 1):
        have = Have.objects.create(standard=draft, key=key, place=place)
        criterion = Criterion.objects.create(have=have, measure="heads")
        Threshold.objects.create(criterion=criterion, met=1)
    return draft


def pairing(at, committee=None, **facts) -> Pairing:
    committee = committee or organisation(kind="special_committee")
    return Pairing.objects.create(organisation=committee, station=at, **{"valid_from": date(2024, 1, 1)} | facts)


def determination(at, standing="met", have="rules", year=2026, on=date(2026, 1, 20), **facts) -> Determination:
    """An inspector's finding."""
    item = Have.objects.get(standard__state="published", key=have)
    said = {"inspector": "Checker", "reason": "seen", "evidence": "a photo"} | facts
    return Determination.objects.create(station=at, have=item, year=year, standing=standing, on=on, **said)


def yearly_check(at, by=None, year=None) -> Assessment:
    """Opened today."""
    today = timezone.localdate()
    (made,), _against = opening.open_many([at], year or today.year, by=by or granted("officer"), on=today)
    return made


def to_be_rectified(check, by, what="the missing rule", due_on=None):
    """The check is taken to where something is to be rectified; the thing."""
    for move in (checks.HAND_IN, checks.REVIEW):
        if check.state in move.sources:
            check.move(move, by=by, note="in order")
    have = Have.objects.get(standard=check.standard, key="rules")
    return check.move(checks.RECTIFY, by=by, have=have, what=what, due_on=due_on or timezone.localdate()).item


def visit(at, on=date(2026, 3, 10), present=(), **facts) -> Visit:
    defaults = {"form": "reception", "content": "heard residents", "enters_representatives": True}
    made = Visit.objects.create(station=at, date=on, **defaults | facts)
    for row in present:
        Attendance.objects.create(visit=made, mandate=row)
    return made


def remark(body="the button does nothing", code=DAOLI) -> Remark:
    """Something said about the site itself."""
    facts = {"division": division(code), "page": "/stations/", "at": timezone.now()}
    return Remark.take(nonce=f"nonce {next(numbers)}", body=body, **facts)


def reception(at, on, *, planned_on=None, receiving=(), hours=(9, 11), **facts) -> Reception:
    """A reception day of the station, 9 to 11 unless told otherwise."""
    starts_at, ends_at = map(time, hours)
    made = Reception.objects.create(
        station=at, date=on, planned_on=planned_on or on, starts_at=starts_at, ends_at=ends_at, **facts
    )
    made.mandates.set(receiving)
    return made


def reception_rule(at, kind="monthly", numbers=(10,), hours=(9, 11), **facts) -> ReceptionRule:
    """The 10th of every month from 9 to 11, unless told otherwise; no day is made of it yet."""
    starts_at, ends_at = map(time, hours)
    since = {"valid_from": date(2026, 1, 1), "starts_at": starts_at, "ends_at": ends_at}
    return ReceptionRule.objects.create(station=at, kind=kind, numbers=list(numbers), **since | facts)


def publication(opinion, on=None, **facts) -> Publication:
    """What was solved, in reviewed words; the resident is made to agree."""
    type(opinion).objects.filter(pk=opinion.pk).update(publish_consent=True)
    made = Publication(opinion=opinion, **{"title": "Lamps mended", "text": "Five lamps were changed."} | facts)
    made.publish(user(), on or timezone.localdate())
    made.save()
    return made


def announcement(code=DAOLI, on=None, **facts) -> Announcement:
    defaults = {"title": f"Notice {next(numbers)}", "text": "Doors open at nine."}
    since = on or timezone.localdate()
    return Announcement.objects.create(division=division(code), published_from=since, **defaults | facts)


def moment(day) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10)))


def opinion(at=None, body="the lamp is out", place="Pine Court 3", on=None, reporter=None, channel="web", **facts):
    """An opinion come in through the door; without a station it belongs to the office served."""
    said = intake.Said(body=body, place=place, station=at, reporter=reporter or {}, channel=channel, facts=facts)
    said.received_at = moment(on) if on else None
    if at is None:
        office()
    return intake.take(said).opinion


class Life:
    """Walks an opinion down its main road, each step by somebody who may."""

    def __init__(self, opinion, department=None):
        self.opinion = opinion
        self.department = department or organisation()
        self.officer = granted("officer", code=opinion.division_id[:6])
        self.clerk = clerk(self.department)

    def until(self, state, on=None):
        """Make the moves up to `state`, all on one day (default now); returns the opinion."""
        roads = ["accepted", "assigned", "handling", "replied", "fed_back", "archived"]
        steps = [self.accept, self.assign, self.acknowledge, self.reply, self.feed_back, self.archive]
        for step in steps[: roads.index(state) + 1]:
            step(on)
        return self.opinion

    def _move(self, move, by, on, **facts):
        self.opinion.move(move, by=by, at=moment(on) if on else None, **facts)

    def accept(self, on=None):
        self._move(workflow.ACCEPT, self.officer, on, taker=self.officer)

    def assign(self, on=None, **facts):
        self._move(workflow.ASSIGN, self.officer, on, organisation=self.department, **facts)

    def acknowledge(self, on=None):
        self._move(workflow.ACKNOWLEDGE, self.clerk, on)

    def reply(self, on=None, outcome="solved"):
        self._move(workflow.REPLY, self.clerk, on, text="mended", outcome=outcome)

    def feed_back(self, on=None):
        self._move(workflow.FEED_BACK, self.officer, on, note="told by telephone", way="phone")

    def archive(self, on=None):
        self._move(workflow.ARCHIVE, self.officer, on)


def proposal(lead_by=None, opinions=(), on=date(2026, 3, 2), **facts) -> Proposal:
    """A proposal just taken into the register, with the opinions behind it."""
    lead_by = lead_by or mandate()
    number = next(sequences)
    defaults = {"title": f"Proposal {number}", "text": "more lamps", "sequence": number, "submitted_on": on}
    made = Proposal(lead_by=lead_by, term=lead_by.term, state=proposals.BEGINS, **defaults | facts)
    made.save()
    by = granted("officer", code=made.division_id)
    made.begin(by=by, at=moment(on))
    ProposalOpinion.objects.bulk_create(ProposalOpinion(proposal=made, opinion=opinion) for opinion in opinions)
    news.join(made, opinions, by=by, at=moment(on))
    return made


class Road:
    """Walks a proposal down its main road, each step by somebody who may, on the days given (default: one day)."""

    def __init__(self, proposal, department=None):
        self.proposal = proposal
        self.department = department or organisation(proposal.division_id)
        self.officer = granted("officer", code=proposal.division_id)
        self.clerk = clerk(self.department)

    def until(self, state, **days):
        moves = ["review", "assign", "acknowledge", "reply", "close"]
        states = ["reviewed", "assigned", "handling", "replied", "closed"]
        for move in moves[: states.index(state) + 1]:
            self.go(move, days.get(move, date(2026, 3, 10)))
        return self.proposal

    def go(self, move, on=date(2026, 3, 10), **facts):
        by = self.clerk if move in ("acknowledge", "reply") else self.officer
        if move in ("assign", "reassign"):
            facts = {"organisation": self.department} | facts
        if move == "reply":
            facts = {"reply_type": ReplyType.objects.get(code="A"), "text": "mended"} | facts
        self.proposal.move(proposals.MOVES[move], by=by, at=moment(on), **facts)
        return self.proposal
