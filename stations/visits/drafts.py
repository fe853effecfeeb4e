"""Drafts: what is typed on a page is kept, sealed, until it is saved; a lost session or a closed browser loses nothing.

A page carries a signed token that says whose page it is, what it is about, and its own key. The token lets the page
keep what was typed (never read it) also after the session has ended, so there is nothing that only the browser holds.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from liaison.tools.sealed import Unreadable, master, seal, unseal
from stations.visits.models import Draft, Visit

TOKEN = "draft_token"  # noqa: S105 - the name of a field
TURN = "_turn"  # which the script of the page puts into what it sends
SALT = "visits.draft"
LIFE = timedelta(days=7)
LARGEST = 200_000  # characters
NOT_TYPED = {"csrfmiddlewaretoken", TOKEN}


@dataclass(frozen=True)
class Sheet:
    """One page as it was opened: whose, about what, and its own key."""

    user: int
    page: str
    key: str

    @property
    def token(self) -> str:
        return signing.dumps([self.user, self.page, self.key], salt=SALT)


def new_sheet(user, page, key="") -> Sheet:
    return Sheet(user.pk, page, key or secrets.token_hex(16))


def sheet_of(post) -> Sheet | None:
    """The page a form was typed on, where its token is one of ours."""
    try:
        user, page, key = signing.loads(post.get(TOKEN, ""), salt=SALT, max_age=LIFE)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Sheet(user, page, key)


def keep(sheet: Sheet, post: QueryDict) -> Draft | None:
    """Seal what was typed. Nothing is kept of a page that has been saved, nor of what is too large."""
    text = urlencode([(name, value) for name, value in pairs(post) if _is_typed(name)])
    if len(text) > LARGEST or _is_saved(sheet):
        return None
    draft = _put(sheet, text, *_turn_of(post))
    forget_old()
    if _is_saved(sheet):  # in the meantime: the page was sent while this was still on its way
        forget(sheet.key)
        return None
    return draft


@transaction.atomic
def _put(sheet: Sheet, text: str, opening: str, turn: int) -> Draft:
    """What the same opened page has sent later stands, whichever of the two arrives first."""
    facts = {
        "page": sheet.page,
        "sealed": seal(_key(), text, _place(sheet.user, sheet.key)),
        "saved_at": timezone.now(),
        "opening": opening,
        "turn": turn,
    }
    same = {"user_id": sheet.user, "key": sheet.key}
    draft, is_new = Draft.objects.select_for_update().get_or_create(**same, defaults=facts)
    if not is_new and not (opening and draft.opening == opening and draft.turn > turn):
        for name, value in facts.items():
            setattr(draft, name, value)
        draft.save()
    return draft


def _turn_of(post) -> tuple[str, int]:
    """Which opening of the page sent it, and as the how manieth; nothing from a browser without its script."""
    opening, _dash, turn = post.get(TURN, "").partition("-")
    is_ours = opening.isalnum() and len(opening) <= 32 and turn.isascii() and turn.isdigit() and len(turn) < 9
    return (opening, int(turn)) if is_ours else ("", 0)


def _is_saved(sheet) -> bool:
    return Visit.objects.filter(entry_key=sheet.key).exists()


def pairs(post):
    return [(name, value) for name, values in post.lists() for value in values]


def _is_typed(name) -> bool:
    return name not in NOT_TYPED and not name.startswith("_")


def fresh(user):
    return Draft.objects.filter(user=user, saved_at__gte=timezone.now() - LIFE)


def typed_in(draft: Draft) -> QueryDict | None:
    try:
        return QueryDict(unseal(_key(), draft.sealed, _place(draft.user_id, draft.key)), mutable=True)
    except Unreadable:
        return None


def forget(key: str) -> None:
    Draft.objects.filter(key=key).delete()


def forget_saved(key: str) -> None:
    """Now, and once more when the visit stands: what was on its way until then did not see it yet."""
    forget(key)
    transaction.on_commit(lambda: forget(key))


def forget_old() -> None:
    Draft.objects.filter(saved_at__lt=timezone.now() - LIFE).delete()


def _key() -> bytes:
    return master(settings.FIELD_KEY)


def _place(user, key) -> str:
    return f"visits_draft:sealed:{user}:{key}"
