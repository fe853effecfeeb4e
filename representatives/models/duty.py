"""What counts as duty: its kinds as rows, the short entries of what no other record tells, and a year's checklist."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liaison.divisions.models import Division
from liaison.rulebook.models import Open
from representatives.models.congresses import LEVEL_CHOICES
from representatives.models.mandates import Mandate
from representatives.models.reaching import OfMandates
from representatives.models.statements import YEARS

IN_SESSION, BETWEEN = "session", "between"
GROUP_CHOICES = [(IN_SESSION, _("while the congress meets")), (BETWEEN, _("between the sessions"))]
PRESENT, LEAVE, ABSENT = "present", "leave", "absent"
PRESENCE_CHOICES = [(PRESENT, pgettext_lazy("meeting", "present")), (LEAVE, _("on leave")), (ABSENT, _("absent"))]


class DutyKind(models.Model):
    """A kind of duty (履职类型): the shipped ones, renamed or put out of use, and what a place adds for itself.

    Which records count for a key is code (`liaison.duty.sources`); a kind nothing counts for is filled by entries.
    """

    key = models.SlugField(_("short key"), max_length=30, primary_key=True)
    name = models.CharField(pgettext_lazy("thing", "name"), max_length=50)
    group = models.CharField(_("when"), max_length=10, choices=GROUP_CHOICES, default=BETWEEN)
    division = models.ForeignKey(
        Division,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("division"),
        help_text=_("For congresses of this division and below; empty: for all."),
    )
    place = models.PositiveSmallIntegerField(_("place in the list"), default=200)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = Open.as_manager()

    class Meta:
        verbose_name = _("kind of duty")
        verbose_name_plural = _("kinds of duty")
        ordering = ["place", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "division"],
                name="one_kind_of_duty_of_a_name",
                violation_error_message=_("This kind is already there."),
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(division=None),
                name="one_kind_of_duty_for_all",
                violation_error_message=_("This kind is already there."),
            ),
        ]

    def __str__(self):
        return self.name


class DutyEntry(models.Model):
    """One representative at one meeting or activity that no visit, proposal or report tells of (履职登记)."""

    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="duty_entries", verbose_name=_("mandate"))
    kind = models.ForeignKey(DutyKind, models.PROTECT, related_name="entries", verbose_name=_("kind of duty"))
    date = models.DateField(_("date"))
    title = models.CharField(_("meeting or activity"), max_length=100)
    status = models.CharField(_("attendance"), max_length=10, choices=PRESENCE_CHOICES, default=PRESENT)
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
        verbose_name = _("duty entry")
        verbose_name_plural = _("duty entries")
        ordering = ["-date", "-id"]
        indexes = [models.Index(fields=["mandate", "date"], name="duty_entry_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["mandate", "kind", "date", "title"],
                condition=Q(is_mistaken=False),
                name="one_duty_entry_of_a_thing",
                violation_error_message=_("This is already entered for this representative."),
            )
        ]

    def __str__(self):
        return f"{self.date} {self.title}"

    def clean(self):
        errors = dict(happened_in_office(self.mandate, self.date)) if self.mandate_id and self.date else {}
        if self._state.adding and self.kind_id and not self.kind.is_active:
            errors["kind"] = _("This kind is no longer in use.")
        if errors:
            raise ValidationError(errors)
        self.validate_constraints()  # a form without `mandate` or `is_mistaken` skips the one that names them


def happened_in_office(mandate, day):
    """What is wrong with the day of something a representative did: (field, words)."""
    if day > timezone.localdate():
        yield "date", _("This day has not come yet: enter what has happened.")
    elif day < mandate.starts_on or (mandate.ends_on and day > mandate.ends_on):
        yield "date", _("The mandate was not held on that day.")


class ChecklistItem(models.Model):
    """A line of a place's own checklist of a year (年度履职清单): so much of a kind at least. Never a score."""

    division = models.ForeignKey(
        Division,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("division"),
        help_text=_("For congresses of this division and below; empty: for all."),
    )
    level = models.PositiveSmallIntegerField(
        _("level"), choices=LEVEL_CHOICES, null=True, blank=True, help_text=_("Empty: of every level.")
    )
    kind = models.ForeignKey(DutyKind, models.PROTECT, related_name="checklist", verbose_name=_("kind of duty"))
    at_least = models.PositiveSmallIntegerField(
        _("at least"),
        default=1,
        validators=[
            MinValueValidator(1, _("Please write a number from 1 to 99.")),
            MaxValueValidator(99, _("Please write a number from 1 to 99.")),
        ],
    )
    words = models.CharField(_("wording"), max_length=100)
    first_year = models.PositiveSmallIntegerField(_("first year"), validators=YEARS)
    last_year = models.PositiveSmallIntegerField(_("last year"), validators=YEARS, null=True, blank=True)
    place = models.PositiveSmallIntegerField(_("place in the list"), default=100)

    objects = Open.as_manager()

    class Meta:
        verbose_name = _("line of the yearly checklist")
        verbose_name_plural = _("yearly checklist")
        ordering = ["place", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_year=None) | Q(last_year__gte=F("first_year")),
                name="a_checklist_ends_after_it_begins",
                violation_error_message=_("The last year is before the first."),
            )
        ]

    def __str__(self):
        return self.words
