"""What representatives say to their days, each through one door: it checks, takes the reception's row, and is recorded.

How a request goes on is in `turn_moves.py`; what its answers do is in `turning.py`.
"""

from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from liaison.tools.admin import record
from liaison.tools.workflow import MoveRefused
from stations.receptions import turning
from stations.receptions.models import TurnRequest
from stations.receptions.turn_moves import ASKED, LEAVE, SWAP


def confirm(reception, mandate, *, by, at=None) -> None:
    """They will come. Said twice it is said once."""
    at = at or timezone.now()
    with _kept_or_told("confirm_turn", reception, by):
        (row,) = _row_of(reception, mandate, by, at)
        _refuse_if_asked(row, mandate)
        row.confirm(mandate, at)
        record("confirm_turn", row, actor=by)


def ask_leave(reception, mandate, *, by, reason, at=None) -> TurnRequest:
    at = at or timezone.now()
    with _kept_or_told("ask_turn", reception, by):
        if not reason.strip():
            raise MoveRefused(_("please say why"))
        (row,) = _row_of(reception, mandate, by, at)
        return _ask(row, mandate, by, at, kind=LEAVE, reason=reason)


def ask_swap(reception, mandate, to, *, by, in_return=None, reason="", at=None) -> TurnRequest:
    """Nothing changes until the other has agreed; then all of it is looked at once more."""
    at = at or timezone.now()
    with _kept_or_told("ask_turn", reception, by):
        row = _row_of(reception, mandate, by, at)[0]
        turning.check_swap(row, mandate, to, in_return, at)
        return _ask(row, mandate, by, at, kind=SWAP, to=to, in_return=in_return, reason=reason)


@contextmanager
def _kept_or_told(action, reception, by):
    """All or nothing; a refusal is a line of the trail too, written when the transaction has ended."""
    try:
        with transaction.atomic():
            yield
    except MoveRefused as refusal:
        record(action, reception, actor=by, result="refused", detail={"reason": str(refusal.reason)})
        raise


def _row_of(reception, mandate, by, at):
    """Their own turn at a reception to come, its row taken."""
    if mandate.person.user_id is None or mandate.person.user_id != by.pk:
        raise MoveRefused(_("This is for somebody else to answer."))
    rows = turning.taken([reception.pk])
    for row in rows:
        turning.check_coming(row, at)
        turning.check_receives(row, mandate)
    return rows


def _ask(row, mandate, by, at, **facts) -> TurnRequest:
    _refuse_if_asked(row, mandate)
    made = TurnRequest(reception=row, mandate=mandate, state=ASKED.key, asked_at=at, **facts)
    made.save()
    made.begin(by=by, at=at, note=made.reason)
    return made


def _refuse_if_asked(row, mandate):
    if row.requests.filter(state=ASKED.key, mandate__person=mandate.person_id).exists():
        raise MoveRefused(_("You have already asked about this day; withdraw that first."))
