"""What representatives said to a reception, on its page in the admin, and the page on which the station answers."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liaison.tools.fields import CleanText
from liaison.tools.workflow import MoveRefused
from stations.receptions import turn_words
from stations.receptions.models import TurnRequest
from stations.receptions.turn_moves import DECIDES, MOVES
from stations.receptions.turn_waiting import to_answer, waiting_requests

LARGEST_KEY = 2**63
LONGEST_NOTE = 200


class AskedFilter(admin.SimpleListFilter):
    """Those somebody has asked leave from, or a swap the station has to enter the answer to."""

    title, parameter_name = _("leave and swaps"), "asked"

    def lookups(self, request, model_admin):
        return [("1", pgettext_lazy("request", "to be answered"))]

    def queryset(self, request, queryset):
        if self.value() != "1":
            return queryset
        asked = TurnRequest.objects.for_the_station(timezone.localdate())
        return queryset.filter(pk__in=asked.order_by().values("reception"))


class AnswerForm(forms.Form):
    """Which of the moves open to the station, and why."""

    answer = forms.ChoiceField(label=_("answer"), widget=forms.RadioSelect)
    note = CleanText(
        label=_("note"),
        required=False,
        max_length=LONGEST_NOTE,
        help_text=_("The representative reads it. Needed to decline, and where you enter what somebody else said."),
    )

    def __init__(self, *args, moves, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = [(move.key, move.label) for move in moves]

    def clean(self):
        facts = super().clean()
        move = MOVES.get(facts.get("answer"))
        if move and move.needs_note and not facts.get("note") and "note" not in self.errors:
            self.add_error("note", _("Please say why"))
        return facts


class WithTurns:
    """For the admin of receptions."""

    def get_urls(self):
        page = self.admin_site.admin_view(self.request_view)
        return [path("<int:pk>/requests/<int:asked>/", page, name="receptions_reception_request"), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        reception = self.get_object(request, object_id)
        said = turn_words.said_of(reception, request.user) if reception else {}
        return super().change_view(request, object_id, form_url, said | (extra_context or {}))

    def request_view(self, request, pk, asked):
        """Somebody else's is not there; what has been answered leads back to its reception."""
        reception = self.get_queryset(request).filter(pk=pk).first() if pk < LARGEST_KEY else None
        found = reception and reception.requests.with_names().filter(pk=asked).first() if asked < LARGEST_KEY else None
        if found is None:
            raise Http404
        if not request.user.has_perm(DECIDES, found):
            raise PermissionDenied
        moves = found.moves_open_to(request.user)
        form = AnswerForm(request.POST if request.method == "POST" else None, moves=moves)
        if not moves or (request.method == "POST" and form.is_valid() and _answered(request, found, form)):
            return redirect(reverse("admin:receptions_reception_change", args=(pk,)))
        return TemplateResponse(request, "admin/move.html", self._answer_context(request, reception, found, form))

    def _answer_context(self, request, reception, found, form):
        return self.admin_site.each_context(request) | {
            "title": _("Answer the request"),
            "form": form,
            "opts": self.opts,
            "original": reception,
            "matter_words": turn_words.in_full(found),
        }


def _answered(request, found, form) -> bool:
    move = MOVES[form.cleaned_data["answer"]]
    try:
        found.move(move, by=request.user, note=form.cleaned_data["note"])
    except MoveRefused as refusal:
        form.add_error(None, _("Not possible: %(reason)s") % {"reason": refusal.reason})
        return False
    day = {"number": found.reception.day, "move": move.label}
    messages.success(request, _("%(number)s: %(move)s, done.") % day)
    if not found.reception.mandates.exists():
        messages.warning(request, _("Nobody receives on %(number)s now: please choose who does.") % day)
    return True


admin.site.add_waiting(waiting_requests)
admin.site.add_to_do(to_answer)
