"""Urging (催办): a department that has not answered is reminded, and the reminder is kept: by whom, when, how often."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from liaison.accounts.scope import ScopedQuerySet
from liaison.rulebook import clocks
from liaison.tools.workflow import MoveRefused, actor_name

FARTHEST = timedelta(days=366)
WAY_CHOICES = [("slip", _("urging slip")), ("phone", _("by telephone")), ("in_person", _("in person"))]


class OpinionUrging(models.Model):
    """One urging of one assignment. Its number is the slip's number; `round` says the how manieth it is."""

    assignment = models.ForeignKey(
        "opinions.OpinionAssignment", models.CASCADE, related_name="urgings", verbose_name=_("assignment")
    )
    round = models.PositiveSmallIntegerField(_("how many times urged"))
    urged_on = models.DateField(_("urged on"))
    answer_by = models.DateField(_("answer asked for by"))
    way = models.CharField(_("way of urging"), max_length=20, choices=WAY_CHOICES, default="slip")
    note = models.TextField(_("note"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("urged by")
    )
    by_name = models.CharField(_("urged by"), max_length=100, blank=True)

    objects = ScopedQuerySet.as_manager()
    scope_paths = {
        "division": "assignment__division_id",
        "station": "assignment__station_id",
        "organisation": "assignment__organisation_id",
    }

    class Meta:
        verbose_name = _("urging")
        verbose_name_plural = _("urgings")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "urged_on"], name="one_urging_a_day"),
            models.UniqueConstraint(fields=["assignment", "round"], name="one_urging_a_round"),
        ]

    def __str__(self):
        return f"{self.urged_on}"


def usual_day(division_code, today):
    """By when an urged department is asked to answer, where nobody names a day."""
    return clocks.due_on("answer_urging", division_code, today)


def urge(assignments, *, today, by, note="", way="slip", answer_by=None) -> list[OpinionUrging]:
    """Urge each of the open assignments that was not urged today. Raises MoveRefused where none is left."""
    waiting = list(assignments.open().annotate(times=models.Count("urgings"), last=models.Max("urgings__urged_on")))
    if not waiting:
        raise MoveRefused(_("no department has to answer it now"))
    fresh = [row for row in waiting if row.last is None or row.last < today]
    if not fresh:
        raise MoveRefused(_("it has been urged today already"))
    day = answer_by or usual_day(fresh[0].division_id, today)
    if not today <= day <= today + FARTHEST:
        raise MoveRefused(_("the day asked for must lie within a year from today"))
    facts = {"urged_on": today, "answer_by": day, "way": way, "note": note, "by_id": by.pk, "by_name": actor_name(by)}
    return [row.urgings.create(round=row.times + 1, **facts) for row in fresh]
