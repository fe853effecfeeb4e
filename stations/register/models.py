"""Stations, who works there, and which representatives belong there."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from liaison.accounts.scope import ScopedQuerySet
from liaison.divisions.codes import code_range
from liaison.divisions.models import KIND_CHOICES as DIVISION_KINDS
from liaison.divisions.models import Division
from liaison.organisations.models import Organisation
from liaison.rulebook.models import Open
from representatives.models import Mandate

KIND_CHOICES = [
    ("home", _("representatives' home")),
    ("station", _("liaison station")),
    ("central", _("central station")),
    ("contact_point", _("contact point")),
    ("studio", _("representatives' studio")),
    ("service_centre", _("representatives' service centre")),
]
STATUS_CHOICES = [
    ("planned", _("planned")),
    ("operating", _("operating")),
    ("suspended", _("suspended")),
    ("closed", _("closed")),
]
POST_CHOICES = [
    ("head", _("head")),
    ("deputy_head", _("deputy head")),
    ("liaison_officer", _("liaison officer")),
    ("informant", _("informant")),
    ("volunteer", _("volunteer")),
]
STAFFING_CHOICES = [
    ("reassigned", _("reassigned within posts")),
    ("temporary", _("temporary hire")),
    ("government_contract", _("government contract")),
    ("rota", _("representatives by rota")),
    ("other", _("other")),
]
ENTITLED_KINDS = ("home", "station", "central", "service_centre")  # contact points and studios live off these
MOST_YUAN = 100_000_000


class StationQuerySet(ScopedQuerySet):
    def within(self, code: str):
        low, high = code_range(code)
        return self.filter(division_id__gte=low, division_id__lt=high)

    def operating(self):
        return self.filter(status="operating")

    def standing(self, on):
        """In operation and open on that day."""
        return self.operating().filter(
            Q(opened_on=None) | Q(opened_on__lte=on), Q(closed_on=None) | Q(closed_on__gt=on)
        )

    def matching(self, words: str):
        """Name, address or division holds the words."""
        return self.filter(Q(name__contains=words) | Q(address__contains=words) | Q(division__name__contains=words))


class InForceQuerySet(ScopedQuerySet):
    def in_force(self, on):
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)


def ends_after_it_begins(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
        name=name,
        violation_error_message=_("The end lies before the beginning."),
    )


class Station(models.Model):
    """A deputy liaison station (人大代表联络站). It stands in one division and serves the area around it."""

    code = models.CharField(
        _("code"),
        max_length=30,
        unique=True,
        validators=[RegexValidator(r"^[0-9A-Za-z-]+$", _("Only letters, digits and hyphens."))],
    )
    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=20, choices=KIND_CHOICES, default="station")
    division = models.ForeignKey(Division, models.PROTECT, verbose_name=_("division"))
    address = models.CharField(_("address"), max_length=200, blank=True)
    phone = models.CharField(_("telephone"), max_length=50, blank=True)
    hours = models.CharField(_("opening hours"), max_length=200, blank=True)
    served_area = models.CharField(_("area served"), max_length=200, blank=True)
    focus = models.CharField(_("focus (one station, one focus)"), max_length=100, blank=True)
    brand = models.CharField(_("brand (one station, one brand)"), max_length=100, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=STATUS_CHOICES, default="operating")
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = StationQuerySet.as_manager()
    scope_paths = {"division": "division_id", "station": "id"}

    class Meta:
        verbose_name = _("station")
        verbose_name_plural = _("stations")
        ordering = ["code"]

    def __str__(self):
        return self.name


class StaffPost(models.Model):
    """Somebody's work at a station, from a day to a day. With an account it gives the role of the post there."""

    station = models.ForeignKey(Station, models.PROTECT, related_name="posts", verbose_name=_("station"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="posts", verbose_name=_("account")
    )
    name = models.CharField(pgettext_lazy("person", "name"), max_length=50)
    post = models.CharField(_("post"), max_length=20, choices=POST_CHOICES)
    staffing_mode = models.CharField(_("staffing mode"), max_length=20, choices=STAFFING_CHOICES)
    is_full_time = models.BooleanField(_("full time"), default=False)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True)

    objects = InForceQuerySet.as_manager()
    scope_paths = {"division": "station__division_id", "station": "station_id"}

    class Meta:
        verbose_name = _("staff post")
        verbose_name_plural = _("station staff")
        ordering = ["station", "valid_from"]
        constraints = [ends_after_it_begins("a_post_ends_after_it_begins")]

    def __str__(self):
        return gettext("%(name)s (%(post)s)") % {"name": self.name, "post": self.get_post_display()}

    @property
    def in_the_trail(self) -> dict:
        """What the trail keeps of it: keys and days."""
        days = {name: day.isoformat() for name in ("valid_from", "valid_to") if (day := getattr(self, name))}
        return {"station": self.station_id, "account": self.user_id, "post": self.post} | days


class StationAssignment(models.Model):
    """A mandate's place at a station (编组进站); one of a mandate's stations is the primary one."""

    station = models.ForeignKey(Station, models.PROTECT, related_name="assignments", verbose_name=_("station"))
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="assignments", verbose_name=_("mandate"))
    is_primary = models.BooleanField(_("primary station"), default=True)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True)

    objects = InForceQuerySet.as_manager()
    scope_paths = {"division": "station__division_id", "station": "station_id"}

    class Meta:
        verbose_name = _("representative at a station")
        verbose_name_plural = _("representatives at stations")
        ordering = ["station", "id"]
        constraints = [
            ends_after_it_begins("a_placement_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["mandate"],
                condition=Q(is_primary=True, valid_to=None),
                name="one_primary_station_a_mandate",
                violation_error_message=_("This mandate already has a primary station."),
            ),
        ]

    def __str__(self):
        return str(self.mandate)


class Recorded(models.Model):
    """Who entered a record, and when: what a past cut-off did not know yet does not count at it."""

    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("entered by"),
    )
    entered_at = models.DateTimeField(_("entered at"), default=timezone.now, editable=False)

    class Meta:
        abstract = True


class RuleKind(models.Model):
    """A subject on which stations have a rule (制度). The required ones make up the have."""

    key = models.SlugField(max_length=30, primary_key=True)
    name = models.CharField(_("name"), max_length=50, unique=True)
    is_required = models.BooleanField(_("required rule"), default=False)
    place = models.PositiveSmallIntegerField(default=100)

    objects = Open.as_manager()

    class Meta:
        ordering = ["place", "key"]

    def __str__(self):
        return self.name


class RuleDocument(Recorded):
    """One version of a station's rule, in force from a day to a day."""

    station = models.ForeignKey(Station, models.PROTECT, related_name="rules", verbose_name=_("station"))
    kind = models.ForeignKey(RuleKind, models.PROTECT, verbose_name=_("kind of rule"))
    title = models.CharField(_("title of the rule"), max_length=100)
    version = models.CharField(_("version"), max_length=20, default="1")
    valid_from = models.DateField(_("in force from"))
    valid_to = models.DateField(_("in force until"), null=True, blank=True)

    objects = InForceQuerySet.as_manager()
    scope_paths = {"division": "station__division_id", "station": "station_id"}

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


class FundFloor(models.Model):
    """The least a station of such a division gets a year (经费标准), from a year on; the latest row counts."""

    division_kind = models.CharField(max_length=20, choices=DIVISION_KINDS)
    year_from = models.PositiveSmallIntegerField(_("year"))
    amount = models.PositiveIntegerField(_("yuan"))

    objects = Open.as_manager()

    class Meta:
        ordering = ["division_kind", "year_from"]
        constraints = [models.UniqueConstraint(fields=["division_kind", "year_from"], name="one_floor_a_year")]

    def __str__(self):
        return f"{self.get_division_kind_display()} {self.year_from}: {self.amount}"


class ActivityFunds(Recorded):
    """What the budget of the same level gives a station in a year (活动经费); a paper for many stations is divided."""

    station = models.ForeignKey(Station, models.PROTECT, related_name="funds", verbose_name=_("station"))
    year = models.PositiveSmallIntegerField(
        _("year"),
        validators=[
            MinValueValidator(2000, _("Please write a year from 2000 to 2100.")),
            MaxValueValidator(2100, _("Please write a year from 2000 to 2100.")),
        ],
    )
    amount = models.PositiveIntegerField(
        _("activity funds (budget of the same level, yuan)"),
        validators=[MaxValueValidator(MOST_YUAN, _("Please write yuan, at most 100 million."))],
    )
    paper = models.CharField(_("budget paper"), max_length=100, blank=True)
    is_divided = models.BooleanField(_("arranged for the district, divided by station"), default=False)

    objects = ScopedQuerySet.as_manager()
    scope_paths = {"division": "station__division_id", "station": "station_id"}

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


class YearlyConfirmation(Recorded):
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

    objects = ScopedQuerySet.as_manager()
    scope_paths = {"division": "station__division_id", "station": "station_id"}

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
