"""Reports to voters (述职): what a representative told those who elected them, and how these voted, as a tally."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from representatives.models.duty import happened_in_office
from representatives.models.mandates import Mandate
from representatives.models.reaching import OfMandates

FORM_CHOICES = [("oral", pgettext_lazy("report", "spoken")), ("written", pgettext_lazy("report", "in writing"))]
VOTES = ("satisfied", "basically_satisfied", "dissatisfied", "abstained")
ALL_VOTES = F("satisfied") + F("basically_satisfied") + F("dissatisfied") + F("abstained")


class VoterReport(models.Model):
    """One report of one representative: before the voters or the electing unit (代表法 art. 58). Votes are a tally."""

    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="voter_reports", verbose_name=_("mandate"))
    date = models.DateField(_("date"))
    place = models.CharField(_("place"), max_length=100)
    form = models.CharField(pgettext_lazy("report", "form"), max_length=10, choices=FORM_CHOICES, default="oral")
    audience = models.PositiveIntegerField(_("how many were there"), default=0)
    satisfied = models.PositiveIntegerField(pgettext_lazy("votes", "satisfied"), default=0)
    basically_satisfied = models.PositiveIntegerField(pgettext_lazy("votes", "basically satisfied"), default=0)
    dissatisfied = models.PositiveIntegerField(pgettext_lazy("votes", "dissatisfied"), default=0)
    abstained = models.PositiveIntegerField(pgettext_lazy("votes", "abstained"), default=0)
    summary = models.TextField(_("summary of the report"), max_length=3000)
    questions = models.TextField(_("what was asked"), max_length=3000, blank=True)
    follow_ups = models.TextField(_("what follows from it"), max_length=3000, blank=True)
    is_mistaken = models.BooleanField(
        _("entered by mistake"), default=False, help_text=_("It stays on record and counts nowhere.")
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("entered by"),
    )
    entered_at = models.DateTimeField(_("entered at"), default=timezone.now, editable=False)

    objects = OfMandates.as_manager()
    scope_paths = {"division": "mandate__term__congress__division_id"}

    class Meta:
        verbose_name = _("report to voters")
        verbose_name_plural = _("reports to voters")
        ordering = ["-date", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["mandate", "date"],
                condition=Q(is_mistaken=False),
                name="one_report_a_day",
                violation_error_message=_("This day's report is already entered."),
            ),
            models.CheckConstraint(
                condition=Q(audience__gte=ALL_VOTES),
                name="no_more_votes_than_people",
                violation_error_message=_("There are more votes than people who were there."),
            ),
        ]

    def __str__(self):
        return f"{self.date} {self.mandate}"

    @property
    def votes(self) -> list[tuple[str, int]]:
        """(in words, how many), in the order of the ballot."""
        return [(self._meta.get_field(name).verbose_name, getattr(self, name)) for name in VOTES]

    @property
    def votes_cast(self) -> int:
        return sum(number for _words, number in self.votes)

    def clean(self):
        errors = dict(happened_in_office(self.mandate, self.date)) if self.mandate_id and self.date else {}
        if errors:
            raise ValidationError(errors)
