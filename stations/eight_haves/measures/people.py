"""Who works at a station on the last day, and which representatives have their place there."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liaison.tools.figures import Reading
from liaison.tools.sheets import Column
from stations.eight_haves.measuring import Measure, Option
from stations.eight_haves.mending import appoint
from stations.register.models import StaffPost

WORKING_POSTS = ("head", "deputy_head", "liaison_officer")
HEADS, OFFICERS = ("head", "deputy_head"), ("liaison_officer",)
STAFF = (
    Column("name", gettext_lazy("name")),
    Column("post", gettext_lazy("post"), "get_post_display"),
    Column("staffing_mode", gettext_lazy("staffing mode"), "get_staffing_mode_display"),
    Column("is_full_time", gettext_lazy("full time")),
    Column("valid_from", gettext_lazy("from")),
    Column("valid_to", gettext_lazy("to")),
)


def full_time(records, options):
    """How many hold a post full-time; representatives by rota count where the setting says so."""
    return {pk: _full_time(pk, posts, options["counts_rota"]) for pk, posts in _working(records).items()}


def _working(records):
    found = records.in_force(StaffPost)
    return {pk: [row for row in rows if row.post in WORKING_POSTS] for pk, rows in found.items()}


def _full_time(pk, posts, counts_rota):
    held = [row for row in posts if row.is_full_time and (counts_rota or row.staffing_mode != "rota")]
    words = _("No full-time staff at present (%(count)s, part-time)") if posts else _("No staff at present")
    return Reading(len(held), words % {"count": len(posts)} if posts else words, tuple(posts), appoint(pk))


def heads(records, options):
    return _held(records, HEADS, _("No head at present"))


def liaison_officers(records, options):
    return _held(records, OFFICERS, _("No liaison officer at present"))


def _held(records, kinds, words):
    found = {pk: tuple(row for row in rows if row.post in kinds) for pk, rows in _working(records).items()}
    return {pk: Reading(len(rows), words, rows, appoint(pk)) for pk, rows in found.items()}


MEASURES = [
    Measure(
        "full_time_staff",
        gettext_lazy("Full-time staff"),
        gettext_lazy("Heads, deputy heads and liaison officers who work full-time on the last day."),
        gettext_lazy("persons"),
        full_time,
        STAFF,
        (Option("counts_rota", gettext_lazy("representatives by rota count"), True),),
    ),
    Measure(
        "heads",
        gettext_lazy("Heads"),
        gettext_lazy("Heads and deputy heads in post on the last day."),
        gettext_lazy("persons"),
        heads,
        STAFF,
    ),
    Measure(
        "liaison_officers",
        gettext_lazy("Liaison officers"),
        gettext_lazy("Liaison officers in post on the last day."),
        gettext_lazy("persons"),
        liaison_officers,
        STAFF,
    ),
]
