"""The same tests once more on a real PostgreSQL, in a run of their own beside this one.

Left out there is what asks no database anything, or looks only at how the same pages are drawn.
"""

import sys
from pathlib import Path

from tests.support import chromium, environment, processes

TESTS = Path(__file__).parent
ROOT = TESTS.parent
PATIENCE = 75 * 60  # seconds; a busy machine is slow, not wrong
ENDING = 40  # lines
DRAWN_ALIKE = [f"journeys/test_{name}.py" for name in ("axe_at_work", "large_print")]
# pytest-django refuses a database to the tests of house and tools (conftest.py), so there is nothing to ask twice.
ONCE_IS_ENOUGH = [Path(__file__).name, "house", "tools", *DRAWN_ALIKE]


def second_run(config):
    """The command of the other run: as many workers, the same order, itself left out."""
    workers = getattr(config, "workerinput", {}).get("workercount", 2)
    seed = config.getoption("randomly_seed", 0)
    left_out = [f"--ignore={TESTS / name}" for name in ONCE_IS_ENOUGH]
    return [sys.executable, "-m", "pytest", *left_out, f"-n{workers}", f"--randomly-seed={seed}"]


def test_what_is_left_out_there_is_there():
    assert [name for name in ONCE_IS_ENOUGH if not (TESTS / name).exists()] == []


def surroundings():
    """No test may be skipped there, unless the browser is missing here as well."""
    strict = {} if chromium.missing() else {"CI": "true"}
    return environment.bare() | strict | {"TEST_DATABASE": "postgresql"}


def test_everything_passes_on_postgresql(request, tmp_path, record_property):
    log = tmp_path / "log"
    run = processes.start(second_run(request.config), log=log, ends_with="SIGINT", cwd=ROOT, env=surroundings())
    try:
        status = run.wait(PATIENCE)
    finally:
        processes.stop(run, by="SIGINT")
    lines = log.read_text().splitlines()
    record_property("on PostgreSQL", "\n".join([*header(lines), *lines[-1:]]))
    assert status == 0, "\n".join([*header(lines), *lines[-ENDING:]])


def header(lines):
    return [line for line in lines if line.startswith("database: ")]
