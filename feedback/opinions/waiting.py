"""What waits for somebody on the first page of the work platform (首页待办)."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback.opinions import workflow
from feedback.opinions.models import Opinion

NEXT = [
    (workflow.ACCEPT, "submitted", _("to be verified")),
    (workflow.FEED_BACK, "replied", _("to be fed back")),
    (workflow.ACKNOWLEDGE, "assigned", _("to be signed for")),
]


def waiting_for(user):
    """Tiles (name, value, href): what this user could do next, and what is late. Each opens its rows."""
    address = reverse("admin:opinions_opinion_changelist")
    mine = [entry for entry in NEXT if user.has_perm(entry[0].permission)]
    for move, state, name in mine:
        rows = Opinion.objects.visible_to(user, move.permission).filter(state=state)
        yield {"name": name, "value": rows.count(), "href": f"{address}?state={state}"}
    if mine:
        late = Opinion.objects.visible_to(user).late(timezone.localdate())
        yield {"name": _("overdue"), "value": late.count(), "href": f"{address}?late=1"}
