"""What is counted of opinions. Every figure carries the rows it counts, and no row carries a resident's words."""

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback.handling.models import CLOSED, RETURNED
from feedback.opinions.choices import CHANNEL_CHOICES, OWN_RATING
from feedback.opinions.models import Opinion, OpinionAssignment, Rating
from liaison.tools.deadlines import days_late
from liaison.tools.figures import Figure
from liaison.tools.parts import ByColumn
from liaison.tools.sheets import Column

WORDS = {
    "opinions_received": (
        _("Opinions received"),
        _("Opinions that came in on a day of the period, imported ones among them."),
    ),
    "opinions_accepted": (
        _("Opinions accepted"),
        _("Of the opinions received in the period, those a station has accepted."),
    ),
    "opinions_open": (
        _("Opinions in hand"),
        _("Accepted, and the resident not yet told the result. As it stands today, whatever the period."),
    ),
    "opinions_overdue": (
        _("Overdue without a reply"),
        _(
            "Assignments not answered though their due day has passed, without withdrawn opinions. "
            "As it stands today, whatever the period."
        ),
    ),
    "replied_on_time": (
        _("Replied on time"),
        _(
            "Assignments answered by their due day ÷ assignments due in the period, up to today. "
            "Withdrawn and returned ones and those without a due day, such as imported ones, are left out. "
            "A reply on paper counts by the day on the paper and is marked as entered on behalf."
        ),
    ),
    "told_rate": (
        _("Residents told"),
        _("Opinions whose result was fed back to the resident ÷ opinions replied in the period."),
    ),
    "rated_by_resident": (
        _("Evaluated by residents"),
        _("Evaluations given in the period by the residents themselves."),
    ),
    "rated_on_behalf": (
        _("Evaluated on behalf"),
        _("Evaluations given in the period by telephone or in person and entered by the station."),
    ),
    "satisfied": (
        _("Satisfied"),
        _("Evaluations saying satisfied ÷ all evaluations given in the period."),
    ),
    "satisfied_or_basically": (
        _("Satisfied or basically satisfied"),
        _("Evaluations saying satisfied or basically satisfied ÷ all evaluations given in the period."),
    ),
}
OVERDUE, RECEIVED = WORDS["opinions_overdue"][0], WORDS["opinions_received"][0]
PARTS = [
    ByColumn(
        "opinions_overdue",
        "organisation",
        _("Overdue, by handling department"),
        [_("handling department"), OVERDUE],
        "organisation_id",
        "organisation__name",
    ),
    ByColumn(
        "opinions_overdue",
        "station",
        _("Overdue, by station"),
        [_("station"), OVERDUE],
        "station__code",
        "station__name",
    ),
    ByColumn(
        "opinions_received",
        "category",
        _("Opinions received, by category"),
        [_("category"), RECEIVED],
        "category__code",
        "category__name",
    ),
    ByColumn(
        "opinions_received",
        "channel",
        _("Opinions received, by how they came in"),
        [_("how it came in"), RECEIVED],
        "channel",
        dict(CHANNEL_CHOICES),
    ),
]


def handlers_of(opinion) -> str:
    return " / ".join(str(assignment.organisation) for assignment in opinion.assignments.all())


def _local_day(name):
    return lambda row: timezone.localdate(getattr(row, name))


OPINION = [
    Column("number", _("number")),
    Column("received_on", _("received on"), _local_day("received_at")),
    Column("station", _("station"), "station.name"),
    Column("category", _("category"), "category.name"),
    Column("state", _("state"), "state_label"),
    Column("due_on", _("due on"), "reply_due_on"),
    Column("handler", _("handling department"), handlers_of),
]
ASSIGNMENT = [
    Column("number", _("number"), "opinion.number"),
    Column("organisation", _("handling department"), "organisation.name"),
    Column("station", _("station"), "station.name"),
    Column("assigned_on", _("assigned on")),
    Column("due_on", _("due on")),
]
ANSWERED = [Column("replied_on", _("replied on")), Column("on_behalf", _("entered on behalf"))]
RATING = [
    Column("number", _("number"), "opinion.number"),
    Column("score", _("evaluation"), "get_score_display"),
    Column("source", _("source"), "get_source_display"),
    Column("rated_on", _("evaluated on"), _local_day("rated_at")),
    Column("station", _("station"), "opinion.station.name"),
    Column("handler", _("handling department"), lambda rating: handlers_of(rating.opinion)),
]


def figures(rows, period, today) -> list[Figure]:
    """`rows(Model)` gives the rows that may be counted; `today` decides what is late."""
    return [
        *_of_opinions(rows(Opinion), period),
        *_of_assignments(rows(OpinionAssignment), period, today),
        *_of_ratings(rows(Rating).filter(**period.moments("rated_at"))),
    ]


def _of_opinions(opinions, period):
    opinions = (
        opinions.select_related("station", "category")
        .prefetch_related("assignments__organisation")
        .only("year", "received_at", "station__name", "category__name", "state", "reply_due_on")
    )
    received = opinions.received(period)
    replied = opinions.filter(**period.days("replied_on"))
    return [
        _count("opinions_received", received, OPINION),
        _count("opinions_accepted", received.filter(accepted_on__isnull=False), OPINION),
        _count("opinions_open", opinions.open(), OPINION),
        _rate("told_rate", replied, OPINION, fed_back_on__isnull=False),
    ]


def _of_assignments(assignments, period, today):
    assignments = assignments.select_related("opinion", "organisation", "station").only(
        "assigned_on", "due_on", "replied_on", "on_behalf", "opinion__year", "organisation__name", "station__name"
    )
    overdue = assignments.overdue(today)
    due = assignments.filter(due_on__gte=period.starts_on, due_on__lte=min(period.ends_on, today))
    due = due.exclude(state__in=[CLOSED, RETURNED])
    late = Column("days_late", _("days late"), lambda assignment: days_late(assignment.due_on, today))
    return [
        _count("opinions_overdue", overdue, [*ASSIGNMENT, late]),
        _rate("replied_on_time", due, [*ASSIGNMENT, *ANSWERED], replied_on__lte=F("due_on")),
    ]


def _of_ratings(ratings):
    ratings = (
        ratings.select_related("opinion__station")
        .prefetch_related("opinion__assignments__organisation")
        .only("score", "source", "rated_at", "opinion__year", "opinion__station__name")
        .order_by("-rated_at", "-id")
    )
    return [
        _count("rated_by_resident", ratings.filter(source=OWN_RATING), RATING),
        _count("rated_on_behalf", ratings.exclude(source=OWN_RATING), RATING),
        _rate("satisfied", ratings, RATING, score="satisfied"),
        _rate("satisfied_or_basically", ratings, RATING, score__in=["satisfied", "basically"]),
    ]


def _count(key, rows, columns):
    return Figure(key, *WORDS[key], rows, columns)


def _rate(key, rows, columns, **claim):
    """The part of the rows for which the claim holds."""
    return Figure(key, *WORDS[key], None, columns, numerator=rows.filter(**claim), denominator=rows)
