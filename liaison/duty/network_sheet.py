"""The branches of the network as rows: for the sheet, and for the printed page."""

from django.utils.translation import gettext_lazy as _

from liaison.duty.exchange import WORDS
from liaison.duty.network import GROUP, MEMBER, REPRESENTATIVE
from liaison.tools.sheets import Column

KINDS = {
    MEMBER: _("committee member"),
    REPRESENTATIVE: _("representative"),
    GROUP: _("group of residents"),
}


def _name(kind):
    """Whose branch it is, or on whose it hangs."""
    return lambda line: next((branch.name for branch in line if branch.kind == kind), "")


def _of_last(name):
    return lambda line: getattr(line[-1], name)


def _count(key):
    """Of a group nothing is counted: an opinion does not say to which of them its resident belongs."""
    return lambda line: None if line[-1].kind == GROUP else len(getattr(line[-1].exchange, key))


COLUMNS = [
    Column("kind", _("branch"), lambda line: str(KINDS[line[-1].kind])),
    *(Column(kind, words, _name(kind)) for kind, words in KINDS.items()),
    Column("note", _("post, district, place"), _of_last("note")),
    Column("since", _("from"), _of_last("since")),
    Column("last_on", _("last contact"), _of_last("last_on")),
    *(Column(key, name, _count(key)) for key, (name, _definition) in WORDS.items()),
    Column("breaks", _("broken"), lambda line: "；".join(line[-1].breaks)),
]
