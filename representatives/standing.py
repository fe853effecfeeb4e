"""The one door by which a mandate is suspended, resumed or ended (代表法 art. 61, 62), each with its day.

A day before which something else is already on record is refused, and so is a day to come. An end's day is the last
one in office; a suspension's is its first.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from liaison.tools.admin import record
from liaison.tools.spans import overlapping
from representatives.models import GroupMember, Mandate, MandateStatus, StatusReason
from representatives.models.mandates import ACTIVE, ENDED, SUSPENDED

NEXT = {ACTIVE: (SUSPENDED, ENDED), SUSPENDED: (ACTIVE, ENDED), ENDED: (ACTIVE,)}


class StandingRefused(Exception):
    """A change that may not be; `field` is where it is mended, `reason` a sentence for the officer."""

    def __init__(self, field, reason):
        super().__init__(str(reason))
        self.field, self.reason = field, reason


@dataclass(frozen=True)
class Follower:
    """What an app above does when mandates end or go on in a new term, and what it would say of them beforehand."""

    ended: Callable  # (mandates, last day)
    went_on: Callable  # ([(old, new)], first day of the new term)
    facts: Callable  # (mandates) -> rows that hang at them, for the digest of a preview


_followers: list[Follower] = []


def add_follower(follower: Follower) -> None:
    if follower not in _followers:
        _followers.append(follower)


def followers() -> tuple[Follower, ...]:
    return tuple(_followers)


def stand(mandate: Mandate, status: str, *, on: date, by, reason: StatusReason | None = None, note="") -> MandateStatus:
    """Change how the mandate stands from the day, with all that follows from it. Raises StandingRefused in words."""
    with transaction.atomic():
        kept = Mandate.objects.select_for_update(of=("self",)).select_related("term").get(pk=mandate.pk)
        before = kept.status
        _check(kept, status, on, reason, note)
        line = write(kept, status, on=on, by=by, reason=reason, note=note)
        if status == ENDED:
            end_what_hangs_there([kept.pk], on)
        detail = {"from": before, "to": status, "valid_from": on.isoformat()}
        record("standing", kept, actor=by, detail=detail | ({"reason": reason.name} if reason else {}))
    mandate.refresh_from_db()
    return line


def write(mandate, status, *, on, by, reason=None, note="") -> MandateStatus:
    """The line of the history and what the mandate shows; the first line says since when it was held."""
    if not mandate.history.exists():
        mandate.history.create(status=ACTIVE, since=mandate.starts_on, entered_by=by)
    mandate.status, mandate.ends_on = status, on if status == ENDED else None
    mandate.save(update_fields=["status", "ends_on"])
    return mandate.history.create(status=status, since=on, reason=reason, note=note, entered_by=by)


def end_what_hangs_there(mandates: list[int], day: date) -> None:
    """Memberships in groups, and what apps above keep."""
    _end_memberships(mandates, day)
    for follower in _followers:
        follower.ended(mandates, day)


def _end_memberships(mandates, day):
    begun = GroupMember.objects.filter(mandate__in=mandates, starts_on__lte=day)
    overlapping(begun, day, None, names=("starts_on", "ends_on")).update(ends_on=day)


def _check(mandate, status, on, reason, note):
    if status not in NEXT[mandate.status]:
        raise StandingRefused("status", _("It stands like this already."))
    if on > timezone.localdate():
        raise StandingRefused("on", _("This day has not come yet."))
    last = mandate.history.last()
    if on < (last.since if last else mandate.starts_on):
        raise StandingRefused("on", _("Something later is already on record."))
    if status != ACTIVE:
        _check_reason(status, reason)
    if mandate.status == ENDED:
        _check_mending(mandate, note)


def _check_reason(status, reason):
    if reason is None:
        raise StandingRefused("reason", _("Please choose the reason."))
    if reason.status != status:
        said = {"kind": reason.get_status_display()}
        raise StandingRefused("reason", _("This reason belongs to another change: %(kind)s.") % said)


def _check_mending(mandate, note):
    """An end entered by mistake is taken back with a note, unless somebody's other mandate has begun meanwhile."""
    if not note:
        raise StandingRefused("note", _("Please say what was wrong."))
    others = Mandate.objects.filter(person=mandate.person_id, term=mandate.term_id).exclude(pk=mandate.pk)
    if overlapping(others, mandate.starts_on, None, names=("starts_on", "ends_on")).exists():
        raise StandingRefused("status", _("This person already holds a mandate of this term."))
