"""What a representative says is wrong or missing in their own record (更正申请), and what the office answers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from representatives.models.mandates import Mandate
from representatives.models.reaching import OfMandates

OPEN, ACCEPTED, DECLINED, WITHDRAWN = "open", "accepted", "declined", "withdrawn"
STATE_CHOICES = [
    (OPEN, pgettext_lazy("correction", "waiting for an answer")),
    (ACCEPTED, pgettext_lazy("correction", "accepted")),
    (DECLINED, pgettext_lazy("correction", "declined")),
    (WITHDRAWN, pgettext_lazy("correction", "withdrawn")),
]


class CorrectionQuerySet(OfMandates):
    def open(self):
        return self.filter(state=OPEN)


class CorrectionRequest(models.Model):
    """`row` is the key of a line of the record (`visit:12`), `about` how it was told.

    Both are empty for a missing one until it is accepted: then they are the line that tells of it now.
    """

    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="corrections", verbose_name=_("mandate"))
    row = models.CharField(max_length=40, blank=True, editable=False)
    about = models.CharField(_("about"), max_length=300, blank=True)
    text = models.TextField(_("what is to be corrected"), max_length=1000)
    asked_on = models.DateField(_("asked on"))
    state = models.CharField(_("status"), max_length=10, choices=STATE_CHOICES, default=OPEN)
    answer = models.TextField(_("answer to the representative"), max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("answered by"),
    )
    answered_on = models.DateField(_("answered on"), null=True, editable=False)

    objects = CorrectionQuerySet.as_manager()
    scope_paths = {"division": "mandate__term__congress__division_id"}

    class Meta:
        verbose_name = _("correction request")
        verbose_name_plural = _("correction requests")
        ordering = ["state", "asked_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["mandate", "row"], condition=Q(state=OPEN) & ~Q(row=""), name="one_open_request_a_row"
            ),
            models.CheckConstraint(
                condition=Q(state=OPEN, answered_on=None) | (~Q(state=OPEN) & Q(answered_on__isnull=False)),
                name="what_is_answered_has_its_day",
            ),
        ]

    def __str__(self):
        return f"{self.asked_on} {self.mandate}"

    @property
    def is_missing(self) -> bool:
        """About something that the record does not tell."""
        return not (self.row or self.about)

    def decide(self, state, answer, by, on, **found) -> bool:
        """The one door to an answer; False if it no longer waits. `found`: row and about of what was missing."""
        return self._close(state=state, answer=answer, answered_by=by, answered_on=on, **found)

    def withdraw(self, on) -> bool:
        """By whoever asked; False if it no longer waits."""
        return self._close(state=WITHDRAWN, answered_on=on)

    def _close(self, **facts) -> bool:
        if not CorrectionRequest.objects.open().filter(pk=self.pk).update(**facts):
            return False
        for name, value in facts.items():
            setattr(self, name, value)
        return True
