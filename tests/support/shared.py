"""A world that many tests look at is built once.

`built_once` keeps it in the database while the tests of a file run, each ending with its own rollback. `Remembered`
keeps its rows in memory and puts them back for the tests that ask, beside others that want none of it.
"""

from contextlib import ExitStack, contextmanager
from copy import deepcopy
from datetime import time

from django.conf import settings
from django.db import connections, transaction


@contextmanager
def built_once(blocker, build):
    """What `build()` gives; its rows stay until the end and are taken back then. `blocker` is pytest-django's."""
    around = ExitStack()
    with blocker.unblock():
        for alias in settings.DATABASES:
            around.enter_context(transaction.atomic(using=alias))
        world = build()
    yield world
    with blocker.unblock(), around:
        for alias in settings.DATABASES:
            transaction.set_rollback(True, using=alias)


class Remembered:
    """Called, it gives a copy of what `build()` gave to the first who asked, its rows in the database."""

    def __init__(self, build):
        self.build, self.rows, self.world = build, None, None

    def __call__(self):
        if self.rows is None:
            self._build()
        else:
            self._put_back()
        return deepcopy(self.world)

    def _build(self):
        before = {table: set(rows) for table, rows in every_table()}
        self.world = self.build()
        after = dict(every_table())
        assert all(before[table] <= set(rows) for table, rows in after.items()), "a world is added, nothing is changed"
        self.rows = {table: [row for row in rows if row not in before[table]] for table, rows in after.items()}

    def _put_back(self):
        for (alias, table), rows in self.rows.items():
            if rows:
                values = ", ".join(["%s"] * len(rows[0]))
                into = connections[alias].ops.quote_name(table)
                with connections[alias].cursor() as cursor:
                    cursor.executemany(f"INSERT INTO {into} VALUES ({values})", rows)


def every_table():
    """((alias, table), all its rows as they are kept) of each."""
    for alias in settings.DATABASES:
        connection = connections[alias]
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                yield (alias, table), [tuple(map(_as_kept, row)) for row in cursor.fetchall()]


def _as_kept(value):
    return str(value) if isinstance(value, time) else value  # SQLite reads hours and takes none
