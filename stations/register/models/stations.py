"""Stations: what each is, where it stands, what hangs under it, and how it stood on any day."""

import operator
from functools import reduce

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from liaison.accounts.scope import ScopedQuerySet
from liaison.audit.keeping import Kept, KeptRows
from liaison.divisions.codes import code_range
from liaison.divisions.models import Division, lies_or_went_to
from stations.register.models.dated import (
    AT_STATION,
    InForceQuerySet,
    Recorded,
    day_that_can_be_meant,
    ends_after_it_begins,
    refuse_overlap,
)

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
DESIGNATION_CHOICES = [("demonstration", _("demonstration station"))]
ENTITLED_KINDS = ("home", "station", "central", "service_centre")  # contact points and studios live off these


class StationQuerySet(KeptRows, ScopedQuerySet):
    def within(self, code: str):
        """There by their division, or by what came after it where it is retired."""
        return self.filter(lies_or_went_to(code, "division"))

    def operating(self):
        return self.filter(status="operating")

    def standing(self, on):
        """In operation and open on that day, as their history tells; where there is none, as they stand today."""
        known = self.alias(status_then=Coalesce(_status_on(on), F("status")))
        return known.filter(
            Q(opened_on=None) | Q(opened_on__lte=on),
            Q(closed_on=None) | Q(closed_on__gt=on),
            status_then="operating",
        )

    def with_status(self, on, moment):
        """Each with `status_then`: that of a day as its history was known at a moment, None without one."""
        return self.annotate(status_then=_status_on(on, entered_at__lt=moment))

    def matching(self, words: str):
        """Name, place or division, what came after the division or lies above it, holds the words."""
        own = [Q(**{f"{name}__contains": words}) for name in ("name", "address", "host_place", "served_area")]
        areas = ("division", "division__successor", "division__parent")
        return self.filter(reduce(operator.or_, [*own, *(Q(**{f"{area}__name__contains": words}) for area in areas)]))

    def designated(self, on):
        """Each with `is_demonstration`: so named on that day."""
        named = Designation.objects.in_force(on).filter(kind="demonstration", station=OuterRef("pk"))
        return self.annotate(is_demonstration=Exists(named))


def _status_on(on, **known):
    rows = StationStatus.objects.filter(station=OuterRef("pk"), since__lte=on, **known).order_by("-since")
    return Subquery(rows.values("status")[:1])


def degrees(least: int, most: int) -> list:
    """China's own; a longitude typed in the place of the latitude is found by it."""
    words = _("Please write degrees from %(limit_value)s up.")
    return [MinValueValidator(least, words), MaxValueValidator(most, _("Please write degrees up to %(limit_value)s."))]


class Station(Kept):
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
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("upper station")
    )
    host_place = models.CharField(
        _("host place"), max_length=100, blank=True, help_text=_("such as a service hall, a village office, a firm")
    )
    address = models.CharField(_("address"), max_length=200, blank=True)
    phone = models.CharField(_("telephone"), max_length=50, blank=True)
    hours = models.CharField(_("opening hours"), max_length=200, blank=True)
    served_area = models.CharField(_("area served"), max_length=200, blank=True)
    focus = models.CharField(_("focus (one station, one focus)"), max_length=100, blank=True)
    brand = models.CharField(_("brand (one station, one brand)"), max_length=100, blank=True)
    has_accessible_entrance = models.BooleanField(_("accessible entrance"), default=False)
    is_legislative_contact_point = models.BooleanField(_("legislative contact point"), default=False)
    longitude = models.DecimalField(
        _("longitude"), max_digits=9, decimal_places=6, null=True, blank=True, validators=degrees(73, 136)
    )
    latitude = models.DecimalField(
        _("latitude"), max_digits=8, decimal_places=6, null=True, blank=True, validators=degrees(3, 54)
    )
    status = models.CharField(_("status"), max_length=20, choices=STATUS_CHOICES, default="operating")
    opened_on = models.DateField(_("opened on"), null=True, blank=True, validators=[day_that_can_be_meant])
    closed_on = models.DateField(_("closed on"), null=True, blank=True, validators=[day_that_can_be_meant])

    objects = StationQuerySet.as_manager()
    scope_paths = {"division": "division_id", "station": "id"}
    kept_fields = ("name", "kind", "division", "parent", "status", "opened_on", "closed_on")

    class Meta:
        verbose_name = _("station")
        verbose_name_plural = _("stations")
        ordering = ["code"]

    def __str__(self):
        return self.name

    @property
    def station_of_record(self):
        return self.pk

    def stood(self, on) -> bool:
        """As `standing`, of a row read `with_status`."""
        is_open = (self.opened_on is None or self.opened_on <= on) and (self.closed_on is None or on < self.closed_on)
        return is_open and (self.status_then or self.status) == "operating"

    def clean(self):
        wrong = {}
        if (self.longitude is None) != (self.latitude is None):
            wrong["latitude"] = _("Please write both longitude and latitude.")
        if self.opened_on and self.closed_on and self.closed_on < self.opened_on:
            wrong["closed_on"] = _("The end lies before the beginning.")
        if self.parent_id and (reason := self._why_not_under(self.parent)):
            wrong["parent"] = reason
        if wrong:
            raise ValidationError(wrong)

    def _why_not_under(self, parent) -> str:
        """A station hangs under one of the same area or a wider one, and nowhere in a circle."""
        low, high = code_range(parent.division_id)
        if self.division_id and not low <= self.division_id < high:
            return _("The upper station stands in another area.")
        above, seen = parent, {self.pk} - {None}
        while above is not None and above.pk not in seen:
            seen.add(above.pk)
            above = above.parent
        return _("A station cannot hang under itself.") if above is not None else ""

    @transaction.atomic
    def change_status(self, status: str, since, *, by=None, note="") -> "StationStatus":
        """The one door to another status. The day lies after that of the status before, and not in the future.

        What was entered for today may be mended today: the row says the new status then, and the trail both.
        ValidationError by field. A station without a history gets what is known of it as its first row.
        """
        kept = Station.objects.select_for_update().get(pk=self.pk)
        last = kept.statuses.order_by("-since").first() or kept._first_status(since)
        is_mended = last is not None and last.since == since == timezone.localdate()
        _refuse_status(status, since, None if is_mended else last, kept.status)
        facts = {"status": status, "entered_by": by, "note": note}
        row, _is_new = StationStatus.objects.update_or_create(station=kept, since=since, defaults=facts)
        self.status = status
        self.opened_on = kept.opened_on or (since if status == "operating" else None)
        self.closed_on = since if status == "closed" else None
        self.save(update_fields=["status", "opened_on", "closed_on"])
        return row

    def begin_history(self, *, by=None) -> None:
        """The first row of a station just entered, where its day is known."""
        self._first_status(None, by=by)

    def _first_status(self, before, *, by=None):
        since = {"operating": self.opened_on, "closed": self.closed_on}.get(self.status)  # of others nobody knows it
        if since is None or (before is not None and since >= before):
            return None
        return StationStatus.objects.create(station=self, status=self.status, since=since, entered_by=by)


def _refuse_status(status, since, last, current):
    if since > timezone.localdate():
        raise ValidationError({"since": _("This day has not come yet.")})
    if last is not None and since <= last.since:
        raise ValidationError({"since": _("This must be after %(day)s.") % {"day": last.since.isoformat()}})
    if status == current:
        raise ValidationError({"status": _("The station already has this status.")})


class StationStatus(Recorded):
    """A station's status from a day on, until the next row. The newest is what the station shows."""

    station = models.ForeignKey(Station, models.PROTECT, related_name="statuses", verbose_name=_("station"))
    status = models.CharField(_("status"), max_length=20, choices=STATUS_CHOICES)
    since = models.DateField(_("from"), validators=[day_that_can_be_meant])
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = ScopedQuerySet.as_manager()
    scope_paths = AT_STATION

    class Meta:
        verbose_name = _("status of a station")
        verbose_name_plural = _("history of the status")
        ordering = ["station", "-since"]
        constraints = [
            models.UniqueConstraint(
                fields=["station", "since"],
                name="one_status_a_day",
                violation_error_message=_("That day already has a status."),
            )
        ]

    def __str__(self):
        return f"{self.get_status_display()} {self.since}"


class Designation(Recorded):
    """What a station has been named (示范站), from a day to a day. It is no status: the station works on as before."""

    station = models.ForeignKey(Station, models.PROTECT, related_name="designations", verbose_name=_("station"))
    kind = models.CharField(_("designation"), max_length=20, choices=DESIGNATION_CHOICES, default="demonstration")
    valid_from = models.DateField(_("given on"), validators=[day_that_can_be_meant])
    valid_to = models.DateField(_("valid until"), null=True, blank=True, validators=[day_that_can_be_meant])
    paper = models.CharField(_("number of the paper"), max_length=100, blank=True)

    objects = InForceQuerySet.as_manager()
    scope_paths = AT_STATION

    class Meta:
        verbose_name = _("designation")
        verbose_name_plural = _("designations")
        ordering = ["station", "-valid_from"]
        constraints = [ends_after_it_begins("a_designation_ends_after_it_begins")]

    def __str__(self):
        return self.get_kind_display()

    def clean(self):
        if self.station_id and self.valid_from:
            same = Designation.objects.filter(station=self.station_id, kind=self.kind)
            refuse_overlap(self, same, _("The station has this designation in these days already."))
