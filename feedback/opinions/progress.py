"""Where an opinion stands, in words: for the house, and for the resident (wording.md, section 4)."""

from datetime import datetime, time

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.opinions import workflow
from feedback.submissions import tokens
from liaison.tools import deadlines

FOR_RESIDENTS = {
    "submitted": gettext_lazy("Received, the station is looking into it"),
    "accepted": gettext_lazy("Accepted, being decided who will handle it"),
    "refused": gettext_lazy("Not a matter for a station, please follow the guidance below"),
    "withdrawn": gettext_lazy("You have withdrawn it"),
    "assigned": gettext_lazy("Given to %(handler)s, reply expected by %(due)s"),
    "handling": gettext_lazy("%(handler)s is handling it, reply expected by %(due)s"),
    "replied": gettext_lazy("%(handler)s has replied, the station is checking and will tell you soon"),
    "fed_back": gettext_lazy("You have been told the result, please evaluate it"),
    "evaluated": gettext_lazy("Thank you for your evaluation"),
    "archived": gettext_lazy("Archived. Result: %(outcome)s"),
}
JOINED, LEFT = "join_proposal", "leave_proposal"  # plain steps that feedback.proposals leaves; the note is its key
AROUND = {
    JOINED: gettext_lazy("It has become part of a proposal"),
    LEFT: gettext_lazy("It is no longer part of that proposal"),
}
SHOWN_REPLY = ("fed_back", "evaluated", "archived")
STEPS_SHOWN = {
    "begin": gettext_lazy("You said it"),
    "accept": gettext_lazy("The station accepted it"),
    "refuse": gettext_lazy("The station guided you elsewhere"),
    "assign": gettext_lazy("Given to a department"),
    "acknowledge": gettext_lazy("The department signed for it"),
    "reply": gettext_lazy("The department replied"),
    "import_reply": gettext_lazy("The department replied"),
    "feed_back": gettext_lazy("The station told you the result"),
    "rate": gettext_lazy("You evaluated the result"),
    "archive": gettext_lazy("Archived"),
    "add": gettext_lazy("You added information"),
    "withdraw": gettext_lazy("You withdrew it"),
    **AROUND,
}
OWN_NOTES = ("add",)  # a resident's own words are shown to them again; notes of the house are not


def state_in_house(opinion) -> str:
    """The state as staff read it, with the days it is late."""
    days = deadlines.days_late(due_day(opinion), timezone.localdate())
    late = _("late by %(days)s days") % {"days": days} if days else ""
    return f"{opinion.state_label} {late}".strip()


def due_day(opinion):
    """The day the present state must have ended by; None where no clock runs."""
    name = workflow.WAITING_FOR.get(opinion.state)
    return getattr(opinion, name) if name else None


def day_of(moment):
    return timezone.localtime(moment).date()


def moment_on(day):
    """Noon of a day: what happened on it, at no hour anybody noted."""
    return timezone.make_aware(datetime.combine(day, time(12)))


def in_words(day) -> str:
    """6月30日, as it is read aloud."""
    return date_format(day, _("F j")) if day else _("a day not yet set")


def handler_of(opinion) -> str:
    names = [str(row.organisation) for row in opinion.assignments.all()]
    return "、".join(names) or _("the department")


def for_resident(opinion) -> dict:
    """What the tracking page shows: no name, no telephone, nobody's notes."""
    handler, today = handler_of(opinion), timezone.localdate()
    words = {"handler": handler, "due": in_words(opinion.reply_due_on), "outcome": _outcome_of(opinion)}
    return {
        "number": opinion.number,
        "state": opinion.state,
        "state_words": str(FOR_RESIDENTS[opinion.state]) % words,
        "handler": handler if opinion.assignments.all() else "",
        "due_on": opinion.reply_due_on,
        "is_overdue": opinion.state in ("assigned", "handling") and deadlines.is_overdue(opinion.reply_due_on, today),
        "late_words": _("The expected time has passed"),
        "public_reply": _reply_shown(opinion),
        "outcome": opinion.get_outcome_display() if opinion.state in SHOWN_REPLY else "",
        "guidance": getattr(opinion, "guidance", None),
        "proposals": proposals_in_words(opinion),
        "timeline": [_line(step) for step in opinion.steps.all() if step.move in STEPS_SHOWN],
    }


def proposals_of(opinion) -> list[str]:
    """The keys of the proposals it is part of, as its steps tell."""
    keys = {step.note: step.move == JOINED for step in opinion.steps.all() if step.move in AROUND}
    return [key for key, is_part in keys.items() if is_part]


def proposals_in_words(opinion) -> list[str]:
    """Beside the state: what representatives made of it, by the last part of the proposal's key."""
    words = _("A representative, considering your opinion and those of others, made proposal No. %(number)s")
    return [words % {"number": key.rpartition("-")[2]} for key in proposals_of(opinion)]


def _outcome_of(opinion) -> str:
    """Answers from elsewhere do not say which of the five results they are."""
    return opinion.get_outcome_display() or _("see the reply")


def _reply_shown(opinion) -> str:
    """The department's words, once the station has checked them and told the resident."""
    if opinion.state not in SHOWN_REPLY:
        return ""
    return "\n\n".join(reply.text for reply in opinion.replies.all())


def _line(step) -> dict:
    note = step.opinion.body if step.move == "begin" else step.note if step.move in OWN_NOTES else ""
    return {"at": step.at, "words": STEPS_SHOWN[step.move], "note": note}


def follow_ups(opinion) -> dict:
    """What the resident may do now, and the ticket that lets them."""
    moves = {move.key for move in opinion.moves_from_here("resident")}
    return {
        "ticket": tokens.ticket_for(opinion.pk),
        "can_add": "add" in moves and opinion.state not in workflow.ENDED,
        "can_withdraw": "withdraw" in moves,
        "can_rate": "rate" in moves,
    }


def for_staff(opinion, user) -> dict:
    """The next steps and the past ones, for the change page."""
    moves = [
        {
            "key": move.key,
            "label": move.label,
            "url": reverse("admin:opinions_opinion_move", args=(opinion.pk, move.key)),
        }
        for move in opinion.moves_open_to(user)
    ]
    return {
        "moves": moves,
        "timeline": _house_timeline(opinion),
        "proposals": proposals_of(opinion),
        "given": opinion.assignments.visible_to(user).select_related("organisation"),
        "replies": opinion.replies.select_related("organisation"),
    }


def _house_timeline(opinion) -> list[dict]:
    labels = {"begin": _("registered")} | {key: move.label for key, move in workflow.MOVES.items()} | AROUND
    return [
        {"at": step.at, "words": labels.get(step.move, step.move), "who": _who(step), "note": step.note}
        for step in opinion.steps.all()
    ]


def _who(step) -> str:
    return {"resident": _("the resident"), "system": _("the system")}.get(step.actor_kind, step.actor_name)
