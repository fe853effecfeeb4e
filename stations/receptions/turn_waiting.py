"""Requests for leave and swaps that wait for the station, on the first page of the work platform (请假、换班待处理)."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stations.receptions.models import Reception, TurnRequest
from stations.receptions.turn_moves import DECIDES
from stations.receptions.turn_words import asks

FIRST = 1  # of the ranks, as the receptions of today
MOST = 5


def _asked(user, today):
    return TurnRequest.objects.visible_to(user, DECIDES).for_the_station(today)


def waiting_requests(user):
    """A tile with how many there are; it opens the days they are about."""
    if not user.has_perm(DECIDES):
        return
    asked = _asked(user, timezone.localdate()).order_by().filter(reception__in=Reception.objects.visible_to(user))
    if value := asked.values("pk").distinct().count():
        href = f"{reverse('admin:receptions_reception_changelist')}?asked=1"
        yield {"name": _("leave and swaps to be answered"), "value": value, "href": href, "place": 5}


def to_answer(user):
    if not user.has_perm(DECIDES):
        return
    today = timezone.localdate()
    rows = _asked(user, today).with_names().order_by("reception__date", "id")
    for request in rows[:MOST]:
        yield _line(request, today)


def _line(request, today) -> dict:
    reception, days = request.reception, (request.reception.date - today).days
    address = reverse("admin:receptions_reception_request", args=(reception.pk, request.pk))
    return {
        "rank": (FIRST, days, reception.date, request.pk),
        "name": f"{reception.day} {reception.hours}",
        "href": reverse("admin:receptions_reception_change", args=(reception.pk,)),
        "gist": reception.station.name,
        "why": asks(request),
        "step": _("Answer the request"),
        "step_href": address,
    }
