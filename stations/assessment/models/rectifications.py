"""What a station is to rectify (整改事项): which have, what, by when; done by the station, rechecked by the county."""

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liaison.accounts.scope import ScopedQuerySet
from stations.assessment.models.assessments import Assessment
from stations.eight_haves.models import Have

OVERDUE, OPEN, TO_RECHECK, CLOSED = "overdue", "open", "to_recheck", "closed"
HOW_FAR = {
    OVERDUE: pgettext_lazy("to be rectified", "overdue"),
    OPEN: pgettext_lazy("to be rectified", "open"),
    TO_RECHECK: pgettext_lazy("to be rectified", "waiting for the recheck"),
    CLOSED: pgettext_lazy("to be rectified", "rechecked"),
}
LONGEST_WHAT, LONGEST_NOTE = 500, 1_000


class RectificationQuerySet(ScopedQuerySet):
    def how_far(self, key: str, today):
        return self.filter(conditions(today)[key])

    def known_by(self, day):
        """Set by the end of a day, those due first at the beginning."""
        return self.filter(set_on__lte=day).select_related("have").order_by("due_on", "id")


def order_on(today) -> tuple:
    """The overdue first, then what is open by its day, what waits for the recheck, and what is closed."""
    places = [When(condition, then=Value(place)) for place, condition in enumerate(conditions(today).values())]
    return Case(*places).asc(), "due_on", "id"


def conditions(today, path="") -> dict[str, Q]:
    """By the key of how far they are, the overdue first; `path` leads to them from elsewhere."""
    asked = {
        OVERDUE: {"done_on": None, "due_on__lt": today},
        OPEN: {"done_on": None, "due_on__gte": today},
        TO_RECHECK: {"done_on__isnull": False, "rechecked_on": None},
        CLOSED: {"rechecked_on__isnull": False},
    }
    return {key: Q(**{f"{path}{name}": value for name, value in facts.items()}) for key, facts in asked.items()}


class Rectification(models.Model):
    """One thing to be rectified. It changes through the check's own door only."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="items", verbose_name=_("yearly check"))
    have = models.ForeignKey(Have, models.PROTECT, related_name="+", verbose_name=_("which of the eight"))
    what = models.CharField(_("what is to be rectified"), max_length=LONGEST_WHAT)
    set_on = models.DateField(_("set on"))
    due_on = models.DateField(_("to be done by"))
    done_on = models.DateField(_("rectified on"), null=True)
    done_note = models.CharField(_("what was done"), max_length=LONGEST_NOTE, blank=True)
    rechecked_on = models.DateField(_("rechecked on"), null=True)
    rechecked_by = models.CharField(_("rechecked by"), max_length=100, blank=True)

    objects = RectificationQuerySet.as_manager()
    scope_paths = {"division": "assessment__station__division_id", "station": "assessment__station_id"}

    class Meta:
        verbose_name = _("thing to be rectified")
        verbose_name_plural = _("things to be rectified")
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(due_on__gte=F("set_on")), name="a_rectification_has_time"),
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(done_on__gte=F("set_on")), name="a_rectification_is_done_after_it_is_set"
            ),
            models.CheckConstraint(
                condition=Q(rechecked_on=None) | Q(rechecked_on__gte=F("done_on")),
                name="a_recheck_follows_what_was_done",
            ),
        ]

    def __str__(self):
        return self.what

    def how_far(self, today) -> str:
        if self.rechecked_on:
            return CLOSED
        if self.done_on:
            return TO_RECHECK
        return OVERDUE if self.due_on < today else OPEN
