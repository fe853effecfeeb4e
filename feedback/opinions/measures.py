"""What the opinions of a station say of its standing: every one has a handler, and whoever spoke was told.

A station is judged by what it controls: what a department is late with is shown and fails nothing.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from feedback.opinions.as_known import opinions_known
from liaison.rulebook.clocks import reckoners
from liaison.tools.figures import BASICALLY_MET, TO_CONFIRM, Mend, Reading
from liaison.tools.sheets import Column
from stations.eight_haves.measuring import Measure
from stations.eight_haves.mending import page

OPINION = (
    Column("number", gettext_lazy("number")),
    Column("gist", gettext_lazy("matter"), "gist"),
    Column("received_on", gettext_lazy("received on")),
    Column("accepted_on", gettext_lazy("accepted on")),
    Column("replied_on", gettext_lazy("replied on")),
    Column("fed_back_on", gettext_lazy("fed back on")),
)


def list_of(station: int, action: str, **query) -> Mend:
    """The station's opinions, filtered, where each is moved on."""
    address = page("opinions_opinion_changelist", **query, station__id__exact=station)
    return Mend(action, address, "opinions.view_opinion")


def last_days(records):
    """`(clock, division, day) -> last day in time`; by `Records.once`."""
    return reckoners()


def in_period(records, name: str) -> dict[int, list]:
    """The opinions of each station whose day of that name lies in the period, as far as it is judged."""

    def is_in(known):
        day = getattr(known, name)
        return day is not None and records.span.contains(day)

    return {pk: [known for known in rows if is_in(known)] for pk, rows in records.once(opinions_known).items()}


def without_handler(records, options):
    """How many taken on in the period were given to nobody, though the time to assign them is over."""
    last_day = records.once(last_days)

    def is_waiting(known):
        return (
            known.state == "accepted"
            and last_day("assign", known.row.division_id, known.accepted_on) < records.known_by
        )

    taken_on = in_period(records, "accepted_on")
    return {pk: _waiting(pk, tuple(filter(is_waiting, rows))) for pk, rows in taken_on.items()}


def _waiting(pk, rows):
    words = _("%(count)s opinions without a handling department") % {"count": len(rows)}
    return Reading(len(rows), words, rows, list_of(pk, pgettext("to mend", "see"), state="accepted"))


def not_told(records, options):
    """How many were replied to and the resident is not told; still in time, it is basically met."""
    last_day = records.once(last_days)

    def is_late(known):
        began = known.replied_to_us_on or known.replied_on
        due_on = known.feed_back_due_on or last_day("feed_back", known.row.division_id, began)
        return due_on < records.known_by

    replied = in_period(records, "replied_on")
    return {pk: _not_told(pk, rows, is_late) for pk, rows in replied.items()}


def _not_told(pk, rows, is_late):
    if not rows:
        words = _("No opinion has been replied to in this period")
        return Reading(None, words, (), list_of(pk, pgettext("to mend", "see")), TO_CONFIRM)
    waiting = tuple(known for known in rows if known.fed_back_on is None)
    facts = {"replied": len(rows), "waiting": len(waiting)}
    words = _("%(replied)s replied to this year, in %(waiting)s cases the resident has not been told") % facts
    standing = "" if any(map(is_late, waiting)) else BASICALLY_MET
    return Reading(
        len(waiting), words, waiting, list_of(pk, pgettext("to mend", "tell them"), state="replied"), standing
    )


MEASURES = [
    Measure(
        "opinions_without_handler",
        gettext_lazy("Opinions without a handling department"),
        gettext_lazy("Opinions taken on in the period and given to nobody, though the time to assign them is over."),
        gettext_lazy("opinions"),
        without_handler,
        OPINION,
    ),
    Measure(
        "residents_not_told",
        gettext_lazy("Residents not told of the reply"),
        gettext_lazy("Opinions replied to in the period of which the resident has not been told yet."),
        gettext_lazy("opinions"),
        not_told,
        OPINION,
    ),
]
