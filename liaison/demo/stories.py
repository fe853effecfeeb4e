"""Which opinion came in when, and how far it has come: a plan on paper, before anything is kept.

The newest opinions are at the beginning of the road and the oldest are archived, as in any station; a few old ones
got stuck on the way, which is what overdue means.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from liaison.demo.days import LENGTH, HalfYear, moment
from liaison.demo.library import in_season, phrases, rows
from stations.visits.models import Visit

ROAD = ("accept", "assign", "acknowledge", "reply", "feed_back", "rate", "archive")
GOALS = {
    "submitted": (),
    "accepted": ROAD[:1],
    "assigned": ROAD[:2],
    "handling": ROAD[:3],
    "replied": ROAD[:4],
    "fed_back": ROAD[:5],
    "evaluated": ROAD[:6],
    "archived": ROAD,
    "archived_silently": (*ROAD[:5], "archive"),
    "refused": ("refuse",),
    "withdrawn": ("withdraw",),
    "withdrawn_later": (*ROAD[:2], "withdraw"),
}
# How many of the newest stand where, newest first; whatever is older has been archived.
NEWEST = {"submitted": 4, "accepted": 3, "assigned": 4, "handling": 7, "replied": 5, "fed_back": 6, "evaluated": 6}
NEWEST_NEXT_DOOR = {"submitted": 1, "assigned": 1, "handling": 1, "replied": 1, "fed_back": 1}
STUCK = {"handling": 4, "assigned": 2, "submitted": 1, "accepted": 1, "replied": 2} | {
    "withdrawn": 2,
    "withdrawn_later": 1,
}
OLD_GOALS = ("archived", "archived", "archived_silently")
LATE = 4
WAITING = {  # days before each move, at least and at most
    "normal": {"accept": (1, 3), "assign": (0, 2), "acknowledge": (1, 2), "reply": (5, 21), "feed_back": (1, 3)},
    "urgent": {"accept": (1, 1), "assign": (0, 1), "acknowledge": (0, 1), "reply": (2, 8), "feed_back": (1, 2)},
    "danger": {"accept": (0, 0), "assign": (0, 0), "acknowledge": (0, 0), "reply": (1, 3), "feed_back": (0, 1)},
}
ANYWAY = {"rate": (1, 6), "archive": (3, 9), "refuse": (1, 2), "withdraw": (1, 3)}
LATE_REPLY = (36, 47)
SLOWEST_IN_TIME = 26
# What everybody who can sign in should find on the desk: (column of the matter, its value, goal).
DESKS = (
    ("station", "230102-003-000-Z01", "submitted"),
    ("station", "230102-013-000-Z01", "submitted"),
    ("station", "230102-003-000-Z01", "accepted"),
    ("station", "230102-003-000-Z01", "replied"),
    ("username", "department_clerk", "assigned"),
    ("username", "department_clerk2", "assigned"),
    ("username", "department_clerk", "handling"),
    ("station", "230102-102-000-Z01", "handling"),
)
HEARD_AT = {"reception": "reception", "outreach": "outreach", "meeting": "meeting"}  # form of a visit: channel


@dataclass
class Story:
    matter: dict
    received_at: datetime
    channel: str = "web"
    visit: Visit | None = None
    goal: str = "archived"
    is_late: bool = False
    happenings: list[tuple[str, datetime]] = field(default_factory=list)

    @property
    def received_on(self) -> date:
        return self.received_at.date()

    @property
    def is_next_door(self) -> bool:
        return self.matter["station"].startswith("230103")


def plan(half_year: HalfYear, visits: list[Visit], rng) -> list[Story]:
    """All stories in the order they came in."""
    stories = [_begin(half_year, day, matter, visits, rng) for day, matter in date_matters(half_year, rng)]
    stories.sort(key=lambda story: story.received_at)
    for is_next_door, newest in ((False, NEWEST), (True, NEWEST_NEXT_DOOR)):
        set_goals([story for story in stories if story.is_next_door == is_next_door], newest)
    fill_desks([story for story in stories if not story.is_next_door], half_year.last)
    get_stuck([story for story in stories if not story.is_next_door], rng)
    for story in stories:
        story.happenings = happenings_of(story, half_year, rng)
    return stories


def date_matters(half_year, rng) -> list[tuple[date, dict]]:
    """A day for every matter whose season falls into the half year; the last weeks are the busiest."""
    days = half_year.days
    matters = [row for row in rows("matters") if any(in_season(row["months"], day) for day in days)]
    shares = [(number / len(matters)) ** 1.4 for number in range(len(matters))]
    free = [days[-1 - int(share * (LENGTH - 1))] for share in shares]
    rng.shuffle(matters)
    matters.sort(key=lambda row: sum(in_season(row["months"], day) for day in days))  # the choosy ones first
    dated = []
    for matter in matters:
        fitting = [day for day in free if in_season(matter["months"], day)]
        if fitting:
            dated.append((rng.choice(fitting), matter))
            free.remove(dated[-1][0])
    return dated


def _begin(half_year, day, matter, visits, rng) -> Story:
    visit = _heard_at(day, matter, visits) if rng.random() < 0.55 else None
    if visit:
        return Story(matter, moment(visit.date, 9, rng.randrange(60)), HEARD_AT[visit.form], visit)
    if matter["urgency"] == "danger":
        return Story(matter, moment(day, 8, rng.randrange(60)), "phone")
    channel = rng.choices(("web", "phone", "box"), (80, 14, 6))[0]
    if channel == "web":
        return Story(matter, moment(day, rng.randrange(7, 23), rng.randrange(60)))
    open_day = half_year.settled(day, half_year.days[0])
    return Story(matter, moment(open_day, rng.randrange(9, 17), rng.randrange(60)), channel)


def _heard_at(day, matter, visits) -> Visit | None:
    """The nearest visit of the matter's station, within nine days, at which residents were heard."""
    held = [visit for visit in visits if visit.station.code == matter["station"] and visit.form in HEARD_AT]
    near = [visit for visit in held if abs(visit.date - day) <= timedelta(days=9)]
    fitting = [visit for visit in near if in_season(matter["months"], visit.date)]
    return min(fitting, key=lambda visit: abs(visit.date - day), default=None)


def set_goals(stories, newest) -> None:
    """What is dangerous is dealt with at once and needs no goal; what is refused goes no further."""
    goals = [goal for goal, count in newest.items() for _ in range(count)]
    number = 0
    for story in reversed(stories):
        if story.matter["refuse_channel"]:
            story.goal = "refused"
        elif story.matter["urgency"] != "danger":
            story.goal = goals[number] if number < len(goals) else OLD_GOALS[number % len(OLD_GOALS)]
            number += 1


def fill_desks(stories, last) -> None:
    """Where chance left a desk empty, two stories of about the same age change goals.

    What came in on the last day has not been looked at by anybody yet.
    """
    clerks = {row["name"]: row["username"] for row in rows("organisations")}
    free = [story for story in stories if story.goal != "refused" and story.matter["urgency"] != "danger"]
    for column, value, goal in DESKS:
        desk = [story for story in free if _is_on(story, column, value, clerks)]
        desk = [story for story in desk if goal == "submitted" or story.received_on < last]
        there = next((story for story in desk if story.goal == goal), None)
        if there is None:
            pairs = [(story, other) for story in desk for other in free if other.goal == goal]
            there, other = min(pairs, key=lambda pair: abs(pair[0].received_at - pair[1].received_at))
            there.goal, other.goal = other.goal, there.goal
        free.remove(there)


def _is_on(story, column, value, clerks) -> bool:
    if column == "username":
        return clerks[story.matter["reply_organisation"]] == value
    return story.matter[column] == value


def get_stuck(stories, rng) -> None:
    """Some of the old ones, none of them dangerous, did not get through, and some only late."""
    old = [story for story in stories if story.goal.startswith("archived") and story.matter["urgency"] == "normal"]
    old = old[: len(old) - len(old) // 4]  # old enough for the limits to have passed
    rng.shuffle(old)
    for goal, count in STUCK.items():
        for _number in range(count):
            if old:
                old.pop().goal = goal
    for story in old[:LATE]:
        story.is_late = True


def happenings_of(story, half_year, rng) -> list[tuple[str, datetime]]:
    """The moves of the story with their times, each after the one before, all of them before today."""
    moves = GOALS[story.goal]
    waits = [rng.randint(*_waiting(story, move)) for move in moves]
    if story.matter["urgency"] != "danger":
        waits = _fitted(waits, (half_year.last - story.received_on).days, moves, story.goal)
    happenings, day = [], story.received_on
    for number, (move, wait) in enumerate(zip(moves, waits, strict=True)):
        earliest = day if happenings or story.matter["urgency"] == "danger" else day + timedelta(days=1)
        day = max(earliest, half_year.settled(day + timedelta(days=wait), earliest))
        happenings.append((move, moment(day, 10 + number, rng.randrange(60))))
    return [(move, at) for move, at in happenings if at < moment(half_year.today, 0)]


def _waiting(story, move) -> tuple[int, int]:
    if move == "reply" and story.is_late:
        return LATE_REPLY
    return WAITING[story.matter["urgency"]].get(move) or ANYWAY[move]


def _fitted(waits, available, moves, goal) -> list[int]:
    """The waits as drawn, or shortened so that all fit into the days there are.

    What stands at its goal since yesterday waited longer for its reply, or it would have gone on.
    """
    total = sum(waits)
    if total > available:
        return [wait * available // total for wait in waits]
    if goal in ("replied", "fed_back", "evaluated"):
        reply = moves.index("reply")
        waits[reply] = max(waits[reply], min(SLOWEST_IN_TIME, waits[reply] + available - total))
    return waits


def opinion_of_result(outcome: str, rng) -> tuple[str, str]:
    """What a resident thinks of a result: (score, reason)."""
    weights = {"solved": (72, 23, 5), "unable": (10, 40, 50)}.get(outcome, (40, 42, 18))
    score = rng.choices(("satisfied", "basically", "dissatisfied"), weights)[0]
    return score, rng.choice(phrases(score) + phrases(f"{score}_{outcome}"))
