"""The leader's brief (领导简报): six numbers, who is late, and the matters that press, on one sheet of A4."""

from django.db.models import Count, Min
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from feedback.opinions import progress
from feedback.opinions.models import Opinion, by_due_day, by_urgency
from liaison.dashboard import layout
from liaison.tools.deadlines import days_late

NUMBERS = (
    "opinions_received",
    "replied_on_time",
    "solved_rate",
    "satisfied_or_basically",
    "representatives_entered",
    "residents_received",
)
OVERDUE = "opinions_overdue"
LONGEST = 40  # characters of a summary, and
MOST = 8  # lines of a list, so that everything stays on one sheet


def brief_of(asked) -> dict:
    figures, other = layout.figures_of(asked, [*NUMBERS, OVERDUE]), asked.before()
    before = layout.figures_of(other, NUMBERS) if other else {}
    overdue = figures[OVERDUE]
    numbers = [layout.card(figures[key], asked, before.get(key)) for key in NUMBERS]
    return {
        "numbers": numbers,
        "stands_alone": any(number["stands_alone"] for number in numbers),
        "overdue": layout.card(overdue, asked),
        "late": _late(overdue, asked),
        "pressing": _pressing(asked),
        "definitions": [figures[key] for key in NUMBERS],
    }


def _late(overdue, asked):
    """Departments with most overdue assignments first."""
    groups = overdue.rows.order_by().values("organisation_id", "organisation__name")
    groups = groups.annotate(size=Count("pk"), oldest=Min("due_on")).order_by("-size", "oldest")[:MOST]
    return [
        {
            "name": group["organisation__name"],
            "size": group["size"],
            "days": days_late(group["oldest"], asked.today),
            "href": layout.address_of(overdue.key, asked, organisation=group["organisation_id"]),
        }
        for group in groups
    ]


def _pressing(asked):
    """Open opinions called dangerous or urgent, the most dangerous and the soonest due first; none of their words."""
    found = asked.rows(Opinion).open().filter(urgency__in=["danger", "urgent"]).select_related("station", "category")
    found = found.prefetch_related("assignments__organisation").order_by(by_urgency(), by_due_day(), "id")[:MOST]
    return [_matter(opinion, asked.today) for opinion in found]


def _matter(opinion, today):
    due = progress.due_day(opinion)
    return {
        "number": opinion.number,
        "urgency": opinion.get_urgency_display(),
        "subject": Truncator(opinion.summary).chars(LONGEST) or str(opinion.category or _("not stated")),
        "station": str(opinion.station or ""),
        "handlers": " / ".join(str(assignment.organisation) for assignment in opinion.assignments.all()),
        "due_on": due,
        "days_late": days_late(due, today),
    }
