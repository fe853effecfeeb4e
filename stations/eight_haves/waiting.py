"""A tile on the first page of whoever sees one station only: how many of the eight are to be mended, be it none."""

from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stations.eight_haves.evaluation import evaluate
from stations.eight_haves.forms import VIEW, WITH_PLACES, Dates
from stations.register.models import Station

PLACE = 20  # among the tiles: behind what is due


def to_mend(user):
    """Whoever sees more than one station has the table of all."""
    if not user.has_perm(VIEW):
        return
    stations = list(Station.objects.visible_to(user, VIEW).select_related(WITH_PLACES)[:2])
    if len(stations) == 1:
        yield from _tile(stations)


def _tile(stations):
    now = Dates({}, timezone.localdate())
    (card,) = evaluate(stations, now.period, now.known_by_day)
    if card.standard:
        page = reverse("eight_haves:station", args=(card.station.code,))
        yield {"name": _("Eight haves to be mended"), "value": len(card.lacking), "href": page, "place": PLACE}


admin.site.add_waiting(to_mend)
