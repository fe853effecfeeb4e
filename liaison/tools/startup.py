"""What a start-up refuses, each in one sentence that says what to do (reliability.md D2).

What the environment alone shows is asked of `settings`, the rest of the open databases. The served door
(liaison.wsgi) refuses to open while anything is wrong; `manage.py doctor` names all of it.
"""

import os
import stat
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from liaison.tools import boundaries
from liaison.tools.secrets import NAMES

SAMPLES = (
    "change",
    "sample",
    "example",
    "insecure",
    "your-",
    "yoursecret",
    "password",
    "secret-key",
    "xxxx",
    "0000000",
)
FEWEST_LETTERS = 8  # different ones, in a text that somebody drew at random
LOOPBACK = ("localhost", "127.", "::1", "[::1]", "testserver")
BEIJING = 8 * 3600  # seconds; the law's days are Beijing's
NETWORK_DISKS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "glusterfs", "ceph", "afs", "davfs"}
FULL = 2  # SQLite's synchronous
MOST_SECONDS_APART = 300


class Unfit(ImproperlyConfigured):
    """Raised where the product would have to serve from an environment that loses or shows what it keeps."""


def problems() -> Iterator[str]:
    """A sentence for each thing that is wrong."""
    yield from (sentence for check in ENVIRONMENT if (sentence := check()))
    for alias in settings.DATABASES:
        yield from problems_of_database(connections[alias])


def problems_of_database(connection) -> Iterator[str]:
    """A sentence for each thing that is wrong with one database; a database out of reach is one."""
    checks = POSTGRESQL if connection.vendor == "postgresql" else SQLITE
    try:
        yield from (sentence for check in (*checks, unapplied) if (sentence := check(connection)))
    except DatabaseError:
        yield _("The database %(name)s cannot be reached; check its address, account and that it runs.") % {
            "name": connection.alias
        }


def check_environment(app_configs=None, **options) -> list[checks.Error]:
    """For Django's own checks, so that runserver and every command that checks refuse as well."""
    found = [(check, sentence) for check in ENVIRONMENT if (sentence := check())]
    return [checks.Error(sentence, id=f"liaison.{check.__name__}") for check, sentence in found]


def refuse() -> None:
    """Raise Unfit with the first thing that is wrong."""
    for sentence in problems():
        raise Unfit(sentence)


def is_loopback(host: str) -> bool:
    return host.startswith(LOOPBACK)


def public_hosts() -> list[str]:
    """The names under which others reach this installation."""
    hosts = [*settings.ALLOWED_HOSTS, urlsplit(settings.SITE_URL).hostname or ""]
    return [host for host in hosts if host and not is_loopback(host)]


def sample_secret() -> str | None:
    bad = [name for name in NAMES if is_sample(getattr(settings, name))]
    if bad:
        return _("%(names)s is a sample or too simple; write a random text of its own.") % {"names": ", ".join(bad)}
    return None


def is_sample(secret: str) -> bool:
    return any(word in secret.lower() for word in SAMPLES) or len(set(secret)) < FEWEST_LETTERS


def equal_secrets() -> str | None:
    if len({getattr(settings, name) for name in NAMES}) < len(NAMES):
        return _("Two of the four secrets are the same; give each a random text of its own.")
    return None


def debug_in_public() -> str | None:
    if settings.DEBUG and public_hosts():
        return _("DEBUG is on under a public name; take DEBUG out of the environment.")
    return None


def hosts() -> str | None:
    if not settings.ALLOWED_HOSTS or any("*" in host for host in settings.ALLOWED_HOSTS):
        return _("ALLOWED_HOSTS is empty or has a *; write the names under which this site is reached.")
    return None


def plain_http() -> str | None:
    if not settings.IS_HTTPS and public_hosts():
        return _("SITE_URL is http under a public name; put a proxy with a certificate before it and write https.")
    return None


def proxies() -> str | None:
    if settings.IS_HTTPS and not settings.TRUSTED_PROXY_COUNT:
        return _("TRUSTED_PROXY_COUNT is not set; write how many proxies stand before this server, mostly 1.")
    return None


def time_zone() -> str | None:
    try:
        offset = datetime.now(ZoneInfo(settings.TIME_ZONE)).utcoffset().total_seconds()
    except (ZoneInfoNotFoundError, ValueError):
        offset = None
    if offset != BEIJING:
        return _("TIME_ZONE is not Beijing time, every due day would be wrong; write Asia/Shanghai.")
    return None


def media_in_the_open() -> str | None:
    media = Path(settings.MEDIA_ROOT).resolve()
    if any(
        media.is_relative_to(Path(folder).resolve()) for folder in [settings.STATIC_ROOT, *settings.STATICFILES_DIRS]
    ):
        return _("MEDIA_ROOT lies inside the public files; give residents' photographs a folder of their own.")
    return None


def open_secrets() -> str | None:
    """A file of secrets that every account of the machine may read."""
    for file in settings.SECRET_FILES:
        if file.exists() and stat.S_IMODE(os.stat(file).st_mode) & stat.S_IROTH:
            return _("Everybody on this machine may read %(file)s; run chmod 640 on it.") % {"file": file.name}
    return None


def boundaries_unapproved() -> str | None:
    """A map without its number may not be shown, and one that cannot be read would fail on the page."""
    if not settings.BOUNDARY_FILE:
        return None
    if not settings.BOUNDARY_APPROVAL.strip():
        return _("BOUNDARY_FILE has no approval number; write it in BOUNDARY_APPROVAL or take the file away.")
    try:
        boundaries.read(settings.BOUNDARY_FILE)
    except (OSError, ValueError):
        return _("BOUNDARY_FILE cannot be read as GeoJSON with areas; check its path and its kind.")
    return None


ENVIRONMENT: tuple[Callable[[], str | None], ...] = (
    sample_secret,
    equal_secrets,
    hosts,
    debug_in_public,
    plain_http,
    proxies,
    time_zone,
    media_in_the_open,
    open_secrets,
    boundaries_unapproved,
)


def asked(connection, query: str):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


def superuser(connection) -> str | None:
    if asked(connection, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"):
        return _("The database account is a superuser; make an ordinary one that owns only this database.")
    return None


def forgetful(connection) -> str | None:
    if "off" in (asked(connection, "SHOW fsync"), asked(connection, "SHOW synchronous_commit")):
        return _("PostgreSQL has fsync or synchronous_commit off, a power cut would lose opinions; switch both on.")
    return None


def open_line(connection) -> str | None:
    host = connection.settings_dict.get("HOST") or ""
    is_near = not host or host.startswith("/") or is_loopback(host)
    if not is_near and connection.settings_dict["OPTIONS"].get("sslmode") != "verify-full":
        return _("The database is on another machine without a checked certificate; add ?sslmode=verify-full.")
    return None


def wrong_clock(connection) -> str | None:
    apart = abs(float(asked(connection, "SELECT extract(epoch FROM clock_timestamp())")) - time.time())
    if apart > MOST_SECONDS_APART:
        return _("The clocks of this machine and of the database differ by over 5 minutes; set both by a time server.")
    return None


def unsafe_writes(connection) -> str | None:
    if asked(connection, "PRAGMA synchronous") < FULL:
        return _("SQLite's synchronous is below FULL, a power cut would lose opinions; take the setting away.")
    return None


def network_disk(connection) -> str | None:
    if kind_of_disk(Path(connection.settings_dict["NAME"])) in NETWORK_DISKS:
        return _("The SQLite file lies on a network disk, where its locks do not hold; move it or use PostgreSQL.")
    return None


def kind_of_disk(file: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """The file system a file lies on; empty where the machine does not say."""
    lines = [line.split() for line in mounts.read_text().splitlines()] if mounts.exists() else []
    above = [(folder, kind) for _device, folder, kind, *_rest in lines if file.resolve().is_relative_to(folder)]
    return max(above, key=lambda pair: len(pair[0]))[1] if above else ""


def unapplied(connection) -> str | None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return _("The database is not up to date; run: manage.py migrate --database %(name)s") % {
            "name": connection.alias
        }
    return None


POSTGRESQL = (open_line, superuser, forgetful, wrong_clock)
SQLITE = (unsafe_writes, network_disk)
