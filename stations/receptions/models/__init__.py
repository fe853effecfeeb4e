"""Receptions (接待日): the days, and the rules from which they come."""

from stations.receptions.models.receptions import (
    CANCELLED,
    HELD,
    NOTICE_DAYS,
    PLANNED,
    STATUS_CHOICES,
    Reception,
    ReceptionQuerySet,
)
from stations.receptions.models.rules import ReceptionRule
from stations.receptions.models.turns import Confirmation, TurnRequest, TurnStep

__all__ = [
    "CANCELLED",
    "HELD",
    "NOTICE_DAYS",
    "PLANNED",
    "STATUS_CHOICES",
    "Confirmation",
    "Reception",
    "ReceptionQuerySet",
    "ReceptionRule",
    "TurnRequest",
    "TurnStep",
]
