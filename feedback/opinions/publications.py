"""What was solved (推动解决的事): an opinion's result told to everybody, in words somebody has reviewed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liaison.accounts.scope import ScopedQuerySet
from liaison.audit.keeping import Kept, KeptRows
from liaison.divisions.codes import code_range

SOLVED = ("solved", "partly")
REOPENED = "rehandling"


class PublicationQuerySet(KeptRows, ScopedQuerySet):
    def published(self, on):
        """What residents read on the day: reviewed, not taken down, still agreed to, and not being handled anew."""
        shown = self.filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=on), published_on__lte=on)
        shown = shown.filter(opinion__publish_consent=True).exclude(opinion__state=REOPENED)
        return shown.order_by("-published_on", "-id")

    def within(self, code: str):
        low, high = code_range(code)
        return self.filter(opinion__division_id__gte=low, opinion__division_id__lt=high)

    def with_facts(self):
        """With what a page shows beside the text, and nothing a resident said."""
        shown = self.select_related("opinion__station", "opinion__category")
        return shown.only(
            "title",
            "text",
            "published_on",
            "opinion__outcome",
            "opinion__station__name",
            "opinion__station__code",
            "opinion__category__name",
        )


class Publication(Kept):
    """The reviewed text about one opinion. It is read from `published_on` until the day before `withdrawn_on`."""

    opinion = models.OneToOneField(
        "opinions.Opinion", models.PROTECT, related_name="publication", verbose_name=_("opinion")
    )
    title = models.CharField(_("title"), max_length=60)
    text = models.TextField(_("text for everybody"))
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
    reviewed_name = models.CharField(_("reviewed by"), max_length=50, blank=True, editable=False)
    published_on = models.DateField(_("published on"), null=True, editable=False, db_index=True)
    withdrawn_on = models.DateField(_("taken down on"), null=True, editable=False)

    kept_fields = ("opinion", "title", "published_on", "withdrawn_on")
    objects = PublicationQuerySet.as_manager()
    scope_paths = {"division": "opinion__division_id", "station": "opinion__station_id"}

    class Meta:
        verbose_name = _("matter solved")
        verbose_name_plural = _("what was solved")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_on=None) | Q(reviewed_by__isnull=False), name="published_only_after_review"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=F("published_on")),
                name="taken_down_after_it_was_published",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def station_of_record(self):
        return self.opinion.station_id

    @property
    def state_words(self):
        if self.withdrawn_on:
            return _("taken down")
        return _("published") if self.published_on else _("to be reviewed")

    @property
    def is_shown(self) -> bool:
        return self.published_on is not None and self.withdrawn_on is None

    def publish(self, by, on) -> None:
        """Reviewed by somebody who may, and shown from that day on."""
        self.reviewed_by, self.reviewed_name = by, str(by)
        self.published_on, self.withdrawn_on = on, None

    def take_down(self, on) -> None:
        self.withdrawn_on = on


def why_not_to_publish(opinion):
    """A sentence that says why nothing may be told of this opinion's result; None where it may."""
    if not opinion.publish_consent:
        return _("The resident did not agree to publish it.")
    if opinion.fed_back_on is None or opinion.state == REOPENED:
        return _("Please tell the resident the result first.")
    if opinion.outcome not in SOLVED:
        return _("Only what was solved can be told here.")
    return None
