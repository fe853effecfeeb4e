"""Receptions (接待日): on which day, where, and which representatives will receive residents."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from liaison.accounts.scope import ScopedQuerySet
from representatives.models import Mandate
from stations.receptions import words
from stations.register.models import Station

PLANNED, HELD, CANCELLED = "planned", "held", "cancelled"
STATUS_CHOICES = [
    (PLANNED, pgettext_lazy("reception", "planned")),
    (HELD, pgettext_lazy("reception", "held")),
    (CANCELLED, pgettext_lazy("reception", "cancelled")),
]


class ReceptionQuerySet(ScopedQuerySet):
    def upcoming(self, today):
        """Still to come, today's among them, at stations that are open."""
        return self.announced(today).filter(status=PLANNED)

    def announced(self, today):
        """What residents should know of the days to come: cancelled ones as well."""
        coming = self.filter(date__gte=today, station__status="operating").exclude(status=HELD)
        return coming.order_by("date", "starts_at", "id")

    def within(self, code: str):
        """At stations of the division and all below it."""
        return self.filter(station__in=Station.objects.within(code))

    def during(self, period):
        return self.filter(**period.days("date"))

    def with_names(self):
        """With all that a line about one shows."""
        return self.select_related("station").prefetch_related("mandates__person")

    def took_place(self, station, day):
        """Somebody recorded a reception there on that day: what was planned has been held."""
        return self.filter(station=station, date=day, status=PLANNED).update(status=HELD)


class Reception(models.Model):
    """One reception of a station. `planned_on` is the day first meant; `date` lies later where that was a rest day.

    What a rule made follows the rule and the calendar until somebody changes it by hand.
    """

    station = models.ForeignKey(Station, models.PROTECT, related_name="receptions", verbose_name=_("station"))
    rule = models.ForeignKey(
        "ReceptionRule", models.PROTECT, null=True, editable=False, related_name="receptions", verbose_name=_("rule")
    )
    is_by_hand = models.BooleanField(_("entered or changed by hand"), default=True, editable=False)
    date = models.DateField(_("date"), db_index=True)
    planned_on = models.DateField(_("day first meant"), editable=False)
    starts_at = models.TimeField(pgettext_lazy("time of day", "from"))
    ends_at = models.TimeField(_("until"))
    place = models.CharField(_("place"), max_length=100, blank=True)
    mandates = models.ManyToManyField(
        Mandate, blank=True, related_name="receptions", verbose_name=_("representatives receiving")
    )
    status = models.CharField(_("status"), max_length=20, choices=STATUS_CHOICES, default=PLANNED)
    reason = models.CharField(_("why cancelled (residents read it)"), max_length=100, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("entered by"),
    )
    entered_at = models.DateTimeField(_("entered at"), default=timezone.now, editable=False)

    objects = ReceptionQuerySet.as_manager()
    scope_paths = {"division": "station__division_id", "station": "station_id"}

    class Meta:
        verbose_name = pgettext_lazy("one", "reception day")
        verbose_name_plural = _("receptions")
        ordering = ["-date", "-starts_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_reception_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(date__gte=F("planned_on")), name="a_reception_is_shifted_forward"),
            models.UniqueConstraint(
                fields=["station", "date", "starts_at"],
                condition=~Q(status=CANCELLED),
                name="one_reception_at_a_time",
            ),
            models.UniqueConstraint(fields=["rule", "planned_on"], name="one_reception_of_a_rule_and_a_day"),
        ]

    def __str__(self):
        return f"{self.date} {words.hours(self.starts_at, self.ends_at)}"

    @property
    def is_shifted(self) -> bool:
        return self.date != self.planned_on

    @property
    def is_cancelled(self) -> bool:
        return self.status == CANCELLED

    @property
    def day(self) -> str:
        return words.day_with_weekday(self.date)

    @property
    def day_of_the_year(self) -> str:
        """With its year, for a list that may reach into the next."""
        return words.day_with_weekday(self.date, date_format(self.date))

    @property
    def hours(self) -> str:
        return words.hours(self.starts_at, self.ends_at)

    @property
    def shifted(self) -> str:
        """（原定5月10日，遇休息日顺延）, or nothing."""
        if not self.is_shifted:
            return ""
        return gettext("(first meant for %(day)s, moved because of a day of rest)") % {
            "day": words.day_words(self.planned_on)
        }

    @property
    def names(self) -> str:
        """Who receives."""
        return "、".join(mandate.person.name for mandate in self.mandates.all())

    def confirm(self, mandate, at) -> None:
        """A representative will come on the day it stands at now."""
        self.confirmations.update_or_create(mandate=mandate, defaults={"day": self.date, "confirmed_at": at})
