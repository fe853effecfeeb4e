"""What a representative says to a day of theirs: that they will come, that they cannot, that another comes instead."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liaison.accounts.scope import ScopedQuerySet
from liaison.tools.workflow import Matter, Step
from representatives.models import Mandate
from stations.receptions import turn_moves, turning
from stations.receptions.models.receptions import PLANNED, Reception

AT_STATION = {"division": "reception__station__division_id", "station": "reception__station_id"}
LONGEST_REASON = 200


class Confirmation(models.Model):
    """A representative will come. It holds for the day it was given for, and no longer once the reception is moved."""

    reception = models.ForeignKey(Reception, models.CASCADE, related_name="confirmations", verbose_name=_("reception"))
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+", verbose_name=_("representative"))
    day = models.DateField(_("day"))
    confirmed_at = models.DateTimeField(_("confirmed at"))

    objects = ScopedQuerySet.as_manager()
    scope_paths = AT_STATION

    class Meta:
        verbose_name = _("confirmation")
        verbose_name_plural = _("confirmations")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["reception", "mandate"], name="one_confirmation_of_a_turn")]

    def __str__(self):
        return str(self.day)


class RequestQuerySet(ScopedQuerySet):
    def of_leave(self):
        return self.filter(kind=turn_moves.LEAVE)

    def agreed(self):
        return self.filter(state=turn_moves.AGREED.key)

    def open(self, today):
        """Still to be answered, of days to come, by whoever still receives then."""
        asked = self.filter(state=turn_moves.ASKED.key, reception__status=PLANNED, reception__date__gte=today)
        return asked.filter(reception__mandates=F("mandate"))

    def for_the_station(self, today):
        """Leave, and swaps with somebody who has no account to answer with."""
        return self.open(today).filter(Q(kind=turn_moves.LEAVE) | Q(to__person__user=None))

    def with_names(self):
        return self.select_related("mandate__person", "to__person", "in_return__station", "reception__station")


class TurnRequest(Matter):
    """Leave from one reception, or a swap: `to` receives instead, and `in_return` is the day of theirs taken over."""

    kind = models.CharField(_("kind"), max_length=10, choices=turn_moves.KIND_CHOICES)
    reception = models.ForeignKey(Reception, models.CASCADE, related_name="requests", verbose_name=_("reception"))
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    to = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+", verbose_name=_("asked of"))
    in_return = models.ForeignKey(
        Reception, models.CASCADE, null=True, related_name="+", verbose_name=_("day taken over in return")
    )
    reason = models.CharField(_("reason"), max_length=LONGEST_REASON, blank=True)
    asked_at = models.DateTimeField(_("asked at"))

    moves = turn_moves.MOVES
    effects = turning.EFFECTS
    objects = RequestQuerySet.as_manager()
    scope_paths = AT_STATION

    class Meta:
        verbose_name = _("request for leave or a swap")
        verbose_name_plural = _("requests for leave or a swap")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(turn_moves.STATES)), name="a_request_has_a_known_state"),
            models.CheckConstraint(
                condition=Q(kind=turn_moves.LEAVE, to=None, in_return=None) | Q(kind=turn_moves.SWAP, to__isnull=False),
                name="a_swap_is_with_somebody",
            ),
            models.CheckConstraint(condition=Q(to=None) | ~Q(to=F("mandate")), name="a_swap_is_not_with_oneself"),
            models.UniqueConstraint(
                fields=["reception", "mandate"],
                condition=Q(state=turn_moves.ASKED.key),
                name="one_open_request_of_a_turn",
            ),
        ]

    def __str__(self):
        return self.get_kind_display()

    @property
    def state_label(self):
        return turn_moves.STATES[self.state].label

    def moves_from_here(self, actor):
        return [move for move in super().moves_from_here(actor) if move.key in turn_moves.OF_KIND[self.kind]]


class TurnStep(Step):
    request = models.ForeignKey(TurnRequest, models.CASCADE, related_name="steps")

    class Meta(Step.Meta):
        verbose_name = _("step")
        verbose_name_plural = _("steps")

    def __str__(self):
        return self.move
