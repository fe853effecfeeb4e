"""The demo's proposals: a few of each kind, some answered and not delivered, one late, each with opinions behind it."""

from datetime import timedelta

from feedback.opinions.models import Opinion
from feedback.proposals import news, workflow
from feedback.proposals.models import Proposal, ProposalOpinion, ReplyType
from liaison.demo.days import moment
from liaison.demo.library import rows
from liaison.demo.places import DISTRICT
from representatives.models import Mandate, Term

MOST_OPINIONS = 3
MAIN = ("review", "assign", "acknowledge", "reply", "close")
STATES = ("reviewed", "assigned", "handling", "replied", "closed")
ROAD = {state: MAIN[: place + 1] for place, state in enumerate(STATES)}
FACTS = {"in_charge": "assigned", "signed": "assigned", "supervised": "assigned"}


class Register:
    """Takes proposals in and moves them through the product's own doors."""

    def __init__(self, year, organisations, company):
        self.year, self.organisations = year, organisations
        self.officer, self.clerks = company.officers[DISTRICT], company.clerks
        self.term = Term.objects.get(congress__division=DISTRICT)
        self.types = {kind.code: kind for kind in ReplyType.objects.all()}

    def fill(self) -> None:
        mandates = list(Mandate.objects.filter(term=self.term).order_by("id"))
        for line in rows("proposals"):
            self._take(line, mandates)

    def _take(self, line, mandates) -> None:
        lead, *signers = [mandates[int(key[1:]) - 1] for key in (line["lead"], *line["signers"].split())]
        texts = {name: line[name] for name in ("title", "text")}
        proposal = Proposal(
            term=self.term,
            session=int(line["session"]),
            sequence=int(line["sequence"]),
            submitted_on=self._day(line["submitted"]),
            lead_by=lead,
            is_key=line["is_key"] == "yes",
            state=workflow.BEGINS,
            **texts,
        )
        proposal.save()
        proposal.begin(by=self.officer, at=self._at(line["submitted"]))
        proposal.co_signers.set(signers)
        self._link(proposal, line)
        self._go(proposal, line)
        self._facts(proposal, line)

    def _link(self, proposal, line) -> None:
        """The district's accepted opinions that speak of its subject that came in before it."""
        heard = Opinion.objects.filter(
            division__code__startswith=DISTRICT,
            body__regex="|".join(line["words"].split()),
            accepted_on__lte=proposal.submitted_on + timedelta(days=60),
        ).exclude(state__in=("merged", "withdrawn"))
        behind = list(heard.order_by("id")[:MOST_OPINIONS])
        ProposalOpinion.objects.bulk_create(ProposalOpinion(proposal=proposal, opinion=opinion) for opinion in behind)
        latest = max([self._at(line["submitted"]), *(moment(opinion.accepted_on, 18) for opinion in behind)])
        news.join(proposal, behind, by=self.officer, at=latest + timedelta(hours=1))

    def _go(self, proposal, line) -> None:
        for move in ROAD.get(line["state"], ()):
            by, day, facts = getattr(self, f"_{move}")(line)
            proposal.move(workflow.MOVES[move], by=by, at=self._at(day), **facts)

    def _review(self, line):
        return self.officer, str(int(line["submitted"]) + 2), {}

    def _assign(self, line):
        others = [self.organisations[line["others"]]] if line["others"] else []
        return self.officer, line["assigned"], {"organisation": self.organisations[line["handler"]], "others": others}

    def _acknowledge(self, line):
        return self.clerks[line["handler"]], str(int(line["assigned"]) + 2), {}

    def _reply(self, line):
        facts = {"reply_type": self.types[line["type"]], "text": line["reply"], "number": line["number"]}
        met = self._day(line["met"]) if line["met"] else None
        return self.clerks[line["handler"]], line["answered"], facts | {"met_on": met}

    def _close(self, line):
        return self.officer, str(int(line["answered"]) + 20), {}

    def _facts(self, proposal, line) -> None:
        """Who took it in charge, signed and supervised; whether it was delivered; what the public reads."""
        for name, since in FACTS.items():
            if line[name]:
                setattr(proposal, f"{name}_by", line[name])
                setattr(proposal, f"{name}_on", self._day(line[since]) + timedelta(days=3))
        proposal.delivered_on = self._day(line["delivered"]) if line["delivered"] else None
        if line["public"]:
            proposal.is_published = proposal.reply_is_published = True
            proposal.published_on = self._day(line["answered"])
            proposal.public_text, proposal.public_reply = line["text"], line["reply"]
        proposal.save()

    def _day(self, before: str):
        """So many days before the demo's day."""
        return self.year.today + timedelta(days=int(before))

    def _at(self, before: str):
        return moment(self._day(before), 10)
