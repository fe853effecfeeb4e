"""Databases brought up to date: migrating takes half a minute, so it is done once in a run and copied from there."""

import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connections

from tests.support import environment, postgres
from tests.support.places import Place, alone, maintenance, name_of

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
            place.create()
            for database in NAMES:
                place.manage("migrate", "--verbosity", "0", "--database", database)
        return place


def _place_of(folder, on_sqlite):
    return Place(folder, *environment.sqlite(folder).values()) if on_sqlite else Place.of(folder)
