"""What an office sets without code: the working-day calendar, clocks, categories, and its own name and telephone."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liaison.accounts.scope import ScopedQuerySet
from liaison.audit.keeping import KeptOfAll, KeptRows
from liaison.divisions.models import Division
from liaison.organisations.models import Organisation
from liaison.rulebook.shipped import title_of

UNIT_CHOICES = [("months", _("calendar months")), ("days", _("days")), ("working_days", _("working days"))]
CLOCK_CHOICES = [
    ("accept", _("until an opinion is accepted or refused")),
    ("assign", _("until an accepted opinion is assigned")),
    ("reply", _("until a handling department replies")),
    ("feed_back", _("until the resident is told")),
    ("proposal_reply", _("until a proposal is replied to")),
    ("hand_back", _("until a department says that a matter is not its own")),
    ("answer_urging", _("until an urged department answers")),
]


class Open(models.QuerySet):
    """Rules are no secrets: who may open the page sees all of them."""

    def visible_to(self, user, permission=None):
        return self


class KeptOpen(KeptRows, Open):
    """Rules whose earlier words are kept."""


class CalendarYear(models.Model):
    """A year of the official calendar. Without the State Council's notice it is weekdays, and provisional."""

    year = models.PositiveSmallIntegerField(_("year"), primary_key=True)
    notice = models.CharField(_("notice"), max_length=200, blank=True)
    is_official = models.BooleanField(_("official notice entered"), default=False)

    objects = Open.as_manager()

    class Meta:
        verbose_name = _("calendar year")
        verbose_name_plural = _("holidays")
        ordering = ["-year"]

    def __str__(self):
        return str(self.year)


class CalendarDay(KeptOfAll):
    """A day that is not what its weekday says: a holiday, or a weekend day on which people work."""

    date = models.DateField(_("date"), primary_key=True)
    year = models.ForeignKey(CalendarYear, models.CASCADE, related_name="days", verbose_name=_("year"))
    is_working = models.BooleanField(_("working day"))
    name = models.CharField(_("occasion"), max_length=50)

    objects = KeptOpen.as_manager()

    class Meta:
        verbose_name = _("calendar day")
        verbose_name_plural = _("calendar days")
        ordering = ["date"]

    def __str__(self):
        return f"{self.date} {self.name}"


class Clock(KeptOfAll):
    """How long a step may take. The nearest division upward counts; without a division it is everybody's."""

    key = models.CharField(_("clock"), max_length=30, choices=CLOCK_CHOICES)
    division = models.ForeignKey(Division, models.CASCADE, null=True, blank=True, verbose_name=_("division"))
    amount = models.PositiveSmallIntegerField(_("amount"))
    unit = models.CharField(_("unit"), max_length=20, choices=UNIT_CHOICES)

    objects = KeptOpen.as_manager()

    class Meta:
        verbose_name = _("time limit")
        verbose_name_plural = _("time limits")
        ordering = ["key", "division"]
        constraints = [
            models.UniqueConstraint(fields=["key", "division"], name="one_clock_a_division"),
            models.UniqueConstraint(fields=["key"], condition=models.Q(division=None), name="one_clock_for_everybody"),
        ]

    def __str__(self):
        return f"{self.get_key_display()} {self.amount} {self.get_unit_display()}"


class Category(models.Model):
    """What an opinion is about (事项分类), two levels. An imported name nobody has placed yet is not mapped."""

    code = models.CharField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=50)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("upper category")
    )
    is_mapped = models.BooleanField(_("placed in the tree"), default=True)
    default_organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, verbose_name=_("usual handling department")
    )

    objects = Open.as_manager()

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["id"]

    def __str__(self):
        return self.name


class Office(models.Model):
    """The congress office an installation serves: its names, its telephone, how long it keeps what it is told."""

    division = models.OneToOneField(Division, models.PROTECT, verbose_name=_("division"))
    full_name = models.CharField(_("full name"), max_length=100)
    short_name = models.CharField(_("short name"), max_length=50)
    phone = models.CharField(_("telephone"), max_length=50)
    address = models.CharField(_("address"), max_length=200, blank=True)
    hours = models.CharField(_("opening hours"), max_length=200, blank=True)
    retention_years = models.PositiveSmallIntegerField(_("identities kept for (years)"), default=3)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = Open.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("the body that runs this", "office")
        verbose_name_plural = pgettext_lazy("the body that runs this", "office")

    def __str__(self):
        return self.full_name


class SheetLayout(models.Model):
    """How an office has a ledger's columns (台账栏目); the nearest in use upward counts, without one the shipped.

    `columns` is a list, in the office's order, of {"key", "heading" ("": the shipped one), "hidden"}.
    """

    ledger = models.CharField(_("ledger"), max_length=50)
    division = models.ForeignKey(Division, models.PROTECT, verbose_name=_("division"))
    title = models.CharField(_("title of the ledger"), max_length=40, blank=True)
    columns = models.JSONField(_("columns"), default=list, blank=True, editable=False)
    is_used = models.BooleanField(_("in use"), default=True)

    objects = ScopedQuerySet.as_manager()
    scope_paths = {"division": "division_id"}

    class Meta:
        verbose_name = _("layout of a ledger")
        verbose_name_plural = _("columns of ledgers")
        ordering = ["ledger", "division"]
        constraints = [
            models.UniqueConstraint(
                fields=["ledger", "division"],
                name="one_layout_a_division",
                violation_error_message=_("This ledger already has its columns here, please change those."),
            )
        ]

    def __str__(self):
        return self.title or title_of(self.ledger)
