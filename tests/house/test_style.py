"""The house style, as far as a machine can see it. Each rule of our own is also shown something that breaks it."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import style

SOURCES = {path: path.read_text(encoding="utf-8") for path in style.source_files()}


def broken(rule, sources=SOURCES):
    return {str(path.relative_to(style.ROOT)): found for path, source in sources.items() if (found := rule(source))}


def test_there_is_something_to_look_at():
    assert len(SOURCES) > 40


def test_no_function_imports_anything_of_ours():
    assert broken(style.imports_inside_functions) == {}


def test_an_import_inside_a_function_is_caught():
    assert style.imports_inside_functions("def f():\n    from liaison.tools import sheets") == [2]
    assert style.imports_inside_functions("def f():\n    from . import sheets") == [2]
    assert style.imports_inside_functions("def ready(self):\n    import liaison.audit.trail") == []
    assert style.imports_inside_functions("import liaison\ndef f():\n    import holidays") == []


def test_functions_are_short():
    median, ninth_decile = style.median_and_ninth_decile(
        [n for source in SOURCES.values() for n in style.lengths(source)]
    )
    assert median <= style.LONGEST_MEDIAN
    assert ninth_decile <= style.LONGEST_NINTH_DECILE


def test_the_length_of_a_function_is_counted():
    assert style.lengths(
        "def f():\n    return 1\n\n\nclass A:\n    async def g(self):\n        a = 1\n        return a"
    ) == [2, 3]
    assert style.median_and_ninth_decile([1, 2, 3, 4, 5, 6, 7, 8, 9, 90, 91]) == (6, 90)


def test_every_file_reads_in_one_sitting():
    paths = style.files(".py", ".html", ".css", ".js", under=[*style.PACKAGES, "templates", "static"])
    counts = {str(path): path.read_text(encoding="utf-8").count("\n") for path in paths}
    assert {path: count for path, count in counts.items() if count > style.LONGEST_FILE} == {}


def test_no_module_is_a_junk_drawer():
    assert style.junk_drawers([path.relative_to(style.ROOT) for path in SOURCES]) == []
    assert style.junk_drawers([Path("liaison/utils.py"), Path("services/a.py")]) == [
        "liaison/utils.py",
        "services/a.py",
    ]


def test_no_signal_has_an_effect_on_the_work():
    assert broken(style.domain_signals) == {}


@pytest.mark.parametrize(
    "source",
    [
        "from django.db.models.signals import post_save",
        "signals.post_save.connect(f)",
        "@receiver(post_save)\ndef f(): ...",
    ],
)
def test_a_signal_is_caught(source):
    assert style.domain_signals(source) == ["post_save"]


def test_no_file_names_a_machine_or_a_registry():
    texts = {
        path: path.read_text(encoding="utf-8", errors="replace")
        for path in style.files(*style.TEXT, without=style.NOT_OURS - {"migrations", "locale"})
    }
    assert broken(style.foreign_places, texts) == {}
    assert style.foreign_places("fine\nsee /ro" + "ot/notes\nhttps://py" + "pi.org/simple") == [2, 3]


@pytest.mark.parametrize(
    "command",
    [
        ("ruff", "check", "--no-cache", "."),
        ("ruff", "format", "--no-cache", "--check", "."),
        ("djlint", "templates", "--lint", "--quiet"),
    ],
    ids=["ruff", "ruff-format", "djlint"],
)
def test_linters_find_nothing(command):
    result = subprocess.run([sys.executable, "-m", *command], cwd=style.ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
