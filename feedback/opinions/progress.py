"""Where an opinion stands, in words: for the house, and for the resident (wording.md, section 4)."""

from datetime import datetime, time

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.handling.models import RETURNED
from feedback.opinions import workflow
from feedback.opinions.choices import OWN_RATING
from feedback.opinions.urging import OpinionUrging
from feedback.submissions import tokens
from liaison.tools import deadlines
from stations.visits.models import Visit

FOR_RESIDENTS = {
    "submitted": gettext_lazy("Received, the station is looking into it"),
    "accepted": gettext_lazy("Accepted, being decided who will handle it"),
    "refused": gettext_lazy("Not a matter for a station, please follow the guidance below"),
    "merged": gettext_lazy("Being handled together with an opinion on the same matter"),
    "withdrawn": gettext_lazy("You have withdrawn it"),
    "answered_on_spot": gettext_lazy("Answered on the spot"),
    "passed_on": gettext_lazy("Passed on to %(body)s, their number %(their_number)s, the station keeps following it"),
    "assigned": gettext_lazy("Given to %(handler)s, reply expected by %(due)s"),
    "handling": gettext_lazy("%(handler)s is handling it, reply expected by %(due)s"),
    "replied": gettext_lazy("%(handler)s has replied, the station is checking and will tell you soon"),
    "fed_back": gettext_lazy("You have been told the result, please evaluate it"),
    "evaluated": gettext_lazy("Thank you for your evaluation"),
    "rehandling": gettext_lazy("You are not satisfied; it is being handled again, reply expected by %(due)s"),
    "closed_with_explanation": gettext_lazy("Explained, and not handled again"),
    "archived": gettext_lazy("Archived. Result: %(outcome)s"),
}
JOINED, LEFT = "join_proposal", "leave_proposal"  # plain steps that feedback.proposals leaves; the note is its key
AROUND = {
    JOINED: gettext_lazy("It has become part of a proposal"),
    LEFT: gettext_lazy("It is no longer part of that proposal"),
}
WITHOUT_NUMBER = gettext_lazy("Passed on to %(body)s, the station keeps following it")
LATE = {  # (urged, a new day known)
    (False, False): gettext_lazy("The expected time has passed"),
    (True, False): gettext_lazy("The expected time has passed, the station has urged them"),
    (False, True): gettext_lazy("The expected time has passed, now expected by %(day)s"),
    (True, True): gettext_lazy("The expected time has passed, the station has urged them, now expected by %(day)s"),
}
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
    "answer_on_spot": gettext_lazy("Answered on the spot"),
    "pass_on": gettext_lazy("Passed on to another body"),
    "follow": gettext_lazy("The station asked how far it is"),
    "answer_elsewhere": gettext_lazy("The other body answered"),
    "merge": gettext_lazy("Joined with an opinion on the same matter"),
    "reply_for": gettext_lazy("The department replied on paper"),
    "extend": gettext_lazy("The expected time was changed"),
    "rate_for": gettext_lazy("Your evaluation was entered by the station"),
    "rehandle": gettext_lazy("Given to be handled again"),
    "ask_again": gettext_lazy("You asked to have it handled again"),
    "close": gettext_lazy("Explained by the station"),
    "reissue": gettext_lazy("A new query code was issued"),
    "archive": gettext_lazy("Archived"),
    "urge": gettext_lazy("The station urged the department"),
    "add": gettext_lazy("You added information"),
    "withdraw": gettext_lazy("You withdrew it"),
    **AROUND,
}
OWN_NOTES = ("add", "ask_again", "close")  # their own words, and what is written to them; notes of the house are not
OF_THE_MATTER = ("accept", "assign", "acknowledge", "reply", "reply_for", "feed_back", "extend", "rehandle", "archive")
ABOUT_RESIDENTS = ("call", "reissue", "tell_at_once", "feed_back", "sign_for", "represent")  # not told to departments


def state_in_house(opinion) -> str:
    """The state as staff read it, with the days it is late."""
    days = deadlines.days_late(due_day(opinion), timezone.localdate())
    late = _("late by %(days)s days") % {"days": days} if days else ""
    alarm = opinion.get_urgency_display() if is_alarming(opinion) else ""
    return " ".join(str(words) for words in (alarm, _label_of(opinion), late) if words)


def _label_of(opinion):
    if opinion.state == "rehandling":
        return _("being handled again (round %(number)s)") % {"number": opinion.round}
    return opinion.state_label


def is_alarming(opinion) -> bool:
    """Urgent or dangerous, and not at its end."""
    return opinion.urgency != "normal" and opinion.state in workflow.ALIVE


def alarm(opinion) -> dict:
    """A line above the register: what it is, and whether somebody has been told by telephone."""
    told = [step for step in opinion.steps.all() if step.move == workflow.TELL_AT_ONCE.key]
    return {
        "opinion": opinion,
        "word": opinion.get_urgency_display(),
        "state_words": opinion.state_label,
        "told": told[-1] if told else None,
        "url": reverse("admin:opinions_opinion_change", args=(opinion.pk,)),
    }


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
    return "、".join(_handlers(opinion)) or _("the department")


def _handlers(opinion) -> list[str]:
    """Who handles it in the present round; who has returned it does not."""
    rows = [row for row in opinion.assignments.all() if row.round == opinion.round and row.state != RETURNED]
    return [str(row.organisation) for row in rows]


def for_resident(opinion) -> dict:
    """What the tracking page shows: no name, no telephone, nobody's notes."""
    main = opinion.merged_into
    return {"number": opinion.number, "state": opinion.state, "state_words": words_for_resident(opinion)} | {
        **_road(main or opinion),
        "main_state_words": words_for_resident(main) if main else "",
        "guidance": getattr(opinion, "guidance", None),
        "proposals": proposals_in_words(opinion),
        "timeline": _timeline(opinion),
        "main_timeline": _main_timeline(main) if main else [],
    }


def proposals_of(opinion) -> list[str]:
    """The keys of the proposals it is part of, as its steps tell."""
    keys = {step.note: step.move == JOINED for step in opinion.steps.all() if step.move in AROUND}
    return [key for key, is_part in keys.items() if is_part]


def proposals_in_words(opinion) -> list[str]:
    """Beside the state: what representatives made of it, by the last part of the proposal's key."""
    words = _("A representative, considering your opinion and those of others, made proposal No. %(number)s")
    return [words % {"number": key.rpartition("-")[2]} for key in proposals_of(opinion)]


def words_for_resident(opinion) -> str:
    passed = getattr(opinion, "passed_on", None)
    words = FOR_RESIDENTS[opinion.state]
    if opinion.state == "passed_on" and not passed.number:
        words = WITHOUT_NUMBER
    return str(words) % {
        "handler": handler_of(opinion),
        "due": in_words(opinion.reply_due_on),
        "outcome": _outcome_of(opinion),
        "body": passed and passed.body,
        "their_number": passed and passed.number,
    }


def _road(opinion) -> dict:
    """Who has it, by when, what was answered: of the matter, whoever of several spoke of it."""
    is_late = opinion.state in workflow.WITH_DEPARTMENT
    return {
        "handler": "、".join(_handlers(opinion)),
        "due_on": opinion.reply_due_on,
        "is_overdue": is_late and deadlines.is_overdue(opinion.reply_due_on, timezone.localdate()),
        "late_words": late_words(opinion),
        "public_reply": _reply_shown(opinion),
        "outcome": opinion.get_outcome_display() if opinion.state in workflow.TOLD else "",
        "ratings": [rating for rating in opinion.ratings.all() if rating.source != OWN_RATING],
    }


def late_words(opinion) -> str:
    """That it is late, whether the station has urged, and the day now asked for; nothing that is not so."""
    urged = any(step.move == "urge" for step in opinion.steps.all())
    asked = [row.asked_until for row in opinion.assignments.all() if row.is_open and row.asked_until]
    if urged:
        asked += [row.answer_by for row in OpinionUrging.objects.filter(assignment__opinion=opinion)]
    day = max(asked, default=None)
    return str(LATE[urged, bool(day)]) % {"day": in_words(day)}


def _outcome_of(opinion) -> str:
    """Answers from elsewhere do not say which of the five results they are."""
    return opinion.get_outcome_display() or _("see the reply")


def _reply_shown(opinion) -> str:
    """The departments' words, once the station has checked them and told the resident; those of former rounds stay."""
    is_told = opinion.state in workflow.TOLD
    shown = [reply.text for reply in opinion.replies.all() if is_told or reply.round < opinion.round]
    return "\n\n".join(shown)


def _timeline(opinion) -> list[dict]:
    return [_line(step, opinion) for step in opinion.steps.all() if step.move in STEPS_SHOWN]


def _main_timeline(main) -> list[dict]:
    """The road of the one it was merged into, without a word of whoever spoke there."""
    return [{"at": step.at, "words": STEPS_SHOWN[step.move]} for step in main.steps.all() if step.move in OF_THE_MATTER]


def _line(step, opinion) -> dict:
    note = opinion.body if step.move == "begin" else step.note if step.move in OWN_NOTES else ""
    return {"at": step.at, "words": STEPS_SHOWN[step.move], "note": note}


def follow_ups(opinion) -> dict:
    """What the resident may do now, and the ticket that lets them."""
    moves = {move.key for move in opinion.moves_from_here("resident")}
    return {
        "ticket": tokens.ticket_for(opinion.pk),
        "can_add": "add" in moves and opinion.state not in workflow.ENDED,
        "can_withdraw": "withdraw" in moves,
        "can_rate": "rate" in moves,
        "can_ask_again": "ask_again" in moves,
    }


def for_staff(opinion, user) -> dict:
    """The next steps and the past ones, for the change page."""
    moves = opinion.moves_open_to(user)
    return {
        "moves": [_button(opinion, move) for move in moves if move.key not in workflow.BESIDE],
        "beside": [_button(opinion, move) for move in moves if move.key in workflow.BESIDE],
        "timeline": _with_visits(
            house_timeline(opinion, user.has_perm("submissions.view_reporter", opinion)), opinion, user
        ),
        "proposals": proposals_of(opinion),
        "given": opinion.assignments.visible_to(user).select_related("organisation"),
        "replies": replies_of(opinion),
        "ratings": opinion.ratings.all(),
        "passed_on": getattr(opinion, "passed_on", None),
        "merged_here": opinion.merged.visible_to(user),
        "merged_into": opinion.merged_into,
    }


def replies_of(opinion):
    """Each with the department that gave it, in one question."""
    return opinion.replies.select_related("organisation")


def _button(opinion, move) -> dict:
    return {"key": move.key, "label": move.label, "url": address_of(opinion, move)}


def address_of(opinion, move) -> str:
    """Where a move is asked for."""
    if move.key in workflow.PAGES_OF_THEIR_OWN:
        return reverse(f"admin:opinions_opinion_{move.key}", args=(opinion.pk,))
    return reverse("admin:opinions_opinion_move", args=(opinion.pk, move.key))


def _with_visits(timeline, opinion, user) -> list[dict]:
    """Among the steps, the visits at which it was discussed, of those the user may see."""
    seen = Visit.objects.visible_to(user).filter(agenda_items__opinion=opinion).select_related("station")
    discussed = [
        {"at": moment_on(visit.date), "words": _("Discussed at a visit"), "detail": f"{visit.date} {visit.station}"}
        for visit in seen
    ]
    return sorted([*timeline, *discussed], key=lambda line: line["at"])


def house_timeline(opinion, sees_reporter: bool) -> list[dict]:
    """Every step; what was said to or about the resident only for those who may know who it is."""
    labels = {"begin": _("registered")} | {key: move.label for key, move in workflow.MOVES.items()} | AROUND
    steps = [step for step in opinion.steps.all() if sees_reporter or step.move not in ABOUT_RESIDENTS]
    return [
        {
            "at": step.at,
            "words": labels.get(step.move, step.move),
            "who": _who(step),
            "note": step.note,
            "detail": _detail(step, opinion),
            "mark": _mark(step),
        }
        for step in steps
    ]


def _detail(step, opinion) -> str:
    """Of what was passed on: to whom, and under which number of theirs."""
    passed = getattr(opinion, "passed_on", None) if step.move == "pass_on" else None
    return step.detail or str(passed or "")


def _mark(step) -> str:
    """How somebody else's act came in: on whose behalf, on what ground, and when it was typed."""
    if not step.for_whom:
        return ""
    facts = {"whom": step.for_whom, "source": step.get_source_display(), "entered": day_of(step.entered_at)}
    return _("On behalf of %(whom)s, %(source)s, entered %(entered)s") % facts


def _who(step) -> str:
    return {"resident": _("the resident"), "system": _("the system")}.get(step.actor_kind, step.actor_name)
