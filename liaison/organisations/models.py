"""Committees, presidiums, government offices and departments (机构): who is responsible, who is given matters."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liaison.divisions.codes import code_range
from liaison.divisions.models import Division

KIND_CHOICES = [
    ("standing_committee", _("standing committee")),
    ("deputy_work_committee", _("committee for representatives' work")),
    ("special_committee", _("special committee")),
    ("street_working_committee", _("street working committee")),
    ("township_presidium", _("township presidium")),
    ("government_office", _("government office")),
    ("department", _("department")),
    ("street_office", _("street office")),
    ("township_government", _("township government")),
    ("village_committee", _("village or residents' committee")),
    ("enterprise", _("enterprise")),
    ("other", _("other")),
]


class OrganisationQuerySet(models.QuerySet):
    def handling(self):
        """Those that may be given opinions (承办单位)."""
        return self.filter(handles=True, closed_on=None)

    def within(self, code: str):
        low, high = code_range(code)
        return self.filter(division_id__gte=low, division_id__lt=high)

    def visible_to(self, user, permission=None):
        """Names and telephone numbers of offices are public facts."""
        return self


class Organisation(models.Model):
    """A body of a division; `handles` says that it may be given opinions to handle."""

    name = models.CharField(_("name"), max_length=100)
    short_name = models.CharField(_("short name"), max_length=50, blank=True)
    kind = models.CharField(_("kind"), max_length=30, choices=KIND_CHOICES)
    division = models.ForeignKey(Division, models.PROTECT, verbose_name=_("division"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent body")
    )
    phone = models.CharField(_("telephone"), max_length=50, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    handles = models.BooleanField(_("may be given opinions"), default=False)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("handling department")
        verbose_name_plural = _("handling departments")
        ordering = ["division", "id"]
        constraints = [models.UniqueConstraint(fields=["division", "name"], name="one_name_in_a_division")]

    def __str__(self):
        return self.name
