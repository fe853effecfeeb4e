"""Opinions of residents (群众意见建议): what was said, where it stands, and every step on the way."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback.handling.models import OUTCOME_CHOICES, Assignment, Reply
from feedback.opinions import effects, offers, workflow
from feedback.opinions.choices import (
    CHANNEL_CHOICES,
    DECISIVE,
    GUIDE_CHOICES,
    OWN_RATING,
    PART_CHOICES,
    SCORE_CHOICES,
    SOLE,
    SOURCE_CHOICES,
    STEP_SOURCE_CHOICES,
    URGENCY_CHOICES,
    WAY_CHOICES,
)
from feedback.opinions.urging import OpinionUrging  # noqa: F401 (a table of this app)
from feedback.submissions.models import Photo, Received, Reporter
from liaison.accounts.scope import ScopedQuerySet
from liaison.divisions.models import Division
from liaison.rulebook.models import Category
from liaison.tools.workflow import Matter, Step
from stations.register.models import Station
from stations.visits.models import Visit


class OpinionQuerySet(ScopedQuerySet):
    def received(self, period):
        return self.filter(**period.moments("received_at"))

    def open(self):
        """Accepted, and the resident not yet told (在办)."""
        return self.filter(state__in=workflow.OPEN)

    def late(self, today):
        """Their present state should have ended before today."""
        condition = Q()
        for state, name in workflow.WAITING_FOR.items():
            condition |= Q(state=state, **{f"{name}__lt": today})
        return self.filter(condition)

    def alarming(self):
        """Urgent or dangerous, and not yet at an end; the dangerous ones first, then those that wait longest."""
        rows = self.filter(urgency__in=["danger", "urgent"], state__in=workflow.ALIVE)
        return rows.order_by(by_urgency(), "received_at", "id")

    def holding(self, words: str):
        """The words stand in the text, the place or the staff's summary."""
        return self.filter(Q(body__contains=words) | Q(place__contains=words) | Q(summary__contains=words))

    def numbered(self, number: str):
        """The one opinion of that printed number, or nothing: `YJ-2026-0031` in any case, full width too."""
        year, sequence = read_number(number)
        found = self.filter(pk=sequence, year=year) if sequence is not None else self.none()
        return found


def by_urgency():
    """For order_by: dangerous, urgent, all others."""
    ranks = [models.When(urgency=urgency, then=rank) for rank, urgency in enumerate(("danger", "urgent"))]
    return models.Case(*ranks, default=2)


def by_due_day():
    """For order_by: the day the present state must have ended by, as `progress.due_day` gives it; none comes last."""
    days = [models.When(state=state, then=models.F(name)) for state, name in workflow.WAITING_FOR.items()]
    return models.Case(*days, default=None, output_field=models.DateField()).asc(nulls_last=True)


class Opinion(Received, Matter):
    """One matter one resident spoke of. `body` is their words and never changes; `summary` is the staff's."""

    year = models.PositiveSmallIntegerField(editable=False)
    station = models.ForeignKey(
        Station, models.PROTECT, null=True, blank=True, related_name="opinions", verbose_name=_("station")
    )
    division = models.ForeignKey(Division, models.PROTECT, editable=False, verbose_name=_("division"))
    channel = models.CharField(_("how it came in"), max_length=20, choices=CHANNEL_CHOICES, default="web")
    body = models.TextField(_("the resident's own words"))
    place = models.CharField(_("place or estate"), max_length=200)
    region = models.CharField(_("region as imported"), max_length=100, blank=True, editable=False)
    summary = models.CharField(_("staff's summary"), max_length=200, blank=True)
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, verbose_name=_("category"))
    urgency = models.CharField(_("urgency"), max_length=20, choices=URGENCY_CHOICES, default="normal")
    publish_consent = models.BooleanField(_("result may be published"), default=False)
    reporter = models.OneToOneField(Reporter, models.PROTECT, null=True, editable=False, verbose_name=_("reporter"))
    taker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("taken on by"),
    )
    taker_name = models.CharField(_("taken on by"), max_length=50, blank=True, editable=False)
    accept_due_on = models.DateField(_("to be verified by"), null=True, editable=False)
    reply_due_on = models.DateField(_("reply due on"), null=True, editable=False)
    feed_back_due_on = models.DateField(_("to be fed back by"), null=True, editable=False)
    accepted_on = models.DateField(_("accepted on"), null=True, editable=False)
    replied_on = models.DateField(_("replied on"), null=True, editable=False)
    fed_back_on = models.DateField(_("fed back on"), null=True, editable=False)
    feedback_way = models.CharField(_("told how"), max_length=20, choices=WAY_CHOICES, blank=True, editable=False)
    outcome = models.CharField(_("result"), max_length=20, choices=OUTCOME_CHOICES, blank=True, editable=False)
    round = models.PositiveSmallIntegerField(_("round"), default=1, editable=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="merged", verbose_name=_("merged into")
    )
    visit = models.ForeignKey(
        Visit, models.PROTECT, null=True, editable=False, related_name="opinions", verbose_name=_("raised at the visit")
    )
    agenda = models.ManyToManyField(
        Visit, through="AgendaItem", related_name="discussed", verbose_name=_("discussed at")
    )
    message_id = models.CharField(max_length=50, unique=True, null=True, editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    moves = workflow.MOVES
    effects = effects.EFFECTS
    objects = OpinionQuerySet.as_manager()
    scope_paths = {
        "division": "division_id",
        "station": "station_id",
        "organisation": "assignments__organisation_id",
    }

    class Meta:
        verbose_name = _("opinion")
        verbose_name_plural = _("opinions of residents")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["state", "accept_due_on"]),
            models.Index(fields=["state", "division"]),
            models.Index(fields=["division", "received_at", "accepted_on", "category", "channel"]),
            models.Index(fields=["division", "replied_on", "fed_back_on"]),
            models.Index(fields=["station", "state"]),
            models.Index(fields=["received_at"]),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(workflow.STATES)), name="an_opinion_has_a_known_state")
        ]

    def __str__(self):
        return self.number

    @property
    def number(self) -> str:
        """`YJ-<year of entry>-<sequence>`; the sequence is the database's own."""
        return f"YJ-{self.year}-{self.pk:04d}" if self.pk else ""

    @property
    def state_label(self):
        return workflow.STATES[self.state].label

    @property
    def gist(self) -> str:
        """What a list shows of it: the summary, or the beginning of the resident's words."""
        text = self.summary or self.body
        return text if len(text) <= 40 else f"{text[:39]}…"

    @property
    def in_choices(self) -> str:
        """What a list of choices shows of it."""
        return f"{self.number} {self.gist}"

    def has_reached(self, target):
        return offers.has_reached(self, target)

    def moves_open_to(self, user):
        return [move for move in super().moves_open_to(user) if offers.is_possible(self, move, user)]

    def moves_from_here(self, actor):
        moves = super().moves_from_here(actor)
        return moves if actor == "user" else [move for move in moves if offers.is_possible(self, move, None)]

    def guide_to(self, **place):
        """Remember where the resident was sent."""
        return Guidance.objects.create(opinion=self, **place)

    def hand_over(self, body, number, day):
        """Remember to whom outside it was passed on."""
        return PassedOn.objects.create(opinion=self, body=body, number=number, passed_on=day)

    def save(self, *args, **kwargs):
        if not self.year:
            self.year = timezone.localtime(self.entered_at).year
        super().save(*args, **kwargs)


def read_number(number: str) -> tuple[int | None, int | None]:
    """(year, sequence) of a printed number, (None, None) for anything else."""
    prefix, _dash, rest = number.partition("-")
    year, _dash, sequence = rest.partition("-")
    right = prefix == "YJ" and len(year) == 4 and 4 <= len(sequence) <= 18 and (year + sequence).isascii()
    return (int(year), int(sequence)) if right and (year + sequence).isdigit() else (None, None)


class OpinionStep(Step):
    """On behalf (代录): `at` is the day on the paper, `for_whom` whose act it was, `entered_at` when staff typed it.

    What a move leaves and its name does not tell is kept beside it: how it stood at a past moment is read from steps.
    """

    opinion = models.ForeignKey(Opinion, models.CASCADE, related_name="steps")
    for_whom = models.CharField(_("on behalf of"), max_length=100, blank=True)
    source = models.CharField(_("on what ground"), max_length=20, choices=STEP_SOURCE_CHOICES, blank=True)
    paper_on = models.DateField(_("day on the paper"), null=True)
    entered_at = models.DateTimeField(_("entered at"), null=True)
    detail = models.CharField(_("detail"), max_length=200, blank=True)
    due_on = models.DateField(null=True)  # the day of the reply, where this step set it
    outcome = models.CharField(max_length=20, blank=True)  # of the reply that this step is
    taken_from = models.BigIntegerField(null=True)  # the account that answered for it before

    class Meta(Step.Meta):
        verbose_name = _("step")
        verbose_name_plural = _("steps")

    def __str__(self):
        return self.move


class OpinionAssignment(Assignment):
    opinion = models.ForeignKey(Opinion, models.CASCADE, related_name="assignments", verbose_name=_("opinion"))
    round = models.PositiveSmallIntegerField(_("round"), default=1, editable=False)
    part = models.CharField(_("part in the handling"), max_length=20, choices=PART_CHOICES, default=SOLE)
    asked_until = models.DateField(_("more time asked until"), null=True, editable=False)
    on_behalf = models.BooleanField(_("entered on behalf"), default=False, editable=False)

    class Meta(Assignment.Meta):
        indexes = [
            models.Index(fields=["organisation", "state", "due_on"]),
            models.Index(fields=["state", "division", "due_on"]),
            models.Index(fields=["division", "due_on", "replied_on", "opinion"]),
        ]

    @property
    def is_decisive(self) -> bool:
        """Of the present round, and one of those whose replies make the opinion replied."""
        return self.round == self.opinion.round and self.part in DECISIVE


class OpinionReply(Reply):
    opinion = models.ForeignKey(Opinion, models.CASCADE, related_name="replies", verbose_name=_("opinion"))
    body = models.CharField(_("answered by"), max_length=100, blank=True)
    on_behalf = models.BooleanField(_("entered on behalf"), default=False, editable=False)

    class Meta(Reply.Meta):
        pass

    @property
    def answered_by(self) -> str:
        """A department of ours, or whoever else gave the answer."""
        return str(self.organisation or self.body)


class PassedOn(models.Model):
    """Given to a body that is none of ours (12345 …), under a number of theirs, and followed by the station."""

    opinion = models.OneToOneField(Opinion, models.CASCADE, related_name="passed_on", verbose_name=_("opinion"))
    body = models.CharField(_("passed on to"), max_length=100)
    number = models.CharField(_("their number"), max_length=50, blank=True)
    passed_on = models.DateField(_("passed on on"))

    def __str__(self):
        return f"{self.body} {self.number}".strip()


class OpinionPhoto(Photo):
    opinion = models.ForeignKey(Opinion, models.CASCADE, related_name="photos", verbose_name=_("opinion"))
    scope_paths = {
        "division": "opinion__division_id",
        "station": "opinion__station_id",
        "organisation": "opinion__assignments__organisation_id",
    }

    class Meta(Photo.Meta):
        pass

    def __str__(self):
        return f"{self.pk}"


class OpinionScan(Photo):
    """A picture of a paper behind something entered on behalf. It may show names: for the station's eyes only."""

    opinion = models.ForeignKey(Opinion, models.CASCADE, related_name="scans", verbose_name=_("opinion"))
    move = models.CharField(_("move"), max_length=40, editable=False)
    paper_on = models.DateField(_("day on the paper"), editable=False)
    scope_paths = {"division": "opinion__division_id", "station": "opinion__station_id"}

    class Meta(Photo.Meta):
        verbose_name = _("scan")
        verbose_name_plural = _("scans")

    def __str__(self):
        return f"{self.paper_on}"


class Rating(models.Model):
    """What the resident thinks of the result (评价), one a round."""

    opinion = models.ForeignKey(Opinion, models.CASCADE, related_name="ratings", verbose_name=_("opinion"))
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    score = models.CharField(_("evaluation"), max_length=20, choices=SCORE_CHOICES)
    reason = models.TextField(_("reason"), blank=True)
    source = models.CharField(_("source"), max_length=20, choices=SOURCE_CHOICES, default=OWN_RATING)
    rated_at = models.DateTimeField(_("evaluated at"))

    objects = ScopedQuerySet.as_manager()
    scope_paths = {"division": "opinion__division_id", "station": "opinion__station_id"}

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        ordering = ["id"]
        indexes = [models.Index(fields=["rated_at", "score", "source", "opinion"])]
        constraints = [models.UniqueConstraint(fields=["opinion", "round"], name="one_rating_a_round")]

    def __str__(self):
        return self.get_score_display()


class Guidance(models.Model):
    """Where a resident was sent whose matter no station may take (不予受理、引导)."""

    opinion = models.OneToOneField(Opinion, models.CASCADE, related_name="guidance", verbose_name=_("opinion"))
    channel = models.CharField(_("proper channel"), max_length=20, choices=GUIDE_CHOICES)
    office = models.CharField(_("office"), max_length=100)
    phone = models.CharField(_("telephone"), max_length=50, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)

    def __str__(self):
        return self.get_channel_display()


class AgendaItem(models.Model):
    """An existing opinion taken up at a visit (本次研究的已有意见建议)."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="agenda_items", verbose_name=_("visit"))
    opinion = models.ForeignKey(Opinion, models.PROTECT, related_name="agenda_items", verbose_name=_("opinion"))

    class Meta:
        verbose_name = _("existing opinion on the agenda")
        verbose_name_plural = _("existing opinions on the agenda")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["visit", "opinion"], name="once_on_an_agenda")]

    def __str__(self):
        return str(self.opinion)


from feedback.opinions.publications import Publication  # noqa: E402, F401 - its table belongs to this app
