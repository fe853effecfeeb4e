"""What a station has on record: its rules, its self-checks, the committees paired with it, its plan of the year."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from liaison.accounts.scope import ScopedQuerySet
from liaison.audit.keeping import Kept, KeptOfAll
from liaison.organisations.models import Organisation
from liaison.rulebook.models import KeptOpen
from stations.register.models.dated import (
    AT_STATION,
    YEARS,
    InForceQuerySet,
    KeptInForceQuerySet,
    KeptQuerySet,
    Recorded,
    ends_after_it_begins,
)
from stations.register.models.stations import Station


class RuleKind(KeptOfAll):
    """A subject on which stations have a rule (制度). The required ones make up the have."""

    key = models.SlugField(max_length=30, primary_key=True)
    name = models.CharField(_("name"), max_length=50, unique=True)
    is_required = models.BooleanField(_("required rule"), default=False)
    place = models.PositiveSmallIntegerField(default=100)

    objects = KeptOpen.as_manager()

    class Meta:
        ordering = ["place", "key"]

    def __str__(self):
        return self.name


class RuleDocument(Kept, Recorded):
    """One version of a station's rule, in force from a day to a day."""

    station = models.ForeignKey(Station, models.PROTECT, related_name="rules", verbose_name=_("station"))
    kind = models.ForeignKey(RuleKind, models.PROTECT, verbose_name=_("kind of rule"))
    title = models.CharField(_("title of the rule"), max_length=100)
    version = models.CharField(_("version"), max_length=20, default="1")
    valid_from = models.DateField(_("in force from"))
    valid_to = models.DateField(_("in force until"), null=True, blank=True)
    reviewed_on = models.DateField(_("last reviewed on"), null=True, blank=True)
    file = models.CharField(max_length=200, blank=True, editable=False)  # its name in the storage
    content_type = models.CharField(max_length=100, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)

    objects = KeptInForceQuerySet.as_manager()
    scope_paths = AT_STATION

    class Meta:
        verbose_name = _("rule document")
        verbose_name_plural = _("rule documents")
        ordering = ["station", "kind", "-valid_from"]
        constraints = [
            ends_after_it_begins("a_rule_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["station", "kind", "version"],
                name="one_version_of_a_rule",
                violation_error_message=_("This version is already there, please write another."),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def looked_at_on(self) -> list[date]:
        """Whoever writes a rule has read it."""
        return [self.valid_from, self.reviewed_on or self.valid_from]

    def clean(self):
        if self.reviewed_on is None:
            return
        if self.reviewed_on > timezone.localdate():
            raise ValidationError({"reviewed_on": _("This day has not come yet.")})
        if self.valid_from and self.reviewed_on < self.valid_from:
            raise ValidationError({"reviewed_on": _("The rule was not in force yet on this day.")})


class YearlyConfirmation(Kept, Recorded):
    """Somebody looked at the station's place and signs on a day, and what was in order was ticked (自查)."""

    station = models.ForeignKey(Station, models.PROTECT, related_name="confirmations", verbose_name=_("station"))
    confirmed_on = models.DateField(_("confirmed on"))
    premises = models.BooleanField(_("a fixed place to receive residents"), default=False)
    plate = models.BooleanField(_("plate"), default=False)
    roster = models.BooleanField(_("list of representatives"), default=False)
    schedule = models.BooleanField(_("schedule of receptions"), default=False)
    qr = models.BooleanField(_("QR code"), default=False)
    confirmed_by = models.CharField(_("confirmed by"), max_length=50)
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = KeptQuerySet.as_manager()
    scope_paths = AT_STATION

    class Meta:
        verbose_name = _("self-check")
        verbose_name_plural = _("self-checks and findings")
        ordering = ["-confirmed_on", "station"]
        constraints = [
            models.CheckConstraint(
                condition=Q(premises=True) | Q(plate=True) | Q(roster=True) | Q(schedule=True) | Q(qr=True),
                name="a_confirmation_confirms_something",
                violation_error_message=_("Please tick what was in order."),
            ),
            models.UniqueConstraint(
                fields=["station", "confirmed_on"],
                name="one_confirmation_a_day",
                violation_error_message=_("That day is already recorded, change that record."),
            ),
        ]

    def __str__(self):
        return f"{self.station} {self.confirmed_on}"


class Pairing(Recorded):
    """A committee keeps contact with a station (对口联系). Its contacts are visits; they are not kept here."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="pairings", verbose_name=_("paired committee")
    )
    station = models.ForeignKey(Station, models.PROTECT, related_name="pairings", verbose_name=_("station"))
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True)

    objects = InForceQuerySet.as_manager()
    scope_paths = {
        "division": "station__division_id",
        "station": "station_id",
        "organisation": "organisation_id",
    }

    class Meta:
        verbose_name = _("pairing")
        verbose_name_plural = _("pairings")
        ordering = ["station", "valid_from"]
        constraints = [
            ends_after_it_begins("a_pairing_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["organisation", "station"],
                condition=Q(valid_to=None),
                name="one_open_pairing",
                violation_error_message=_("This committee is already paired with the station."),
            ),
        ]

    def __str__(self):
        return f"{self.organisation} – {self.station}"


class AnnualPlan(Recorded):
    """What a station means to do in a year (年度计划): a few sentences, and what is planned month by month."""

    station = models.ForeignKey(Station, models.PROTECT, related_name="plans", verbose_name=_("station"))
    year = models.PositiveSmallIntegerField(_("year"), validators=YEARS)
    text = models.TextField(_("aims of the year"), max_length=5_000, blank=True)

    objects = ScopedQuerySet.as_manager()
    scope_paths = AT_STATION

    class Meta:
        verbose_name = _("annual plan")
        verbose_name_plural = _("annual plans")
        ordering = ["-year", "station"]
        constraints = [
            models.UniqueConstraint(
                fields=["station", "year"],
                name="one_plan_a_year",
                violation_error_message=_("This year's plan is already there."),
            )
        ]

    def __str__(self):
        return f"{self.station} {self.year}"


class PlannedItem(models.Model):
    """One thing a plan names: in which month, what, and in which form."""

    plan = models.ForeignKey(AnnualPlan, models.CASCADE, related_name="items", verbose_name=_("annual plan"))
    month = models.PositiveSmallIntegerField(_("month"), choices=[(month, str(month)) for month in range(1, 13)])
    what = models.CharField(_("what is planned"), max_length=200)
    form = models.CharField(_("form of activity"), max_length=50, blank=True)

    class Meta:
        verbose_name = _("planned item")
        verbose_name_plural = _("planned items")
        ordering = ["month", "id"]

    def __str__(self):
        return self.what
