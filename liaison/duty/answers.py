"""`/mine/opinions/<pk>/`: an opinion put to a representative, and what they write to the station about it.

It is a step of the opinion, read at the station; nothing of it is public before somebody has reviewed it.
"""

from django import forms
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from feedback.opinions import workflow
from liaison.duty import words
from liaison.duty.views import for_representatives, own_opinions
from liaison.tools.fields import CleanText
from liaison.tools.workflow import MoveRefused

MAY = "duty.answer_own_opinions"
LARGEST_KEY = 2**63
LONGEST = 2000
WRONG = 422


class AnswerForm(forms.Form):
    text = CleanText(
        lines=True,
        max_length=LONGEST,
        error_messages={
            "required": _("Please write what you think or have done."),
            "max_length": _("Too long, please keep within two thousand characters"),
        },
    )


def _opinion(request, own, pk):
    """Somebody else's is not there."""
    found = _found(own, pk)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _is_told(found, own, form):
        return redirect(f"{reverse('duty:opinion', args=(pk,))}{request.carried}#answers")
    context = {
        "opinion": words.in_full(found),
        "form": form,
        "answers": [{"at": step.at, "text": step.note} for step in _answers(found, own)],
        "may_answer": workflow.REPRESENT in found.moves_from_here(workflow.REPRESENT.actor),
    }
    return render(request, "duty/opinion.html", context, status=WRONG if form.is_bound else 200)


def _found(own, pk):
    rows = own_opinions(own).select_related("station", "category", "merged_into")
    rows = rows.prefetch_related("assignments__organisation", "replies__organisation", "ratings", "steps")
    found = rows.filter(pk=pk).first() if pk < LARGEST_KEY else None
    if found is None:
        raise Http404
    return found


def _answers(opinion, own) -> list:
    """What this representative has written, the oldest first."""
    steps = [step for step in opinion.steps.all() if step.move == workflow.REPRESENT.key]
    return [step for step in steps if step.actor_id == own.person.user_id]


def _is_told(opinion, own, form) -> bool:
    """The same words sent twice are kept once."""
    text = form.cleaned_data["text"]
    if text in [step.note for step in _answers(opinion, own)[-1:]]:
        return True
    try:
        opinion.move(workflow.REPRESENT, by=own.actor, note=text)
    except MoveRefused as refusal:
        form.add_error(None, _("Not possible: %(reason)s") % {"reason": refusal.reason})
        return False
    return True


opinion = for_representatives(_opinion, posts=MAY)
