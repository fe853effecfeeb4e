"""Who works at a station, and which representatives belong there."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from liaison.audit.keeping import Kept
from representatives.models import Mandate
from stations.register.models.dated import (
    AT_STATION,
    KeptInForceQuerySet,
    Recorded,
    day_that_can_be_meant,
    ends_after_it_begins,
    refuse_overlap,
)
from stations.register.models.stations import Station

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


class StaffPost(Kept, Recorded):
    """Somebody's work at a station, from a day to a day. With an account it gives the role of the post there."""

    station = models.ForeignKey(Station, models.PROTECT, related_name="posts", verbose_name=_("station"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="posts", verbose_name=_("account")
    )
    name = models.CharField(pgettext_lazy("person", "name"), max_length=50)
    post = models.CharField(_("post"), max_length=20, choices=POST_CHOICES)
    staffing_mode = models.CharField(_("staffing mode"), max_length=20, choices=STAFFING_CHOICES)
    is_full_time = models.BooleanField(_("full time"), default=False)
    valid_from = models.DateField(_("from"), validators=[day_that_can_be_meant])
    valid_to = models.DateField(_("to"), null=True, blank=True, validators=[day_that_can_be_meant])

    objects = KeptInForceQuerySet.as_manager()
    scope_paths = AT_STATION

    class Meta:
        verbose_name = _("staff post")
        verbose_name_plural = _("station staff")
        ordering = ["station", "valid_from"]
        constraints = [ends_after_it_begins("a_post_ends_after_it_begins")]

    def __str__(self):
        return gettext("%(name)s (%(post)s)") % {"name": self.name, "post": self.get_post_display()}

    def clean(self):
        if self.station_id and self.valid_from:
            same = StaffPost.objects.filter(station=self.station_id)
            same = same.filter(user=self.user_id) if self.user_id else same.filter(name=self.name)
            refuse_overlap(self, same, _("This person has a post here in these days already."))

    @property
    def in_the_trail(self) -> dict:
        """What the trail keeps of it: keys and days."""
        days = {name: day.isoformat() for name in ("valid_from", "valid_to") if (day := getattr(self, name))}
        return {"station": self.station_id, "account": self.user_id, "post": self.post} | days


class StationAssignment(Kept, Recorded):
    """A mandate's place at a station (编组进站); one of a mandate's stations is the primary one."""

    station = models.ForeignKey(Station, models.PROTECT, related_name="assignments", verbose_name=_("station"))
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="assignments", verbose_name=_("mandate"))
    is_primary = models.BooleanField(_("primary station"), default=True)
    valid_from = models.DateField(_("from"), validators=[day_that_can_be_meant])
    valid_to = models.DateField(_("to"), null=True, blank=True, validators=[day_that_can_be_meant])

    station_of_record = None  # a place elsewhere tells of the share of its congress at every station
    objects = KeptInForceQuerySet.as_manager()
    scope_paths = AT_STATION

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

    def clean(self):
        if self.station_id and self.mandate_id and self.valid_from:
            same = StationAssignment.objects.filter(station=self.station_id, mandate=self.mandate_id)
            refuse_overlap(self, same, _("This mandate has a place here in these days already."))
