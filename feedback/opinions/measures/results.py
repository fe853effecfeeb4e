"""What came of it for whoever spoke: told, called back, and solved."""

from collections import defaultdict

from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from feedback.opinions.as_known import opinions_known, publications_known
from feedback.opinions.measures.rows import OPINION, in_period, list_of, part_of, tell_by, way_to
from feedback.opinions.publications import REOPENED, SOLVED
from liaison.tools.figures import BASICALLY_MET, TO_CONFIRM, Mend, Reading
from liaison.tools.sheets import Column
from stations.eight_haves.measuring import Measure
from stations.eight_haves.mending import page

CALLED = (*OPINION[:2], *OPINION[4:], Column("called_on", gettext_lazy("called back on")))
SOLVED_CASE = (
    Column("number", gettext_lazy("number"), "opinion.number"),
    Column("title", gettext_lazy("title")),
    Column("published_on", gettext_lazy("published on")),
)


def not_told(records, options):
    """How many were replied to and the resident is not told; still in time, it is basically met."""
    return {pk: _not_told(pk, *found) for pk, found in _waiting(records).items()}


def told(records, options):
    """Percent of those replied to whose resident was told."""
    return {pk: _told(pk, *found) for pk, found in _waiting(records).items()}


def _waiting(records):
    """(replied to, of these not told, how it stands while these are in time) of each station."""
    due_on, found = tell_by(records), {}
    for pk, rows in in_period(records, "replied_on").items():
        waiting = [known for known in rows if known.fed_back_on is None]
        is_late = any(due_on(known) < records.known_by for known in waiting)
        found[pk] = (rows, waiting, "" if is_late else BASICALLY_MET)
    return found


def _not_told(pk, rows, waiting, standing):
    if not rows:
        return _no_replies(pk)
    return Reading(len(waiting), _words_of(rows, waiting), tuple(waiting), _tell(pk, waiting), standing)


def _told(pk, rows, waiting, _standing):
    if not rows:
        return _no_replies(pk)
    return part_of(rows, waiting, _words_of(rows, waiting), "", _tell(pk, waiting))


def _no_replies(pk):
    words = _("No opinion has been replied to in this period")
    return Reading(None, words, (), list_of(pk, pgettext("to mend", "see")), TO_CONFIRM)


def _words_of(rows, waiting):
    facts = {"replied": len(rows), "waiting": len(waiting)}
    return _("%(replied)s replied to this year, in %(waiting)s cases the resident has not been told") % facts


def _tell(pk, waiting):
    return way_to(waiting, pk, pgettext("to mend", "tell them"), state="replied")


def called_back(records, options):
    """Percent of those told, and having left a telephone, who were asked by telephone what they think of it."""
    return {pk: _called(pk, rows) for pk, rows in in_period(records, "fed_back_on").items()}


def _called(pk, rows):
    asked = [known for known in rows if known.row.has_phone]
    waiting = [known for known in asked if known.called_on is None or known.called_on < known.fed_back_on]
    words = _("%(all)s residents told in this period have left a telephone, %(lacking)s not called back")
    nothing = _("No resident told in this period has left a telephone")
    way = way_to(waiting, pk, pgettext("to mend", "call back"), state="fed_back")
    return part_of(asked, waiting, words, nothing, way)


def cases_of_effect(records, options):
    """How many matters solved, in full or in part, were told to everybody in the period and still are."""
    told_of = defaultdict(list)
    for opinion, row in records.once(publications_known):
        told_of[opinion.station_id].append((opinion, row))
    return {pk: _cases(pk, rows, told_of[pk], records) for pk, rows in records.once(opinions_known).items()}


def _is_shown(opinion, row, records):
    is_there = row.published_on is not None and records.span.contains(row.published_on)
    is_taken_down = row.withdrawn_on is not None and row.withdrawn_on <= records.on
    return is_there and not is_taken_down and opinion.outcome in SOLVED and opinion.state != REOPENED


def _cases(pk, opinions, told_of, records):
    rows = tuple(row for opinion, row in told_of if _is_shown(opinion, row, records))

    def words(met):
        return _("%(count)s solved matters told to everybody, %(met)s due") % {"count": len(rows), "met": f"{met:.0f}"}

    return Reading(len(rows), words, rows, _publish(pk, opinions, told_of))


def _publish(pk, opinions, told_of) -> Mend:
    """The text that waits for its review, or the page to write one, or else where results are entered."""
    waiting = [row for _opinion, row in told_of if row.published_on is None]
    if waiting:
        address = reverse_lazy("admin:opinions_publication_change", args=[waiting[0].pk])
        return Mend(pgettext("to mend", "review"), address, "opinions.publish_opinion")
    written = {row.opinion_id for _opinion, row in told_of}
    solved = [known.row for known in opinions if known.outcome in SOLVED and known.fed_back_on]
    to_tell = [row.pk for row in solved if row.publish_consent and row.pk not in written]
    if not to_tell:
        return list_of(pk, pgettext("to mend", "see"))
    address = page("opinions_publication_add", opinion=to_tell[0])
    return Mend(pgettext("to mend", "write it down"), address, "opinions.add_publication")


MEASURES = [
    Measure(
        "residents_not_told",
        gettext_lazy("Residents not told of the reply"),
        gettext_lazy("Opinions replied to in the period of which the resident has not been told yet."),
        pgettext_lazy("unit", "opinions"),
        not_told,
        OPINION,
    ),
    Measure(
        "residents_told",
        gettext_lazy("Residents told of the reply"),
        gettext_lazy("Percent of the opinions replied to in the period whose resident has been told."),
        "%",
        told,
        OPINION,
    ),
    Measure(
        "residents_called_back",
        gettext_lazy("Residents called back"),
        gettext_lazy(
            "Percent of the residents told in the period, and having left a telephone, who were called back or "
            "evaluated by telephone."
        ),
        "%",
        called_back,
        CALLED,
    ),
    Measure(
        "cases_of_effect",
        gettext_lazy("Solved matters told to everybody"),
        gettext_lazy("Texts on what was solved, in full or in part, published in the period and not taken down."),
        pgettext_lazy("unit", "matters"),
        cases_of_effect,
        SOLVED_CASE,
    ),
]
