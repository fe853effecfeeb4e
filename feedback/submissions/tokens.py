"""Signed form tokens: what a public form carries instead of a cookie.

A token is a random nonce and the time it was issued, signed. The nonce makes a form one submission however often it
is sent; the receipt's code is computed from it (receipts.py). A token lives seven days and survives restarts. A
*ticket* is the same idea for the follow-ups on the tracking page: it names one matter for 24 hours.
"""

import secrets
from dataclasses import dataclass

from django.core import signing

TOKEN_SALT = "liaison.form"  # noqa: S105 - a name, no secret
TICKET_SALT = "liaison.ticket"
SECOND_LOOK = "look."  # begins the nonce of a form shown once more because its text came in another encoding
TOKEN_SECONDS = 7 * 24 * 60 * 60
TICKET_SECONDS = 24 * 60 * 60


class Stale(Exception):
    """Signed by us, and too old."""


class Forged(Exception):
    """Not signed by us."""


@dataclass(frozen=True)
class Token:
    nonce: str
    text: str

    @property
    def is_second_look(self) -> bool:
        return self.nonce.startswith(SECOND_LOOK)


def issue(*, second_look: bool = False) -> Token:
    nonce = (SECOND_LOOK if second_look else "") + secrets.token_urlsafe(18)
    return Token(nonce, signing.TimestampSigner(salt=TOKEN_SALT).sign(nonce))


def read(text: str) -> Token:
    """The token a form sent back. Raises Stale or Forged."""
    return Token(_unsigned(text, TOKEN_SALT, TOKEN_SECONDS), text)


def ticket_for(pk: int) -> str:
    return signing.TimestampSigner(salt=TICKET_SALT).sign(str(pk))


def read_ticket(text: str) -> int:
    """The matter a ticket names. Raises Stale or Forged."""
    return int(_unsigned(text, TICKET_SALT, TICKET_SECONDS))


def _unsigned(text: str, salt: str, seconds: int) -> str:
    try:
        return signing.TimestampSigner(salt=salt).unsign(text, max_age=seconds)
    except signing.SignatureExpired as expired:
        raise Stale from expired
    except signing.BadSignature as bad:
        raise Forged from bad
