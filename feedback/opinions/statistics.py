"""What is counted of opinions. Every figure carries the rows it counts, and no row carries a resident's words."""

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback.handling.models import CLOSED, RETURNED, fell_due
from feedback.opinions.choices import CHANNEL_CHOICES, OWN_RATING
from feedback.opinions.in_time import DueDay
from feedback.opinions.models import Opinion, OpinionAssignment, Rating
from liaison.tools.deadlines import days_late
from liaison.tools.figures import Figure, days_between
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
    "taken_on_and_told": (
        _("Taken on and told"),
        _("Opinions somebody took on and whose result was fed back ÷ opinions received in receptions of the period."),
    ),
    "accepted_rate": (
        _("Acceptance rate"),
        _("Of the opinions received in the period, those a station has accepted ÷ opinions received in the period."),
    ),
    "assigned_in_time": (
        _("Assigned in time"),
        _(
            "Assignments made within the time limit after the opinion was accepted ÷ assignments made in the period. "
            "Opinions without a day of acceptance, such as imported ones, are left out."
        ),
    ),
    "reply_rate": (
        _("Reply rate"),
        _(
            "Assignments answered, late ones too ÷ assignments due in the period, up to today; what is due today "
            "counts once it is answered, otherwise from tomorrow. "
            "Withdrawn opinions and those without a due day, such as imported ones, are left out."
        ),
    ),
    "replied_on_time": (
        _("Replied on time"),
        _(
            "Assignments answered by their due day ÷ assignments due in the period, up to today; what is due today "
            "counts once it is answered, otherwise from tomorrow. "
            "Withdrawn and returned ones and those without a due day, such as imported ones, are left out. "
            "A reply on paper counts by the day on the paper and is marked as entered on behalf."
        ),
    ),
    "closed_rate": (
        _("Closing rate"),
        _("Opinions archived, answered on the spot or closed with an explanation ÷ opinions accepted in the period."),
    ),
    "solved_rate": (
        _("Solved rate"),
        _("Opinions whose result is solved ÷ opinions replied in the period. Solved partly or planned is not solved."),
    ),
    "told_rate": (
        _("Residents told"),
        _("Opinions whose result was fed back to the resident ÷ opinions replied in the period."),
    ),
    "satisfied": (
        _("Satisfied"),
        _("Residents' own evaluations saying satisfied ÷ all of their own evaluations given in the period."),
    ),
    "satisfied_or_basically": (
        _("Satisfied or basically satisfied"),
        _(
            "Residents' own evaluations saying satisfied or basically satisfied "
            "÷ all of their own evaluations given in the period."
        ),
    ),
    "rated_by_resident": (
        _("Evaluated by residents"),
        _("Evaluations given in the period by the residents themselves."),
    ),
    "satisfied_on_behalf": (
        _("Satisfied (entered on behalf)"),
        _("Evaluations entered on behalf saying satisfied ÷ all evaluations entered on behalf in the period."),
    ),
    "satisfied_or_basically_on_behalf": (
        _("Satisfied or basically satisfied (entered on behalf)"),
        _(
            "Evaluations entered on behalf saying satisfied or basically satisfied "
            "÷ all evaluations entered on behalf in the period."
        ),
    ),
    "rated_on_behalf": (
        _("Evaluated on behalf"),
        _("Evaluations given by telephone or in person in the period and entered by staff."),
    ),
    "median_handling_days": (
        _("Median days of handling"),
        _("Of the opinions replied in the period, the median of the days from acceptance to the reply."),
    ),
    "opinions_overdue": (
        _("Overdue without a reply"),
        _(
            "Assignments not answered though their due day has passed, without withdrawn opinions. "
            "As it stands today, whatever the period. "
            "The tile on the workbench also counts what stations have not verified or fed back in time."
        ),
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
    ByColumn(
        "opinions_received",
        "place",
        _("Opinions received, by place"),
        [_("division"), RECEIVED],
        "division_id",
        "division__name",
    ),
]
CLOSED_STATES = ("archived", "answered_on_spot", "closed_with_explanation")
GOOD = {"satisfied": ["satisfied"], "satisfied_or_basically": ["satisfied", "basically"]}
FIELDS = ("year", "received_at", "station__name", "category__name", "summary", "state", "reply_due_on")


def handlers_of(opinion) -> str:
    return " / ".join(str(assignment.organisation) for assignment in opinion.assignments.all())


def _local_day(name):
    return lambda row: timezone.localdate(getattr(row, name))


SUMMARY = _("staff's summary")  # and never the resident's words
OPINION = [
    Column("number", _("number")),
    Column("received_on", _("received on"), _local_day("received_at")),
    Column("station", _("station"), "station.name"),
    Column("category", _("category"), "category.name"),
    Column("summary", SUMMARY),
    Column("state", _("state"), "state_label"),
    Column("due_on", _("due on"), "reply_due_on"),
    Column("handler", _("handling department"), handlers_of),
]
HANDLED = [
    *OPINION[:5],
    Column("handler", _("handling department"), handlers_of),
    Column("accepted_on", _("accepted on")),
    Column("replied_on", _("replied on")),
    Column("days", _("days"), lambda opinion: days_between(opinion, "accepted_on", "replied_on")),
]
ASSIGNMENT = [
    Column("number", _("number"), "opinion.number"),
    Column("organisation", _("handling department"), "organisation.name"),
    Column("station", _("station"), "station.name"),
    Column("summary", SUMMARY, "opinion.summary"),
    Column("assigned_on", _("assigned on")),
    Column("due_on", _("due on")),
]
ACCEPTED = Column("accepted_on", _("accepted on"), "opinion.accepted_on")
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
        opinions.select_related("station", "category").prefetch_related("assignments__organisation").only(*FIELDS)
    )
    received, replied = opinions.received(period), opinions.filter(**period.days("replied_on"))
    return [
        *_of_received(received),
        _count("opinions_open", opinions.open(), OPINION, of_today=True),
        _rate("solved_rate", replied, OPINION, outcome="solved"),
        _rate("told_rate", replied, OPINION, fed_back_on__isnull=False),
        _span("median_handling_days", replied.filter(accepted_on__isnull=False), HANDLED, "accepted_on", "replied_on"),
    ]


def _of_received(received):
    accepted = received.filter(accepted_on__isnull=False)
    in_receptions = received.filter(channel="reception")
    return [
        _count("opinions_received", received, OPINION),
        _count("opinions_accepted", accepted, OPINION),
        _rate("accepted_rate", received, OPINION, accepted_on__isnull=False),
        _rate("closed_rate", accepted, OPINION, state__in=CLOSED_STATES),
        _rate("taken_on_and_told", in_receptions, OPINION, taker__isnull=False, fed_back_on__isnull=False),
    ]


def _of_assignments(assignments, period, today):
    assignments = assignments.select_related("opinion", "organisation", "station").only(
        "assigned_on",
        "due_on",
        "replied_on",
        "on_behalf",
        "opinion__year",
        "opinion__summary",
        "opinion__accepted_on",
        "organisation__name",
        "station__name",
    )
    overdue = assignments.overdue(today)
    due = assignments.filter(fell_due(period, today)).exclude(state__in=[CLOSED, RETURNED])
    late = Column("days_late", _("days late"), lambda assignment: days_late(assignment.due_on, today))
    return [
        _count("opinions_overdue", overdue, [*ASSIGNMENT, late], of_today=True),
        _rate("reply_rate", due, [*ASSIGNMENT, *ANSWERED], replied_on__isnull=False),
        _rate("replied_on_time", due, [*ASSIGNMENT, *ANSWERED], replied_on__lte=F("due_on")),
        _assigned_in_time(assignments, period, today),
    ]


def _assigned_in_time(assignments, period, today):
    made = assignments.filter(**period.days("assigned_on"), opinion__accepted_on__isnull=False)
    last = max(period.starts_on, min(period.ends_on, today))
    limit = DueDay("assign", "opinion__accepted_on", "division_id", period.starts_on, last)
    return _rate("assigned_in_time", made, [*ASSIGNMENT[:-1], ACCEPTED], assigned_on__lte=limit)


def _of_ratings(ratings):
    ratings = (
        ratings.select_related("opinion__station")
        .prefetch_related("opinion__assignments__organisation")
        .only("score", "source", "rated_at", "opinion__year", "opinion__station__name")
        .order_by("-rated_at", "-id")
    )
    own, on_behalf = ratings.filter(source=OWN_RATING), ratings.exclude(source=OWN_RATING)
    return [
        _count("rated_by_resident", own, RATING),
        _count("rated_on_behalf", on_behalf, RATING),
        *[_rate(key, own, RATING, score__in=scores) for key, scores in GOOD.items()],
        *[_rate(f"{key}_on_behalf", on_behalf, RATING, score__in=scores) for key, scores in GOOD.items()],
    ]


def _count(key, rows, columns, **kind):
    return Figure(key, *WORDS[key], rows, columns, **kind)


def _rate(key, rows, columns, **claim):
    """The part of the rows for which the claim holds."""
    return Figure(key, *WORDS[key], None, columns, numerator=rows.filter(**claim), denominator=rows)


def _span(key, rows, columns, first, last):
    """How long it took, in the middle."""
    return _count(key, rows.defer(None).only(*FIELDS, first, last), columns, span=(first, last), unit=_("days"))
