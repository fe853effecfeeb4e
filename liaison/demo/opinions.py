"""The stories told through the product's own doors: taken in, moved by whoever may, answered, rated."""

from datetime import timedelta
from itertools import zip_longest

from feedback.opinions import intake, workflow
from feedback.opinions.models import AgendaItem, Opinion
from liaison.demo.library import rows
from liaison.demo.pictures import picture
from liaison.demo.places import DISTRICT
from liaison.demo.stories import Story
from liaison.demo.turns import Turn, Turns
from liaison.rulebook.models import Category
from liaison.tools.files import clean_photo
from liaison.tools.workflow import RESIDENT
from stations.visits.models import Visit

DISCUSSING = ("joint_consultation", "tour", "sit_in", "meeting")


def nonce_of(seed: int, key: str) -> str:
    """The demo's own nonces, so that the same demo gives the same opinions; the codes still need RECEIPT_KEY."""
    return f"demo-{seed}-{key}"


class Teller(Turns):
    """Tells stories with the demo's stations, organisations and people."""

    def __init__(self, seed, stations, organisations, company, rng):
        self.seed, self.rng = seed, rng
        self.stations, self.organisations, self.company = stations, organisations, company
        self.told_to_everybody = {row["matter"] for row in rows("publications")}
        self.categories = {category.code: category for category in Category.objects.all()}
        self.opinions: dict[str, Opinion] = {}  # told so far, by their matter's key

    def tell(self, story: Story) -> Opinion:
        taker = self._taker(story)
        is_own = story.channel == "web"
        opinion = intake.take(
            self._said(story),
            nonce=nonce_of(self.seed, story.matter["key"]),
            by=RESIDENT if is_own else taker,
        ).opinion
        self.opinions[story.matter["key"]] = opinion
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
        times = [at for _move, at in story.happenings][1:]
        for (move, at), following in zip_longest(story.happenings, times):
            by, facts = getattr(self, f"_{move}")(Turn(opinion, story, taker, at, following))
            opinion.move(workflow.MOVES[move], by=by, at=at, **facts)
            if move == "acknowledge" and self.rng.random() < 0.12:
                self._add(opinion, at, following)

    def _add(self, opinion, at, following) -> None:
        """Some residents write again while it is being handled."""
        if following:
            opinion.move(workflow.ADD, by=RESIDENT, at=at + (following - at) / 2, note=self._phrase("addition"))


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
