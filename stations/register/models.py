"""Stations, who works there, and which representatives belong there."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from liaison.accounts.scope import ScopedQuerySet
from liaison.divisions.codes import code_range
from liaison.divisions.models import Division
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


class StationQuerySet(ScopedQuerySet):
    def within(self, code: str):
        low, high = code_range(code)
        return self.filter(division_id__gte=low, division_id__lt=high)

    def operating(self):
        return self.filter(status="operating")

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
