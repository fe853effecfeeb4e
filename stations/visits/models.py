"""What happened at a station: visits (进站活动), who came, who was heard, what was promised."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from liaison.accounts.scope import ScopedQuerySet
from liaison.audit.keeping import Kept, KeptRows
from representatives.models import Mandate
from stations.register.models import Station

FORM_CHOICES = [
    ("reception", _("reception day")),
    ("sit_in", _("on-site reception")),
    ("joint_consultation", _("joint consultation")),
    ("tour", _("tour of supervision")),
    ("outreach", _("going to residents")),
    ("appointment", _("appointment with officials")),
    ("training", _("training")),
    ("research", _("special research")),
    ("inspection", _("inspection")),
    ("meeting", _("meeting")),
    ("notice_giving", _("explaining policy")),
    ("guidance", _("guidance from above")),
    ("process_walk", _("walking a procedure")),
    ("report", _("report on duty")),
]
ATTENDANCE_CHOICES = [("present", _("present")), ("leave", _("on leave")), ("absent", _("absent"))]
ENTRY_TYPES = {
    "entries_representatives": "enters_representatives",
    "entries_departments": "enters_departments",
    "entries_leaders": "enters_leaders",
    "entries_congress_work": "enters_congress_work",
}


class VisitQuerySet(KeptRows, ScopedQuerySet):
    def held(self, period):
        return self.filter(date__gte=period.starts_on, date__lte=period.ends_on, voided_on=None)


class Visit(Kept):
    """One activity at a station on one day. Who enters (entry types) and in which form are two separate things."""

    station = models.ForeignKey(Station, models.PROTECT, related_name="visits", verbose_name=_("station"))
    date = models.DateField(_("date"), db_index=True)
    starts_at = models.TimeField(pgettext_lazy("time of day", "from"), null=True, blank=True)
    ends_at = models.TimeField(_("until"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=100, blank=True)
    enters_representatives = models.BooleanField(_("representatives enter"), default=False)
    enters_departments = models.BooleanField(_("government departments enter"), default=False)
    enters_leaders = models.BooleanField(_("leaders enter"), default=False)
    enters_congress_work = models.BooleanField(_("congress work enters"), default=False)
    form = models.CharField(_("form of the visit"), max_length=20, choices=FORM_CHOICES)
    residents_received = models.PositiveSmallIntegerField(_("residents received"), default=0)
    content = models.TextField(_("what was said and done"))
    results = models.TextField(_("results"), blank=True)
    recorder = models.CharField(_("recorded by"), max_length=50, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("entered by"),
    )
    entered_at = models.DateTimeField(_("entered at"), default=timezone.now, editable=False)
    voided_on = models.DateField(null=True, editable=False)
    entry_key = models.CharField(max_length=32, null=True, unique=True, editable=False)  # of the page it was typed on
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    changed_at = models.DateTimeField(null=True, editable=False)

    kept_fields = (
        "station",
        "date",
        "form",
        "recorder",
        "residents_received",
        "voided_on",
        *ENTRY_TYPES.values(),
    )
    objects = VisitQuerySet.as_manager()
    scope_paths = {"division": "station__division_id", "station": "station_id"}

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering = ["-date", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(starts_at=None) | Q(ends_at__gte=models.F("starts_at")),
                name="a_visit_ends_after_it_begins",
                violation_error_message=_("The end lies before the beginning."),
            )
        ]

    def __str__(self):
        return f"{self.date} {self.get_form_display()}"


class AttendanceQuerySet(KeptRows, ScopedQuerySet):
    pass


class GuestQuerySet(KeptRows, models.QuerySet):
    """Without a scope of its own: who sees the visit sees them."""


class AtVisit(Kept):
    """Somebody who was at a visit, or was to be there."""

    entered_at = models.DateTimeField(default=timezone.now, editable=False)

    kept_with = ("visit",)

    class Meta:
        abstract = True

    @property
    def station_of_record(self):
        return self.visit.station_id


class Attendance(AtVisit):
    """Whether one of the station's representatives was there."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="attendances", verbose_name=_("visit"))
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="attendances", verbose_name=_("representative"))
    status = models.CharField(_("status"), max_length=10, choices=ATTENDANCE_CHOICES, default="present")
    was_expected = models.BooleanField(default=True, editable=False)  # not who came though others were to receive

    objects = AttendanceQuerySet.as_manager()
    scope_paths = {"division": "visit__station__division_id", "station": "visit__station_id"}

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["visit", "mandate"], name="one_attendance_a_visit")]

    def __str__(self):
        return str(self.mandate)


class Guest(AtVisit):
    """Somebody else who took part: from a department, a leader, a guest."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="guests", verbose_name=_("visit"))
    organisation = models.CharField(_("unit"), max_length=100, blank=True)
    name = models.CharField(pgettext_lazy("person", "name"), max_length=50)
    post = models.CharField(_("post"), max_length=50, blank=True)

    kept_fields = ("visit",)
    objects = GuestQuerySet.as_manager()

    class Meta:
        verbose_name = _("other participant")
        verbose_name_plural = _("other participants (unit, name, post)")
        ordering = ["id"]

    def __str__(self):
        return self.name


class CommitmentQuerySet(ScopedQuerySet):
    def open(self):
        return self.filter(done_on=None)

    def overdue(self, today):
        return self.open().filter(due_on__lt=today)


class Commitment(models.Model):
    """What somebody promised at a visit, and by when. It is closed (销号) by a later visit or by a note."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="commitments", verbose_name=_("visit"))
    who = models.CharField(_("who"), max_length=100)
    what = models.CharField(_("what"), max_length=300)
    due_on = models.DateField(_("by when"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    closed_by = models.ForeignKey(
        Visit,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="closed_commitments",
        verbose_name=_("closed by the visit"),
    )
    note = models.CharField(_("how it was kept"), max_length=200, blank=True)

    objects = CommitmentQuerySet.as_manager()
    scope_paths = {"division": "visit__station__division_id", "station": "visit__station_id"}

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["id"]

    def __str__(self):
        return self.what

    @property
    def in_choices(self) -> str:
        """Who, what and by when, where it is ticked as kept."""
        due = gettext("by %(day)s") % {"day": self.due_on} if self.due_on else ""
        return " ".join(filter(None, (self.who, self.what, due)))


class Draft(models.Model):
    """What somebody has typed on a page and not saved: sealed, for that person alone, and kept for some days.

    `key` is that of the page as it was opened; `page` says what it is about, so that it is offered there again.
    `opening` and `turn` are the browser's: what one opened page sent earlier and arrives later replaces nothing newer.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    page = models.CharField(max_length=50)
    key = models.CharField(max_length=32)
    sealed = models.BinaryField()
    saved_at = models.DateTimeField(default=timezone.now, db_index=True)
    opening = models.CharField(max_length=32, blank=True)
    turn = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-saved_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_draft_of_a_page")]

    def __str__(self):
        return self.page
