"""Whom the residents elected. A person and a mandate are two things: one person may hold several mandates."""

from representatives.models.congresses import LEVEL_CHOICES, Congress, Delegation, Public, Session, Term
from representatives.models.contacts import Contact, ContactEvent, ResidentGroup
from representatives.models.corrections import CorrectionRequest
from representatives.models.duty import ChecklistItem, DutyEntry, DutyKind
from representatives.models.groups import Group, GroupMember
from representatives.models.mandates import STATUS_CHOICES, Mandate, MandateStatus, StatusReason
from representatives.models.persons import Person
from representatives.models.posts import CommitteePost
from representatives.models.reaching import mandates_in_reach
from representatives.models.reports import VoterReport
from representatives.models.statements import DutyStatement

__all__ = [
    "LEVEL_CHOICES",
    "STATUS_CHOICES",
    "ChecklistItem",
    "CommitteePost",
    "Congress",
    "Contact",
    "ContactEvent",
    "CorrectionRequest",
    "Delegation",
    "DutyEntry",
    "DutyKind",
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
    "VoterReport",
    "mandates_in_reach",
]
