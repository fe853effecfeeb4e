"""Who receives when, changed by agreement: what may be, and what it does to the receptions.

`Reception.mandates` is the truth of who receives. Whoever changes it here takes the rows of the receptions first, so
that of two at once the second finds what the first made; a reception changed so is its rule's no longer.
"""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from liaison.tools.admin import record
from liaison.tools.workflow import MoveRefused
from stations.receptions.models.receptions import CANCELLED, PLANNED, Reception
from stations.receptions.turn_moves import OF_KIND
from stations.register.placements import assignments_on

# What an answer does (the effects of the moves)


def agree(request, *, at, by, note):
    _only(request.to, by)
    _swap(request, at, by)


def decline(request, *, at, by, note):
    _only(request.to, by)


def withdraw(request, *, at, by, note):
    _only(request.mandate, by)


def grant(request, *, at, by, note):
    """Their seat is free from now on."""
    _of_its_kind(request, "grant")
    (reception,) = taken([request.reception_id])
    check_coming(reception, at)
    check_receives(reception, request.mandate)
    _put(reception, None, request.mandate, at, by)


def refuse(request, *, at, by, note):
    _of_its_kind(request, "refuse")


def agree_for(request, *, at, by, note):
    _of_its_kind(request, "agree_for")
    _swap(request, at, by)


def decline_for(request, *, at, by, note):
    _of_its_kind(request, "decline_for")


EFFECTS = {
    "agree": agree,
    "decline": decline,
    "withdraw": withdraw,
    "grant": grant,
    "refuse": refuse,
    "agree_for": agree_for,
    "decline_for": decline_for,
}


def _only(mandate, by):
    if mandate is None or mandate.person.user_id is None or mandate.person.user_id != by.pk:
        raise MoveRefused(_("This is for somebody else to answer."))


def _of_its_kind(request, key):
    if key not in OF_KIND[request.kind]:
        raise MoveRefused(_("This answer belongs to another kind of request."))


def _swap(request, at, by):
    rows = {row.pk: row for row in taken([request.reception_id, request.in_return_id])}
    check_swap(rows[request.reception_id], request.mandate, request.to, rows.get(request.in_return_id), at)
    _put(rows[request.reception_id], request.to, request.mandate, at, by)
    if request.in_return_id:
        _put(rows[request.in_return_id], request.mandate, request.to, at, by)


def _put(reception, enters, leaves, at, by):
    """Whoever agreed to come has confirmed the day; a person goes with every mandate they had there."""
    reception.mandates.remove(*reception.mandates.filter(person=leaves.person_id))
    reception.confirmations.filter(mandate__person=leaves.person_id).delete()
    if enters:
        reception.mandates.add(enters)
        reception.confirm(enters, at)
    reception.is_by_hand = True
    reception.save(update_fields=["is_by_hand"])
    record("changed", reception, actor=by, detail={"fields": [str(_("representatives receiving"))]})


# What may be


def taken(keys) -> list[Reception]:
    """The receptions, one's own until the transaction ends; always in one order: nobody waits crosswise."""
    rows = Reception.objects.select_for_update(of=("self",)).filter(pk__in=[key for key in keys if key])
    return list(rows.select_related("station").order_by("pk"))


def begins_at(reception) -> datetime:
    return timezone.make_aware(datetime.combine(reception.date, reception.starts_at))


def check_coming(reception, at):
    if reception.status == CANCELLED:
        raise MoveRefused(_("%(day)s has been cancelled.") % {"day": reception.day})
    if reception.status != PLANNED or begins_at(reception) <= at:
        raise MoveRefused(_("%(day)s has begun or is past.") % {"day": reception.day})


def receives(reception, mandate) -> bool:
    """The person, with whatever mandate."""
    return reception.mandates.filter(person=mandate.person_id).exists()


def check_receives(reception, mandate):
    if not receives(reception, mandate):
        raise MoveRefused(_("%(name)s no longer receives on %(day)s.") % _said(reception, mandate))


def check_swap(reception, mandate, to, in_return, at):
    """One gives the day to another, who may give one of their own in return."""
    if to.person_id == mandate.person_id:
        raise MoveRefused(_("You cannot swap with yourself."))
    _check_change(reception, mandate, to, at)
    if in_return:
        _check_change(in_return, to, mandate, at)


def _check_change(reception, leaves, enters, at):
    check_coming(reception, at)
    check_receives(reception, leaves)
    if receives(reception, enters):
        raise MoveRefused(_("%(name)s receives on %(day)s already.") % _said(reception, enters))
    if not assignments_on(reception.station, reception.date).filter(mandate=enters).exists():
        raise MoveRefused(_("%(name)s does not belong to %(station)s on %(day)s.") % _said(reception, enters))


def _said(reception, mandate) -> dict:
    return {"name": mandate.person.name, "day": reception.day, "station": reception.station.name}
