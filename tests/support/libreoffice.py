"""LibreOffice as a second reader of our workbooks: it may warn of nothing."""

import csv
import shutil
import subprocess

import pytest

JAVA = "Warning: failed to launch javaldx"  # of the machine, not of a file
CSV = "csv:Text - txt - csv (StarCalc):44,34,76"  # UTF-8
STARTS = "=+-@＝＋－＠\t\r"
RESTS = ("1+1", "cmd|' /C calc'!A0", 'HYPERLINK("x")', "A1")
FORMULAS = [f"{start}{rest}" for start in STARTS for rest in RESTS]


def converted(paths, kind, folder):
    """The files as LibreOffice reads them, in the same order."""
    if not shutil.which("soffice"):
        pytest.skip("no LibreOffice: ./run test as root installs it on Debian")
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    result = subprocess.run(
        [*command, "--convert-to", kind, "--outdir", folder / "out", *paths],
        capture_output=True,
        text=True,
        timeout=300,
    )
    said = [line for line in result.stderr.splitlines() if line and not line.startswith(JAVA)]
    assert (result.returncode, said) == (0, [])
    return [folder / "out" / f"{path.stem}.{kind.partition(':')[0]}" for path in paths]


def values_of(path) -> list[list[str]]:
    """The lines of a file converted to CSV."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [[cell.strip() for cell in line] for line in csv.reader(lines)]
