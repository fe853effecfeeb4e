"""Proposals (代表建议): what a representative puts to the organs of state, and the opinions of residents behind it.

A proposal is the representative's own text; an opinion is never forwarded as it stands, it is linked. Answered and
delivered are two facts; taken in charge, signed and supervised are three, each with a person and a day.
"""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from feedback.opinions.models import Opinion
from feedback.proposals import effects, numbering, workflow
from liaison.accounts.scope import Scope, ScopedQuerySet, scope_of, view_permission
from liaison.audit.keeping import Kept, KeptRows
from liaison.divisions.models import Division
from liaison.organisations.models import Organisation
from liaison.rulebook.models import Open
from liaison.tools.deadlines import days_late
from liaison.tools.workflow import Matter, Step
from representatives.models import Mandate, Term

BETWEEN_SESSIONS = 0
ROLE_CHOICES = [
    ("lead", pgettext_lazy("handler", "lead")),
    ("sole", pgettext_lazy("handler", "sole")),
    ("separate", pgettext_lazy("handler", "separate")),
    ("co", pgettext_lazy("handler", "co-handling")),
]
LEAD_ROLES, CO_ROLES = ROLE_CHOICES[:3], ROLE_CHOICES[2:]


class ReplyType(models.Model):
    """What a reply says it has done (答复类别): A to D as the national marking has it, and what an office adds."""

    code = models.CharField(
        _("code"), max_length=2, unique=True, validators=[RegexValidator("^[A-Z]{1,2}$", _("Please write A, B, C …"))]
    )
    name = models.CharField(_("meaning"), max_length=100)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = Open.as_manager()

    class Meta:
        verbose_name = _("reply type")
        verbose_name_plural = _("reply types")
        ordering = ["code"]

    def __str__(self):
        return f"{self.code} {self.name}"


class ProposalQuerySet(KeptRows, ScopedQuerySet):
    def visible_to(self, user, permission=None):
        """As scope has it; and who sees an opinion at a station sees, if they may, the proposals it became part of."""
        rows = super().visible_to(user, permission)
        if permission not in (None, view_permission(self.model)) or (user.is_active and user.is_superuser):
            return rows
        return self.filter(Q(pk__in=rows.order_by().values("pk")) | Q(pk__in=_behind_which_stand(_heard_by(user))))

    def submitted(self, period):
        """Submitted in the period and still standing: neither refused as proposals nor withdrawn."""
        return self.filter(state__in=workflow.STANDING, **period.days("submitted_on"))

    def waiting(self):
        return self.filter(state__in=workflow.WAITING)

    def overdue(self, today):
        return self.waiting().filter(due_on__lt=today)

    def published(self):
        return self.filter(is_published=True, state__in=workflow.OPEN_TO_THE_PUBLIC)

    def keyed(self, key: str):
        """The one proposal of that key, or nothing, whatever the text."""
        parts = numbering.read_key(key)
        if parts is None:
            return self.none()
        division, term, session, sequence = parts
        return self.filter(division_id=division, term__ordinal=term, session=session, sequence=sequence)


def _heard_by(user):
    """The opinions of the places where the user may look at proposals; a department's own do not count here."""
    scope = scope_of(user).granting(view_permission(Proposal))
    at_places = Scope(tuple(reach for reach in scope.reaches if reach.organisation is None))
    return Opinion.objects.filter(at_places.rows(Opinion))


def _behind_which_stand(opinions):
    return ProposalOpinion.objects.filter(opinion__in=opinions.order_by()).values("proposal")


class Proposal(Kept, Matter):
    """`title` and `text` are the representative's; `public_text` and `public_reply` what an officer has reviewed."""

    division = models.ForeignKey(Division, models.PROTECT, editable=False, verbose_name=_("division"))
    term = models.ForeignKey(Term, models.PROTECT, related_name="proposals", verbose_name=_("congress and term"))
    session = models.PositiveSmallIntegerField(
        pgettext_lazy("proposal", "session"),
        default=BETWEEN_SESSIONS,
        validators=[MaxValueValidator(99)],
        help_text=_("0: between sessions"),
    )
    sequence = models.PositiveIntegerField(
        pgettext_lazy("proposal", "number"), validators=[MinValueValidator(1), MaxValueValidator(99_999)]
    )
    title = models.CharField(_("title"), max_length=100)
    text = models.TextField(_("what is proposed"), blank=True)
    submitted_on = models.DateField(_("submitted on"))
    lead_by = models.ForeignKey(
        Mandate, models.PROTECT, related_name="proposals_led", verbose_name=_("leading representative")
    )
    co_signers = models.ManyToManyField(
        Mandate, blank=True, related_name="proposals_signed", verbose_name=_("co-signing representatives")
    )
    opinions = models.ManyToManyField(
        Opinion, through="ProposalOpinion", related_name="proposals", verbose_name=_("opinions behind it")
    )
    is_key = models.BooleanField(_("key proposal"), default=False)

    lead_handler = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="proposals_led",
        verbose_name=_("lead handler"),
    )
    lead_role = models.CharField(_("role of the lead handler"), max_length=10, choices=LEAD_ROLES, blank=True)
    assigned_on = models.DateField(_("assigned on"), null=True, editable=False)
    due_on = models.DateField(_("reply due on"), null=True, editable=False)

    in_charge_by = models.CharField(_("leader in charge"), max_length=100, blank=True)
    in_charge_on = models.DateField(_("taken in charge on"), null=True, blank=True)
    signed_by = models.CharField(_("leader who signed"), max_length=100, blank=True)
    signed_on = models.DateField(pgettext_lazy("proposal", "signed on"), null=True, blank=True)
    supervised_by = models.CharField(_("supervising leader"), max_length=100, blank=True)
    supervised_on = models.DateField(_("supervised on"), null=True, blank=True)

    replied_on = models.DateField(_("replied on"), null=True, editable=False)
    reply_number = models.CharField(_("number of the reply document"), max_length=50, blank=True)
    reply_type = models.ForeignKey(
        ReplyType, models.PROTECT, null=True, blank=True, related_name="proposals", verbose_name=_("reply type")
    )
    reply_text = models.TextField(_("reply"), blank=True, editable=False)
    met_on = models.DateField(_("met in person on"), null=True, blank=True)
    delivered_on = models.DateField(_("delivered on"), null=True, blank=True)

    is_published = models.BooleanField(pgettext_lazy("proposal", "published"), default=False)
    published_on = models.DateField(pgettext_lazy("proposal", "published on"), null=True, editable=False)
    public_text = models.TextField(_("text for the public"), blank=True)
    reply_is_published = models.BooleanField(_("reply published"), default=False)
    public_reply = models.TextField(_("reply for the public"), blank=True)

    moves = workflow.MOVES
    effects = effects.EFFECTS
    kept_fields = ("division", "term", "session", "sequence", "title", "submitted_on")
    station_of_record = None
    objects = ProposalQuerySet.as_manager()
    scope_paths = {"division": "division_id", "organisation": ("lead_handler_id", "handlers__organisation_id")}

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-submitted_on", "-id"]
        indexes = [
            models.Index(fields=["division", "submitted_on"]),
            models.Index(fields=["division", "replied_on"]),
            models.Index(fields=["state", "due_on"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["term", "session", "sequence"], name="one_proposal_of_a_number"),
            models.CheckConstraint(condition=Q(state__in=list(workflow.STATES)), name="a_proposal_has_a_known_state"),
        ]

    def __str__(self):
        return self.key if self.pk else ""

    @property
    def key(self) -> str:
        return numbering.key_of(self.division_id, self.term.ordinal, self.session, self.sequence)

    @property
    def label(self) -> str:
        """The number as it is printed."""
        return numbering.label_of(self.term.congress.name, self.term.ordinal, self.session, self.sequence)

    @property
    def state_label(self):
        return workflow.STATES[self.state].label

    @property
    def has_reply(self) -> bool:
        return self.replied_on is not None

    @property
    def is_delivered(self) -> bool:
        return self.delivered_on is not None

    @property
    def is_on_time(self) -> bool | None:
        """Whether the reply came in time; None where there is none yet, or no due day."""
        return self.replied_on <= self.due_on if self.replied_on and self.due_on else None

    def days_late(self, today) -> int:
        return days_late(self.due_on, today) if self.state in workflow.WAITING else 0

    def save(self, *args, **kwargs):
        """It hangs where its congress does."""
        self.division_id = self.term.congress.division_id
        super().save(*args, **kwargs)


class ProposalStep(Step):
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="steps")

    class Meta(Step.Meta):
        verbose_name = _("step")
        verbose_name_plural = _("steps")

    def __str__(self):
        return self.move


class ProposalHandler(models.Model):
    """A body that handles it beside the lead handler."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="handlers", verbose_name=_("proposal"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("handling department")
    )
    role = models.CharField(_("role"), max_length=10, choices=CO_ROLES, default="co")

    objects = ScopedQuerySet.as_manager()
    scope_paths = {
        "division": "proposal__division_id",
        "organisation": ("proposal__lead_handler_id", "organisation_id"),
    }

    class Meta:
        verbose_name = _("co-handling department")
        verbose_name_plural = _("co-handling departments")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["proposal", "organisation"], name="a_body_handles_once")]

    def __str__(self):
        return f"{self.organisation} ({self.get_role_display()})"


class ProposalOpinion(models.Model):
    """An opinion behind a proposal. Where it stands in the proposal's text is the representative's business."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="links", verbose_name=_("proposal"))
    opinion = models.ForeignKey(Opinion, models.PROTECT, related_name="proposal_links", verbose_name=_("opinion"))

    class Meta:
        verbose_name = _("opinion behind it")
        verbose_name_plural = _("opinions behind it")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["proposal", "opinion"], name="once_behind_a_proposal")]

    def __str__(self):
        return str(self.opinion)
