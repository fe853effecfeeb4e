"""Files between preview and confirmation: sealed, in a private folder, for some hours, for whoever brought them.

Nothing of a file stands in a session, a log or an address. The page carries a signed token: where the file lies,
whose it is, what it is for, and the digest of the plan that was looked at.
"""

import os
import re
import secrets
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from time import time

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError

from liaison.tools.sealed import Unreadable, master, seal_bytes, unseal_bytes

LASTS = 4 * 60 * 60  # seconds: a preview with a hundred questions, and lunch
SALT = "liaison.importing"
NAME = re.compile(r"[0-9a-f]{32}")
IN_MEMORY = 1024 * 1024


class Gone(ValidationError):
    """Expired, taken in already, somebody else's, or never there."""


@dataclass(frozen=True)
class Kept:
    """What the token says."""

    name: str
    user: int
    subject: str
    file_name: str
    digest: str

    @property
    def token(self) -> str:
        return signing.dumps(asdict(self), salt=SALT)


def folder() -> Path:
    path = Path(settings.VAR_DIR) / "imports"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def keep(data: bytes) -> str:
    """The name under which it waits. Old files go at this occasion."""
    sweep()
    name = secrets.token_hex(16)
    descriptor = os.open(folder() / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(seal_bytes(master(settings.FIELD_KEY), data, _context(name)))
    return name


def sweep() -> None:
    """What has waited too long is nobody's any more."""
    for path in folder().iterdir():
        with suppress(FileNotFoundError):
            if time() - path.stat().st_mtime > LASTS:
                path.unlink()


def kept(token: str, *, user, subject: str) -> Kept:
    """What a token of this person and this page says; raises Gone."""
    try:
        found = Kept(**signing.loads(token, salt=SALT, max_age=LASTS))
    except (signing.BadSignature, TypeError):
        raise Gone("token") from None
    if (found.user, found.subject) != (user.pk, subject) or not NAME.fullmatch(found.name):
        raise Gone("token")
    return found


def opened(name: str) -> SpooledTemporaryFile:
    """The file, readable once more; raises Gone."""
    try:
        data = unseal_bytes(master(settings.FIELD_KEY), (folder() / name).read_bytes(), _context(name))
    except (OSError, Unreadable):
        raise Gone("file") from None
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (who opens it closes it)
    file.write(data)
    file.seek(0)
    return file


def drop(name: str) -> None:
    with suppress(OSError):
        (folder() / name).unlink()


def claim(name: str) -> str:
    """Rename it, so that of two presses one takes it in; raises Gone for the other."""
    claimed = secrets.token_hex(16)
    try:
        os.rename(folder() / name, folder() / f"{name}-{claimed}")
    except OSError:
        raise Gone("file") from None
    return f"{name}-{claimed}"


def give_back(claimed: str) -> None:
    os.rename(folder() / claimed, folder() / claimed.partition("-")[0])


def _context(name: str) -> str:
    return f"import:{name.partition('-')[0]}"
