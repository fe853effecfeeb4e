"""Where an installation of the tests keeps its things, on the kind of database this run is about."""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from tests.support import environment, postgres

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Place:
    """Where one installation keeps its things: a folder and two databases."""

    folder: Path
    default: str
    keys: str

    @classmethod
    def of(cls, folder):
        """The place in a folder, on the kind of database this run is about."""
        server = os.environ["DATABASE_URL"]
        if server.startswith("sqlite"):
            urls = environment.sqlite(folder)
        else:
            name = f"{urlsplit(server).path[1:]}_{folder.name}"
            urls = environment.databases(postgres.named(server, name), postgres.named(server, f"{name}_keys"))
        return cls(folder, *urls.values())

    @property
    def is_sqlite(self):
        return self.default.startswith("sqlite")

    @property
    def urls(self):
        return [self.default, self.keys]

    @property
    def environment(self):
        values = environment.VALUES | environment.databases(*self.urls) | environment.folders(self.folder)
        return environment.bare() | values | {"PYTHONUNBUFFERED": "1"}

    def create(self):
        self.folder.mkdir()
        for url in [] if self.is_sqlite else self.urls:
            postgres.create(maintenance(url), name_of(url))

    def copy_to(self, other):
        shutil.copytree(self.folder, other.folder)
        for mine, its in [] if self.is_sqlite else zip(self.urls, other.urls, strict=True):
            postgres.create(maintenance(its), name_of(its), template=name_of(mine))

    def remove(self):
        for url in [] if self.is_sqlite else self.urls:
            postgres.drop(maintenance(url), name_of(url))
        shutil.rmtree(self.folder)

    def manage(self, *arguments, rc=0, **extra):
        """Run a command of manage.py; returns what it printed, and fails unless it ends with the status `rc`."""
        command = [sys.executable, "manage.py", *arguments]
        run = subprocess.run(command, cwd=ROOT, env=self.environment | extra, capture_output=True, text=True)
        if run.returncode != rc:
            raise AssertionError(f"{' '.join(command)} ended with {run.returncode}:\n{run.stdout}\n{run.stderr}")
        return run.stdout + (run.stderr if rc else "")

    def sql(self, query, *arguments, database="default"):
        """Run one statement with %s places; its rows as tuples."""
        url = self.keys if database == "keys" else self.default
        if self.is_sqlite:
            with closing(sqlite3.connect(urlsplit(url).path, timeout=20)) as connection, connection:
                return connection.execute(query.replace("%s", "?"), arguments).fetchall()
        with psycopg.connect(url) as connection:
            cursor = connection.execute(query, arguments)
            return cursor.fetchall() if cursor.description else []


def name_of(url):
    return urlsplit(url).path[1:]


def maintenance(url):
    return postgres.named(url, "postgres")


@contextmanager
def alone(folder, at="demo"):
    """One worker at a time at what is named."""
    with open(folder / f"{at}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
