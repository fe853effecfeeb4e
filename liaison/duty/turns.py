"""`/mine/receptions/<pk>/`: a representative confirms a day, asks leave, asks somebody to swap, and answers who asks.

A form each, without scripts; sent, it leads back to the day, which says how it stands now.
"""

from django import forms
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from liaison.duty import dates
from liaison.duty.views import for_representatives
from liaison.tools.fields import CleanText
from liaison.tools.workflow import MoveRefused
from stations.receptions import turn_moves, turns
from stations.receptions.models.turns import LONGEST_REASON

MAY = "duty.change_own_turns"
LARGEST_KEY = 2**63
WRONG = 422
NOBODY = _("Please choose whom to ask.")
TOO_LONG = {"max_length": _("Too long, at most two hundred characters")}


class LeaveForm(forms.Form):
    reason = CleanText(
        max_length=LONGEST_REASON, error_messages={"required": _("Please say why you cannot come.")} | TOO_LONG
    )


class SwapForm(forms.Form):
    """`others` may be asked; `days` are (reception, whose) that may be taken over in return.

    The days stand under the name of whose they are, so that choosing one chooses whom to ask.
    """

    to = forms.ChoiceField(required=False, error_messages={"invalid_choice": NOBODY})
    in_return = forms.ChoiceField(
        required=False, error_messages={"invalid_choice": _("Please choose one of the days.")}
    )
    reason = CleanText(required=False, max_length=LONGEST_REASON, error_messages=TOO_LONG)

    def __init__(self, *args, others, days, **kwargs):
        super().__init__(*args, **kwargs)
        self.others = {str(mandate.pk): mandate for mandate in others}
        self.days = {f"{reception.pk}-{whose.pk}": (reception, whose) for reception, whose in days}
        self.fields["to"].choices = [("", _("Please choose")), *((key, name(row)) for key, row in self.others.items())]
        self.fields["in_return"].choices = [("", _("none, only for me")), *self._days_by_name()]

    def _days_by_name(self):
        for mandate in self.others.values():
            theirs = [(key, day_of(*pair)) for key, pair in self.days.items() if pair[1] == mandate]
            if theirs:
                yield mandate.person.name, theirs

    def clean_to(self):
        return self.others.get(self.cleaned_data["to"])

    def clean_in_return(self):
        return self.days.get(self.cleaned_data["in_return"])

    def clean(self):
        facts = super().clean()
        to, chosen = facts.get("to"), facts.get("in_return")
        if to and chosen and chosen[1] != to:
            self.add_error("in_return", _("This is not a day of %(name)s.") % {"name": to.person.name})
        elif chosen and not self.errors:
            facts["to"] = chosen[1]
        elif not to and not self.errors:
            self.add_error("to", NOBODY)
        return facts


def name(mandate) -> str:
    if mandate.person.user_id:
        return str(mandate)
    return _("%(name)s (has no account: the station asks them)") % {"name": mandate}


def day_of(reception, whose) -> str:
    words = {"name": whose.person.name, "day": reception.day, "hours": reception.hours}
    return _("%(name)s: %(day)s %(hours)s") % words


def _reception(request, own, pk):
    turn = _turn_of(own, pk)
    if turn is None:
        return _given(request, own, pk)
    form = LeaveForm(request.POST if request.POST.get("act") == "leave" else None)
    problem = ""
    if request.method == "POST":
        try:
            if (address := _done(request, own, turn, form)) is not None:
                return redirect(f"{address}{request.carried}")
        except MoveRefused as refusal:
            problem = _("Not possible: %(reason)s") % {"reason": refusal.reason}
            if (turn := _turn_of(own, pk)) is None:
                return _given(request, own, pk)
    asked = [row for row in dates.asked_in_words(own) if row["reception"].pk == pk]
    context = {"turn": turn, "form": form, "asked": asked, "problem": problem, "news": dates.what_became_of(turn)}
    status = WRONG if request.method == "POST" else 200
    return render(request, "duty/reception.html", context, status=status)


def _turn_of(own, pk):
    """The day, if it is theirs or somebody asks them to take it."""
    rows = own.reachable_receptions().with_names().filter(pk=pk) if pk < LARGEST_KEY else []
    return next(iter(dates.turns_of(own, list(rows))), None)


def _given(request, own, pk):
    """A day that was theirs until somebody took it over; any other is not there."""
    for given in dates.given_away(own):
        if given.reception.pk == pk:
            status = WRONG if request.method == "POST" else 200
            return render(request, "duty/given.html", {"given": given}, status=status)
    raise Http404


def _done(request, own, turn, form) -> str | None:
    """Do what was pressed; where to go on, or None where the form has to be looked at again."""
    act, reception, by = request.POST.get("act"), turn.reception, own.actor
    here = reverse("duty:reception", args=(reception.pk,))
    if act in ("agree", "decline"):
        _asked_of(own, request, reception).move(turn_moves.MOVES[act], by=by)
        return here if act == "agree" else reverse("duty:receptions")
    if turn.seat is None:
        raise MoveRefused(_("You do not receive on this day."))
    if act == "leave":
        if not form.is_valid():
            return None
        turns.ask_leave(reception, turn.seat, by=by, reason=form.cleaned_data["reason"])
    elif act == "withdraw" and turn.asked:
        turn.asked.move(turn_moves.WITHDRAW, by=by)
    elif act == "confirm":
        turns.confirm(reception, turn.seat, by=by)
    else:
        raise MoveRefused(_("Please press one of the buttons."))
    return here


def _asked_of(own, request, reception):
    """The request that was answered, if it is still for them to answer."""
    key = request.POST.get("request", "")
    is_number = key.isascii() and key.isdigit() and len(key) < 18
    found = own.asked_of_me().filter(reception=reception, pk=key).first() if is_number else None
    if found is None:
        raise MoveRefused(_("This request is no longer to be answered."))
    return found


def _swap(request, own, pk):
    """Whom to ask, and which day of theirs to take in return."""
    turn = _turn_of(own, pk)
    if turn is None:
        return _given(request, own, pk)
    here = f"{reverse('duty:reception', args=(pk,))}{request.carried}"
    if turn.key not in ("to_confirm", "confirmed") or not turn.is_open:
        return redirect(here)
    others = dates.others_of(turn)
    typed = request.POST if request.method == "POST" else None
    form = SwapForm(typed, others=others, days=dates.dates_of(others, turn, own.on))
    if form.is_bound and form.is_valid() and _has_asked(own, turn, form):
        return redirect(here)
    status = WRONG if form.is_bound else 200
    return render(request, "duty/swap.html", {"turn": turn, "form": form, "others": others}, status=status)


def _has_asked(own, turn, form) -> bool:
    facts = form.cleaned_data
    in_return = facts["in_return"] and facts["in_return"][0]
    try:
        turns.ask_swap(
            turn.reception, turn.seat, facts["to"], by=own.actor, in_return=in_return, reason=facts["reason"]
        )
    except MoveRefused as refusal:
        form.add_error(None, _("Not possible: %(reason)s") % {"reason": refusal.reason})
        return False
    return True


reception = for_representatives(_reception, posts=MAY)
swap = for_representatives(_swap, posts=MAY)
