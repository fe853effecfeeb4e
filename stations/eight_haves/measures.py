"""What the records of the register and the visits say of a station: one measure a function.

Each takes the stations, the period and the day by which a record had to be known, and finds all of them at once.
"""

from collections import defaultdict
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from liaison.tools.figures import BASICALLY_MET, MET, NOT_APPLICABLE, NOT_MET, TO_CONFIRM, Finding
from liaison.tools.periods import Period, months_before
from stations.eight_haves.months import last_day_to_enter, month_and_day, months_due, range_words
from stations.register.models import (
    ENTITLED_KINDS,
    ActivityFunds,
    FundFloor,
    RuleDocument,
    RuleKind,
    StaffPost,
    YearlyConfirmation,
)
from stations.visits.models import Visit

SIGNS = ("plate", "roster", "schedule", "qr")
WORKING_POSTS = ("head", "deputy_head", "liaison_officer")
TOWNSHIP = 4
OK = Finding(MET)


def page(name: str, **query) -> str:
    """An address of the work platform with the station, and more, filled in."""
    return f"{reverse(f'admin:{name}')}?{'&'.join(f'{key}={value}' for key, value in query.items())}"


def known(rows, stations, known_by: date):
    """The rows of these stations that were entered by that day."""
    moment = Period(known_by, known_by).end_moment
    return rows.filter(station__in=stations, entered_at__lt=moment)


def by_station(stations, rows) -> dict[int, list]:
    found = {station.pk: [] for station in stations}
    for row in rows:
        found[row.station_id].append(row)
    return found


# Place and signs


def premises(stations, period, known_by):
    """Somebody confirmed the place within the period."""
    rows = known(YearlyConfirmation.objects.filter(premises=True, **period.days("confirmed_on")), stations, known_by)
    seen = set(rows.filter(confirmed_on__lte=known_by).values_list("station", flat=True))
    words = _("The self-check of %(year)s has not confirmed the premises yet") % {"year": period.ends_on.year}
    return {station.pk: OK if station.pk in seen else _confirm(station, words, ["premises"]) for station in stations}


def signage(stations, period, known_by):
    """Each kind of sign was confirmed within the year before the day of asking."""
    on = min(period.ends_on, known_by)
    rows = known(YearlyConfirmation.objects.filter(confirmed_on__lte=on), stations, known_by).order_by("confirmed_on")
    return {pk: _signs(pk, found, on) for pk, found in by_station(stations, rows).items()}


def _signs(pk, rows, on):
    last = {sign: row.confirmed_on for row in rows for sign in SIGNS if getattr(row, sign)}
    missing = [sign for sign in SIGNS if sign not in last]
    old = [sign for sign in SIGNS if sign in last and last[sign] <= months_before(on, 12)]
    if not missing and not old:
        return OK
    said = [_("%(signs)s not confirmed yet") % {"signs": _names(missing)}] if missing else []
    for day in sorted({last[sign] for sign in old}):
        facts = {"signs": _names(sign for sign in old if last[sign] == day), "day": date_format(day)}
        said.append(_("%(signs)s last confirmed on %(day)s, a year ago") % facts)
    return _confirm(pk, _("; ").join(said), missing + old)


def _names(signs):
    return _("、").join(map(_sign, signs))


def _sign(sign):
    return str(YearlyConfirmation._meta.get_field(sign).verbose_name)


def _confirm(station, words, ticks):
    address = page(
        "stations_yearlyconfirmation_add", station=getattr(station, "pk", station), **dict.fromkeys(ticks, "on")
    )
    return Finding(TO_CONFIRM, words, pgettext("to mend", "confirm"), address, "stations.add_yearlyconfirmation")


# Staff, rules, funds


def staffing(stations, period, known_by):
    """Somebody full-time holds a post on the last day; a head and a liaison officer too."""
    on = min(period.ends_on, known_by)
    rows = StaffPost.objects.in_force(on).filter(station__in=stations, post__in=WORKING_POSTS)
    return {pk: _staff(pk, posts) for pk, posts in by_station(stations, rows).items()}


def _staff(pk, posts):
    held = {post.post for post in posts}
    if not any(post.is_full_time for post in posts):
        words = _("No full-time staff at present (%(count)s, part-time)") if posts else _("No staff at present")
        return _appoint(pk, NOT_MET, words % {"count": len(posts)} if posts else words)
    if not held & {"head", "deputy_head"}:
        return _appoint(pk, BASICALLY_MET, _("No head at present"))
    return OK if "liaison_officer" in held else _appoint(pk, BASICALLY_MET, _("No liaison officer at present"))


def _appoint(pk, standing, words):
    return Finding(
        standing,
        words,
        pgettext("to mend", "register"),
        page("stations_staffpost_add", station=pk),
        "stations.add_staffpost",
    )


def rules(stations, period, known_by):
    """Every required rule is in force on the last day."""
    required = list(RuleKind.objects.filter(is_required=True))
    rows = RuleDocument.objects.in_force(min(period.ends_on, known_by))
    found = by_station(stations, known(rows, stations, known_by))
    return {pk: _rules(pk, required, {row.kind_id for row in rows}) for pk, rows in found.items()}


def _rules(pk, required, kept):
    missing = [kind for kind in required if kind.pk not in kept]
    if not missing:
        return OK
    names = _("、").join(_("“%(name)s”") % {"name": kind.name} for kind in missing)
    address = page("stations_ruledocument_add", station=pk, kind=missing[0].pk)
    return Finding(
        NOT_MET,
        _("Missing: %(names)s") % {"names": names},
        pgettext("to mend", "add"),
        address,
        "stations.add_ruledocument",
    )


def funding(stations, period, known_by):
    """The year's activity funds reach the standard of the division."""
    year = period.ends_on.year
    floors = dict(
        FundFloor.objects.filter(year_from__lte=year).order_by("year_from").values_list("division_kind", "amount")
    )
    rows = {row.station_id: row for row in known(ActivityFunds.objects.filter(year=year), stations, known_by)}
    return {
        station.pk: _funds(station, year, floors.get(station.division.kind), rows.get(station.pk))
        for station in stations
    }


def _funds(station, year, floor, row):
    if station.kind not in ENTITLED_KINDS or station.division.level > TOWNSHIP:
        return Finding(NOT_APPLICABLE, _("Contact points of villages and communities: not applicable"))
    if floor is None:
        return Finding(NOT_APPLICABLE, _("No standard of funds for this kind of division"))
    facts = {"year": year, "kind": _kind_of_floor(station.division.kind), "floor": f"{floor:,}"}
    if row is None:
        words = _("The activity funds of %(year)s are not registered yet, standard of a %(kind)s %(floor)s yuan")
        return _register(
            TO_CONFIRM, words % facts, page("stations_activityfunds_add", station=station.pk, year=year), "add"
        )
    if row.amount >= floor:
        return OK
    facts |= {"amount": f"{row.amount:,}", "gap": f"{floor - row.amount:,}"}
    words = _(
        "Activity funds of the budget of the same level in %(year)s %(amount)s yuan, standard of a %(kind)s "
        "%(floor)s yuan, %(gap)s yuan short"
    )
    address = reverse("admin:stations_activityfunds_change", args=[row.pk])
    return _register(NOT_MET, words % facts, address, "change")


def _register(standing, words, address, act):
    return Finding(standing, words, pgettext("to mend", "register"), address, f"stations.{act}_activityfunds")


def _kind_of_floor(kind):
    return pgettext("standard of funds", "street") if kind == "street" else pgettext("standard of funds", "township")


# Activities and their ledger


def activities(stations, period, known_by):
    """A reception in each month that is over."""
    visits = Visit.objects.held(period).filter(form="reception", date__lte=known_by)
    rows = by_station(stations, known(visits, stations, known_by).only("station_id", "date"))
    return {
        station.pk: _receptions(station.pk, months_due(period, known_by, station.opened_on), rows[station.pk])
        for station in stations
    }


def _receptions(pk, due, visits):
    if not due:
        return Finding(NOT_APPLICABLE, _("No month of this period is over yet"))
    held = [visit for visit in visits if visit.date.replace(day=1) in due]
    missing = sorted(set(due) - {visit.date.replace(day=1) for visit in held})
    if not missing:
        return OK
    words = _("%(months)s: %(due)s receptions due, %(held)s on record, missing in %(missing)s") % {
        "months": range_words(due),
        "due": len(due),
        "held": len(held),
        "missing": _("、").join(str(month.month) for month in missing),
    }
    address = page("visits_visit_add", station=pk)
    return Finding(NOT_MET, words, pgettext("to mend", "enter what is missing"), address, "visits.add_visit")


def ledger_of_visits(stations, period, known_by):
    """Each visit was entered by the 10th of the next month."""
    visits = known(Visit.objects.held(period).filter(date__lte=known_by), stations, known_by)
    rows = by_station(stations, visits.only("station_id", "date", "entered_at").order_by("date"))
    return {pk: _ledger(pk, found) for pk, found in rows.items()}


def _ledger(pk, visits):
    address = page("visits_visit_changelist", station__id__exact=pk)
    if not visits:
        return Finding(
            TO_CONFIRM,
            _("No activity on record in this period"),
            pgettext("to mend", "see"),
            address,
            "visits.view_visit",
        )
    late = defaultdict(list)
    for visit in visits:
        entered_on = timezone.localdate(visit.entered_at)
        if entered_on > last_day_to_enter(visit.date):
            late[visit.date.replace(day=1)].append(entered_on)
    if not late:
        return OK
    said = [_late_words(month, days) for month, days in sorted(late.items())]
    words = _("%(late)s (due by the 10th of the next month)") % {"late": _("、").join(said)}
    return Finding(NOT_MET, words, pgettext("to mend", "see"), address, "visits.view_visit")


def _late_words(month, days):
    facts = {"month": month.month, "count": len(days), "day": month_and_day(max(days))}
    return _("%(count)s activities of month %(month)s entered only on %(day)s") % facts


MEASURES = {
    "premises": [premises],
    "signage": [signage],
    "staffing": [staffing],
    "rules": [rules],
    "funding": [funding],
    "activities": [activities],
    "ledgers": [ledger_of_visits],
}
