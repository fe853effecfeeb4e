"""Reception days are made ahead from their rules: never twice, and never over what somebody changed by hand."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from liaison.rulebook.calendar import working_days
from stations.receptions import rhythm
from stations.receptions.models import CANCELLED, PLANNED, Reception, ReceptionRule, TurnRequest
from stations.register.models import Station
from stations.register.placements import Expected

TURNS = timedelta(days=365)  # so far back it counts who has had a turn
FURTHEST = timedelta(days=2 * 366)  # nobody plans farther ahead
FOLLOWED = ("date", "starts_at", "ends_at", "place")


@dataclass
class Outcome:
    """What was done; and on how many days the station receives at that time anyway, so that nothing was made."""

    new: int = 0
    moved: int = 0
    dropped: int = 0
    taken: int = field(default=0, compare=False)

    def __add__(self, other: "Outcome") -> "Outcome":
        mine, theirs = (each.__dict__.values() for each in (self, other))
        return Outcome(*map(sum, zip(mine, theirs, strict=True)))


def outcome_in_words(outcome: Outcome) -> str:
    said = {"new": outcome.new, "moved": outcome.moved, "dropped": outcome.dropped}
    words = _("Reception days: %(new)s made, %(moved)s moved, %(dropped)s taken back.") % said
    if not outcome.taken:
        return words
    taken = _("On %(count)s days the station receives at that time already: nothing was made.") % {
        "count": outcome.taken
    }
    return f"{words} {taken}"


def generate(until: date, today: date, rules=None) -> Outcome:
    """Make what the rules (default: all in force) mean from today until the day. Asked again it changes nothing."""
    rules = ReceptionRule.objects.in_force(today) if rules is None else rules
    works = working_days()
    outcomes = (_generate(pk, until, today, works) for pk in rules.order_by("pk").values_list("pk", flat=True))
    return sum(outcomes, Outcome())


def follow(rule, today: date) -> Outcome:
    """After a rule was entered, changed or ended: as far ahead as its days were made, and to the horizon at least."""
    rules = ReceptionRule.objects.of_open_stations().filter(pk=rule.pk)
    return generate(followed_until(rule, today), today, rules)


def followed_until(rule, today: date) -> date:
    reached = rule.receptions.aggregate(last=Max("rule_day"))["last"] if rule.pk else None
    return max(reached or today, horizon(today))


def horizon(today: date) -> date:
    """So far ahead days are made unless somebody asks for more: the end of the next quarter."""
    months = (today.month - 1) // 3 * 3 + 6
    return date(today.year + months // 12, months % 12 + 1, 1) - rhythm.DAY


@transaction.atomic
def _generate(pk, until, today, works) -> Outcome:
    """The station's row is taken first, as by whoever enters a day by hand: of two at the same minute the second finds
    what the first made.
    """
    Station.objects.select_for_update().get(reception_rules=pk)
    rule = ReceptionRule.objects.select_related("station").get(pk=pk)
    wanted = _wanted(rule, until, today, works)
    kept = {row.rule_day: row for row in rule.receptions.filter(rule_day__range=(_earliest(today), until))}
    dropped = sum(_drop(row, rule, today) for day, row in kept.items() if day not in wanted)
    moved = sum(_follow(kept[day], wanted[day]) for day in sorted(kept.keys() & wanted.keys()))
    lacking = [wanted[day] for day in wanted if day not in kept]
    made = _make(rule, lacking)
    return Outcome(made, moved, dropped, len(lacking) - made)


def _earliest(today):
    """A day of rest so long past may have been moved to a day to come."""
    return today - timedelta(days=rhythm.LONGEST_REST)


def _wanted(rule, until, today, works) -> dict[date, Reception]:
    """By the day first meant."""
    meant = rule.days(_earliest(today), until)
    common = {"station": rule.station, "rule": rule, "is_by_hand": False, "place": rule.place}
    hours = {"starts_at": rule.starts_at, "ends_at": rule.ends_at}
    return {
        day.meant_for: Reception(date=day.date, planned_on=day.meant_for, rule_day=day.meant_for, **common, **hours)
        for day in rhythm.plan(meant, rule.policy, works)
        if day.date >= today
    }


def _follow(row, wanted) -> bool:
    changed = [name for name in FOLLOWED if getattr(row, name) != getattr(wanted, name)]
    if not changed or row.is_by_hand or row.status != PLANNED or _is_taken(wanted, row.pk):
        return False
    for name in changed:
        setattr(row, name, getattr(wanted, name))
    row.announced_on = None  # what was made known was another time or place
    row.save(update_fields=[*changed, "announced_on"])
    return True


def _is_taken(wanted, pk=None) -> bool:
    """Whether the station receives at that time anyway."""
    hours = (wanted.starts_at, wanted.ends_at)
    return Reception.objects.at_that_time(wanted.station, wanted.date, *hours).exclude(pk=pk).exists()


def _drop(row, rule, today) -> bool:
    """What residents may have read already is cancelled with its reason; what nobody knows yet goes."""
    if row.is_by_hand or row.status != PLANNED or row.date < today:
        return False
    if _is_unknown(row, rule, today):
        row.delete()
    else:
        row.status, row.reason = CANCELLED, _("The rule of reception days has changed.")
        row.save(update_fields=["status", "reason"])
    return True


def _is_unknown(row, rule, today) -> bool:
    """Not made known to residents, and no representative has answered for it."""
    asked = TurnRequest.objects.filter(Q(reception=row) | Q(in_return=row))
    is_untold = row.announced_on is None and row.date - timedelta(days=rule.notice_days) > today
    return is_untold and not row.confirmations.exists() and not asked.exists()


def _make(rule, rows) -> int:
    rows = [row for row in rows if not _is_taken(row)]
    if not rows:
        return 0
    Reception.objects.bulk_create(rows)
    _give_turns(rule, rows)
    return len(rows)


def _give_turns(rule, rows):
    """Whoever received least in the year before comes next; of those, whoever received longest ago."""
    expected, turns = Expected(rule.station), _turns(rule.station, rows[0].date)
    given = Reception.mandates.through
    links = []
    for row in sorted(rows, key=lambda row: row.date):
        there = {place.mandate_id for place in expected.on(row.date)}
        chosen = sorted(there, key=lambda mandate: (*_had(turns[mandate], row.date), mandate))[: rule.seats]
        for mandate in chosen:
            turns[mandate].append(row.date)
            links.append(given(reception=row, mandate_id=mandate))
    given.objects.bulk_create(links)


def _turns(station, day) -> dict[int, list[date]]:
    held = Reception.objects.filter(station=station, date__gt=day - TURNS).exclude(status=CANCELLED)
    turns = defaultdict(list)
    for mandate, on in held.exclude(mandates=None).values_list("mandates", "date"):
        turns[mandate].append(on)
    return turns


def _had(days, day) -> tuple[int, date]:
    """How often within the year before the day, and when last."""
    lately = [on for on in days if day - TURNS < on]
    return len(lately), max(lately, default=date.min)
