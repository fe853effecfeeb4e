"""The next reception, for the first page of the work platform (下次接待日)."""

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
