"""What the other tests stand on: databases of their own, servers that end, skips that count, pages that are read."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support import environment, postgres
from tests.support.pages import Page, fields

ROOT = Path(__file__).parent.parent.parent
PARENT = """
import sys
from tests.support import processes
print(processes.start(["sleep", "600"], log=sys.argv[1]).pid, flush=True)
input()
"""


def test_postgresql_is_there_without_the_systems_own(tmp_path):
    assert postgres.system_binaries(tmp_path) is None
    cluster = postgres.Cluster(*postgres.packaged_binaries())
    try:
        postgres.create(cluster.url, "first")
        postgres.execute(postgres.named(cluster.url, "first"), "CREATE TABLE visit (id int)")
        postgres.create(cluster.url, "second", template="first")
        assert postgres.execute(postgres.named(cluster.url, "second"), "SELECT count(*) FROM visit") == [0]
    finally:
        cluster.stop()
    assert (cluster.process.returncode, cluster.folder.exists()) == (0, False)


def test_a_server_ends_with_whoever_started_it(tmp_path):
    command = [sys.executable, "-c", PARENT, tmp_path / "log"]
    parent = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with parent:
        child = int(parent.stdout.readline())
        assert is_running(child)
        parent.send_signal(signal.SIGKILL)
    until = time.monotonic() + 10
    while is_running(child) and time.monotonic() < until:
        time.sleep(0.05)
    assert not is_running(child)


def is_running(pid):
    """Whether a process is there and not only waiting for somebody to notice its end."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize(("plugin", "status"), [([], 0), (["-p", "tests.support.skips"], 1)])
def test_a_skip_can_be_made_a_failure(tmp_path, plugin, status):
    (tmp_path / "test_it.py").write_text("import pytest\ndef test_it():\n    pytest.skip('no reason')\n")
    command = [sys.executable, "-m", "pytest", "-c", "/dev/null", "-p", "no:cacheprovider", *plugin, tmp_path]
    run = subprocess.run(command, cwd=ROOT, env=environment.bare(), capture_output=True, text=True)
    assert (run.returncode, "test_it.py::test_it: Skipped: no reason" in run.stdout) == (status, bool(status))


def test_a_page_is_read_as_a_browser_would_send_it():
    page = Page(
        """<form><input name=q></form><form method=post><input type=hidden name=token value=abc>
        <textarea name=matter>\nroad</textarea><input name=off disabled><input type=file name=photos>
        <input type=checkbox name=day value=1 checked><input type=checkbox name=day value=2 checked>
        <input type=radio name=mode value=a><input type=radio name=mode value=b checked>
        <select name=place><option value=1>one<option value=2 selected>two</select><button name=go>Go</button></form>
        <p id=number data-status=open>YJ-<b>2026</b>-0001<br></p>"""
    )
    sent = {"token": "abc", "matter": "road", "day": ["1", "2"], "mode": "b", "place": "2"}
    assert [fields(form) for form in page.forms] == [{"q": ""}, sent]
    assert page.texts["number"] == "YJ-2026-0001"


def test_the_environment_is_the_tests_own():
    assert {os.environ[name] for name in ("DEBUG", "SITE_URL")} == {"false", "http://testserver"}
    assert not {"DATABASE_URL", "SECRET_KEY", "DJANGO_SETTINGS_MODULE"} & environment.bare().keys()
