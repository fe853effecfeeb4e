"""Receptions (接待日): on which day, where, and which representatives will receive residents."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Count, DateField, ExpressionWrapper, F, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from liaison.accounts.scope import ScopedQuerySet
from liaison.audit.keeping import Kept, KeptRows
from liaison.rulebook.calendar import is_provisional, year_is_provisional
from representatives.models import Mandate
from stations.receptions import words
from stations.register.models import Station

NOTICE_DAYS = 3  # before the day, where no rule says otherwise (domain.md 3.5)
PLANNED, HELD, CANCELLED = "planned", "held", "cancelled"
STATUS_CHOICES = [
    (PLANNED, pgettext_lazy("reception", "planned")),
    (HELD, pgettext_lazy("reception", "held")),
    (CANCELLED, pgettext_lazy("reception", "cancelled")),
]


class ReceptionQuerySet(KeptRows, ScopedQuerySet):
    def upcoming(self, today):
        """Still to come, today's among them, at stations that are open."""
        return self.announced(today).filter(status=PLANNED)

    def announced(self, today):
        """What residents should know of the days to come: cancelled ones as well."""
        coming = self.filter(date__gte=today, station__status="operating").exclude(status=HELD)
        return coming.order_by("date", "starts_at", "id")

    def at_that_time(self, station, day, starts_at, ends_at):
        """Not cancelled, and sharing a moment with these hours."""
        return self.at_those_hours(station, starts_at, ends_at).filter(date=day)

    def at_those_hours(self, station, starts_at, ends_at):
        """On whatever day."""
        same = self.filter(station=station, starts_at__lt=ends_at, ends_at__gt=starts_at)
        return same.exclude(status=CANCELLED)

    def told_late(self, today):
        """Still to come, and made known (公示) after the day by which it had to be, or not yet though that is past."""
        late = Q(announced_on=None, had_to_be_told_by__lt=today) | Q(announced_on__gt=F("had_to_be_told_by"))
        return self._to_come(today).annotate(had_to_be_told_by=_told_by()).filter(late)

    def with_empty_seats(self, today):
        """Still to come, with fewer representatives than its rule wants; entered by hand, with none."""
        there = self.model.mandates.through.objects.filter(reception=OuterRef("pk")).order_by().values("reception")
        named = Coalesce(Subquery(there.annotate(number=Count("pk")).values("number")), 0)
        seats = Coalesce("rule__seats", 1, output_field=IntegerField())
        return self._to_come(today).annotate(named=named, seats_meant=seats).filter(named__lt=F("seats_meant"))

    def _to_come(self, today):
        return self.filter(status=PLANNED, date__gte=today, station__status="operating")

    def within(self, code: str):
        """At stations of the division and all below it."""
        return self.filter(station__in=Station.objects.within(code))

    def during(self, period):
        return self.filter(**period.days("date"))

    def with_names(self):
        """With all that a line about one shows."""
        return self.with_calendar().select_related("station").prefetch_related("mandates__person")

    def with_calendar(self):
        """Asked once for all, whether each is still provisional."""
        return self.annotate(year_is_provisional=year_is_provisional("date"))

    def took_place(self, station, day):
        """Somebody recorded a reception there on that day: what was planned has been held."""
        return self.filter(station=station, date=day, status=PLANNED).update(status=HELD)


def _told_by():
    """`Reception.to_be_told_by`, for the database."""
    days = Coalesce("rule__notice_days", NOTICE_DAYS, output_field=IntegerField())
    length = ExpressionWrapper(days * Value(timedelta(days=1)), output_field=models.DurationField())
    return Cast(F("date") - length, DateField())


class Reception(Kept):
    """One reception of a station. `planned_on` is the day first meant; `date` lies later where that was a rest day.

    What a rule made follows the rule and the calendar until somebody changes it by hand; `rule_day` is the day for
    which the rule made it, whatever became of that day since.
    """

    station = models.ForeignKey(Station, models.PROTECT, related_name="receptions", verbose_name=_("station"))
    rule = models.ForeignKey(
        "ReceptionRule", models.PROTECT, null=True, editable=False, related_name="receptions", verbose_name=_("rule")
    )
    rule_day = models.DateField(_("day of the rule"), null=True, editable=False)
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
    announced_on = models.DateField(_("made known on"), null=True, blank=True)
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
    changed_at = models.DateTimeField(_("changed at"), null=True, editable=False)

    kept_fields = ("station", "date", "planned_on", "status", "reason")
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
            models.UniqueConstraint(fields=["rule", "rule_day"], name="one_reception_of_a_rule_and_its_day"),
        ]

    def __str__(self):
        return f"{self.date} {words.hours(self.starts_at, self.ends_at)}"

    def save(self, *args, update_fields=None, **options):
        """Calendars on telephones ask when it was changed; whoever changes who receives saves it as well."""
        if not self._state.adding:
            self.changed_at = timezone.now()
            update_fields = update_fields and [*update_fields, "changed_at"]
        super().save(*args, update_fields=update_fields, **options)

    @property
    def is_shifted(self) -> bool:
        return self.date != self.planned_on

    @property
    def is_cancelled(self) -> bool:
        return self.status == CANCELLED

    @property
    def to_be_told_by(self):
        """The last day on which the notice is in time."""
        return self.date - timedelta(days=self.rule.notice_days if self.rule else NOTICE_DAYS)

    @property
    def seats(self) -> int:
        """How many representatives are meant to receive."""
        return self.rule.seats if self.rule else 1

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

    @cached_property
    def year_is_provisional(self) -> bool:
        """Rows `with_calendar` know it already."""
        return is_provisional(self.date.year)

    @property
    def is_provisional(self) -> bool:
        """Still to come, in a year whose holidays are not published."""
        return self.status == PLANNED and self.date >= timezone.localdate() and self.year_is_provisional

    @property
    def provisional(self) -> str:
        """（暂定，当年放假安排公布后可能顺延）, or nothing."""
        if not self.is_provisional:
            return ""
        return gettext("(provisional: it may move once the holidays of that year are published)")

    @property
    def names(self) -> str:
        """Who receives."""
        return "、".join(mandate.person.name for mandate in self.mandates.all())

    def confirm(self, mandate, at) -> None:
        """A representative will come on the day it stands at now."""
        self.confirmations.update_or_create(mandate=mandate, defaults={"day": self.date, "confirmed_at": at})
