"""The hashed requirements are made from pyproject.toml: `uv pip compile --universal --no-header --generate-hashes
--no-strip-extras`."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent.parent
UNREACHABLE = 2  # uv's status where a registry does not answer; 1 is an answer that does not fit
RUNTIME, WITH_PDF, TESTS = "requirements.txt", "requirements-pdf.txt", "requirements-test.txt"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRA = PROJECT["project"]["optional-dependencies"]["pdf"]
NAMED = {
    RUNTIME: PROJECT["project"]["dependencies"],
    WITH_PDF: PROJECT["project"]["dependencies"] + EXTRA,
    TESTS: PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["test"],
}
OPTIONS = {RUNTIME: [], WITH_PDF: ["--extra", "pdf"], TESTS: ["--group", "test"]}


def pins(text):
    """The lines `name==version ; marker` of a requirements file, as a dictionary by name."""
    lines = re.findall(r"^([a-z0-9][^\s=\[]*)(?:\[[^]]*\])?==([^\s;]+)(.*?)(?: \\)?$", text, re.MULTILINE)
    return {name: (version, marker.strip()) for name, version, marker in lines}


def pins_of(file):
    return pins((ROOT / file).read_text(encoding="utf-8"))


def unmet(dependencies, pinned):
    """Dependencies that no pin satisfies."""
    return [line for line in dependencies if not is_met(Requirement(line), pinned)]


def is_met(wanted, pinned):
    version, _ = pinned.get(wanted.name.lower(), (None, ""))
    return version is not None and wanted.specifier.contains(version)


@pytest.mark.parametrize("file", NAMED)
def test_every_dependency_is_pinned_within_its_bounds(file):
    assert unmet(NAMED[file], pins_of(file)) == []


def test_a_dependency_without_its_pin_is_caught():
    pinned = pins("django==5.2.19 \\\n    --hash=sha256:00\nsegno==1.5 ; python_version > '3'\n")
    assert pinned == {"django": ("5.2.19", ""), "segno": ("1.5", "; python_version > '3'")}
    assert unmet(["Django~=5.2.19", "segno~=1.6", "polib"], pinned) == ["segno~=1.6", "polib"]


@pytest.mark.parametrize("file", NAMED)
def test_pins_name_their_extras(file):
    """Older pip (Debian 12's among them) refuses `coverage[toml]` where only `coverage` is pinned."""
    text = (ROOT / file).read_text(encoding="utf-8")
    wanted = [Requirement(line) for line in NAMED[file] if Requirement(line).extras]
    assert wanted
    assert [one.name for one in wanted if f"\n{one.name}[" not in text] == []
    if file == TESTS:
        assert "\ncoverage[toml]==" in text


def test_the_tests_run_with_what_the_product_runs_with():
    assert pins_of(RUNTIME).items() <= pins_of(WITH_PDF).items() <= pins_of(TESTS).items()
    assert set(EXTRA) <= set(NAMED[TESTS])


@pytest.mark.parametrize("file", NAMED)
def test_every_pin_has_its_hashes(file):
    blocks = re.split(r"\n(?=[a-z0-9])", (ROOT / file).read_text(encoding="utf-8"))
    assert [block.partition(" ")[0] for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize(("file", "options"), OPTIONS.items())
def test_the_pins_are_what_the_project_asks_for(tmp_path, file, options):
    copy = shutil.copy(ROOT / file, tmp_path)  # uv keeps the versions it finds there as long as they fit
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--no-header"]
    result = subprocess.run(
        [*command, "--no-strip-extras", "pyproject.toml", *options, "-o", copy],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert result.returncode in (0, UNREACHABLE), result.stderr
    if result.returncode == 0:
        assert pins(Path(copy).read_text(encoding="utf-8")) == pins_of(file)
