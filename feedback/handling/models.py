"""What it means that a body handles a matter. Abstract: each matter above has its own concrete tables."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liaison.accounts.scope import ScopedQuerySet
from liaison.divisions.models import Division
from liaison.organisations.models import Organisation
from stations.register.models import Station

PENDING, ACKNOWLEDGED, REPLIED, CLOSED = "pending", "acknowledged", "replied", "closed"
RETURN_REQUESTED, RETURNED = "return_requested", "returned"
UNANSWERED = (PENDING, ACKNOWLEDGED, RETURN_REQUESTED)
ASSIGNMENT_CHOICES = [
    (PENDING, _("to be signed for")),
    (ACKNOWLEDGED, _("signed for")),
    (RETURN_REQUESTED, _("asks to return it")),
    (RETURNED, _("returned")),
    (REPLIED, _("replied")),
    (CLOSED, _("closed without a reply")),
]
OUTCOME_CHOICES = [
    ("solved", _("solved")),
    ("partly", _("partly solved")),
    ("planned", pgettext_lazy("result", "planned")),
    ("explained", _("explained")),
    ("unable", _("cannot be solved for now")),
]


def fell_due(period, today) -> Q:
    """What had to be answered in the period: its due day is over, or has come and it is answered already."""
    days = Q(due_on__gte=period.starts_on, due_on__lte=period.ends_on)
    return days & (Q(due_on__lt=today) | Q(due_on=today, replied_on__isnull=False))


class AssignmentQuerySet(ScopedQuerySet):
    def open(self):
        return self.filter(state__in=UNANSWERED)

    def overdue(self, today):
        """Not answered, and the day has passed. Matters without a due date are never late."""
        return self.open().filter(due_on__lt=today)


class Assignment(models.Model):
    """A matter given to a body (交办), with the day by which it must answer. Only the matter's own door moves it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name=_("handling department"))
    station = models.ForeignKey(Station, models.PROTECT, null=True, editable=False, verbose_name=_("station"))
    division = models.ForeignKey(Division, models.PROTECT, editable=False, verbose_name=_("division"))
    state = models.CharField(_("state"), max_length=20, choices=ASSIGNMENT_CHOICES, default=PENDING, editable=False)
    assigned_on = models.DateField(_("assigned on"))
    due_on = models.DateField(_("due on"), null=True)
    acknowledged_on = models.DateField(_("signed for on"), null=True, editable=False)
    replied_on = models.DateField(_("replied on"), null=True, editable=False)
    instructions = models.TextField(_("instructions"), blank=True)

    objects = AssignmentQuerySet.as_manager()
    scope_paths = {"division": "division_id", "station": "station_id", "organisation": "organisation_id"}

    class Meta:
        abstract = True
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments and urging")
        ordering = ["due_on", "id"]

    def __str__(self):
        return str(self.organisation)

    @property
    def is_open(self) -> bool:
        return self.state in UNANSWERED

    @property
    def is_on_time(self) -> bool | None:
        """Whether the answer came in time; None where there is no due date or no answer yet."""
        if self.due_on is None or self.replied_on is None:
            return None
        return self.replied_on <= self.due_on


class Reply(models.Model):
    """A body's answer (答复) of one round; never overwritten. `organisation` is unknown for imported ones."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, editable=False, verbose_name=_("handling department")
    )
    round = models.PositiveSmallIntegerField(_("round"), default=1, editable=False)
    text = models.TextField(_("reply"))
    outcome = models.CharField(_("result"), max_length=20, choices=OUTCOME_CHOICES, blank=True)
    replied_at = models.DateTimeField(_("replied at"))

    class Meta:
        abstract = True
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ["round", "id"]

    def __str__(self):
        return self.get_outcome_display()
