"""Whom the residents elected. A person and a mandate are two things: one person may hold several mandates."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
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
STATUS_CHOICES = [
    ("active", _("in office")),
    ("suspended", pgettext_lazy("mandate", "suspended")),
    ("ended", _("ended")),
]


class Public(ScopedQuerySet):
    """Who represents whom is public; telephone and address of a representative are not kept here at all.

    To look is open to whoever may see the register; to add and change is a matter of whose congress it is.
    """

    def visible_to(self, user, permission=None):
        is_reading = permission is None or ".view_" in permission
        return self if is_reading else super().visible_to(user, permission)


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

    objects = Public.as_manager()
    scope_paths = {"division": "congress__division_id"}

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["congress", "ordinal"]
        constraints = [models.UniqueConstraint(fields=["congress", "ordinal"], name="one_term_of_an_ordinal")]

    def __str__(self):
        return _("%(congress)s, term %(ordinal)s") % {"congress": self.congress, "ordinal": self.ordinal}


class Person(models.Model):
    """Somebody who is or was a representative. What the public page shows beside name and seat is a switch."""

    name = models.CharField(pgettext_lazy("person", "name"), max_length=50)
    work = models.CharField(_("work unit and post"), max_length=100, blank=True)
    is_work_public = models.BooleanField(_("work unit and post are shown to the public"), default=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
        verbose_name=_("own account"),
    )

    objects = Public.as_manager()
    scope_paths = {"division": "mandates__term__congress__division_id"}

    class Meta:
        verbose_name = _("representative")
        verbose_name_plural = _("representatives")
        ordering = ["id"]

    def __str__(self):
        return self.name


class MandateQuerySet(Public):
    def active(self, on):
        """In office on the day."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), status="active", starts_on__lte=on)


class Mandate(models.Model):
    """A seat (代表资格): elected by voters of an electoral district, or by an electing unit (选举法 art. 3)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="mandates", verbose_name=_("representative"))
    term = models.ForeignKey(Term, models.PROTECT, related_name="mandates", verbose_name=_("term"))
    electoral_district = models.CharField(_("electoral district"), max_length=100, blank=True)
    electing_unit = models.CharField(_("electing unit"), max_length=100, blank=True)
    delegation = models.CharField(_("delegation"), max_length=100, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=STATUS_CHOICES, default="active")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = MandateQuerySet.as_manager()
    scope_paths = {"division": "term__congress__division_id"}

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = ["term", "id"]

    def __str__(self):
        words = {"name": self.person.name, "level": self.term.congress.get_level_display()}
        return gettext("%(name)s (%(level)s)") % words
