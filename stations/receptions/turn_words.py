"""Requests for leave and swaps in words, for the station and for the representatives."""

from django.urls import reverse
from django.utils.translation import gettext as _

from stations.receptions.models import TurnRequest
from stations.receptions.turn_moves import ASKED, DECIDES, LEAVE


def asks(request) -> str:
    """张某请假；张某请李某替换，接替李某6月10日."""
    said = {"name": request.mandate.person.name, "to": request.to and request.to.person.name}
    if request.kind == LEAVE:
        return _("%(name)s asks leave") % said
    if request.in_return is None:
        return _("%(name)s asks %(to)s to come instead") % said
    said |= {"day": request.in_return.day, "hours": request.in_return.hours}
    return _("%(name)s asks %(to)s to come instead, and comes for them on %(day)s %(hours)s") % said


def with_reason(request) -> list[str]:
    return [asks(request), *([_("Reason: %(reason)s") % {"reason": request.reason}] if request.reason else [])]


def in_full(request) -> str:
    """With the day and all who receive on it: whoever answers has to know who is left."""
    reception = request.reception
    there = f"{_('Received by:')}{reception.names or '—'}"
    return "\n".join([f"{reception.station.name} {reception.day} {reception.hours}", there, *with_reason(request)])


def answer_of(request) -> str:
    """What was noted with the answer."""
    notes = [step.note for step in request.steps.all() if step.move != "begin" and step.note]
    return notes[-1] if notes else ""


def said_of(reception, user) -> dict:
    """For the reception's page: who has confirmed, and what was asked."""
    confirmed = reception.confirmations.filter(day=reception.date, mandate__in=reception.mandates.all())
    requests = reception.requests.with_names().prefetch_related("steps")
    return {
        "confirmed": [row.mandate.person.name for row in confirmed.select_related("mandate__person")],
        "requests": [_line(request, user) for request in requests],
    }


def _line(request: TurnRequest, user) -> dict:
    address = reverse("admin:receptions_reception_request", args=(request.reception_id, request.pk))
    may = request.state == ASKED.key and user.has_perm(DECIDES, request)
    return {
        "asks": asks(request),
        "reason": request.reason,
        "state": request.state_label,
        "note": answer_of(request),
        "href": address if may else "",
    }
