"""Divisions, five levels deep, kept by their official codes."""

import operator
from functools import reduce

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liaison.divisions.codes import code_range

KIND_CHOICES = [
    ("street", _("street")),
    ("town", _("town")),
    ("township", _("township")),
    ("quasi", _("quasi-township unit")),
    ("village", _("village committee")),
    ("community", _("residents' committee")),
    ("quasi_village", _("quasi-village unit")),
    ("quasi_community", _("quasi-community unit")),
]
LEVEL_CHOICES = [(1, _("province")), (2, _("city")), (3, _("county")), (4, _("street or township")), (5, _("village"))]
SUCCESSIONS = 3  # how often, at most, a division's successor is followed further
COVERED_KINDS = ("street", "town", "township")  # what coverage counts; quasi-units stand apart


def lies_or_went_to(code: str, path: str) -> Q:
    """Rows whose division, at `path`, is that one or below it, or was retired and succeeded by such a one."""
    low, high = code_range(code)
    paths = ["__".join([path, *["successor"] * times]) for times in range(SUCCESSIONS + 1)]
    return reduce(operator.or_, (Q(**{f"{each}_id__gte": low, f"{each}_id__lt": high}) for each in paths))


class DivisionQuerySet(models.QuerySet):
    def below(self, code: str):
        """The division and all below it, one range of the primary key."""
        low, high = code_range(code)
        return self.filter(code__gte=low, code__lt=high)

    def current(self):
        return self.filter(retired_on=None)

    def covered(self):
        """Streets, towns and townships: the denominator of coverage."""
        return self.current().filter(kind__in=COVERED_KINDS)

    def visible_to(self, user, permission=None):
        """Divisions are public facts."""
        return self


class Division(models.Model):
    """An administrative division (行政区划). Its code is its primary key, so a range of codes needs no join."""

    code = models.CharField(_("code"), max_length=20, primary_key=True)
    name = models.CharField(_("name"), max_length=100)
    level = models.PositiveSmallIntegerField(_("level"), choices=LEVEL_CHOICES)
    kind = models.CharField(_("kind"), max_length=20, choices=KIND_CHOICES, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent division")
    )
    retired_on = models.DateField(_("retired on"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name=_("successor")
    )

    objects = DivisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("division")
        verbose_name_plural = _("divisions")
        ordering = ["code"]

    def __str__(self):
        return self.name

    @property
    def heir(self) -> "Division":
        """Itself while it stands; what came after it once it is retired."""
        heir = self
        for _time in range(SUCCESSIONS):
            if heir.retired_on is None or heir.successor is None:
                break
            heir = heir.successor
        return heir
