"""Whom the residents elected. A person and a mandate are two things: one person may hold several mandates."""

from representatives.models.congresses import LEVEL_CHOICES, Congress, Delegation, Public, Session, Term
from representatives.models.contacts import Contact, ContactEvent, ResidentGroup
from representatives.models.groups import Group, GroupMember
from representatives.models.mandates import STATUS_CHOICES, Mandate, MandateStatus, StatusReason
from representatives.models.persons import Person
from representatives.models.posts import CommitteePost
from representatives.models.statements import DutyStatement

__all__ = [
    "LEVEL_CHOICES",
    "STATUS_CHOICES",
    "CommitteePost",
    "Congress",
    "Contact",
    "ContactEvent",
    "Delegation",
    "DutyStatement",
    "Group",
    "GroupMember",
    "Mandate",
    "MandateStatus",
    "Person",
    "Public",
    "ResidentGroup",
    "Session",
    "StatusReason",
    "Term",
]
