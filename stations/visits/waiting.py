"""Receptions that have come and of which no visit tells yet: one line each on the first page, to enter it from."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from stations.receptions.models import PLANNED, Reception

BACK = timedelta(days=60)
FIRST = 1  # of the ranks: only danger stands before it
ENTRY_KEY = "j"  # Alt+J opens the page of the first line


def receptions_to_enter(user):
    if not user.has_perm("visits.add_visit"):
        return
    today = timezone.localdate()
    mine = Reception.objects.visible_to(user, "visits.add_visit").with_names()
    due = mine.filter(status=PLANNED, date__lte=today, date__gte=today - BACK).order_by("-date", "starts_at", "id")
    for place, reception in enumerate(due[:5]):
        yield _line(reception, today, ENTRY_KEY if place == 0 else "")


def _line(reception, today, key) -> dict:
    asked = urlencode({"reception": reception.pk, "station": reception.station_id})
    days = (today - reception.date).days
    return {
        "rank": (FIRST, days - 1_000, reception.date, reception.pk),
        "name": f"{reception.day} {reception.hours}",
        "href": reverse("admin:receptions_reception_change", args=(reception.pk,)),
        "gist": reception.station.name,
        "why": _("reception day of today, to be entered") if days == 0 else _("reception day, to be entered"),
        "step": _("Enter the visit"),
        "step_href": f"{reverse('admin:visits_visit_add')}?{asked}",
        "key": key,
    }
