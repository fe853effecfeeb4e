"""What a resident does with an opinion already in: found by number and code, then held by a ticket."""

import re
from dataclasses import dataclass
from unicodedata import normalize

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.opinions import workflow
from feedback.opinions.forms import LONGEST_NUMBER, AddForm, AgainForm, RatingForm, TrackForm
from feedback.opinions.models import Opinion
from feedback.submissions import guessing, receipts, tokens
from liaison.tools.text import clean_text
from liaison.tools.workflow import RESIDENT, MoveRefused

KEPT = ("action", "note", "score", "reason")
NOBODY = receipts.LENGTH * "0"  # compared with when there is no such number, so that both take as long
DONE = {
    "add": gettext_lazy("Thank you, your addition has been kept."),
    "withdraw": gettext_lazy("You have withdrawn it."),
    "rate": gettext_lazy("Thank you for your evaluation."),
    "ask_again": gettext_lazy("It is being handled again, with a new time limit."),
}


class TooOften(Exception):
    """Too many wrong codes of late."""


def found(form: TrackForm, network: str) -> Opinion | None:
    """The opinion of that number and code. A wrong code and an unknown number get the same answer, in the same time.

    Raises TooOften where a code is not even looked at.
    """
    if not form.is_valid():
        return None
    number, code = _printed(form.cleaned_data["number"]), receipts.read_code(form.cleaned_data["code"])
    if not guessing.may_try(network, number):
        form.add_error(None, _("Too many wrong codes, please try again after 15 minutes"))
        raise TooOften
    opinion = _rows().numbered(number).first()
    if receipts.fits(code, opinion.code_hash if opinion else NOBODY):
        return opinion
    guessing.note(network, number, code)
    form.add_error(None, _("Number or query code is not right, please check and try again"))
    return None


def _printed(number: str) -> str:
    """A number as the receipt prints it, from how somebody typed it: small, full width, with blanks or long dashes."""
    return re.sub(r"[-–—−]+", "-", re.sub(r"\s", "", normalize("NFKC", number))).upper()[:LONGEST_NUMBER]


def opinion_of(ticket: str) -> Opinion | None:
    """The opinion a ticket names; None for an expired or forged one."""
    try:
        return _rows().filter(pk=tokens.read_ticket(ticket)).first()
    except (tokens.Stale, tokens.Forged):
        return None


def _rows():
    related = ("steps", "replies", "ratings", "assignments__organisation")
    return Opinion.objects.select_related("guidance", "category", "passed_on", "merged_into").prefetch_related(*related)


def kept(data) -> dict:
    """What somebody typed into a follow-up, to be shown again."""
    return {name: data[name][:10_000] for name in KEPT if data.get(name)}


def again_form(data=None, **options) -> AgainForm:
    """With names of its own: the page shows it beside the form of the evaluation."""
    return AgainForm(data, auto_id="again_%s", **options)


@dataclass(frozen=True)
class News:
    """What the resident is told above the page: done, or why not."""

    words: str
    is_done: bool = True


def make(opinion, data) -> tuple[list[News], object]:
    """Do what the page asked for, once. Returns what to tell the resident, and the form where it has to be mended."""
    action = data.get("action", "")
    if _is_done_already(opinion, action, data):
        return [News(str(DONE[action]))], None
    if action == "withdraw":
        return _move(opinion, workflow.WITHDRAW), None
    form = {"add": AddForm, "rate": RatingForm, "ask_again": again_form}.get(action, AddForm)(data)
    if not form.is_valid():
        return [], form
    if action == "rate":
        return _move(opinion, workflow.RATE, **form.cleaned_data), None
    if action == "ask_again":
        return _move(opinion, workflow.ASK_AGAIN, note=form.cleaned_data["reason"]), None
    return _move(opinion, workflow.ADD, note=form.cleaned_data["note"]), None


def _is_done_already(opinion, action, data) -> bool:
    """A page loaded anew sends the same again: nothing more is kept, and the answer is the same."""
    if action == "add":
        said = clean_text(data.get("note", "")).strip()
        return any(step.move == workflow.ADD.key and step.note == said for step in opinion.steps.all())
    if action == "withdraw":
        return opinion.state == workflow.WITHDRAWN.key
    own = (rating.source == RESIDENT.kind for rating in opinion.ratings.all())
    return action == "rate" and opinion.state == workflow.EVALUATED.key and any(own)


def _move(opinion, move, **facts) -> list[News]:
    try:
        opinion.move(move, by=RESIDENT, **facts)
    except MoveRefused as refusal:
        return [News(_("Not possible: %(reason)s") % {"reason": refusal.reason}, is_done=False)]
    return [News(str(DONE[move.key]))]
