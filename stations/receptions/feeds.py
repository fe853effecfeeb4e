"""Reception days for the calendar of a telephone (RFC 5545): of all stations, of one, of one representative.

A calendar asks again every few hours and then shows what the feed says: a cancelled day stays in it, marked as such.
"""

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event, Timezone

from liaison.rulebook.office import served_office
from liaison.tools.held import held_answer
from stations.receptions.announced import public, served
from stations.receptions.models import Reception
from stations.register.models import Station

CALENDAR = "text/calendar; charset=utf-8"
AN_HOUR = "public, max-age=3600"
MOST_COMING, MOST_PAST = 800, 200
ASKED_AGAIN = timedelta(hours=6)
ZONE_KNOWN = (date(2020, 1, 1), date(2038, 1, 1))  # before it China once had summers with an hour more


@login_not_required
@require_safe
def all_stations(request):
    """Of the division served."""
    office = served_office()
    return answer(request, served(), office.short_name if office else "")


@login_not_required
@require_safe
def one_station(request, code):
    """One that has been opened once; a shut one's is empty, so that telephones forget the days it had announced."""
    station = get_object_or_404(Station.objects.exclude(status="planned"), code=code)
    return answer(request, station.receptions.all(), station.name)


def answer(request, rows, whose: str):
    """The feed of these rows; it speaks the language of the place, whoever asks."""
    with translation.override(settings.LANGUAGE_CODE):
        written = calendar(rows, whose, timezone.localdate()).to_ical()
    return held_answer(request, written.decode(), lambda: written, CALENDAR, AN_HOUR)


@dataclass(frozen=True)
class Subscription:
    """What a page says of a feed: `webcal` opens the calendar of a telephone, `href` is the plain file."""

    href: str

    @property
    def webcal(self) -> str:
        return f"webcal://{urlsplit(settings.SITE_URL).netloc}{self.href}"

    @classmethod
    def of(cls, station=None) -> "Subscription":
        return cls(reverse("feeds:station", args=(station.code,)) if station else reverse("feeds:all"))


def calendar(rows, whose: str, today: date) -> Calendar:
    made = Calendar()
    name = _("Reception days, %(whose)s") % {"whose": whose} if whose else _("Reception days")
    made.add("prodid", "-//Liaison//Reception days//ZH")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    for key in ("name", "x-wr-calname"):
        made.add(key, name)
    made.add("x-wr-timezone", settings.TIME_ZONE)
    for key in ("refresh-interval", "x-published-ttl"):
        made.add(key, ASKED_AGAIN, {"VALUE": "DURATION"})
    made.add_component(_zone(settings.TIME_ZONE))
    for reception in _shown(rows, today):
        made.add_component(_event(reception))
    return made


@cache
def _zone(name: str) -> Timezone:
    return Timezone.from_tzid(name, first_date=ZONE_KNOWN[0], last_date=ZONE_KNOWN[1])


def _shown(rows, today) -> list[Reception]:
    """The nearest on both sides of today, however many there are."""
    told = public(rows, today).with_names()
    past = told.filter(date__lt=today).order_by("-date", "-starts_at", "-id")[:MOST_PAST]
    coming = told.filter(date__gte=today).order_by("date", "starts_at", "id")[:MOST_COMING]
    return [*reversed(past), *coming]


def _event(reception) -> Event:
    """A calendar replaces what it holds by what has a higher sequence: here the seconds until the last change, and one
    more once the day is no longer provisional.
    """
    event, station = Event(), reception.station
    changed_at = reception.changed_at or reception.entered_at
    event.add("uid", f"reception-{reception.pk}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    seconds = max(0, math.ceil((changed_at - reception.entered_at).total_seconds()))
    event.add("sequence", seconds + (not reception.is_provisional))
    event.add("dtstart", _moment(reception.date, reception.starts_at))
    event.add("dtend", _moment(reception.date, reception.ends_at))
    event.add("summary", _summary(reception))
    event.add("location", " ".join(filter(None, (station.name, station.address, reception.place))))
    event.add("description", "\n".join(_said(reception)))
    event.add("url", settings.SITE_URL + reverse("public:station", args=(station.code,)))
    event.add("status", _status(reception))
    event.add("transp", "TRANSPARENT")  # nobody is busy because a station is open
    return event


def _status(reception) -> str:
    if reception.is_cancelled:
        return "CANCELLED"
    return "TENTATIVE" if reception.is_provisional else "CONFIRMED"


def _moment(day, at) -> datetime:
    return datetime.combine(day, at, timezone.get_default_timezone())


def _summary(reception) -> str:
    said = {"station": reception.station.name}
    if reception.is_cancelled:
        return _("Cancelled: representatives receive residents, %(station)s") % said
    return _("Representatives receive residents, %(station)s") % said


def _said(reception) -> list[str]:
    """Lines; of a cancelled one only why."""
    told = (_("Why cancelled:"), reception.reason) if reception.is_cancelled else (_("Received by:"), reception.names)
    shifted = "" if reception.is_cancelled else reception.shifted
    lines = [told, ("", shifted), ("", reception.provisional), (_("Station telephone:"), reception.station.phone)]
    return [name + value for name, value in lines if value]
