"""Who works at a station on the last day, and which representatives have their place there."""

from collections import Counter, defaultdict

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from liaison.tools.figures import TO_CONFIRM, Reading, share
from liaison.tools.sheets import Column
from stations.eight_haves.measures.activities import WITH_POINTS, visits, with_wanted
from stations.eight_haves.measures.roll import congresses_of, in_office, persons_present, places
from stations.eight_haves.measuring import Measure, Option
from stations.eight_haves.mending import appoint, enter_visit, place
from stations.register.models import StaffPost

WORKING_POSTS = ("head", "deputy_head", "liaison_officer")
HEADS, OFFICERS = ("head", "deputy_head"), ("liaison_officer",)
STAFF = (
    Column("name", pgettext_lazy("person", "name")),
    Column("post", gettext_lazy("post"), "get_post_display"),
    Column("staffing_mode", gettext_lazy("staffing mode"), "get_staffing_mode_display"),
    Column("is_full_time", gettext_lazy("full time")),
    Column("valid_from", gettext_lazy("from")),
    Column("valid_to", gettext_lazy("to")),
)
SEAT = (
    Column("representative", gettext_lazy("representative"), "person.name"),
    Column("level", gettext_lazy("level"), "term.congress.get_level_display"),
    Column("congress", gettext_lazy("people's congress"), "term.congress.name"),
)


BY_NAME = "dashboard.view_figures_of_persons"  # who has no record yet is for the committee, to remind in private


def full_time(records, options):
    """How many hold a post full-time; representatives by rota count where the setting says so."""
    return {pk: _full_time(pk, posts, options["counts_rota"]) for pk, posts in _working(records).items()}


def _working(records):
    found = records.in_force(StaffPost)
    return {pk: [row for row in rows if row.post in WORKING_POSTS] for pk, rows in found.items()}


def _full_time(pk, posts, counts_rota):
    held = [row for row in posts if row.is_full_time and (counts_rota or row.staffing_mode != "rota")]
    return Reading(len(held), _full_time_words(posts, held), tuple(held), appoint(pk))


def _full_time_words(posts, held):
    if held:
        return with_wanted(_("%(count)s full-time staff at present, %(wanted)s wanted"), len(held))
    if posts:
        return _("No full-time staff at present (%(count)s, part-time)") % {"count": len(posts)}
    return _("No staff at present")


def heads(records, options):
    some = _("%(count)s heads and deputy heads at present, %(wanted)s wanted")
    return _held(records, HEADS, _("No head at present"), some)


def liaison_officers(records, options):
    some = _("%(count)s liaison officers at present, %(wanted)s wanted")
    return _held(records, OFFICERS, _("No liaison officer at present"), some)


def _held(records, kinds, none, some):
    found = {pk: tuple(row for row in rows if row.post in kinds) for pk, rows in _working(records).items()}
    return {
        pk: Reading(len(rows), with_wanted(some, len(rows)) if rows else none, rows, appoint(pk))
        for pk, rows in found.items()
    }


def here(records, options):
    """How many representatives in office have their place at the station, each of their mandates counted."""
    return {pk: _here(pk, rows) for pk, rows in records.once(_seats_here).items()}


def _seats_here(records):
    """Of each station, the mandates with a place there."""
    found = records.by_station(records.once(places))
    return {pk: list({row.mandate_id: row.mandate for row in rows}.values()) for pk, rows in found.items()}


def _here(pk, seats):
    words = with_wanted(_("%(count)s representatives have their place here, %(wanted)s wanted"), len(seats))
    return Reading(len(seats), words, tuple(seats), place(pk))


def assigned(records, options):
    """Percent of the mandates in office of the station's congress that have a place at any station.

    Where its division has no congress of its own, as a street, that of the division above speaks.
    """
    seats = defaultdict(list)
    for seat in records.once(in_office):
        seats[seat.term.congress.division_id].append(seat)
    placed = {row.mandate_id for row in records.once(places)}
    found = {code: _placed(rows, placed) for code, rows in seats.items()}
    return {station.pk: _assigned(station, found) for station in records.stations}


def _placed(seats, placed):
    """Of one congress: the share, its words, who is without. Worked out once, for a hundred stations may share it."""
    without = tuple(seat for seat in seats if seat.pk not in placed)
    words = _("%(congress)s: %(placed)s of %(count)s representatives in office have a place, %(left)s have none") % {
        "congress": seats[0].term.congress.name,
        "count": len(seats),
        "placed": len(seats) - len(without),
        "left": len(without),
    }
    return share(len(seats) - len(without), len(seats)), words, without


def _assigned(station, found):
    """`found`: of the congress of each division, what `_placed` says."""
    read = next((found[code] for code in congresses_of(station) if code in found), None)
    if read is None:
        return Reading(None, _("No representative in office is registered"), (), place(station.pk), TO_CONFIRM)
    return Reading(*read, place(station.pk))


def entered(records, options):
    """Percent of the representatives with a place here who were present at so many visits of the period.

    Who has not come stands in the rows alone: no page ranks representatives, and a sentence is read by everybody.
    """
    held, seats = visits(records, options), records.once(_seats_here)
    times = int(options["times"])
    present = records.once(persons_present)
    return {pk: _entered(pk, seats[pk], _came(present, held[pk]), times) for pk in held}


def _came(present, rows):
    """How often each person came to one of the visits, with whichever mandate."""
    return Counter(person for row in rows for person in present.get(row.pk, ()))


def _entered(pk, seats, came, times):
    if not seats:
        return Reading(None, _("No representative has a place here yet"), (), place(pk), TO_CONFIRM)
    persons = {row.person_id: row for row in seats}
    away = tuple(row for person, row in persons.items() if came[person] < times)
    facts = {"count": len(persons), "away": len(away), "times": times}
    words = _("%(away)s of the %(count)s representatives here have not entered %(times)s times yet")
    return Reading(share(len(persons) - len(away), len(persons)), words % facts, away, enter_visit(pk))


MEASURES = [
    Measure(
        "full_time_staff",
        gettext_lazy("Full-time staff"),
        gettext_lazy("Heads, deputy heads and liaison officers who work full-time on the last day."),
        pgettext_lazy("unit", "persons"),
        full_time,
        STAFF,
        (Option("counts_rota", gettext_lazy("representatives by rota count"), True),),
    ),
    Measure(
        "heads",
        gettext_lazy("Heads"),
        gettext_lazy("Heads and deputy heads in post on the last day."),
        pgettext_lazy("unit", "persons"),
        heads,
        STAFF,
    ),
    Measure(
        "liaison_officers",
        gettext_lazy("Liaison officers"),
        gettext_lazy("Liaison officers in post on the last day."),
        pgettext_lazy("unit", "persons"),
        liaison_officers,
        STAFF,
    ),
    Measure(
        "representatives_here",
        gettext_lazy("Representatives with a place here"),
        gettext_lazy("Mandates in office with a place at the station on the last day."),
        pgettext_lazy("unit", "persons"),
        here,
        SEAT,
    ),
    Measure(
        "representatives_assigned",
        gettext_lazy("Representatives assigned to stations"),
        gettext_lazy(
            "Percent of the mandates in office of the congress of the station's division that have a place at any "
            "station on the last day; of a division without its own congress, of the one above."
        ),
        "%",
        assigned,
        SEAT,
        rows_name=gettext_lazy("Representatives without a place"),
    ),
    Measure(
        "representatives_entered",
        gettext_lazy("Representatives who entered"),
        gettext_lazy(
            "Percent of the representatives with a place here who were present at so many visits of the period."
        ),
        "%",
        entered,
        SEAT,
        (Option("times", gettext_lazy("so many times"), 1), WITH_POINTS),
        rows_name=gettext_lazy("Representatives who have not entered so often"),
        rows_for=BY_NAME,
    ),
]
