"""manage.py workflow NAME [--format table|dot]: the life of a matter, from the table the door itself reads."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from feedback.opinions import workflow as opinions
from feedback.proposals import workflow as proposals
from liaison.accounts.roles import ROLES, roles_with
from liaison.tools.cells import aligned
from liaison.tools.workflow import ANY
from stations.assessment import workflow as assessments

MATTERS = {"assessment": assessments, "opinion": opinions, "proposal": proposals}


class Command(BaseCommand):
    help = _("Print the moves of a state machine: from where, to where, and who may make them.")

    def add_arguments(self, parser):
        parser.add_argument("name", choices=sorted(MATTERS), help=_("the matter"))
        parser.add_argument("--format", choices=["table", "dot"], default="table", help=_("how to print it"))

    def handle(self, *, name, format, **options):
        print_as = {"table": table, "dot": dot}[format]
        self.stdout.write(print_as(name, MATTERS[name]))


def table(name, matter) -> str:
    rows = [[_("move"), _("meaning"), _("from state"), _("to state"), _("note"), _("who may")]]
    rows += [_row(move, matter.STATES) for move in matter.MOVES.values()]
    return "\n".join(aligned(rows))


def dot(name, matter) -> str:
    """For Graphviz. A move that leaves the state as it is is not drawn."""
    lines = [f"digraph {name} {{", "  rankdir=LR;"]
    lines += [f'  {key} [label="{key}\\n{state.label}"];' for key, state in matter.STATES.items()]
    lines += [
        f'  {source} -> {move.target} [label="{move.label}"];'
        for move in matter.MOVES.values()
        if move.target
        for source in move.sources
    ]
    return "\n".join([*lines, "}"])


def _row(move, states):
    return [
        move.key,
        str(move.label),
        _("any state") if move.sources == (ANY,) else ", ".join(move.sources),
        _target(move),
        _("required") if move.needs_note else "",
        _who(move),
    ]


def _target(move) -> str:
    if move.may_stay:
        return _("%(state)s, or the same") % {"state": move.target}
    return move.target or _("the same")


def _who(move) -> str:
    """The roles, in the order of the page of roles; or the kind of actor where it is nobody with an account."""
    if move.permission is None:
        return move.actor
    may = roles_with(move.permission)
    return ", ".join(role for role in ROLES if role in may)
