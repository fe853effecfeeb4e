"""How an opinion is told to a representative: what it is, where it stands, what came of it; never whose it is.

A proposal is their own: all of it is told, but the notes of those who handle it.

The matter is told as on the papers that leave a station: in the staff's summary, or with numbers struck out.
"""

from django.utils.translation import gettext_lazy as _

from feedback.handling.models import RETURNED
from feedback.opinions import progress, workflow
from feedback.opinions.papers import told
from feedback.proposals import progress as proposal_progress
from feedback.proposals import workflow as proposal_workflow
from feedback.proposals.models import Proposal
from liaison.tools.papers import without_numbers

LONGEST = 60
ABOUT_RESIDENTS = (workflow.CALL.key, workflow.REISSUE.key, workflow.TELL_AT_ONCE.key)


def in_a_list(opinion) -> dict:
    text = told(opinion)
    return {
        "pk": opinion.pk,
        "number": opinion.number,
        "gist": text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…",
        "state_words": progress.state_in_house(opinion),
        "due_on": progress.due_day(opinion),
        "outcome": outcome_of(opinion),
        "is_solved": (opinion.merged_into or opinion).outcome == "solved",
    }


def outcome_of(opinion) -> str:
    """What came of it, once the resident knows; of the matter it was merged into, if it was."""
    main = opinion.merged_into or opinion
    return main.get_outcome_display() if main.state in workflow.TOLD else ""


def in_full(opinion) -> dict:
    """Read only, without a note of anybody: notes may say who spoke."""
    return in_a_list(opinion) | {
        "matter": told(opinion),
        "place": without_numbers(opinion.place),
        "category": opinion.category,
        "station": opinion.station,
        "received_on": progress.day_of(opinion.received_at),
        "handlers": handlers_of(opinion),
        "replies": replies_of(opinion),
        "ratings": opinion.ratings.all(),
        "proposals": proposals_behind(opinion),
        "timeline": timeline(opinion),
    }


def proposals_behind(opinion) -> list[str]:
    """By number and title."""
    rows = opinion.proposals.filter(state__in=proposal_workflow.STANDING).select_related("term__congress")
    return [_("%(number)s “%(title)s”") % {"number": row.label, "title": row.title} for row in rows]


def handlers_of(opinion) -> list[str]:
    return list(dict.fromkeys(str(row.organisation) for row in opinion.assignments.all() if row.state != RETURNED))


def replies_of(opinion) -> list[dict]:
    """Those the resident has been told; the last one only after the station has looked at it."""
    is_told = opinion.state in workflow.TOLD
    replies = [reply for reply in opinion.replies.all() if is_told or reply.round < opinion.round]
    return [{"by": reply.answered_by, "text": without_numbers(reply.text)} for reply in replies]


def timeline(opinion) -> list[dict]:
    labels = {"begin": _("registered")} | {key: move.label for key, move in workflow.MOVES.items()} | progress.AROUND
    steps = [step for step in opinion.steps.all() if step.move not in ABOUT_RESIDENTS]
    return [{"at": step.at, "words": labels.get(step.move, step.move)} for step in steps]


def proposal_in_a_list(proposal, person) -> dict:
    return {
        "pk": proposal.pk,
        "number": proposal.label,
        "title": proposal.title,
        "part": _("you lead") if proposal.lead_by.person_id == person.pk else _("you co-sign"),
        "state_words": proposal_progress.state_in_house(proposal),
        "handler": proposal.lead_handler,
        "due_on": proposal.due_on,
        "reply_type": proposal.reply_type if proposal.has_reply else None,
        "delivered_on": proposal.delivered_on,
    }


def proposal_in_full(proposal, person) -> dict:
    labels = {"begin": _("registered")} | {key: move.label for key, move in Proposal.moves.items()}
    steps = proposal.steps.all()
    return proposal_in_a_list(proposal, person) | {
        "text": proposal.text,
        "term": proposal.term,
        "lead": proposal.lead_by.person,
        "co_signers": [mandate.person for mandate in proposal.co_signers.select_related("person")],
        "submitted_on": proposal.submitted_on,
        "handlers": [str(row) for row in proposal.handlers.select_related("organisation")],
        "replied_on": proposal.replied_on,
        "reply_number": proposal.reply_number,
        "reply": proposal.reply_text,
        "met_on": proposal.met_on,
        "timeline": [{"at": step.at, "words": labels.get(step.move, step.move)} for step in steps],
    }
