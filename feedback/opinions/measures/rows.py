"""What these measures share: which opinions of the period, how they are listed, and where they are moved on."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy

from feedback.opinions.as_known import Known, last_days, opinions_known
from liaison.tools.figures import NOT_APPLICABLE, Mend, Reading
from liaison.tools.sheets import Column
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
    return Mend(action, address, "opinions.view_opinion", is_form=False)


def way_to(waiting: Sequence[Known], station: int, action: str, **query) -> Mend:
    """Where these are moved on: the page of one alone, else the list of them all."""
    if len(waiting) != 1:
        return list_of(station, action, **query)
    address = reverse_lazy("admin:opinions_opinion_change", args=[waiting[0].row.pk])
    return Mend(action, address, "opinions.view_opinion", is_form=False)


def in_period(records, name: str) -> dict[int, list[Known]]:
    """The opinions of each station whose day of that name lies in the period, as far as it is judged."""

    def is_in(known):
        day = getattr(known, name)
        return day is not None and records.span.contains(day)

    return those(records, is_in)


def those(records, claim: Callable[[Known], bool]) -> dict[int, list[Known]]:
    """The opinions of each station of which the claim holds."""
    return {pk: list(filter(claim, rows)) for pk, rows in records.once(opinions_known).items()}


def tell_by(records) -> Callable[[Known], date]:
    """The last day on which the resident is told in time of the reply."""
    last_day = records.once(last_days)
    return lambda known: known.feed_back_due_on or last_day("feed_back", known.row.division_id, known.replied_on)


def part_of(asked: list, lacking: list, words: str, nothing: str, mend: Mend) -> Reading:
    """Percent of those asked that lack nothing, with what lacks first among its rows."""
    if not asked:
        return Reading(words=nothing, standing=NOT_APPLICABLE)
    facts, keys = {"all": len(asked), "lacking": len(lacking)}, {known.row.pk for known in lacking}
    rows = (*lacking, *(known for known in asked if known.row.pk not in keys))
    return Reading(percent_down(len(asked) - len(lacking), len(asked)), words % facts, rows, mend)


def percent_down(part: int, whole: int) -> Decimal:
    """One decimal, cut off: one of thousands that is late leaves less than all."""
    return Decimal(1000 * part // whole) / 10
