"""How far a thing to be rectified is, in words, and what somebody may do about it now."""

from datetime import date

from django.urls import reverse
from django.utils import timezone

from stations.assessment import workflow
from stations.assessment.models import Rectification
from stations.assessment.models.rectifications import CLOSED, HOW_FAR, TO_RECHECK


def how_far(item: Rectification, on: date | None = None) -> str:
    """On a day, or today."""
    return str(HOW_FAR[item.how_far(on or timezone.localdate())])


def why_again(steps) -> dict[int, str]:
    """By the key of what is open again: why it was not in order. `steps` in their order, each with its item."""
    sent_back = (step for step in steps if step.move == workflow.REDO.key and step.item.done_on is None)
    return {step.item_id: step.note for step in sent_back}


def next_step(item: Rectification, open_moves) -> tuple[str, str] | None:
    """Words and address; `open_moves` are those of its check that are open to whoever asks."""
    stands = item.how_far(timezone.localdate())
    move = workflow.RECHECK if stands == TO_RECHECK else workflow.MEND
    if stands == CLOSED or move not in open_moves:
        return None
    address = reverse("admin:assessment_move", args=(item.assessment_id, move.key))
    return str(move.label), f"{address}?item={item.pk}"
