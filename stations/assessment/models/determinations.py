"""What an inspector found on the spot (现场认定), beside what was worked out. Rows are only ever added."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from liaison.accounts.scope import ScopedQuerySet
from liaison.tools.figures import BASICALLY_MET, MET, NOT_APPLICABLE, NOT_MET
from liaison.tools.periods import Period
from stations.eight_haves.models import Have
from stations.eight_haves.standard import STANDINGS
from stations.register.models import Station
from stations.register.models.dated import AT_STATION, YEARS, Recorded

DETERMINED_CHOICES = [(key, STANDINGS[key]) for key in (MET, BASICALLY_MET, NOT_MET, NOT_APPLICABLE)]
LONGEST = 2_000  # characters


class DeterminationQuerySet(ScopedQuerySet):
    def of_year(self, year: int):
        """In the order in which they stand beside each other, the newest last."""
        return self.filter(year=year).select_related("have").order_by("on", "id")

    def known_by(self, day: date):
        """Found and entered by the end of a day."""
        return self.filter(on__lte=day, entered_at__lt=Period(day, day).end_moment)


class Determination(Recorded):
    """One finding for one have of one station in a year. A later one stands beside it; triggers refuse all else."""

    station = models.ForeignKey(Station, models.PROTECT, related_name="determinations", verbose_name=_("station"))
    have = models.ForeignKey(Have, models.PROTECT, related_name="+", verbose_name=_("which of the eight"))
    year = models.PositiveSmallIntegerField(_("year"), validators=YEARS)
    standing = models.CharField(_("finding"), max_length=20, choices=DETERMINED_CHOICES)
    inspector = models.CharField(_("inspector"), max_length=50)
    on = models.DateField(_("day of the inspection"))
    reason = models.TextField(_("reason"), max_length=LONGEST)
    evidence = models.TextField(_("evidence"), max_length=LONGEST, blank=True)
    file = models.CharField(max_length=200, blank=True, editable=False)  # its name in the storage
    content_type = models.CharField(max_length=100, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)

    objects = DeterminationQuerySet.as_manager()
    scope_paths = AT_STATION

    class Meta:
        verbose_name = _("finding on the spot")
        verbose_name_plural = _("findings on the spot")
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["station", "year"])]

    def __str__(self):
        return f"{self.have} {self.get_standing_display()}"
