"""What records of the register share: from a day to a day, entered by somebody, in years that can be meant."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from liaison.accounts.scope import ScopedQuerySet
from liaison.audit.keeping import KeptRows

FIRST_DAY, LAST_DAY = date(1949, 10, 1), date(2100, 12, 31)
YEAR_WORDS = _("Please write a year from 2000 to 2100.")
YEARS = [MinValueValidator(2000, YEAR_WORDS), MaxValueValidator(2100, YEAR_WORDS)]
AT_STATION = {"division": "station__division_id", "station": "station_id"}


def day_that_can_be_meant(day: date) -> None:
    """A slip of the hand in the year (0206, 2062 for 2026) is found where it is typed, as far as it can be."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError(_("Please check the year."), code="year")


class InForceQuerySet(ScopedQuerySet):
    def in_force(self, on):
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)


class KeptQuerySet(KeptRows, ScopedQuerySet):
    """Rows whose earlier words are kept."""


class KeptInForceQuerySet(KeptRows, InForceQuerySet):
    """The same, from a day to a day."""


def ends_after_it_begins(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
        name=name,
        violation_error_message=_("The end lies before the beginning."),
    )


class Recorded(models.Model):
    """Who entered a record, and when: what a past cut-off did not know yet does not count at it."""

    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("entered by"),
    )
    entered_at = models.DateTimeField(_("entered at"), default=timezone.now, editable=False)

    class Meta:
        abstract = True


def refuse_overlap(row, same, words) -> None:
    """Raise ValidationError where another of the same rows is in force on one of the row's days."""
    until = row.valid_to or LAST_DAY
    others = same.filter(Q(valid_to=None) | Q(valid_to__gte=row.valid_from), valid_from__lte=until)
    if others.exclude(pk=row.pk).exists():
        raise ValidationError({"valid_from": words})
