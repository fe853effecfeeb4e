"""How a proposal is numbered: a key for addresses, a printed number for people, a short one for residents."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

KEY = re.compile(r"JY-(\d{6,12})-(\d{1,3})-(\d{1,3})-(\d{1,5})", re.ASCII)
TEN = 10


def key_of(division: str, term: int, session: int, sequence: int) -> str:
    """`JY-<division>-<term>-<session or 0>-<sequence>`, as contract.md has it."""
    return f"JY-{division}-{term}-{session}-{sequence}"


def read_key(text: str) -> tuple[str, int, int, int] | None:
    """(division, term, session, sequence), or None for whatever is no key."""
    found = KEY.fullmatch(text)
    return (found[1], *map(int, found.groups()[1:])) if found else None


def label_of(congress: str, term: int, session: int, sequence: int) -> str:
    """The printed number: of a session of a term, or between sessions."""
    words = {"body": congress, "term": written(term), "session": written(session), "number": sequence}
    if not session:
        return _("Proposal No. %(number)s between sessions") % words
    return _("%(body)s, term %(term)s, session %(session)s, proposal No. %(number)s") % words


def brief_of(session: int, sequence: int) -> str:
    """The number as a list shows it, where the term is known."""
    words = {"session": written(session), "number": sequence}
    return (_("session %(session)s, No. %(number)s") if session else _("between sessions, No. %(number)s")) % words


def written(number: int) -> str:
    """A small number as the language writes it in titles: 18 is 十八."""
    digits = pgettext("numerals up to ten", "0 1 2 3 4 5 6 7 8 9 10").split()
    if digits[TEN] == str(TEN) or number >= TEN * TEN:
        return str(number)
    tens, units = divmod(number, TEN)
    before = digits[tens] if tens > 1 else ""
    ten = digits[TEN] if tens else ""
    after = digits[units] if units or not tens else ""
    return f"{before}{ten}{after}"
