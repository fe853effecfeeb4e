"""The standard stations are judged by (“八有”标准): data, drafted and tried, then published and never changed."""

from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liaison.accounts.scope import ScopedQuerySet
from liaison.divisions.codes import code_range
from liaison.divisions.models import Division
from stations.eight_haves.drafts import DRAFT, PUBLISHED, DraftRows, OfDraft
from stations.eight_haves.measuring import Measure, all_measures
from stations.eight_haves.standard import NAMES, PROMISES
from stations.register.models import KIND_CHOICES

STATE_CHOICES = [(DRAFT, pgettext_lazy("standard", "draft")), (PUBLISHED, pgettext_lazy("standard", "published"))]
NOT_EASIER = _("“Basically met” must be easier to reach than “met”.")
NO_KIND = _("Please choose at least one kind of station.")
TAKEN = _("This version is already there, please write another.")
CROSSED = _("The end lies before the beginning.")
AT_LEAST, AT_MOST = "at_least", "at_most"
COMPARISON_CHOICES = [
    (AT_LEAST, pgettext_lazy("comparison", "at least")),
    (AT_MOST, pgettext_lazy("comparison", "at most")),
]


class StandardQuerySet(DraftRows, ScopedQuerySet):
    """A published standard is no secret, nor is what ships (without a division): whoever may read any reads it."""

    def visible_to(self, user, permission=None):
        mine = super().visible_to(user, permission)
        reads = permission in (None, "eight_haves.view_standard") and user.has_perm("eight_haves.view_standard")
        open_to_readers = Q(state=PUBLISHED) | Q(division=None)
        return self.filter(Q(pk__in=mine.values("pk")) | open_to_readers) if reads else mine

    def published(self):
        return self.filter(state=PUBLISHED)

    def in_force(self, on):
        return self.published().filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)

    def with_criteria(self) -> list["Standard"]:
        """With all that judging by them reads, from one question; what nothing is asked of is left out."""
        order = ("criterion__have__place", "criterion__have", "criterion__place", "criterion", "kind")
        rows = Threshold.objects.filter(criterion__have__standard__in=self.order_by()).order_by(*order)
        found: dict[int, Standard] = {}
        for threshold in rows.select_related("criterion__have__standard"):
            _take_in(found, threshold)
        return list(found.values())


def _take_in(found, threshold):
    """Hang a threshold under the one object of its criterion, have and standard."""
    criterion = threshold.criterion
    standard = found.setdefault(criterion.have.standard_id, criterion.have.standard)
    have = _one_of(standard, "haves", criterion.have)
    _one_of(_one_of(have, "criteria", criterion), "thresholds", threshold)


def _one_of(whole, name, part):
    held = whole.__dict__.setdefault("_prefetched_objects_cache", {}).setdefault(name, [])
    if not held or held[-1].pk != part.pk:
        held.append(part)
    return held[-1]


class Standard(OfDraft):
    """One version. It holds for kinds of stations, in a division or everywhere, from a day to a day."""

    name = models.CharField(_("name of the standard"), max_length=60)
    version = models.CharField(_("version"), max_length=20)
    division = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, verbose_name=_("division where it holds")
    )
    kinds = models.JSONField(_("kinds of stations judged by it"), default=list)
    valid_from = models.DateField(_("in force from"))
    valid_to = models.DateField(_("in force until"), null=True, blank=True)
    note = models.TextField(_("note"), max_length=2_000, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=STATE_CHOICES, default=DRAFT, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("published by"),
    )

    objects = StandardQuerySet.as_manager()
    scope_paths = {"division": "division_id"}

    class Meta:
        verbose_name = _("standard")
        verbose_name_plural = _("versions of the standard")
        ordering = ["-valid_from", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="a_standard_lasts",
                violation_error_message=CROSSED,
            ),
            models.UniqueConstraint(
                fields=["name", "version"],
                name="one_version_of_a_standard",
                violation_error_message=TAKEN,
            ),
        ]

    def __str__(self):
        return f"{self.name} {self.version}"

    @property
    def is_published(self) -> bool:
        return self.state == PUBLISHED

    @property
    def is_known(self) -> bool:
        """Whether this installation has all measures it asks for."""
        asked = Criterion.objects.filter(have__standard=self).values_list("measure", flat=True)
        return set(asked) <= set(all_measures())

    def clean(self):
        known = {kind for kind, _name in KIND_CHOICES}
        if set(self.kinds) - known:
            raise ValidationError({"kinds": NO_KIND})
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": CROSSED})

    @property
    def kind_names(self) -> str:
        return "、".join(str(name) for kind, name in KIND_CHOICES if kind in self.kinds)

    def judges(self, station) -> bool:
        """Of its kinds, and where it holds."""
        low, high = self._codes
        return station.kind in self.kinds and low <= station.division_id < high

    @property
    def stations_judged(self) -> Q:
        """The same, for a queryset of stations."""
        low, high = self._codes
        return Q(kind__in=self.kinds, division_id__gte=low, division_id__lt=high)

    @property
    def _codes(self):
        return code_range(self.division_id) if self.division_id else ("", "~")


class HaveQuerySet(DraftRows):
    def of_published(self):
        """Those of published standards, each key once."""
        found = self.filter(standard__state=PUBLISHED).order_by("place", "id")
        return list({have.key: have for have in found}.values())


class Have(OfDraft):
    """One item of a standard. Of the seed's eight the names may be left out: they are known, in both languages."""

    standard = models.ForeignKey(Standard, models.CASCADE, related_name="haves", verbose_name=_("standard"))
    key = models.SlugField(_("key"), max_length=30)
    own_name = models.CharField(_("name"), max_length=20, blank=True)
    own_promise = models.CharField(_("what it promises residents"), max_length=100, blank=True)
    place = models.PositiveSmallIntegerField(_("place"), default=1)

    objects = HaveQuerySet.as_manager()
    way, hangs_at = "standard_id", "standard"

    class Meta:
        verbose_name = _("item of the standard")
        verbose_name_plural = _("items of the standard")
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["standard", "key"],
                name="one_have_of_a_standard",
                violation_error_message=_("This item is already in the standard."),
            )
        ]

    def __str__(self):
        return str(self.name)

    @property
    def name(self) -> str:
        return self.own_name or NAMES.get(self.key, self.key)

    @property
    def promise(self) -> str:
        return self.own_promise or PROMISES.get(self.key, "")

    def clean(self):
        if self.key and not self.own_name and self.key not in NAMES:
            raise ValidationError({"own_name": _("Please write the name of this item.")})


class Criterion(OfDraft):
    """What a have asks: a measure, which way to compare it, and what is met, basically met, by kind of station.

    What is not required is shown and fails nothing: a department's lateness is not the station's.
    """

    have = models.ForeignKey(Have, models.CASCADE, related_name="criteria", verbose_name=_("item of the standard"))
    measure = models.CharField(_("measure"), max_length=40)
    options = models.JSONField(_("settings of the measure"), default=dict, blank=True)
    comparison = models.CharField(_("comparison"), max_length=10, choices=COMPARISON_CHOICES, default=AT_LEAST)
    is_required = models.BooleanField(pgettext_lazy("criterion", "required"), default=True)
    points = models.DecimalField(_("points"), max_digits=5, decimal_places=1, null=True, blank=True)
    place = models.PositiveSmallIntegerField(_("place"), default=1)

    objects = DraftRows.as_manager()
    way, hangs_at = "have__standard_id", "have"

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["place", "id"]

    def __str__(self):
        return str(self.known_measure.name if self.known_measure else self.measure)

    @property
    def known_measure(self) -> Measure | None:
        """None where this installation has no such measure."""
        return all_measures().get(self.measure)

    @cached_property
    def by_kind(self) -> dict[str, "Threshold"]:
        return {threshold.kind: threshold for threshold in self.thresholds.all()}

    def threshold(self, kind: str) -> "Threshold | None":
        """That of the kind of station, or everybody's; without one the criterion does not apply to the kind."""
        return self.by_kind.get(kind) or self.by_kind.get("")

    def reaches(self, value, wanted) -> bool:
        """A share is compared as it is written: 66.6 as a binary fraction is a little less than 66.6."""
        value = Decimal(str(value))
        return value >= wanted if self.comparison == AT_LEAST else value <= wanted


class Threshold(OfDraft):
    """From which value on a criterion is met, and from which basically met."""

    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="thresholds", verbose_name=_("criterion"))
    kind = models.CharField(_("kind of station"), max_length=20, choices=[("", _("all")), *KIND_CHOICES], blank=True)
    met = models.DecimalField(pgettext_lazy("standing", "met"), max_digits=12, decimal_places=2)
    basically = models.DecimalField(
        pgettext_lazy("standing", "basically met"), max_digits=12, decimal_places=2, null=True, blank=True
    )

    objects = DraftRows.as_manager()
    way, hangs_at = "criterion__have__standard_id", "criterion"

    class Meta:
        verbose_name = _("threshold")
        verbose_name_plural = _("thresholds")
        ordering = ["kind", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["criterion", "kind"],
                name="one_threshold_a_kind",
                violation_error_message=_("This kind of station already has its threshold."),
            )
        ]

    def __str__(self):
        return f"{self.met}"

    def clean(self):
        if not is_easier(self.basically, self.met, self.criterion.comparison):
            raise ValidationError({"basically": NOT_EASIER})


def is_easier(basically, met, comparison) -> bool:
    """Whether what is basically met is easier to reach than what is met; also where either is not set."""
    if basically is None or met is None:
        return True
    return basically < met if comparison == AT_LEAST else basically > met
