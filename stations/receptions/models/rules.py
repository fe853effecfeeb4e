"""Rules from which reception days come (接待日规则): a rhythm, hours, place, and what a day of rest does to it."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from liaison.accounts.scope import ScopedQuerySet
from stations.receptions import rhythm, words
from stations.receptions.models.receptions import Reception
from stations.receptions.rhythm_words import rhythm_in_words
from stations.register.models import Station

KIND_CHOICES = [
    (rhythm.WEEKLY, _("on weekdays, every week")),
    (rhythm.MONTHLY, _("on days of the month")),
    (rhythm.NTH, _("on the first, second … weekday of the month")),
    (rhythm.LUNAR, _("on days of the lunar month")),
    (rhythm.DATES, _("on single days")),
]
POLICY_CHOICES = [
    (rhythm.NEXT_DAY, _("move to the next working day")),
    (rhythm.NEXT_WEEK, _("move by a week")),
    (rhythm.SKIP, _("leave out")),
    (rhythm.STAY, _("meet anyway")),
]
MOST = {rhythm.WEEKLY: 7, rhythm.MONTHLY: 31, rhythm.NTH: 7, rhythm.LUNAR: 30, rhythm.DATES: 0}
LEAP_YEARS = (date(2024, 1, 1), date(2031, 12, 31))  # within so many years every rule that can ever happen does


class RuleQuerySet(ScopedQuerySet):
    def in_force(self, today):
        """Of open stations, not over yet."""
        return self.of_open_stations().filter(Q(valid_to=None) | Q(valid_to__gte=today))

    def of_open_stations(self):
        return self.filter(station__status="operating")

    def with_made(self, today):
        """How many days to come were made of each: `made`."""
        of_it = Reception.objects.filter(rule=OuterRef("pk"), date__gte=today)
        number = of_it.order_by().values("rule").annotate(number=Count("pk")).values("number")
        return self.annotate(made=Coalesce(Subquery(number), 0))


class ReceptionRule(models.Model):
    """`numbers`, `nth`, `months` are lists of numbers, `dates` of days as YYYY-MM-DD; an empty `months` means all.

    The season is two days as MM-DD, both inclusive, and may reach over the new year.
    """

    station = models.ForeignKey(Station, models.PROTECT, related_name="reception_rules", verbose_name=_("station"))
    kind = models.CharField(_("rhythm"), max_length=10, choices=KIND_CHOICES)
    numbers = models.JSONField(_("days"), default=list, blank=True)
    nth = models.JSONField(_("which of the month"), default=list, blank=True)
    months = models.JSONField(_("months"), default=list, blank=True)
    season_from = models.CharField(_("season from (month-day)"), max_length=5, blank=True)
    season_to = models.CharField(_("season until (month-day)"), max_length=5, blank=True)
    dates = models.JSONField(_("single days"), default=list, blank=True)
    policy = models.CharField(_("on a day of rest"), max_length=10, choices=POLICY_CHOICES, default=rhythm.NEXT_DAY)
    starts_at = models.TimeField(pgettext_lazy("time of day", "from"))
    ends_at = models.TimeField(_("until"))
    place = models.CharField(_("place"), max_length=100, blank=True)
    seats = models.PositiveSmallIntegerField(_("representatives receiving at a time"), default=2)
    notice_days = models.PositiveSmallIntegerField(_("made known so many days before"), default=3)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("entered by"),
    )
    entered_at = models.DateTimeField(_("entered at"), default=timezone.now, editable=False)

    objects = RuleQuerySet.as_manager()
    scope_paths = {"division": "station__division_id", "station": "station_id"}

    class Meta:
        verbose_name = _("rule of reception days")
        verbose_name_plural = _("rules of reception days")
        ordering = ["station", "valid_from", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="a_reception_rule_ends_after_it_begins",
                violation_error_message=_("Please enter an end after the beginning."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="a_reception_rule_lasts",
                violation_error_message=_("The end lies before the beginning."),
            ),
        ]

    def __str__(self):
        """每月10日 9:00—11:00"""
        return f"{self.in_words} {self.hours}"

    @property
    def in_words(self) -> str:
        return rhythm_in_words(self.rhythm)

    @property
    def hours(self) -> str:
        return words.hours(self.starts_at, self.ends_at)

    @property
    def rhythm(self) -> rhythm.Rhythm:
        return rhythm.Rhythm(
            self.kind,
            tuple(self.numbers),
            tuple(self.nth),
            frozenset(self.months) or rhythm.EVERY_MONTH,
            self._season(),
            tuple(map(date.fromisoformat, self.dates)),
        )

    def _season(self):
        if not (self.season_from and self.season_to):
            return None
        return tuple(tuple(map(int, end.split("-"))) for end in (self.season_from, self.season_to))

    def days(self, first: date, last: date) -> list[date]:
        """The days first meant while the rule is in force."""
        last = min(last, self.valid_to) if self.valid_to else last
        return self.rhythm.days(max(first, self.valid_from), last)

    def clean(self):
        """A kind that is none has its own words already."""
        if self.kind not in MOST:
            return
        wrong = self._wrong_numbers() or self._wrong_season()
        if wrong:
            raise ValidationError(wrong)
        if not self._happens():
            raise ValidationError({"numbers": gettext("There is no such day: it would never happen.")})

    def _wrong_numbers(self):
        if self.kind == rhythm.DATES:
            return self._wrong_dates()
        if not self.numbers:
            return {"numbers": gettext("Please choose at least one day.")}
        if any(not 1 <= number <= MOST[self.kind] for number in self.numbers):
            return {"numbers": gettext("There is no such day.")}
        if self.kind == rhythm.NTH and not self.nth:
            return {"nth": gettext("Please choose the first, second …")}
        return {}

    def _wrong_dates(self):
        """A new rule has a day to come; one that is ended early may have none left."""
        if not self.dates:
            return {"dates": gettext("Please enter at least one day.")}
        last = self.valid_to or date.max
        if self._state.adding and self.valid_from and not self.days(self.valid_from, last):
            return {"dates": gettext("None of these days lies within the time for which the rule holds.")}
        return {}

    def _wrong_season(self):
        if bool(self.season_from) != bool(self.season_to):
            return {"season_to": gettext("Please write both ends of the season.")}
        for name in ("season_from", "season_to"):
            try:
                if end := getattr(self, name):
                    date.fromisoformat(f"2024-{end}")
            except ValueError:
                return {name: gettext("Please write month and day, such as 10-20.")}
        return {}

    def _happens(self) -> bool:
        return self.kind == rhythm.DATES or bool(self.rhythm.days(*LEAP_YEARS))
