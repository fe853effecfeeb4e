"""Databases brought up to date: migrating takes half a minute, so it is done once in a run and copied from there.

On SQLite it is kept beyond the run, for as long as no migration and none of their data changes.
"""

import hashlib
import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connections

from tests.support import environment, postgres
from tests.support.places import ROOT, Place, alone, maintenance, name_of

KEPT = ROOT / ".pytest_cache" / "migrated"
NAMES = ("default", "keys")


def copy_to(place: Place):
    """Make the place, with empty databases of the newest shape."""
    _first(place.is_sqlite).copy_to(place)


def lay_out_for_this_worker():
    """Put copies where Django is about to look for its test databases; it then finds nothing left to migrate."""
    names = {alias: connections[alias].creation._get_test_db_name() for alias in NAMES}
    first = _first(connections["default"].vendor == "sqlite")
    for alias, url in zip(NAMES, first.urls, strict=True):
        if first.is_sqlite:
            shutil.copyfile(urlsplit(url).path, names[alias])
        else:
            postgres.create(maintenance(url), names[alias], template=name_of(url))


def _first(on_sqlite) -> Place:
    """The one that is copied, which the first worker to come here makes."""
    folder = Path(os.environ["VAR_DIR"])
    with alone(folder, at="migrating"):
        place = _place_of(folder / ("migrated-sqlite" if on_sqlite else "migrated"), on_sqlite)
        if not place.folder.exists():
            _make(place)
        return place


def _make(place):
    kept = KEPT / _print_of_migrations()
    if place.is_sqlite and kept.exists():
        shutil.copytree(kept, place.folder)
        return
    place.create()
    for database in NAMES:
        place.manage("migrate", "--verbosity", "0", "--database", database)
    if place.is_sqlite:
        _keep(place.folder, kept)


def _keep(folder, kept):
    """Two runs may come here at once: each puts a whole copy in place or none."""
    shutil.rmtree(KEPT, ignore_errors=True)
    half = KEPT.with_name(f"migrated-{os.getpid()}") / kept.name
    shutil.copytree(folder, half)
    try:
        half.parent.rename(KEPT)
    except OSError:
        shutil.rmtree(half.parent)


def _print_of_migrations():
    apps = [ROOT / name for name in ("feedback", "liaison", "representatives", "stations")]
    files = [path for app in apps for part in ("migrations", "data") for path in app.rglob(f"{part}/*.*")]
    digest = hashlib.sha256()
    for path in sorted(path for path in files if path.is_file() and path.suffix != ".pyc"):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


def _place_of(folder, on_sqlite):
    return Place(folder, *environment.sqlite(folder).values()) if on_sqlite else Place.of(folder)
