"""What a representative did in a year, in words for everybody (代表法 art. 58): written by one, reviewed by another."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from representatives.models.congresses import Public
from representatives.models.mandates import Mandate

YEARS = [
    MinValueValidator(2000, _("Please write a year from 2000 to 2100.")),
    MaxValueValidator(2100, _("Please write a year from 2000 to 2100.")),
]


class StatementQuerySet(Public):
    def published(self, on):
        """Reviewed, and public on the day."""
        return self.filter(reviewed_on__isnull=False, published_on__lte=on)


class DutyStatement(models.Model):
    """A year's duty statement (年度履职情况) of one mandate; public only as it was reviewed."""

    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="statements", verbose_name=_("mandate"))
    year = models.PositiveSmallIntegerField(_("year"), validators=YEARS)
    text = models.TextField(_("text"), max_length=3000)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("written by"),
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("reviewed by"),
    )
    reviewed_on = models.DateField(_("reviewed on"), null=True, editable=False)
    published_on = models.DateField(_("published on"), null=True, editable=False)

    objects = StatementQuerySet.as_manager()
    scope_paths = {"division": "mandate__term__congress__division_id"}

    class Meta:
        verbose_name = _("yearly duty statement")
        verbose_name_plural = _("yearly duty statements")
        ordering = ["-year", "mandate"]
        permissions = [("review_dutystatement", "Can review and publish duty statements")]
        constraints = [
            models.UniqueConstraint(
                fields=["mandate", "year"],
                name="one_statement_a_year",
                violation_error_message=_("This year's statement is already there."),
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("written_by")),
                name="no_one_reviews_their_own_statement",
            ),
            models.CheckConstraint(
                condition=Q(published_on=None) | Q(reviewed_on__isnull=False), name="published_means_reviewed"
            ),
        ]

    def __str__(self):
        return gettext("%(mandate)s, %(year)s") % {"mandate": self.mandate, "year": self.year}

    def rewrite(self, by) -> None:
        """A new text is nobody's but its writer's until somebody else has reviewed it."""
        self.written_by, self.reviewed_by, self.reviewed_on, self.published_on = by, None, None, None

    def publish(self, by, on) -> None:
        """Reviewed by another than the writer, and read by everybody from that day on."""
        self.reviewed_by, self.reviewed_on, self.published_on = by, on, on

    def take_down(self) -> None:
        self.published_on = None
