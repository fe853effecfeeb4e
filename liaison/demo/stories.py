"""Which opinion came in when, and how far it has come: a plan on paper, before anything is kept.

The newest opinions are at the beginning of the road and the oldest are archived, as in any station; a few old ones
got stuck on the way, which is what overdue means.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from liaison.demo.days import DAY, Year, moment
from liaison.demo.library import in_season, phrases, rows
from liaison.demo.roads import SLOWEST_IN_TIME, URGED_AFTER, moves_to, special, waiting
from stations.visits.models import Visit

# How many of the newest stand where, newest first; whatever is older has been archived.
NEWEST = {"submitted": 4, "accepted": 2, "assigned": 4, "handling": 6, "replied": 4, "fed_back": 5, "evaluated": 5}
NEWEST_NEXT_DOOR = {"submitted": 1, "assigned": 1, "handling": 1, "replied": 1, "fed_back": 1}
STUCK = {"handling": 3, "assigned": 1, "submitted": 1, "replied": 1}
GIVEN_UP = {"withdrawn": 2, "withdrawn_later": 1}
OLD_GOALS = ("archived", "archived", "archived_silently")
LATE = 4
STUCK_SINCE = (45, 160)  # days
AT_ONCE = ("answer_on_spot", "merge")
TOLD_BY_PHONE = 0.6  # of the residents who came themselves, how many say what they think when called
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
    road: dict = field(default_factory=dict)
    is_stuck: bool = False

    @property
    def received_on(self) -> date:
        return self.received_at.date()

    @property
    def is_next_door(self) -> bool:
        return self.matter["station"].startswith("230103")


def plan(year: Year, visits: list[Visit], rng) -> list[Story]:
    """All stories in the order they came in."""
    stories = [_begin(year, day, matter, visits, rng) for day, matter in date_matters(year, rng)]
    stories.sort(key=lambda story: story.received_at)
    set_out(stories, year, rng)
    return sorted([*stories, *_specially(year, rng)], key=lambda story: story.received_at)


def set_out(stories, year, rng, *, has_desks=True) -> None:
    """Where each of them goes, and when it comes past what."""
    for is_next_door, newest in ((False, NEWEST), (True, NEWEST_NEXT_DOOR)):
        set_goals([story for story in stories if story.is_next_door == is_next_door], newest)
    if has_desks:
        fill_desks([story for story in stories if not story.is_next_door], year.last)
    get_stuck([story for story in stories if not story.is_next_door], year.last, rng)
    for story in stories:
        story.happenings = happenings_of(story, year, rng)


def _specially(year, rng) -> list[Story]:
    """The stories of `roads.csv`, each so many days ago and by its own road."""
    matters = {row["key"]: row for row in rows("matters")}
    stories = [_special(year, matters[key], road, rng) for key, road in special().items()]
    for story in stories:
        story.happenings = happenings_of(story, year, rng)
    return stories


def _special(year, matter, road, rng) -> Story:
    day = year.today - int(road["days_ago"]) * DAY
    day = day if road["channel"] == "web" else year.settled(day, year.first)
    at = moment(day, rng.randrange(9, 17), rng.randrange(60))
    return Story(matter, at, road["channel"], goal=road["goal"], road=road)


def date_matters(year, rng) -> list[tuple[date, dict]]:
    """A day for every matter whose season falls into the year; the last weeks are the busiest."""
    days = year.days
    matters = [row for row in rows("matters") if row["key"] not in special()]
    shares = [(number / len(matters)) ** 1.7 for number in range(len(matters))]
    free = [days[-1 - int(share * (len(days) - 1))] for share in shares]
    rng.shuffle(matters)
    matters.sort(key=lambda row: sum(in_season(row["months"], day) for day in days))  # the choosy ones first
    dated = []
    for matter in matters:
        fitting = [day for day in free if in_season(matter["months"], day)]
        if fitting:
            dated.append((rng.choice(fitting), matter))
            free.remove(dated[-1][0])
    return dated


def _begin(year, day, matter, visits, rng) -> Story:
    visit = _heard_at(day, matter, visits) if rng.random() < 0.55 else None
    if visit:
        return Story(matter, moment(visit.date, 9, rng.randrange(60)), HEARD_AT[visit.form], visit)
    if matter["urgency"] == "danger":
        return Story(matter, moment(day, 8, rng.randrange(60)), "phone")
    channel = rng.choices(("web", "phone", "box"), (80, 14, 6))[0]
    if channel == "web":
        return Story(matter, moment(day, rng.randrange(7, 23), rng.randrange(60)))
    open_day = year.settled(day, year.days[0])
    return Story(matter, moment(open_day, rng.randrange(9, 17), rng.randrange(60)), channel)


def _heard_at(day, matter, visits) -> Visit | None:
    """The nearest visit of the matter's station, within nine days, at which residents were heard."""
    held = [visit for visit in visits if visit.station.code == matter["station"] and visit.form in HEARD_AT]
    near = [visit for visit in held if abs(visit.date - day) <= timedelta(days=9)]
    fitting = [visit for visit in near if in_season(matter["months"], visit.date)]
    return min(fitting, key=lambda visit: abs(visit.date - day), default=None)


def set_goals(stories, newest) -> None:
    """What is dangerous is dealt with at once and needs no goal; what is refused goes no further."""
    goals = _each(newest)
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


def get_stuck(stories, last, rng) -> None:
    """Some of those of the last months, none of them dangerous, did not get through, and some only late."""
    old = [story for story in stories if story.goal.startswith("archived") and story.matter["urgency"] == "normal"]
    old = [story for story in old if (last - story.received_on).days >= STUCK_SINCE[0]]
    rng.shuffle(old)
    recent = [story for story in old if (last - story.received_on).days <= STUCK_SINCE[1]]
    for story, goal in zip(recent, _each(STUCK), strict=False):
        story.goal, story.is_stuck = goal, True
    others = [story for story in old if not story.is_stuck]
    for story, goal in zip(others, _each(GIVEN_UP), strict=False):
        story.goal = goal
    for story in others[-LATE:]:
        story.is_late = True


def _each(counts: dict[str, int]) -> list[str]:
    return [key for key, count in counts.items() for _ in range(count)]


def happenings_of(story, year, rng) -> list[tuple[str, datetime]]:
    """The moves of the story with their times, each after the one before, all of them before today."""
    urgency = story.matter["urgency"]
    moves = [_told(move, story, rng) for move in moves_to(story.goal, urgency)]
    waits = [rng.randint(*waiting(urgency, move, story.is_late)) for move in moves]
    if urgency != "danger":
        waits = _fitted(waits, (year.last - story.received_on).days, moves, story.goal)
    dated = _dated(story, moves, waits, year, rng)
    return [(move, at) for move, at in dated + _urged(story, dated, year) if at < moment(year.today, 0)]


def _told(move, story, rng) -> str:
    """Who came to the station or called is asked by telephone, and staff write the evaluation down."""
    is_called = move == "rate" and story.channel != "web" and rng.random() < TOLD_BY_PHONE
    return "rate_for" if is_called else move


def _dated(story, moves, waits, year, rng) -> list[tuple[str, datetime]]:
    is_at_once = story.matter["urgency"] == "danger" or any(move in AT_ONCE for move in moves)
    happenings, day = [], story.received_on
    for number, (move, wait) in enumerate(zip(moves, waits, strict=True)):
        earliest = day if happenings else day + timedelta(days=0 if is_at_once else 1)
        day = max(earliest, year.settled(day + timedelta(days=wait), earliest))
        happenings.append((move, _time_of(story, day, number, rng)))
    return happenings


def _time_of(story, day, number, rng) -> datetime:
    """Two moves an hour, so that a day holds them in their order."""
    first = 10 if story.received_at.hour < 10 or day > story.received_on else story.received_at.hour + 1
    return moment(day, first + number // 2, 30 * (number % 2) + rng.randrange(30))


def _urged(story, dated, year) -> list[tuple[str, datetime]]:
    """A department that lets the day pass is reminded, and reminded once more."""
    given = next((at for move, at in dated if move == "assign"), None)
    if not story.is_stuck or given is None or dated[-1][0] not in ("assign", "acknowledge"):
        return []
    return [("urge", moment(year.working_from(given.date() + days * DAY), 9, 30)) for days in URGED_AFTER]


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
