from django.apps import apps
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from liaison.audit.models import Entry
from liaison.tools.admin import ReadOnly, ScopedAdmin

ACTIONS = {  # what is recorded beside the moves of a matter, which bring their own words
    "begin": _("registered"),
    "complete": _("completed from a file"),
    "export": _("exported"),
    "reveal": _("looked at name and telephone"),
    "sign_in": _("signed in"),
    "sign_out": _("signed out"),
    "locked": _("locked after wrong passwords"),
    "guessed": _("password guessed at from many places"),
    "change_password": _("chose a new password"),
    "reset_password": _("gave a password for one sign-in"),
    "second_factor": _("set up or removed the second factor"),
    "grant": _("gave or ended a role"),
    "post": _("gave or ended a post"),
}
NOBODYS = {"resident": _("the resident"), "system": _("the system"), "stranger": _("somebody not signed in")}


def model_of(entry):
    """The kind of record an entry is about; None for what is no record, or no longer known."""
    app, _dot, name = entry.object_type.partition(".")
    return apps.all_models.get(app, {}).get(name)


@admin.register(Entry)
class EntryAdmin(ReadOnly, ScopedAdmin):
    group, place = "settings", 90
    list_display = ("at", "actor", "action_words", "kind", "object_id", "result")
    list_filter = ("result",)
    list_display_links = ("at",)
    search_fields = ("object_id__exact", "actor_name__exact", "action__exact")
    fields = ("at", "actor", "action_words", "kind", "object_id", "result", "detail")

    @admin.display(description=_("by whom"), ordering="actor_name")
    def actor(self, entry):
        return NOBODYS.get(entry.actor_name, entry.actor_name) if entry.actor_id is None else entry.actor_name

    @admin.display(description=_("action"), ordering="action")
    def action_words(self, entry):
        moves = getattr(model_of(entry), "moves", {})
        return moves[entry.action].label if entry.action in moves else ACTIONS.get(entry.action, entry.action)

    @admin.display(description=_("kind of record"), ordering="object_type")
    def kind(self, entry):
        model = model_of(entry)
        return model._meta.verbose_name if model else entry.object_type
