"""A printer, and a station whose every opinion carries a marked reporter."""

import shutil
import subprocess

import pytest

from tests.support import chromium
from tests.support import factories as make
from tests.support.printing import Printer

JAVA = "Warning: failed to launch javaldx"  # of the machine, not of a file


@pytest.fixture(scope="package")
def printer():
    if reason := chromium.missing():
        pytest.skip(reason)
    printer = Printer().start()
    yield printer
    printer.stop()


@pytest.fixture
def office_program(tmp_path):
    """office_program(path, "csv"): the file as LibreOffice reads it; it may warn of nothing."""
    if not shutil.which("soffice"):
        pytest.skip("no LibreOffice: ./run test as root installs it on Debian")

    def convert(path, kind):
        command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
        result = subprocess.run(
            [*command, "--convert-to", kind, "--outdir", tmp_path / "out", path],
            capture_output=True,
            text=True,
            timeout=300,
        )
        said = [line for line in result.stderr.splitlines() if line and not line.startswith(JAVA)]
        assert (result.returncode, said) == (0, [])
        return tmp_path / "out" / f"{path.stem}.{kind.partition(':')[0]}"

    return convert


@pytest.fixture
def station():
    make.office(full_name="道里区人大常委会", phone="0451-00000000")
    return make.station(name="抚顺街道人大代表联络站", phone="0451-11111111")
