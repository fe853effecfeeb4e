"""The same tests once more on a real PostgreSQL, in a run of their own beside this one."""

import sys
from pathlib import Path

from tests.support import chromium, environment, processes

ROOT = Path(__file__).parent.parent
PATIENCE = 85 * 60  # seconds; a busy machine is slow, not wrong
ENDING = 40  # lines


def second_run(config):
    """The command of the other run: a worker for each that does not wait for it, the same order, itself left out."""
    workers = max(1, getattr(config, "workerinput", {}).get("workercount", 2) - 1)
    seed = config.getoption("randomly_seed", 0)
    return [sys.executable, "-m", "pytest", f"--ignore={__file__}", f"-n{workers}", f"--randomly-seed={seed}"]


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
