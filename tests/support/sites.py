"""Real installations for the journeys: each a copy of one demo that is built once in a test run."""

import datetime
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from tests.support import migrated, processes
from tests.support.places import ROOT, Place, alone
from tests.support.web import Client

TODAY = datetime.date(2026, 10, 30)
SEED = 7
PASSWORD = "Songhua-River-2026"
PATIENCE = 120  # seconds


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
            migrated.copy_to(place)
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
