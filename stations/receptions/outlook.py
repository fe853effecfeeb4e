"""What a rule means in days: the next twelve months, as they will be if nothing else changes."""

from dataclasses import dataclass
from datetime import date, timedelta

from liaison.rulebook.calendar import is_provisional, working_days
from stations.receptions import rhythm
from stations.receptions.models import Reception
from stations.receptions.words import day_with_weekday

AHEAD = timedelta(days=365)


@dataclass(frozen=True)
class Outlook:
    """`days` are receptions that nobody has saved; `left_out` days of rest on which none will be."""

    days: list[Reception]
    left_out: list[str]
    provisional_years: list[int]


def outlook(rule, today: date) -> Outlook:
    meant = rule.days(today, today + AHEAD)
    planned = rhythm.plan(meant, rule.policy, working_days())
    kept = {day.meant_for for day in planned}
    years = {day.year for day in meant}
    return Outlook(
        [Reception(date=day.date, planned_on=day.meant_for) for day in planned],
        [day_with_weekday(day) for day in meant if day not in kept],
        sorted(year for year in years if is_provisional(year)),
    )
