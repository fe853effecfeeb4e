"""What a rule means in days: the next twelve months, as they will be if nothing else changes."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from liaison.rulebook.calendar import is_provisional, working_days
from stations.receptions import rhythm
from stations.receptions.models import Reception
from stations.receptions.scheduling import followed_until, horizon
from stations.receptions.words import day_with_weekday

AHEAD = timedelta(days=365)
AT_LAST = timedelta(days=8 * 366)  # 29 February comes within so many years, around 2100 too


@dataclass(frozen=True)
class Shown:
    """A reception that nobody has saved, and what stands at that time already, so that it will not be made."""

    reception: Reception
    in_the_way: str


@dataclass(frozen=True)
class Outlook:
    """`left_out` are days of rest on which none will be. Saving makes the days until `made_until`; none at a station
    that is not open.
    """

    days: list[Shown]
    left_out: list[str]
    provisional_years: list[int]
    made_until: date | None

    @property
    def taken(self) -> int:
        return sum(bool(day.in_the_way) for day in self.days)

    @property
    def made_at_once(self) -> int:
        """Those that a saved rule has made already among them."""
        return sum(day.reception.planned_on <= self.made_until and not day.in_the_way for day in self.days)


def outlook(rule, today: date) -> Outlook:
    meant = rule.days(today, today + AHEAD)
    planned = rhythm.plan(meant, rule.policy, working_days())
    kept = {day.meant_for for day in planned}
    years = {day.year for day in meant}
    return Outlook(
        _shown(rule, planned),
        [day_with_weekday(day) for day in meant if day not in kept],
        sorted(year for year in years if is_provisional(year)),
        followed_until(rule, today) if rule.station.status == "operating" else None,
    )


def _shown(rule, planned) -> list[Shown]:
    rows = Reception.objects.at_those_hours(rule.station, rule.starts_at, rule.ends_at).select_related("rule")
    there = list(rows.filter(date__in=[day.date for day in planned]).order_by("starts_at"))
    shown = []
    for day in planned:
        others = (row for row in there if row.date == day.date and not _is_its_own(row, rule, day))
        shown.append(Shown(Reception(date=day.date, planned_on=day.meant_for), _in_words(next(others, None))))
    return shown


def _is_its_own(row, rule, day) -> bool:
    """Of the same rule: made for that day, or to be moved or taken back with the others."""
    return row.rule_id is not None and row.rule_id == rule.pk and (row.rule_day == day.meant_for or not row.is_by_hand)


def _in_words(row) -> str:
    if row is None:
        return ""
    return str(row.rule) if row.rule and not row.is_by_hand else _("%(hours)s, entered by hand") % {"hours": row.hours}


def why_none(rule, today: date) -> str:
    """Of a rule from which no day to come was made."""
    until = horizon(today)
    if rule.valid_to and rule.valid_to < today:
        return _("the rule is over")
    if rule.station.status != "operating":
        return _("the station is not open")
    if not rule.days(today, until):
        coming = rule.days(until, max(today, rule.valid_from) + AT_LAST)
        said = {"day": date_format(coming[0])} if coming else None
        return _("the first is on %(day)s, not made yet") % said if said else _("it never happens")
    return _("days of rest, taken already, or not made yet: see its page")
