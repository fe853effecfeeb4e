"""For the first page of the work platform: the next reception (下次接待日), and what is lacking of those to come."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stations.receptions.models import Reception


def next_reception(user):
    """A tile of words, last of all, for whoever enters receptions; it opens the next one or where one is entered."""
    if not user.has_perm("receptions.add_reception"):
        return
    mine = Reception.objects.visible_to(user, "receptions.add_reception")
    found = mine.upcoming(timezone.localdate()).first()
    address = reverse("admin:receptions_reception_changelist")
    tile = {"name": _("next reception"), "in_words": True, "place": 10}
    if found:
        yield tile | {"value": found.day, "href": f"{address}{found.pk}/change/"}
    else:
        yield tile | {"value": _("none yet"), "href": reverse("admin:receptions_reception_add")}


def receptions_to_mend(user):
    """How many were made known too late or not at all, and how many lack representatives; nothing where none do."""
    if not user.has_perm("receptions.change_reception"):
        return
    mine, today = Reception.objects.visible_to(user, "receptions.change_reception"), timezone.localdate()
    address = reverse("admin:receptions_reception_changelist")
    for name, rows, asked in (
        (_("made known too late"), mine.told_late(today), "notice=late"),
        (_("seats not taken"), mine.with_empty_seats(today), "seats=empty"),
    ):
        if count := rows.count():
            yield {"name": name, "value": count, "href": f"{address}?{asked}", "place": 5}
