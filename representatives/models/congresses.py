"""Congresses, their terms and sessions, and the delegations in which representatives sit there."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liaison.accounts.scope import ScopedQuerySet
from liaison.divisions.models import Division

LEVEL_CHOICES = [
    (1, _("national")),
    (2, _("provincial")),
    (3, _("city-level")),
    (4, _("county-level")),
    (5, _("township-level")),
]
COUNTED = [
    MinValueValidator(1, _("Please write a number from 1 to 99.")),
    MaxValueValidator(99, _("Please write a number from 1 to 99.")),
]


class Public(ScopedQuerySet):
    """Who represents whom is public; telephone and address of a representative are not kept here at all.

    To look is open to whoever may see the register; to add and change is a matter of whose congress it is.
    """

    def visible_to(self, user, permission=None):
        is_reading = permission is None or ".view_" in permission
        return self if is_reading else super().visible_to(user, permission)


class DatedQuerySet(Public):
    def in_force(self, on):
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)


def ends_after_it_begins(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
        name=name,
        violation_error_message=_("The end lies before the beginning."),
    )


class Congress(models.Model):
    """A people's congress; its level is that of its division, a street has none (地方组织法), the national one all."""

    division = models.OneToOneField(Division, models.PROTECT, null=True, blank=True, verbose_name=_("division"))
    name = models.CharField(_("name"), max_length=100)
    level = models.PositiveSmallIntegerField(_("level"), choices=LEVEL_CHOICES)

    objects = Public.as_manager()
    scope_paths = {"division": "division_id"}

    class Meta:
        verbose_name = _("people's congress")
        verbose_name_plural = _("people's congresses")
        ordering = ["level", "division"]

    def __str__(self):
        return self.name


class Term(models.Model):
    """A congress's term (届), five years from its first meeting to the next term's (代表法 art. 2)."""

    congress = models.ForeignKey(Congress, models.PROTECT, related_name="terms", verbose_name=_("people's congress"))
    ordinal = models.PositiveSmallIntegerField(_("ordinal"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()
    scope_paths = {"division": "congress__division_id"}

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["congress", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["congress", "ordinal"], name="one_term_of_an_ordinal"),
            ends_after_it_begins("a_term_ends_after_it_begins"),
        ]

    def __str__(self):
        return _("%(congress)s, term %(ordinal)s") % {"congress": self.congress, "ordinal": self.ordinal}


class Session(models.Model):
    """A meeting of the congress (会次), counted within its term; townships usually have two a year."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="sessions", verbose_name=_("term"))
    ordinal = models.PositiveSmallIntegerField(_("which session"), validators=COUNTED)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()
    scope_paths = {"division": "term__congress__division_id"}

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["term", "ordinal"]
        constraints = [
            models.UniqueConstraint(
                fields=["term", "ordinal"],
                name="one_session_of_an_ordinal",
                violation_error_message=_("This session is already registered."),
            ),
            ends_after_it_begins("a_session_ends_after_it_begins"),
        ]

    def __str__(self):
        return _("%(term)s, session %(ordinal)s") % {"term": self.term, "ordinal": self.ordinal}


class Delegation(models.Model):
    """Who sits together while the congress meets (代表团), by electing unit or region; anew in every term."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="delegations", verbose_name=_("term"))
    name = models.CharField(_("name"), max_length=100)

    objects = Public.as_manager()
    scope_paths = {"division": "term__congress__division_id"}

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ["term", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["term", "name"],
                name="one_delegation_of_a_name",
                violation_error_message=_("This delegation is already registered."),
            )
        ]

    def __str__(self):
        return self.name

    @classmethod
    def called(cls, term, name: str) -> "Delegation | None":
        """The delegation of the term by its name, made where there is none; None without a name."""
        return cls.objects.get_or_create(term=term, name=name)[0] if name else None
