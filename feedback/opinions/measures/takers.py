"""Whether who left passed on what they answered for (交接)."""

from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from feedback.opinions import workflow
from feedback.opinions.measures.rows import OPINION, list_of, those
from liaison.tools.figures import Mend, Reading
from liaison.tools.sheets import Column
from stations.eight_haves.measuring import Measure
from stations.register.models import StaffPost

TAKEN = (*OPINION[:4], Column("taken_by", gettext_lazy("taken on by"), "row.taker_name"))


def takers_gone(records, options):
    """How many open ones are answered for by somebody who held a post here and holds none on the last day.

    What was received after that day is another year's.
    """
    posts, held = records.of(StaffPost), records.in_force(StaffPost)
    opened = those(records, lambda known: known.state in workflow.OPEN and known.received_on <= records.on)
    return {pk: _gone(pk, rows, _left(posts[pk], held[pk], records.on)) for pk, rows in opened.items()}


def _left(posts, held, on) -> dict[int, StaffPost]:
    """The last post of each account that has none any more."""
    still = {row.user_id for row in held}
    former = [row for row in posts if row.user_id and row.valid_from <= on and row.user_id not in still]
    return {row.user_id: row for row in sorted(former, key=lambda row: (row.valid_from, row.pk))}


def _gone(pk, opened, left):
    rows = tuple(known for known in opened if known.taker_id in left)
    posts = list({known.taker_id: left[known.taker_id] for known in rows}.values())
    facts = {"count": len(rows), "names": _("、").join(post.name for post in posts)}
    words = _("%(count)s open opinions are still answered for by who left the station (%(names)s)") % facts
    return Reading(len(rows), words, rows, _hand_over(pk, posts))


def _hand_over(pk, posts) -> Mend:
    if not posts:
        return list_of(pk, pgettext("to mend", "see"))
    address = reverse_lazy("admin:stations_staffpost_handover", args=[posts[0].pk])
    return Mend(pgettext("to mend", "hand over"), address, "stations.change_staffpost")


MEASURES = [
    Measure(
        "takers_gone",
        gettext_lazy("Opinions not handed over"),
        gettext_lazy("Open opinions answered for by somebody who holds no post at the station any more."),
        pgettext_lazy("unit", "opinions"),
        takers_gone,
        TAKEN,
    ),
]
