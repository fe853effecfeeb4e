"""What each move of a story needs: who makes it, and with which facts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from feedback.opinions.models import Opinion
from liaison.accounts.models import User
from liaison.demo.library import phrases
from liaison.demo.stories import Story, opinion_of_result
from liaison.tools.workflow import RESIDENT

MORE_TIME = timedelta(days=15)


@dataclass
class Turn:
    """One move of one story: which opinion, who works at the station, when, and when the next one comes."""

    opinion: Opinion
    story: Story
    taker: User
    at: datetime
    following: datetime | None = None

    @property
    def matter(self) -> dict:
        return self.story.matter

    @property
    def road(self) -> dict:
        return self.story.road

    @property
    def is_second_round(self) -> bool:
        return self.opinion.round > 1

    @property
    def entered_at(self) -> datetime:
        """Paper is typed in on the way to the next move."""
        return self.at + ((self.following - self.at) / 2 if self.following else timedelta(hours=1))

    @property
    def assignment(self):
        return self.opinion.assignments.last()

    @property
    def paper_on(self):
        return self.at.date()


class Turns:
    """A method a move; the teller above gives `organisations`, `company`, `categories`, `opinions` and `rng`."""

    def _phrase(self, kind):
        return self.rng.choice(phrases(kind))

    def _organisation(self, turn) -> str:
        """The department's name: first the one that will hand it back, where the story tells of such."""
        is_first = turn.road.get("other") and not turn.opinion.assignments.exists()
        return turn.road["other"] if is_first else turn.matter["reply_organisation"]

    def _accept(self, turn):
        category = self.categories[turn.matter["category"]]
        return turn.taker, {"taker": turn.taker, "category": category, "summary": turn.matter["summary"]}

    def _refuse(self, turn):
        office, phone, address = turn.matter["guide_to"].split("/")
        guidance = {"channel": turn.matter["refuse_channel"], "office": office, "phone": phone, "address": address}
        return turn.taker, guidance | {"note": turn.matter["feedback_note"]}

    def _tell_at_once(self, turn):
        return turn.taker, {"whom": turn.matter["reply_organisation"], "note": self._phrase("tell_at_once")}

    def _assign(self, turn):
        organisation = self.organisations[self._organisation(turn)]
        instructions = self._phrase(f"instruction_{turn.matter['urgency']}")
        return turn.taker, {"organisation": organisation, "instructions": instructions}

    def _acknowledge(self, turn):
        return self._clerk(turn), {}

    def _clerk(self, turn):
        return self.company.clerks[turn.assignment.organisation.name]

    def _reply(self, turn):
        said = turn.road if turn.is_second_round and turn.road.get("reply") else turn.matter
        return self._clerk(turn), {"text": said["reply"], "outcome": said["outcome"]}

    def _reply_for(self, turn):
        facts = {"assignment": turn.assignment, "paper_on": turn.paper_on, "entered_at": turn.entered_at}
        return turn.taker, facts | {"text": turn.matter["reply"], "outcome": turn.matter["outcome"]}

    def _ask_return(self, turn):
        return self._clerk(turn), {"note": turn.road["note"]}

    def _agree_return(self, turn):
        return turn.taker, {"assignment": turn.assignment}

    def _refuse_return(self, turn):
        return turn.taker, {"assignment": turn.assignment, "note": self._phrase("refuse_return")}

    def _ask_extension(self, turn):
        return self._clerk(turn), {"until": turn.assignment.due_on + MORE_TIME, "note": turn.road["note"]}

    def _extend(self, turn):
        assignment = turn.assignment
        return turn.taker, {
            "assignment": assignment,
            "due_on": assignment.asked_until,
            "note": self._phrase("extend"),
        }

    def _urge(self, turn):
        return turn.taker, {"note": self._phrase("urge")}

    def _answer_on_spot(self, turn):
        return turn.taker, {"outcome": turn.matter["outcome"], "note": turn.matter["reply"]}

    def _pass_on(self, turn):
        return turn.taker, {"body": turn.road["other"], "number": turn.road["number"]}

    def _follow(self, turn):
        return turn.taker, {"note": turn.road["note"]}

    def _answer_elsewhere(self, turn):
        facts = {"paper_on": turn.paper_on, "entered_at": turn.entered_at}
        return turn.taker, facts | {"text": turn.matter["reply"], "outcome": turn.matter["outcome"]}

    def _merge(self, turn):
        return turn.taker, {"main": self.opinions[turn.road["other"]]}

    def _feed_back(self, turn):
        note = self._phrase("call") if turn.is_second_round else turn.matter["feedback_note"]
        return turn.taker, {"way": turn.matter["feedback_way"], "note": note}

    def _sign_for(self, turn):
        signed = self.rng.choice(self.company.mandates[turn.matter["station"]])
        facts = {"representative": signed.person.name, "paper_on": turn.paper_on}
        return turn.taker, facts | {"entered_at": turn.entered_at}

    def _rate(self, turn):
        score, reason = self._thought(turn)
        return RESIDENT, {"score": score, "reason": reason}

    def _rate_for(self, turn):
        score, reason = self._thought(turn)
        source = "in_person" if turn.opinion.feedback_way == "in_person" else "phone"
        facts = {"source": source, "paper_on": turn.paper_on, "entered_at": turn.entered_at}
        return turn.taker, facts | {"score": score, "reason": reason}

    def _thought(self, turn) -> tuple[str, str]:
        """Where the story goes on after the evaluation, it was a bad one."""
        if turn.story.goal == "closed" and turn.is_second_round:
            return "dissatisfied", self._phrase("still_dissatisfied")
        if turn.story.goal in ("closed", "rehandled") and not turn.is_second_round:
            return "dissatisfied", turn.road["note"]
        return opinion_of_result(turn.opinion.outcome, self.rng)

    def _ask_again(self, turn):
        return RESIDENT, {"note": turn.road["note"]}

    def _rehandle(self, turn):
        return turn.taker, {"note": self._phrase("rehandle")}

    def _close(self, turn):
        return turn.taker, {"note": self._phrase("close")}

    def _archive(self, turn):
        return turn.taker, {}

    def _withdraw(self, _turn):
        return RESIDENT, {"note": self._phrase("withdraw")}
