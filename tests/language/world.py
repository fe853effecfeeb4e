"""A small district whose every record is Chinese, so that whatever is Latin on a page comes from the product."""

from datetime import date

from feedback.opinions import workflow
from feedback.opinions.models import Opinion
from feedback.submissions import receipts, tokens
from liaison.accounts.models import Grant, User
from liaison.divisions.models import Division
from liaison.organisations.models import Organisation
from liaison.tools.workflow import RESIDENT
from representatives.models import Congress, Mandate, Person, Term
from stations.register.models import Station, StationAssignment
from tests.support import factories as make

NAMES = {"230000": "黑龙江省", "230100": "哈尔滨市", "230102": "道里区", "230102003": "抚顺街道"}
OFFICE, SHORT, PHONE = "哈尔滨市道里区人大常委会", "道里区", "0451-00000000"
STATION, DEPARTMENT = "抚顺街道人大代表联络站", "道里区城市管理局"
STATES = ["submitted", "accepted", "assigned", "handling", "replied", "fed_back", "evaluated", "archived"]
MATTER, PLACE = "楼道灯坏了一个月，老人夜里摔过跤", "云杉里小区3号楼"


def build() -> Station:
    for code, name in NAMES.items():
        make.division(code)
        Division.objects.filter(pk=code).update(name=name)
    make.office(
        full_name=OFFICE, short_name=SHORT, phone=PHONE, address="道里区安心巷1号", hours="周一至周五", is_demo=True
    )
    station = make.station("230102003", name=STATION, phone=PHONE, address="云杉路21号", hours="周一至周五")
    make.organisation(name=DEPARTMENT)
    StationAssignment.objects.create(station=station, mandate=mandate(), valid_from=date(2022, 1, 1))
    make.visit(station, content="听取供热意见", place="会议室", recorder="江小雪")
    return station


def mandate() -> Mandate:
    congress = Congress.objects.create(division_id="230102", name="道里区人民代表大会", level=4)
    term = Term.objects.create(congress=congress, ordinal=18, starts_on=date(2021, 12, 1))
    person = Person.objects.create(name="卜庆林", work="云杉里社区书记")
    return Mandate.objects.create(person=person, term=term, electoral_district="第3选区", starts_on=date(2021, 12, 1))


def account(role: str, name: str, organisation=None) -> User:
    """An account with one role over the district, or over one organisation."""
    user = User.objects.create_user(name, password="a long enough passphrase", name=name)
    place = {"organisation": organisation} if organisation else {"division_id": "230102"}
    Grant.objects.create(user=user, role=role, valid_from=date(2020, 1, 1), **place)
    return user


class Road:
    """One opinion on its way, every step in Chinese."""

    def __init__(self, station):
        self.opinion = make.opinion(station, body=MATTER, place=PLACE)
        self.department = Organisation.objects.get(name=DEPARTMENT)
        self.officer = account("officer", "陆启明")
        self.clerk = account("department_clerk", "商玉兰", organisation=self.department)

    def until(self, state) -> Opinion:
        """Every step that is left up to the state."""
        steps = [self.accept, self.assign, self.acknowledge, self.reply, self.feed_back, self.rate, self.archive]
        here = STATES.index(self.opinion.state)
        for step in steps[here : STATES.index(state)]:
            step()
        return self.opinion

    def accept(self):
        self.opinion.move(workflow.ACCEPT, by=self.officer, taker=self.officer)

    def refuse(self):
        place = {"channel": "court", "office": "道里区人民法院", "phone": PHONE, "address": "建国街1号"}
        self.opinion.move(workflow.REFUSE, by=self.officer, note="法院已立案", **place)

    def assign(self):
        self.opinion.move(workflow.ASSIGN, by=self.officer, organisation=self.department, due_on=date(2100, 6, 30))

    def acknowledge(self):
        self.opinion.move(workflow.ACKNOWLEDGE, by=self.clerk)

    def reply(self):
        self.opinion.move(workflow.REPLY, by=self.clerk, text="灯已换好", outcome="solved")

    def feed_back(self):
        self.opinion.move(workflow.FEED_BACK, by=self.officer, note="已电话告知", way="phone")

    def rate(self):
        self.opinion.move(workflow.RATE, by=RESIDENT, score="satisfied")

    def archive(self):
        self.opinion.move(workflow.ARCHIVE, by=self.officer)


def form(**answers) -> dict:
    """What a resident sends."""
    return {"matter": MATTER, "place": PLACE, "token": tokens.issue().text} | answers


def tracked(client, opinion):
    """The page of an opinion as its resident opens it, with a code of its own."""
    code = receipts.code_of("a nonce for reading")
    Opinion.objects.filter(pk=opinion.pk).update(code_hash=receipts.stored(code))
    return client.post("/opinions/track/", {"number": opinion.number, "code": code})
