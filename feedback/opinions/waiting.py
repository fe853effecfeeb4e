"""What waits for somebody on the first page of the work platform (首页待办): counted in tiles, and one by one."""

from datetime import date

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback.handling.models import ACKNOWLEDGED, PENDING, RETURN_REQUESTED
from feedback.opinions import offers, progress, workflow
from feedback.opinions.models import Opinion, OpinionAssignment, by_due_day, by_urgency
from feedback.opinions.urging import OpinionUrging
from liaison.accounts.scope import Scope, scope_of, view_permission
from liaison.rulebook.calendar import working_days
from liaison.tools import deadlines

NEXT = [
    (workflow.ACCEPT, "submitted", _("to be verified")),
    (workflow.FEED_BACK, "replied", _("to be fed back")),
    (workflow.ACKNOWLEDGE, "assigned", _("to be signed for")),
]
MOST = 15  # of each kind; nobody does more in a morning
LAST = 9  # of the ranks
NEAR = 3  # working days ahead in which a day is worth a look


def rows_by_move(user, today) -> list[tuple]:
    """(move, condition, why): whatever could be this user's next step, in words; `late` has no move of its own."""
    has_phone = Q(reporter__phone_sealed__isnull=False)
    asked = OpinionAssignment.objects.open()
    soon = deadlines.due_on(today, NEAR, "working_days", working_days())
    with_department = OpinionAssignment.objects.filter(opinion__state__in=workflow.WITH_DEPARTMENT)
    own = with_department.visible_to(user, workflow.HANDLES)
    due = _to_be_urged(with_department, today)
    return [
        (workflow.ACCEPT, Q(state="submitted"), _("to be verified")),
        (workflow.ASSIGN, Q(state="accepted"), _("accepted, to be assigned")),
        (workflow.FOLLOW, Q(state="passed_on", reply_due_on__lte=soon), _("passed on, to be asked after")),
        (
            workflow.AGREE_RETURN,
            _given(asked.filter(state=RETURN_REQUESTED)),
            _("the department asks to return it"),
        ),
        (workflow.EXTEND, _given(asked.exclude(asked_until=None)), _("the department asks for more time")),
        (workflow.URGE, _given(due.filter(due_on__lte=today)), _("the department has to reply now, to be urged")),
        (workflow.URGE, _given(due.filter(due_on__lte=soon)), _("the department has to reply soon, to be asked after")),
        (workflow.CALL, Q(state="replied") & has_phone, _("to be fed back")),
        (workflow.FEED_BACK, Q(state="replied") & ~has_phone, _("to be fed back")),
        (
            workflow.REHANDLE,
            Q(state="evaluated", ratings__round=F("round"), ratings__score="dissatisfied"),
            _("the resident is not satisfied"),
        ),
        (workflow.ACKNOWLEDGE, _given(own.filter(state=PENDING)), _("to be signed for")),
        (workflow.REPLY, _given(own.filter(state=ACKNOWLEDGED)), _("to be answered")),
        (workflow.ARCHIVE, Q(state="evaluated"), _("evaluated, to be archived")),
    ]


def _to_be_urged(assignments, today):
    """Those still to be answered, but for those urged lately: they have until the day asked for."""
    urged = OpinionUrging.objects.filter(Q(answer_by__gt=today) | Q(urged_on=today))
    return assignments.filter(state__in=offers.NOT_ANSWERED).exclude(pk__in=urged.values("assignment"))


def _given(assignments):
    return Q(pk__in=assignments.values("opinion"))


def waiting_for(user):
    """Tiles (name, value, href): what this user could do next, and what is late. Each opens its rows."""
    address = reverse("admin:opinions_opinion_changelist")
    mine = [entry for entry in NEXT if user.has_perm(entry[0].permission)]
    for move, state, name in mine:
        rows = Opinion.objects.visible_to(user, move.permission).filter(state=state)
        yield {"name": name, "value": rows.count(), "href": f"{address}?state={state}"}
    if mine:
        late = late_for(user, Opinion.objects.visible_to(user), timezone.localdate())
        yield {"name": _("overdue"), "value": late.count(), "href": f"{address}?late=1"}


def late_for(user, opinions, today):
    """Those that are late where the user answers for the place; for a department, those that wait on it."""
    scope = scope_of(user).granting(view_permission(Opinion))
    departments = scope.places("organisation")
    if not departments:
        return opinions.late(today)
    owed = OpinionAssignment.objects.overdue(today).filter(
        organisation__in=departments, opinion__state__in=workflow.WITH_DEPARTMENT
    )
    elsewhere = Scope(tuple(reach for reach in scope.reaches if reach.organisation is None)).rows(Opinion)
    late = opinions.late(today).filter(elsewhere).order_by().values("pk")
    return opinions.filter(Q(pk__in=late) | _given(owed))


def to_do(user):
    """One line for each opinion that waits for this user: dangerous first, then late, then by its day.

    What only has to be put away comes after the rest.
    """
    today = timezone.localdate()
    seen = set()
    for move, condition, why in rows_by_move(user, today):
        if user.has_perm(move.permission):
            rows = Opinion.objects.visible_to(user, move.permission).filter(condition)
            for opinion in rows.order_by(by_urgency(), by_due_day(), "id")[:MOST]:
                if opinion.pk not in seen:
                    seen.add(opinion.pk)
                    yield _line(opinion, move, why, today)


def _line(opinion, move, why, today) -> dict:
    due = progress.due_day(opinion)
    late = deadlines.days_late(due, today)
    danger = {"danger": 0, "urgent": 1}.get(opinion.urgency, 2)
    return {
        "rank": (LAST if move is workflow.ARCHIVE else danger, -late, due or date.max, opinion.pk),
        "name": opinion.number,
        "href": reverse("admin:opinions_opinion_change", args=(opinion.pk,)),
        "gist": opinion.gist,
        "why": why,
        "late": late,
        "due": due,
        "word": opinion.get_urgency_display() if danger < 2 else "",
        "step": move.label,
        "step_href": progress.address_of(opinion, move),
    }
