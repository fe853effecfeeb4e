"""Real installations for the journeys: each a copy of one demo that is built once in a test run."""

import datetime
import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from tests.support import environment, postgres, processes
from tests.support.web import Client

ROOT = Path(__file__).parent.parent.parent
TODAY = datetime.date(2026, 10, 30)
SEED = 7
PASSWORD = "Songhua-River-2026"
PATIENCE = 120  # seconds


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
def alone(folder):
    """One worker at a time."""
    with open(folder / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def copy_of_demo(name):
    """A new place holding the demo, which the first worker to come here builds."""
    folder = Path(os.environ["VAR_DIR"])
    place = Place.of(folder / name)
    with alone(folder):
        template(folder).copy_to(place)
    return place


def template(folder):
    place = Place.of(folder / "demo")
    failure = folder / "demo-failed"
    if failure.exists():
        raise AssertionError(failure.read_text())
    if not place.folder.exists():
        try:
            place.create()
            build(place)
        except Exception as error:
            failure.write_text(f"the demo could not be built: {error}")
            raise
    return place


def build(place):
    options = ["--no-serve", "--today", str(TODAY), "--seed", str(SEED), "--password", PASSWORD]
    place.manage("demo", *options)


@dataclass
class Site:
    """A server on a place."""

    place: Place
    url: str = ""
    password: str = PASSWORD
    today: datetime.date = TODAY
    process: subprocess.Popen | None = field(default=None, repr=False)

    def __post_init__(self):
        self.sql, self.folder = self.place.sql, self.place.folder

    def manage(self, *arguments, rc=0):
        return self.place.manage(*arguments, rc=rc, SITE_URL=self.url)

    def client(self):
        return Client(self.url, self.password)

    @property
    def log(self):
        path = self.folder / "server.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def failures(self):
        """Lines of the log that tell of an error on the server's side; that something was refused is told with a
        traceback, and is none."""
        lines = ["", *self.log.splitlines()]
        told = [line for before, line in pairwise(lines) if not before.startswith("Forbidden (Permission denied)")]
        return [line for line in told if '" 500 ' in line or line.startswith("Traceback")]

    def start(self):
        """Serve on a free port; another program may take it first, so more than one is tried."""
        for _ in range(5):
            port = processes.free_port()
            self.url = f"http://127.0.0.1:{port}"
            command = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"]
            options = {"cwd": ROOT, "env": self.place.environment | {"SITE_URL": self.url}}
            self.process = processes.start(command, log=self.folder / "server.log", **options)
            if self.answers():
                return self
        raise AssertionError(f"the server did not start:\n{self.log}")

    def answers(self):
        until = time.monotonic() + PATIENCE
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        while time.monotonic() < until and self.process.poll() is None:
            try:
                opener.open(self.url, timeout=30).close()
            except urllib.error.HTTPError as answer:
                answer.close()
                return True
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)
            else:
                return True
        return False

    def stop(self):
        if self.process:
            processes.stop(self.process)
        self.place.remove()
