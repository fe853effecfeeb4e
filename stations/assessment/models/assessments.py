"""A station's yearly check, one matter with its steps, and what was frozen when the county confirmed it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from liaison.accounts.scope import ScopedQuerySet
from liaison.tools.periods import Period, year_of
from liaison.tools.workflow import Matter, Step
from stations.assessment import cycle, freezing, workflow
from stations.eight_haves.models import Standard
from stations.register.models import Station
from stations.register.models.dated import AT_STATION, YEARS


class Assessment(Matter):
    """Of one station, one year, by one published standard."""

    station = models.ForeignKey(Station, models.PROTECT, related_name="assessments", verbose_name=_("station"))
    year = models.PositiveSmallIntegerField(_("year"), validators=YEARS)
    standard = models.ForeignKey(Standard, models.PROTECT, related_name="+", verbose_name=_("standard"))
    opened_on = models.DateField(_("check opened on"), editable=False)

    moves = workflow.MOVES
    effects = cycle.EFFECTS
    objects = ScopedQuerySet.as_manager()
    scope_paths = AT_STATION

    class Meta:
        verbose_name = _("yearly check")
        verbose_name_plural = _("yearly checks")
        ordering = ["-year", "station", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(workflow.STATES)), name="a_check_has_a_known_state"),
            models.UniqueConstraint(
                fields=["station", "year"],
                condition=~Q(state=workflow.DONE.key),
                name="one_open_check_a_year",
                violation_error_message=_("This year's check of the station is open already."),
            ),
        ]

    def __str__(self):
        return gettext("%(station)s, check of %(year)s") % {"station": self.station, "year": self.year}

    @property
    def state_label(self):
        return workflow.STATES[self.state].label

    @property
    def period(self) -> Period:
        return year_of(self.year)

    def has_reached(self, target):
        return not self.items.filter(rechecked_on=None).exists()

    def freeze(self, at, by) -> None:
        """Once: what was frozen stays."""
        if not Frozen.objects.filter(assessment=self).exists():
            Frozen.objects.create(assessment=self, said=freezing.said_of(self, at, by), frozen_at=at)


class AssessmentStep(Step):
    """`item` is the thing to be rectified that the step was about."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="steps")
    item = models.ForeignKey("Rectification", models.CASCADE, null=True, related_name="+")

    class Meta(Step.Meta):
        verbose_name = _("step")
        verbose_name_plural = _("steps")

    def __str__(self):
        return self.move


class Frozen(models.Model):
    """How the station stood when the county confirmed it, in plain values: shown from these alone, for ever."""

    assessment = models.OneToOneField(Assessment, models.PROTECT, related_name="frozen")
    said = models.JSONField()
    frozen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("frozen scorecard")
        verbose_name_plural = _("frozen scorecards")

    def __str__(self):
        return str(self.assessment)
