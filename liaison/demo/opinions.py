"""The stories told through the product's own doors: taken in, moved by whoever may, answered, rated."""

from datetime import timedelta

from feedback.opinions import intake, workflow
from feedback.opinions.models import AgendaItem, Opinion
from liaison.demo.library import phrases, rows
from liaison.demo.pictures import picture
from liaison.demo.places import DISTRICT
from liaison.demo.stories import Story, opinion_of_result
from liaison.rulebook.models import Category
from liaison.tools.files import clean_photo
from liaison.tools.workflow import RESIDENT
from stations.visits.models import Visit

DISCUSSING = ("joint_consultation", "tour", "sit_in", "meeting")


def nonce_of(seed: int, key: str) -> str:
    """The demo's own nonces, so that the same demo gives the same opinions; the codes still need RECEIPT_KEY."""
    return f"demo-{seed}-{key}"


class Teller:
    """Tells stories with the demo's stations, organisations and people."""

    def __init__(self, seed, stations, organisations, company, rng):
        self.seed, self.rng = seed, rng
        self.stations, self.organisations, self.company = stations, organisations, company
        self.told_to_everybody = {row["matter"] for row in rows("publications")}
        self.categories = {category.code: category for category in Category.objects.all()}

    def tell(self, story: Story) -> Opinion:
        taker = self._taker(story)
        is_own = story.channel == "web"
        opinion = intake.take(
            self._said(story),
            nonce=nonce_of(self.seed, story.matter["key"]),
            by=RESIDENT if is_own else taker,
        ).opinion
        self._go(opinion, story, taker)
        return opinion

    def _taker(self, story):
        """One of the station's staff; the officer where the resident chose no station."""
        staff = self.company.staff.get(story.matter["station"])
        return self.rng.choice(staff) if staff else self.company.officers[DISTRICT]

    def _said(self, story) -> intake.Said:
        matter = story.matter
        waited = timedelta(0) if story.channel == "web" else timedelta(minutes=self.rng.randrange(10, 50))
        return intake.Said(
            body=matter["body"],
            place=matter["place"],
            station=self.stations.get(matter["station"]),
            channel=story.channel,
            reporter=self._reporter(matter),
            publish_consent=self.rng.random() < 0.5 or matter["key"] in self.told_to_everybody,
            photos=[clean_photo(picture(matter["photo"], self.rng))] if matter["photo"] else [],
            received_at=story.received_at,
            entered_at=story.received_at + waited,
            facts={"urgency": matter["urgency"], "visit": story.visit},
        )

    def _reporter(self, matter) -> dict:
        has_phone = matter["identity_mode"] != "anonymous" and self.rng.random() < 0.8
        return {
            "identity_mode": matter["identity_mode"],
            "share_identity": matter["share_identity"] == "yes",
            "name": matter["caller_name"],
            "phone": "0451-00000000" if has_phone else "",
        }

    def _go(self, opinion, story, taker) -> None:
        for move, at in story.happenings:
            by, facts = getattr(self, f"_{move}")(story.matter, taker)
            opinion.move(workflow.MOVES[move], by=by, at=at, **facts)
            if move == "acknowledge" and self.rng.random() < 0.12:
                self._add(opinion, story, at)

    def _add(self, opinion, story, at) -> None:
        """Some residents write again while it is being handled."""
        later = [when for _move, when in story.happenings if when > at]
        if later:
            note = self.rng.choice(phrases("addition"))
            opinion.move(workflow.ADD, by=RESIDENT, at=at + (later[0] - at) / 2, note=note)

    def _accept(self, matter, taker):
        return taker, {"taker": taker, "category": self.categories[matter["category"]], "summary": matter["summary"]}

    def _refuse(self, matter, taker):
        office, phone, address = matter["guide_to"].split("/")
        guidance = {"channel": matter["refuse_channel"], "office": office, "phone": phone, "address": address}
        return taker, guidance | {"note": matter["feedback_note"]}

    def _assign(self, matter, taker):
        said = phrases(f"instruction_{matter['urgency']}")
        organisation = self.organisations[matter["reply_organisation"]]
        return taker, {"organisation": organisation, "instructions": self.rng.choice(said)}

    def _acknowledge(self, matter, _taker):
        return self.company.clerks[matter["reply_organisation"]], {}

    def _reply(self, matter, _taker):
        clerk = self.company.clerks[matter["reply_organisation"]]
        return clerk, {"text": matter["reply"], "outcome": matter["outcome"]}

    def _feed_back(self, matter, taker):
        return taker, {"way": matter["feedback_way"], "note": matter["feedback_note"]}

    def _rate(self, matter, _taker):
        score, reason = opinion_of_result(matter["outcome"], self.rng)
        return RESIDENT, {"score": score, "reason": reason}

    def _archive(self, _matter, taker):
        return taker, {}

    def _withdraw(self, _matter, _taker):
        return RESIDENT, {"note": self.rng.choice(phrases("withdraw"))}


def put_on_agendas(opinions: list[Opinion], visits: list[Visit]) -> None:
    """Meetings and tours took up what the station had heard in the two months before."""
    items = []
    for visit in visits:
        if visit.form in DISCUSSING:
            items += [AgendaItem(visit=visit, opinion=opinion) for opinion in _heard_before(visit, opinions)[-2:]]
    AgendaItem.objects.bulk_create(items)


def _heard_before(visit, opinions) -> list[Opinion]:
    since = visit.date - timedelta(days=60)
    heard = [opinion for opinion in opinions if opinion.station_id == visit.station_id and opinion.state != "refused"]
    return [opinion for opinion in heard if since <= opinion.received_at.date() < visit.date]
