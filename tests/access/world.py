"""A small world with something to hide everywhere: three stations, two of one district, each with every kind of record.

Whatever a station's own people wrote carries its mark, so that one search finds a leak: `CANARY-B-…` is station B's.
"""

from dataclasses import dataclass
from datetime import date

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.utils import timezone

from feedback.opinions import on_behalf, workflow
from feedback.opinions.models import AgendaItem, Opinion, OpinionAssignment, OpinionPhoto, OpinionScan
from feedback.opinions.publications import Publication
from feedback.proposals.models import Proposal
from liaison.accounts.models import User
from liaison.notices.models import Announcement
from liaison.organisations.models import Organisation
from liaison.rulebook.models import SheetLayout
from liaison.tools import files
from liaison.tools.workflow import RESIDENT
from representatives.models import Contact, Mandate, Person
from stations.assessment.models import Assessment, Determination, Rectification
from stations.eight_haves.models import Standard
from stations.receptions.models import Reception, ReceptionRule, TurnRequest
from stations.register.models import (
    ActivityFunds,
    AnnualPlan,
    BudgetPaper,
    Designation,
    FundExpense,
    FundFloor,
    Pairing,
    RuleDocument,
    StaffPost,
    Station,
    StationAssignment,
    YearlyConfirmation,
)
from stations.visits.models import Attendance, Commitment, Guest, Visit
from tests.support import factories as make

MARK = "CANARY"
A_STREET, B_STREET, FAR_STREET = f"{make.DAOLI}001", f"{make.DAOLI}002", f"{make.NANGANG}001"
PIXEL = bytes.fromhex(  # the smallest JPEG a browser shows
    "ffd8ffdb004300010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101"
    "01010101010101010101010101010101010101010101ffc0000b080001000101011100ffc40014000100000000000000000000000"
    "0000009ffc40014100100000000000000000000000000000000ffda0008010100003f0037ffd9"
)


def canary(owner: str, what: str) -> str:
    return f"{MARK}-{owner}-{what}"


@dataclass
class Corner:
    """One station and all that hangs at it. `waiting` is an opinion just come in, `given` one in a department's hands,
    `told` one at the end of its road, `guided` a refused one."""

    mark: str
    station: Station
    department: Organisation
    staff: User
    head: User
    mandates: list[Mandate]
    visit: Visit
    waiting: Opinion
    given: Opinion
    told: Opinion
    guided: Opinion
    proposal: Proposal
    reception: Reception
    publication: Publication
    announcement: Announcement

    @property
    def opinions(self):
        return [self.waiting, self.given, self.told, self.guided]

    @property
    def post(self):
        return StaffPost.objects.filter(station=self.station).first()

    @property
    def placement(self):
        return StationAssignment.objects.filter(station=self.station).first()

    @property
    def rule(self):
        return RuleDocument.objects.get(station=self.station)

    @property
    def reception_rule(self):
        return ReceptionRule.objects.get(station=self.station)

    @property
    def funds(self):
        return ActivityFunds.objects.get(station=self.station, budget=None)

    @property
    def budget_paper(self):
        return BudgetPaper.objects.get(shares__station=self.station)

    @property
    def expense(self):
        return FundExpense.objects.get(station=self.station)

    @property
    def plan(self):
        return AnnualPlan.objects.get(station=self.station)

    @property
    def floor(self):
        return FundFloor.objects.first()

    @property
    def check(self):
        return YearlyConfirmation.objects.get(station=self.station)

    @property
    def pairing(self):
        return Pairing.objects.get(station=self.station)

    @property
    def yearly_check(self):
        return Assessment.objects.get(station=self.station, state="self_check")

    @property
    def rectification(self):
        return Rectification.objects.get(assessment__station=self.station)

    @property
    def confirmed_check(self):
        return self.rectification.assessment

    @property
    def determination(self):
        return Determination.objects.get(station=self.station)

    @property
    def layout(self):
        return SheetLayout.objects.get(division=self.station.division)

    @property
    def standard(self):
        return Standard.objects.get(division=self.station.division)

    @property
    def assignment(self):
        return OpinionAssignment.objects.get(opinion=self.given)

    @property
    def turn_request(self):
        return TurnRequest.objects.get(reception=self.reception)

    @property
    def contact(self):
        return Contact.objects.get(mandate=self.mandates[0], group__isnull=False)

    @property
    def resident_group(self):
        return self.contact.group

    @property
    def scan(self):
        return OpinionScan.objects.get(opinion=self.waiting)

    @property
    def photo(self):
        return OpinionPhoto.objects.get(opinion=self.waiting)


def corner(mark: str, code: str, department: Organisation) -> Corner:
    at = make.station(
        code,
        **{name: canary(mark, name) for name in ("name", "address", "phone", "hours", "served_area", "focus", "brand")},
    )
    staff = make.staff(at, username=canary(mark, "staff"))
    head = make.staff(at, post="head", username=canary(mark, "head"))
    mandates = make.placed(at, 2, code[:6])
    visit = _visit(mark, at, mandates, staff)
    _standing(mark, at, department)
    life = make.Life(_opinion(mark, at, "given"), department)
    life.accept()
    life.assign(instructions=canary(mark, "instructions"))
    life.opinion.move(workflow.URGE, by=life.officer, note=canary(mark, "urging"))
    found = Corner(
        mark,
        at,
        department,
        staff,
        head,
        mandates,
        visit,
        waiting=_with_photo(_opinion(mark, at, "waiting")),
        given=life.opinion,
        told=(told := _told(mark, at, department)),
        guided=_guided(mark, at),
        proposal=_proposal(mark, life.opinion, mandates[0], department),
        reception=_reception(mark, at, mandates),
        publication=make.publication(told, title=canary(mark, "title"), text=canary(mark, "public")),
        announcement=make.announcement(code, title=canary(mark, "notice"), text=canary(mark, "notice-text")),
    )
    AgendaItem.objects.create(visit=visit, opinion=found.given)
    _duty(mark, mandates[0])
    _contact(mark, code, mandates[0])
    _in_the_log(mark, found)
    return found


def _duty(mark, mandate):
    """What the office and the station keep of a representative; not public."""
    make.duty_entry(mandate, title=canary(mark, "meeting"), status="absent")
    words = {name: canary(mark, f"report-{name}") for name in ("place", "summary", "questions", "follow_ups")}
    make.voter_report(mandate, **words)
    make.correction(mandate, text=canary(mark, "correction"), about=canary(mark, "row"))


def _standing(mark, at, department):
    _layout(mark, at)
    make.standard(at.division_id, name=canary(mark, "standard"), version=canary(mark, "1"), note=canary(mark, "draft"))
    _rule(mark, at)
    _money(mark, at)
    plan = AnnualPlan.objects.create(station=at, year=2026, text=canary(mark, "plan"))
    plan.items.create(month=3, what=canary(mark, "planned"), form=canary(mark, "planned-form"))
    Designation.objects.create(station=at, valid_from=date(2026, 1, 1), paper=canary(mark, "named"))
    at.change_status("suspended", date(2026, 1, 1), note=canary(mark, "suspended"))
    at.change_status("operating", date(2026, 1, 2), note=canary(mark, "opened-again"))
    YearlyConfirmation.objects.create(
        station=at,
        confirmed_on=date(2026, 1, 5),
        plate=True,
        confirmed_by=canary(mark, "checker"),
        note=canary(mark, "check"),
    )
    Pairing.objects.create(organisation=department, station=at, valid_from=date(2026, 1, 1))
    _checked(mark, at)


def _checked(mark, at):
    """This year's check has just begun; of last year's something is to be rectified."""
    officer = make.granted("officer", code=at.division_id[:6])
    make.yearly_check(at, officer)
    last_year = make.yearly_check(at, officer, timezone.localdate().year - 1)
    make.to_be_rectified(last_year, officer, canary(mark, "rectify"))
    scan = files.keep(canary(mark, "scan").encode(), "findings", "pdf", default_storage)
    said = {name: canary(mark, f"finding-{name}") for name in ("inspector", "reason", "evidence")}
    make.determination(at, file=scan, content_type="application/pdf", **said)


def _layout(mark, at):
    """The station's office has a name of its own for a column of what its people did."""
    renamed = [{"key": "content", "heading": canary(mark, "heading"), "hidden": False}]
    facts = {"title": canary(mark, "ledger"), "columns": renamed}
    SheetLayout.objects.create(ledger="visits_visit_activities", division=at.division, **facts)


def _rule(mark, at):
    text = files.keep(canary(mark, "rule-text").encode(), "rules", "pdf", default_storage)
    words = {"title": canary(mark, "rule"), "version": canary(mark, "v")}
    kept = {"file": text, "content_type": "application/pdf"}
    RuleDocument.objects.create(station=at, kind_id="study", valid_from=date(2026, 1, 1), **words, **kept)


def _money(mark, at):
    words = {"title": canary(mark, "budget"), "number": canary(mark, "budget-number")}
    paper = BudgetPaper.objects.create(year=2025, amount=90_000, division_id=at.division_id[:6], **words)
    ActivityFunds.objects.create(station=at, year=2025, amount=30_000, budget=paper)
    ActivityFunds.objects.create(station=at, year=2026, amount=30_000, paper=canary(mark, "paper"))
    spent = {"purpose": canary(mark, "spent"), "voucher": canary(mark, "voucher")}
    FundExpense.objects.create(station=at, spent_on=date(2026, 1, 9), amount=100, **spent)


def _visit(mark, at, mandates, staff):
    texts = {name: canary(mark, f"visit-{name}") for name in ("place", "content", "results", "recorder")}
    visit = make.visit(at, entered_by=staff, **texts)
    Attendance.objects.create(visit=visit, mandate=mandates[0])
    Attendance.objects.create(visit=visit, mandate=mandates[1], status="leave")
    Guest.objects.create(
        visit=visit, organisation=canary(mark, "unit"), name=canary(mark, "guest"), post=canary(mark, "rank")
    )
    Commitment.objects.create(visit=visit, who=canary(mark, "who"), what=canary(mark, "what"))
    return visit


def _contact(mark, code, mandate):
    group = make.resident_group(code, **{name: canary(mark, f"group-{name}") for name in ("name", "covers")})
    said = {name: canary(mark, f"contact-{name}") for name in ("who", "heard", "answered")}
    make.contact(mandate, group).events.create(on=date(2026, 2, 3), way="phone", **said)


def _reception(mark, at, mandates):
    make.reception_rule(at, place=canary(mark, "rule-place"))
    texts = {"place": canary(mark, "reception-place"), "reason": canary(mark, "reason")}
    reception = make.reception(at, timezone.localdate(), receiving=mandates[:1], **texts)
    facts = {"kind": "leave", "state": "asked", "asked_at": timezone.now(), "reason": canary(mark, "leave")}
    TurnRequest.objects.create(reception=reception, mandate=mandates[0], **facts)
    return reception


def _opinion(mark, at, which, **facts):
    """Each text starts with its mark; the summary is given at acceptance."""
    reporter = {"name": canary(mark, f"{which}-name"), "phone": canary(mark, f"{which}-phone"), "identity_mode": "real"}
    return make.opinion(
        at,
        body=canary(mark, f"{which}-body"),
        place=canary(mark, f"{which}-place"),
        region=canary(mark, f"{which}-region"),
        summary=canary(mark, f"{which}-summary"),
        reporter=reporter,
        **facts,
    )


def _with_photo(opinion):
    photo = files.Photo(PIXEL, "image/jpeg", 1, 1, "0" * 64)
    name = files.store(photo, default_storage)
    opinion.photos.create(file=name, sha256=photo.sha256, width=photo.width, height=photo.height)
    on_behalf.keep_scan(opinion, "reply_for", timezone.localdate(), photo)
    return opinion


def _told(mark, at, department):
    life = make.Life(_opinion(mark, at, "told"), department)
    life.until("handling")
    life.opinion.move(workflow.REPLY, by=life.clerk, text=canary(mark, "reply"), outcome="solved")
    life.opinion.move(workflow.FEED_BACK, by=life.officer, note=canary(mark, "told-note"), way="phone")
    life.opinion.move(workflow.RATE, by=RESIDENT, score="dissatisfied", reason=canary(mark, "rating"))
    return life.opinion


def _proposal(mark, opinion, mandate, department):
    """Of the district, with the station's own opinion behind it, in the department's hands."""
    texts = {name: canary(mark, f"proposal-{name}") for name in ("title", "text", "in_charge_by", "public_text")}
    road = make.Road(make.proposal(mandate, [opinion], **texts), department)
    return road.until("handling")


def _guided(mark, at):
    opinion = _opinion(mark, at, "guided")
    place = {name: canary(mark, f"guide-{name}") for name in ("office", "phone", "address")}
    by = make.granted("officer", code=at.division_id[:6])
    opinion.move(workflow.REFUSE, by=by, note=canary(mark, "refusal"), channel="court", **place)
    return opinion


def _in_the_log(mark, found):
    """As if the station's own people had worked on each record before."""
    for record in (found.station, found.post, found.placement, found.visit, found.waiting):
        LogEntry.objects.create(
            user=found.staff,
            content_type=ContentType.objects.get_for_model(record),
            object_id=record.pk,
            object_repr=canary(mark, "record")[:200],
            action_flag=CHANGE,
            change_message=canary(mark, "change"),
            action_time=timezone.now(),
        )


@dataclass
class World:
    """Stations a and b of Daoli, c of Nangang; x handles what a and b are told, y what c is told."""

    a: Corner
    b: Corner
    c: Corner
    x: Organisation
    y: Organisation
    people: dict[str, User | None]


def build() -> World:
    make.office()
    x, y = make.organisation(name="Department X"), make.organisation(make.NANGANG, name="Department Y")
    make.remark()
    corners = corner("A", A_STREET, x), corner("B", B_STREET, y), corner("C", FAR_STREET, y)
    for each in corners:
        _office_held(each.mandates[0])
    make.checklist_item()
    return World(*corners, x, y, people(corners, x, y))


def _office_held(mandate) -> None:
    """What is public of a representative belongs to no station, and carries no mark."""
    make.group(mandate)
    post = make.committee_post(mandate)
    make.contact(make.mandate(mandate.term.congress.division_id), post)
    make.statement(mandate)


def people(corners, x, y) -> dict[str, User | None]:
    """One account per role of the matrix; nobody for `anonymous`."""
    a, b, _far = corners
    by_district = ("officer", "committee", "dispatcher", "representative", "leader", "auditor", "sysadmin")
    found = {role: make.granted(role, username=f"the-{role}") for role in by_district}
    found |= {
        "anonymous": None,
        "staff": a.staff,
        "head": a.head,
        "staff_b": b.staff,
        "township_officer": make.granted("township_officer", code=A_STREET),
        "officer2": make.granted("officer", code=make.NANGANG),
        "clerk": make.clerk(x),
        "clerk2": make.clerk(y),
        "deactivated": make.granted("officer", username="dismissed"),
    }
    _with_second_factor(found["sysadmin"])
    Person.objects.filter(mandates=a.mandates[0]).update(user=found["representative"])
    found["deactivated"].is_active = False
    found["deactivated"].save()
    return found


def _with_second_factor(user) -> None:
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
