"""What the opinions of a station say of its standing: every one has a handler, and whoever spoke was told."""

from collections import Counter

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from feedback.opinions.models import Opinion
from liaison.rulebook.clocks import reckoner
from liaison.tools.figures import BASICALLY_MET, MET, NOT_MET, TO_CONFIRM, Finding

WITH_NO_HANDLER = ("accepted",)  # taken on, and nobody was given it


def without_handler(stations, period, known_by):
    """Opinions taken on in the period and given to nobody, though the time to assign them is over."""
    rows = Opinion.objects.filter(station__in=stations, state__in=WITH_NO_HANDLER, **period.days("accepted_on"))
    facts = rows.order_by().values_list("station", "division", "accepted_on")
    last_day = reckoner("assign")
    counts = Counter(station for station, division, day in facts if last_day(division, day) < known_by)
    return {station.pk: _handlers(station.pk, counts[station.pk]) for station in stations}


def _handlers(pk, count):
    if not count:
        return Finding(MET)
    words = _("%(count)s opinions without a handling department") % {"count": count}
    return Finding(NOT_MET, words, pgettext("to mend", "see"), _list("accepted", pk), "opinions.view_opinion")


def told(stations, period, known_by):
    """Whoever spoke was told of the reply; not yet, but still in time, is basically met."""
    rows = Opinion.objects.filter(station__in=stations, **period.days("replied_on")).filter(replied_on__lte=known_by)
    facts = rows.order_by().values_list("station", "fed_back_on", "feed_back_due_on")
    by_station = {station.pk: [] for station in stations}
    for station, told_on, due_on in facts:
        by_station[station].append((told_on is not None and told_on <= known_by, bool(due_on and due_on < known_by)))
    return {pk: _told(pk, found) for pk, found in by_station.items()}


def _told(pk, opinions):
    if not opinions:
        return Finding(
            TO_CONFIRM, _("No opinion has been replied to in this period"), *_open("", pk, pgettext("to mend", "see"))
        )
    waiting = [is_late for is_told, is_late in opinions if not is_told]
    if not waiting:
        return Finding(MET)
    facts = {"replied": len(opinions), "waiting": len(waiting)}
    words = _("%(replied)s replied to this year, in %(waiting)s cases the resident has not been told") % facts
    return Finding(
        NOT_MET if any(waiting) else BASICALLY_MET, words, *_open("replied", pk, pgettext("to mend", "tell them"))
    )


def _open(state, pk, action):
    return action, _list(state, pk), "opinions.view_opinion"


def _list(state, pk):
    query = f"state={state}&" if state else ""
    return f"{reverse('admin:opinions_opinion_changelist')}?{query}station__id__exact={pk}"


MEASURES = {"ledgers": [without_handler], "results": [told]}
