"""What holds for every test: its environment, its databases, and what a skip means.

The environment is made when this file is read, before Django reads its settings; pytest's workers inherit it.
TEST_DATABASE=postgresql runs the tests on PostgreSQL; without it they run on SQLite.
"""

import atexit
import gc
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

import django
import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import translation
from hypothesis import settings as hypothesis_settings
from whitenoise.middleware import WhiteNoiseMiddleware
from xdist.plugin import pytest_xdist_auto_num_workers as auto_num_workers

from tests.support import environment, migrated, postgres, skips

TESTS = Path(__file__).parent
WITHOUT_DATABASE = [TESTS / name for name in ("journeys", "house", "tools")]
IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ
IN_CI = bool(os.environ.get("CI"))
ORIGIN = "TEST_DATABASE_ORIGIN"  # for the workers and the report: where the database came from


def prepare():
    """Make the folder and the databases' server of this run, and tell Django and the workers about them."""
    if settings.configured:
        raise pytest.UsageError("the tests bring their own settings: unset DJANGO_SETTINGS_MODULE")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends like Ctrl-C, everything put away
    keep_what_is_compiled()
    folder = Path(tempfile.mkdtemp(prefix="liaison-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ.update(environment.VALUES | environment.folders(folder) | prepare_databases(folder))


def keep_what_is_compiled():
    """Many images turn it off; the workers and servers of a run would each compile the same thousand files."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False


def prepare_databases(folder):
    if os.environ.get("TEST_DATABASE", "sqlite") == "sqlite":
        return environment.sqlite(folder) | {ORIGIN: "SQLite"}
    server = postgres.start()
    atexit.register(server.stop)
    urls = [postgres.named(server.url, name) for name in (server.prefix, f"{server.prefix}_keys")]
    return environment.databases(*urls) | {ORIGIN: f"PostgreSQL from {server.origin}"}


if not IS_WORKER:
    prepare()
django.setup()
hypothesis_settings.register_profile("liaison", deadline=None, derandomize=IN_CI, print_blob=True)
hypothesis_settings.load_profile("liaison")


@pytest.hookimpl(optionalhook=True)  # not there under -p no:xdist
def pytest_xdist_auto_num_workers(config):
    """One more than there are cores: one waits for the whole run on PostgreSQL, which has one fewer in return."""
    return auto_num_workers(config) + (os.environ["DATABASE_URL"].startswith("sqlite"))


def pytest_report_header():
    return f"database: {os.environ[ORIGIN]}"


def pytest_collection_finish():
    """What is loaded by now stays: looking through it for garbage again and again took a twentieth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


@pytest.hookimpl(trylast=True)  # after the shuffling
def pytest_collection_modifyitems(items):
    for item in items:
        has_own_rule = item.get_closest_marker("django_db") or any(
            folder in item.path.parents for folder in WITHOUT_DATABASE
        )
        if not has_own_rule:
            item.add_marker(pytest.mark.django_db(databases=["default", "keys"]))
    items.sort(key=turn)


def turn(item):
    """The long ones first, so that both cores are busy to the end: the whole run on PostgreSQL, then the journeys.

    Between them what is short: of a worker that waits nobody takes the test that comes next.
    """
    if item.path.name == "test_on_postgresql.py":
        return 0
    folders = [TESTS / "tools", TESTS / "journeys"]
    return next((place for place, folder in enumerate(folders, 1) if folder in item.path.parents), len(folders) + 1)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Django would put SQLite's test databases into memory, where a second thread finds nothing."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    for alias, database in settings.DATABASES.items():
        if database["ENGINE"].endswith("sqlite3"):
            name = f"{os.environ['VAR_DIR']}/test_{alias}{worker}.sqlite3"
            database.setdefault("TEST", {})["NAME"] = name
    migrated.lay_out_for_this_worker()


@pytest.fixture(scope="session")
def django_db_keepdb():
    """What was laid out is taken as it is; it goes with the folder or the server of this run."""
    return True


@pytest.fixture(scope="session", autouse=True)
def quick_and_apart():
    """Passwords cost nothing, and each worker keeps its photographs to itself."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(PASSWORD_HASHERS=hashers, MEDIA_ROOT=f"{os.environ['VAR_DIR']}/media{worker}"):
        yield


@pytest.fixture(autouse=True)
def the_next_test_begins_in_the_product_s_language():
    """An answer that is streamed leaves its language on for the rows that are still to be written."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session", autouse=True)
def static_files_are_listed_once():
    """Every test client makes the middleware anew; three quarters of that was reading the same folders again."""
    listing, listed = WhiteNoiseMiddleware.add_files_from_finders, {}

    def list_once(middleware):
        if not listed:
            listing(middleware)
            listed.update(middleware.files)
        middleware.files.update(listed)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", list_once)
        yield


def pytest_terminal_summary(terminalreporter):
    """What the second run said at its end, also when it passed."""
    for report in terminalreporter.getreports("passed"):
        for name, words in report.user_properties:
            if name == "on PostgreSQL":
                terminalreporter.section("the same tests on PostgreSQL")
                terminalreporter.write_line(words)


def pytest_configure(config):
    if IN_CI and not IS_WORKER:
        config.pluginmanager.register(skips)
