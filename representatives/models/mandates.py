"""Seats in congresses, and how each stands: in office, suspended or ended, with the law's reason and its day."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from liaison.audit.keeping import Kept, KeptRows
from liaison.rulebook.models import Open
from liaison.tools.spans import overlapping
from representatives.models.congresses import Delegation, Public, Term, ends_after_it_begins
from representatives.models.persons import Person

ACTIVE, SUSPENDED, ENDED = "active", "suspended", "ended"
STATUS_CHOICES = [
    (ACTIVE, _("in office")),
    (SUSPENDED, pgettext_lazy("mandate", "suspended")),
    (ENDED, _("ended")),
]


class StatusReason(models.Model):
    """Why a mandate is suspended or ends (代表法 art. 61, 62), as rows: the law's own, and what a place adds."""

    key = models.SlugField(_("short key"), max_length=30, primary_key=True)
    status = models.CharField(_("status"), max_length=20, choices=STATUS_CHOICES[1:])
    name = models.CharField(_("reason"), max_length=100, unique=True)
    article = models.CharField(_("article"), max_length=50, blank=True)
    place = models.PositiveSmallIntegerField(_("place in the list"), default=100)

    objects = Open.as_manager()

    class Meta:
        verbose_name = _("reason of a mandate's status")
        verbose_name_plural = _("reasons of mandates' status")
        ordering = ["place", "key"]

    def __str__(self):
        return self.name


class MandateQuerySet(KeptRows, Public):
    def active(self, on):
        """In office on the day: begun, not over, and not suspended by what its history says of that day."""
        lasting = Q(ends_on=None) & ~Q(status=ENDED) | Q(ends_on__gte=on)
        stood = Coalesce(_stood(on), "status")
        standing = self.filter(lasting, starts_on__lte=on).alias(stood=stood)
        return standing.exclude(stood=SUSPENDED)

    def with_standing(self, on, moment):
        """Each with `stood`, for `is_in_office`: what its history then said of the day, or None."""
        return self.annotate(stood=_stood(on, entered_at__lt=moment))


def _stood(on, **known):
    lines = MandateStatus.objects.filter(mandate=OuterRef("pk"), since__lte=on, **known).exclude(status=ENDED)
    return Subquery(lines.order_by("-since", "-id").values("status")[:1])


class Mandate(Kept):
    """A seat (代表资格): elected by voters of an electoral district, or by an electing unit (选举法 art. 3).

    `status` is what the newest row of its history says; `representatives.standing` is the door that writes both.
    `delegation` is the name as typed or imported, `sits_with` its row in the term.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="mandates", verbose_name=_("representative"))
    term = models.ForeignKey(Term, models.PROTECT, related_name="mandates", verbose_name=_("term"))
    electoral_district = models.CharField(_("electoral district"), max_length=100, blank=True)
    electing_unit = models.CharField(_("electing unit"), max_length=100, blank=True)
    delegation = models.CharField(_("delegation"), max_length=100, blank=True)
    sits_with = models.ForeignKey(
        Delegation,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="mandates",
        verbose_name=_("delegation"),
    )
    certificate_no = models.CharField(_("number of the representative's certificate"), max_length=30, blank=True)
    is_by_election = models.BooleanField(_("elected in a by-election"), default=False)
    status = models.CharField(_("status"), max_length=20, choices=STATUS_CHOICES, default=ACTIVE)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    entered_at = models.DateTimeField(_("entered at"), default=timezone.now, editable=False)

    kept_fields = ("person", "term", "status", "starts_on", "ends_on")
    station_of_record = None
    objects = MandateQuerySet.as_manager()
    scope_paths = {"division": "term__congress__division_id"}

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = ["term", "id"]
        constraints = [
            ends_after_it_begins("a_mandate_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["person", "term"],
                condition=Q(ends_on=None),
                name="one_open_mandate_a_term",
                violation_error_message=_("This person already holds a mandate of this term."),
            ),
        ]

    def __str__(self):
        words = {"name": self.person.name, "level": self.term.congress.get_level_display()}
        return gettext("%(name)s (%(level)s)") % words

    def save(self, **kwargs):
        """The delegation's row follows the name that was written."""
        if self.delegation != (self.sits_with.name if self.sits_with else ""):
            self.sits_with = Delegation.called(self.term, self.delegation)
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "sits_with"}
        super().save(**kwargs)

    def is_in_office(self, on) -> bool:
        """`MandateQuerySet.active`, of a row `with_standing` whose words may be earlier ones."""
        lasts = self.status != ENDED if self.ends_on is None else self.ends_on >= on
        return lasts and self.starts_on <= on and (self.stood or self.status) != SUSPENDED

    def clean(self):
        """One seat at a time in a congress: an earlier one of the term must have ended before (补选 comes after)."""
        if not (self.person_id and self.term_id and self.starts_on):
            return
        others = Mandate.objects.filter(person_id=self.person_id, term_id=self.term_id).exclude(pk=self.pk)
        if overlapping(others, self.starts_on, self.ends_on, names=("starts_on", "ends_on")).exists():
            raise ValidationError({"starts_on": _("This person already holds a mandate of this term.")})


class MandateStatus(models.Model):
    """One line of a mandate's history: how it stands since a day, and why. Lines are added, never changed."""

    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="history", verbose_name=_("mandate"))
    status = models.CharField(_("status"), max_length=20, choices=STATUS_CHOICES)
    reason = models.ForeignKey(StatusReason, models.PROTECT, null=True, blank=True, verbose_name=_("reason"))
    since = models.DateField(_("since"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("entered by"),
    )
    entered_at = models.DateTimeField(_("entered at"), default=timezone.now, editable=False)

    objects = Public.as_manager()
    scope_paths = {"division": "mandate__term__congress__division_id"}

    class Meta:
        verbose_name = _("status of a mandate")
        verbose_name_plural = _("history of the mandate")
        ordering = ["mandate", "since", "id"]
        indexes = [models.Index(fields=["mandate", "since"], name="mandate_status_by_day")]

    def __str__(self):
        return f"{self.since} {self.get_status_display()}"
