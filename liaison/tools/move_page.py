"""The page on which somebody takes a matter's next step, the same for every kind of matter."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from liaison.tools.workflow import MoveRefused

LARGEST_KEY = 2**63


class MovePage:
    """For a ScopedAdmin of matters. One move, asked for and made: `matter.move` decides, also for a page kept open.

    A class that takes it gives `move_form`, `name_of` and `words_of`, and may send a move to a page of its own.
    """

    def move_form(self, request, matter, move):
        """The bound or blank form; beside Django's it has `facts()`, `at()` and perhaps a `note`."""
        raise NotImplementedError

    def name_of(self, matter) -> str:
        """What people call it by, such as its number."""
        raise NotImplementedError

    def words_of(self, matter) -> str:
        """Its number and its gist, above the form."""
        raise NotImplementedError

    def shown_beside(self, matter) -> dict:
        """What a template of its own (`admin/APP/MODEL/move.html`) shows between its words and the form."""
        return {}

    def page_of_its_own(self, matter, move) -> str:
        """The address of the page that asks for the move instead of this one; nothing for most."""
        return ""

    def visible(self, request, pk):
        """The matter, if it is within the user's scope; else it is not there."""
        matter = self.get_queryset(request).filter(pk=pk).first() if pk < LARGEST_KEY else None
        if matter is None:
            raise Http404
        return matter

    def move_view(self, request, pk, key):
        matter = self.visible(request, pk)
        move = matter.moves.get(key)
        if move is None or move.actor != "user" or not request.user.has_perm(move.permission, matter):
            raise PermissionDenied
        if elsewhere := self.page_of_its_own(matter, move):
            return redirect(elsewhere)
        if request.method != "POST" and move not in matter.moves_open_to(request.user):
            messages.info(request, self._why_not_now(matter, move))
            return self._back_to(matter)
        form = self.move_form(request, matter, move)
        if request.method == "POST" and form.is_valid() and self._made(request, matter, move, form):
            return self._back_to(matter)
        template = [f"admin/{self.opts.app_label}/{self.opts.model_name}/move.html", "admin/move.html"]
        return TemplateResponse(request, template, self._move_context(request, matter, move, form))

    def _why_not_now(self, matter, move) -> str:
        """For an address that was kept: in a tab, in a mail, on a first page of this morning."""
        made, not_now = _("%(number)s: %(move)s, done already."), _("%(number)s: %(move)s, not possible now.")
        words = made if matter.steps.filter(move=move.key).exists() else not_now
        return words % {"number": self.name_of(matter), "move": move.label}

    def _back_to(self, matter):
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", matter.pk)

    def _made(self, request, matter, move, form) -> bool:
        note = form.cleaned_data.get("note", "")
        try:
            matter.move(move, by=request.user, note=note, at=form.at(), **form.facts())
        except MoveRefused as refusal:
            form.add_error(None, _("Not possible: %(reason)s") % {"reason": refusal.reason})
            return False
        said = {"number": self.name_of(matter), "move": move.label}
        messages.success(request, _("%(number)s: %(move)s, done.") % said)
        return True

    def _move_context(self, request, matter, move, form):
        words = {
            "title": move.label,
            "form": form,
            "opts": self.opts,
            "original": matter,
            "matter_words": self.words_of(matter),
        }
        return self.admin_site.each_context(request) | words | self.shown_beside(matter)


def state_filter(states) -> type[admin.SimpleListFilter]:
    """A list's filter by state, in words and in the order of the road of its states."""

    class StateFilter(admin.SimpleListFilter):
        title, parameter_name = _("state"), "state"

        def lookups(self, request, model_admin):
            return [(state.key, state.label) for state in states.values()]

        def queryset(self, request, queryset):
            return queryset.filter(state=self.value()) if self.value() else queryset

    return StateFilter
