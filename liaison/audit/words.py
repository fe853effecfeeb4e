"""The trail in words: who, what, to what kind of record, and what else was noted of it."""

from django.apps import apps
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

ACTIONS = {  # what is recorded beside the moves of a matter, which bring their own words
    "sign_in": _("signed in"),
    "sign_out": _("signed out"),
    "locked": _("locked after wrong passwords"),
    "guessed": _("password guessed at from many places"),
    "codes_guessed": _("query codes guessed at in great number"),
    "change_password": _("chose a new password"),
    "reset_password": _("gave a password for one sign-in"),
    "second_factor": _("set up or removed the second factor"),
    "reveal": _("looked at name and telephone"),
    "export": _("exported"),
    "import": pgettext_lazy("trail", "took in from a file"),
    "demo_bulk": _("wrote demonstration data in bulk"),
    "grant": _("gave or ended a role"),
    "post": _("gave or ended a post"),
    "standing": _("suspended, resumed or ended a mandate"),
    "turnover": _("turned over to a new term"),
    "status": _("opened, suspended or closed a station"),
    "divided": _("divided a budget paper among stations"),
    "generated": pgettext_lazy("trail", "made reception days ahead"),
    "voided": pgettext_lazy("trail", "voided an expense"),
    "added": pgettext_lazy("trail", "added a record"),
    "changed": pgettext_lazy("trail", "changed a record"),
    "begin": _("registered"),
    "confirm_turn": pgettext_lazy("trail", "confirmed a reception day"),
    "ask_turn": pgettext_lazy("trail", "asked leave or a swap"),
    "complete": _("completed from a file"),
    "publish": pgettext_lazy("trail", "published"),
    "publish_standard": _("published a standard"),
    "removed": pgettext_lazy("trail", "took a draft away"),
    "take_down": pgettext_lazy("trail", "taken down"),
    "join_proposal": _("It has become part of a proposal"),
    "leave_proposal": _("It is no longer part of that proposal"),
}
NOBODYS = {"resident": _("the resident"), "system": _("the system"), "stranger": _("somebody not signed in")}
DETAILS = {
    "from": pgettext_lazy("state", "from"),
    "to": pgettext_lazy("state", "to"),
    "reason": _("reason"),
    "note": _("note"),
    "network": pgettext_lazy("trail", "network"),
    "rows": pgettext_lazy("trail", "rows"),
    "count": pgettext_lazy("trail", "rows"),
    "new": pgettext_lazy("trail", "new"),
    "changed": pgettext_lazy("trail", "changed"),
    "unchanged": pgettext_lazy("trail", "unchanged"),
    "moved": pgettext_lazy("trail", "moved"),
    "dropped": pgettext_lazy("trail", "taken back"),
    "until": pgettext_lazy("trail", "until"),
    "sheet": pgettext_lazy("trail", "sheet"),
    "figure": pgettext_lazy("trail", "figure"),
    "kind": pgettext_lazy("trail", "file"),
    "role": _("role"),
    "post": _("post"),
    "division": _("division"),
    "organisation": _("organisation"),
    "station": _("station"),
    "account": _("account"),
    "successor": pgettext_lazy("trail", "successor"),
    "term": _("term"),
    "ended": pgettext_lazy("trail", "mandates ended"),
    "went_on": pgettext_lazy("trail", "went on in the new term"),
    "items": pgettext_lazy("trail", "items handed over"),
    "valid_from": pgettext_lazy("trail", "from"),
    "valid_to": pgettext_lazy("trail", "until"),
    "filters": pgettext_lazy("trail", "asked for"),
    "fields": pgettext_lazy("trail", "fields"),
    "what": pgettext_lazy("trail", "what was changed"),
}


def model_of(label):
    """The kind of record an entry is about; None for what is no record, or no longer known."""
    app, _dot, name = label.partition(".")
    return apps.all_models.get(app, {}).get(name)


def actor_of(entry):
    return NOBODYS.get(entry.actor_name, entry.actor_name) if entry.actor_id is None else entry.actor_name


def action_of(entry):
    moves = getattr(model_of(entry.object_type), "moves", {})
    return moves[entry.action].label if entry.action in moves else ACTIONS.get(entry.action, entry.action)


def kind_of(entry):
    model = model_of(entry.object_type)
    return model._meta.verbose_name if model else entry.object_type


def moment_of(entry) -> str:
    """By the office's clock, to the second."""
    return f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S}"


def detail_of(entry) -> str:
    """Each fact by its name; states in words."""
    states = states_of(model_of(entry.object_type))
    facts = [(DETAILS.get(name, name), _plain(value, states)) for name, value in entry.detail.items()]
    colon = gettext("%(name)s: %(value)s")
    return "\n".join(colon % {"name": name, "value": value} for name, value in facts if value != "")


def states_of(model) -> dict:
    """Key -> words; a matter's moves know between which states they lead, its labels know the words."""
    moves = getattr(model, "moves", {})
    keys = {key for move in moves.values() for key in (*move.sources, move.target) if key}
    return {key: model(state=key).state_label for key in keys - {"*"}} if moves else {}


def _plain(value, states) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name}={_plain(inner, states)}" for name, inner in value.items())
    if isinstance(value, list):
        return ", ".join(_plain(inner, states) for inner in value)
    return str(states.get(value, value)) if isinstance(value, str) else str(value)
