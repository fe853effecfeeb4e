"""How far a thing to be rectified is, in words, and what somebody may do about it now."""

from datetime import date

from django.urls import reverse
from django.utils import timezone

from liaison.tools.periods import Period
from stations.assessment import workflow
from stations.assessment.models import AssessmentStep, Rectification
from stations.assessment.models.rectifications import CLOSED, HOW_FAR, TO_RECHECK


def how_far(item: Rectification, on: date | None = None) -> str:
    """On a day, or today."""
    return str(HOW_FAR[item.how_far(on or timezone.localdate())])


def as_known(items, day: date) -> list[Rectification]:
    """How they stood by the end of a day, as the steps tell: what was done since is not known yet."""
    about = {"item__in": items, "move__in": [workflow.MEND.key, workflow.RECHECK.key, workflow.REDO.key]}
    steps = AssessmentStep.objects.filter(at__lt=Period(day, day).end_moment, **about).order_by("at", "id")
    last = {step.item_id: step for step in steps}
    return [_after(item, last.get(item.pk)) for item in items]


def _after(item, step) -> Rectification:
    if step is None or step.move != workflow.RECHECK.key:
        is_done = step is not None and step.move == workflow.MEND.key
        item.done_on, item.done_note = (timezone.localdate(step.at), step.note) if is_done else (None, "")
        item.rechecked_on, item.rechecked_by = None, ""
    return item


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
