"""Activity funds (活动经费): the standard, the papers that give them, each station's share, and what was spent."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import OuterRef, Subquery, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from liaison.accounts.scope import ScopedQuerySet
from liaison.audit.keeping import Kept, KeptOfAll
from liaison.divisions.models import KIND_CHOICES as DIVISION_KINDS
from liaison.divisions.models import Division
from liaison.rulebook.models import KeptOpen
from liaison.tools.figures import percent
from stations.register.models.dated import AT_STATION, YEARS, KeptQuerySet, Recorded, day_that_can_be_meant
from stations.register.models.stations import Station

MOST_YUAN = 100_000_000
YUAN_WORDS = _("Please write yuan, at most 100 million.")


class FundFloor(KeptOfAll):
    """The least a station of such a division gets a year (经费标准), from a year on; the latest row counts."""

    division_kind = models.CharField(_("kind of division"), max_length=20, choices=DIVISION_KINDS)
    year_from = models.PositiveSmallIntegerField(_("from the year"), validators=YEARS)
    amount = models.PositiveIntegerField(_("yuan"), validators=[MaxValueValidator(MOST_YUAN, YUAN_WORDS)])

    objects = KeptOpen.as_manager()

    class Meta:
        verbose_name = _("standard of funds")
        verbose_name_plural = _("standards of funds")
        ordering = ["division_kind", "year_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["division_kind", "year_from"],
                name="one_floor_a_year",
                violation_error_message=_("This year's standard is already there."),
            )
        ]

    def __str__(self):
        return f"{self.get_division_kind_display()} {self.year_from}: {self.amount}"


class ExpenseQuerySet(KeptQuerySet):
    def counted(self):
        return self.filter(voided_on=None)


class PaperQuerySet(ScopedQuerySet):
    def with_given(self):
        """Each with `given_yuan`, what is divided among stations; None before anything is."""
        shares = ActivityFunds.objects.filter(budget=OuterRef("pk")).order_by().values("budget")
        return self.annotate(given_yuan=Subquery(shares.annotate(total=Sum("amount")).values("total")))


class BudgetPaper(Recorded):
    """A line of a division's own budget for the activity funds of a year; it may be divided among its stations.

    Its shares are rows of `ActivityFunds`. They are given on one page, and together never exceed the paper.
    """

    year = models.PositiveSmallIntegerField(_("year"), validators=YEARS)
    number = models.CharField(_("number of the paper"), max_length=50, blank=True)
    title = models.CharField(_("title"), max_length=100)
    division = models.ForeignKey(Division, models.PROTECT, verbose_name=_("division whose budget it is"))
    amount = models.PositiveIntegerField(_("yuan"), validators=[MaxValueValidator(MOST_YUAN, YUAN_WORDS)])

    objects = PaperQuerySet.as_manager()
    scope_paths = {
        "division": ("division_id", "shares__station__division_id"),
        "station": "shares__station_id",
    }

    class Meta:
        verbose_name = _("budget paper")
        verbose_name_plural = _("budget papers")
        ordering = ["-year", "division", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "year", "title"],
                name="one_budget_paper",
                violation_error_message=_("This paper is already registered."),
            )
        ]

    def __str__(self):
        return f"{self.year} {self.title}"

    @property
    def divided(self) -> int:
        """Yuan given to stations."""
        return self.shares.aggregate(sum=Sum("amount", default=0))["sum"]

    def clean(self):
        if self.pk and self.amount is not None and self.amount < (given := self.divided):
            raise ValidationError({"amount": _("%(yuan)s yuan are divided already.") % {"yuan": f"{given:,}"}})


class ActivityFunds(Kept, Recorded):
    """What the budget of the same level gives a station in a year (活动经费); a paper for many stations is divided."""

    station = models.ForeignKey(Station, models.PROTECT, related_name="funds", verbose_name=_("station"))
    year = models.PositiveSmallIntegerField(_("year"), validators=YEARS)
    amount = models.PositiveIntegerField(
        _("activity funds (budget of the same level, yuan)"),
        validators=[MaxValueValidator(MOST_YUAN, _("Please write yuan, at most 100 million."))],
    )
    budget = models.ForeignKey(
        BudgetPaper,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="shares",
        verbose_name=_("divided from"),
    )
    paper = models.CharField(_("budget paper"), max_length=100, blank=True)
    is_divided = models.BooleanField(_("arranged for the district, divided by station"), default=False)

    objects = KeptQuerySet.as_manager()
    scope_paths = AT_STATION

    class Meta:
        verbose_name = _("activity funds")
        verbose_name_plural = _("activity funds")
        ordering = ["-year", "station"]
        constraints = [
            models.UniqueConstraint(
                fields=["station", "year"],
                name="one_budget_a_year",
                violation_error_message=_("This year's funds are already registered."),
            )
        ]

    def __str__(self):
        return f"{self.station} {self.year}"

    @property
    def rate(self) -> float | None:
        """Percent spent of what was given (执行率), of a row that knows its `spent_yuan`."""
        return percent(self.spent_yuan, self.amount)


class FundExpense(Kept, Recorded):
    """Money of the activity funds spent on a day (经费使用). What was entered by mistake is voided, never deleted."""

    station = models.ForeignKey(Station, models.PROTECT, related_name="expenses", verbose_name=_("station"))
    spent_on = models.DateField(_("spent on"), validators=[day_that_can_be_meant])
    purpose = models.CharField(_("spent for"), max_length=200)
    amount = models.DecimalField(
        _("yuan"),
        max_digits=11,
        decimal_places=2,
        validators=[
            MinValueValidator(Decimal("0.01"), _("Please write an amount above 0.")),
            MaxValueValidator(MOST_YUAN, YUAN_WORDS),
        ],
    )
    voucher = models.CharField(_("voucher number"), max_length=50, blank=True)
    voided_on = models.DateField(_("voided on"), null=True, blank=True, editable=False)
    void_reason = models.CharField(_("reason for voiding"), max_length=100, blank=True, editable=False)

    kept_fields = ("station", "spent_on", "amount", "voided_on")
    objects = ExpenseQuerySet.as_manager()
    scope_paths = AT_STATION

    class Meta:
        verbose_name = _("expense")
        verbose_name_plural = _("ledger of spending")
        ordering = ["-spent_on", "-id"]

    def __str__(self):
        return f"{self.spent_on} {self.amount}"

    def clean(self):
        if self.spent_on is None:
            return
        if self.spent_on > timezone.localdate():
            raise ValidationError({"spent_on": _("This day has not come yet.")})
        if self.station_id and self.station.opened_on and self.spent_on < self.station.opened_on:
            raise ValidationError({"spent_on": _("The station was not open yet on this day.")})

    def void(self, reason: str) -> None:
        """Counted no longer from today on."""
        self.voided_on, self.void_reason = timezone.localdate(), reason
        self.save(update_fields=["voided_on", "void_reason"])
