"""Public notices (公告): what an office tells residents, from a day to a day."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liaison.accounts.scope import ScopedQuerySet
from liaison.divisions.codes import code_range
from liaison.divisions.models import Division


class AnnouncementQuerySet(ScopedQuerySet):
    def current(self, on):
        """Shown to residents on the day, pinned ones first."""
        shown = self.filter(Q(published_to=None) | Q(published_to__gte=on), published_from__lte=on)
        return shown.order_by("-is_pinned", "-published_from", "-id")

    def within(self, code: str):
        low, high = code_range(code)
        return self.filter(division_id__gte=low, division_id__lt=high)


class Announcement(models.Model):
    """A notice of one division's office. Its text is plain paragraphs."""

    division = models.ForeignKey(Division, models.PROTECT, verbose_name=_("division"))
    title = models.CharField(_("title"), max_length=100)
    text = models.TextField(_("text"))
    published_from = models.DateField(_("shown from"))
    published_to = models.DateField(_("shown until"), null=True, blank=True)
    is_pinned = models.BooleanField(_("keep on top"), default=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("entered by"),
    )

    objects = AnnouncementQuerySet.as_manager()
    scope_paths = {"division": "division_id"}

    class Meta:
        verbose_name = _("notice to residents")
        verbose_name_plural = _("notices")
        ordering = ["-published_from", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_to=None) | Q(published_to__gte=F("published_from")),
                name="a_notice_ends_after_it_begins",
                violation_error_message=_("The end lies before the beginning."),
            )
        ]

    def __str__(self):
        return self.title
