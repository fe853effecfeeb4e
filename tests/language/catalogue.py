"""The words the source asks for, and those the Chinese catalogue has.

`python -m tests.language.catalogue` brings django.po up to the source: what is known keeps its Chinese, what is new
stands there empty, what nobody asks for any more is gone, and django.mo is compiled anew. It needs GNU gettext.
Django's own words that we say otherwise carry the comment OURS: the source does not ask for them, and they stay.
"""

import ast
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

from tests.support import environment

ROOT = Path(__file__).parent.parent.parent
SOURCES = ["liaison", "representatives", "stations", "feedback", "templates"]
IN_THE_TREE = Path("liaison", "locale", "zh_Hans", "LC_MESSAGES", "django.po")
CATALOGUE = ROOT / IN_THE_TREE
OURS = "Django's own words, said our way."
HEAD = "Liaison in simplified Chinese.\nBring in new words of the source: python -m tests.language.catalogue"
METADATA = {
    "Project-Id-Version": "liaison",
    "Language": "zh_Hans",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|<[^>]+>")
ASKING = {"gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}


def kept() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


def collected() -> polib.POFile:
    """What makemessages finds, in a copy of the source without any catalogue."""
    with tempfile.TemporaryDirectory() as folder:
        copy_sources(Path(folder))
        options = ["--locale", "zh_Hans", "--no-location", "--no-wrap", "--verbosity", "0"]
        command = [sys.executable, "manage.py", "makemessages", *options]
        variables = os.environ | environment.VALUES | {"VAR_DIR": f"{folder}/var"}
        subprocess.run(command, cwd=folder, env=variables, check=True)
        return polib.pofile(str(Path(folder, IN_THE_TREE)))


def copy_sources(folder: Path) -> None:
    not_sources = shutil.ignore_patterns("__pycache__", "locale", "data", "texts")
    for name in SOURCES:
        shutil.copytree(ROOT / name, folder / name, ignore=not_sources)
    shutil.copy(ROOT / "manage.py", folder)
    (folder / "liaison" / "locale").mkdir()


def asked_for(source: str) -> set[tuple[str | None, str]]:
    """The (context, words) a Python source asks gettext for, wherever they stand: also where xgettext is blind."""
    tree = ast.parse(source)
    names = {name: original for name, original in imported(tree).items() if original in ASKING}
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    return {words_of(call, names[call.func.id]) for call in calls if call.func.id in names}


def imported(tree) -> dict[str, str]:
    """Names of the module and what they were called where they come from."""
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {alias.asname or alias.name: alias.name for node in imports for alias in node.names}


def words_of(call, function) -> tuple[str | None, str]:
    texts = [ast.literal_eval(argument) for argument in call.args[: 2 if function.startswith("p") else 1]]
    return (texts[0], texts[1]) if len(texts) == 2 else (None, texts[0])


def name_of(entry) -> tuple[str | None, str]:
    return (entry.msgctxt, entry.msgid)


def chinese(entry) -> str:
    return entry.msgstr_plural[0] if entry.msgid_plural else entry.msgstr


def is_ours(entry) -> bool:
    return OURS in entry.tcomment


def wanting(source: polib.POFile, catalogue: polib.POFile) -> list[str]:
    """What the catalogue lacks of the source's words: not there, empty, doubtful, or with other placeholders."""
    known = {name_of(entry): entry for entry in catalogue if not entry.obsolete}
    pairs = [(entry, known.get(name_of(entry))) for entry in source]
    return [entry.msgid for entry, its in pairs if its is None or not is_complete(entry, its)]


def is_complete(entry, its) -> bool:
    placeholders = [set(PLACEHOLDER.findall(text)) for text in (entry.msgid_plural or entry.msgid, chinese(its))]
    return bool(chinese(its)) and not its.fuzzy and placeholders[0] == placeholders[1]


def unasked(source: polib.POFile, catalogue: polib.POFile) -> list[str]:
    """What the catalogue has and nobody asks for."""
    names = {name_of(entry) for entry in source}
    return [entry.msgid for entry in catalogue if entry.obsolete or not (name_of(entry) in names or is_ours(entry))]


def merged(source: polib.POFile, catalogue: polib.POFile) -> polib.POFile:
    """The source's words in its own order with the Chinese they had, then what is ours."""
    known = {name_of(entry): entry for entry in catalogue}
    together = polib.POFile(wrapwidth=0)
    together.header, together.metadata = HEAD, METADATA
    for entry in source:
        together.append(with_chinese(entry, known.get(name_of(entry))))
    names = {name_of(entry) for entry in source}
    together.extend(entry for entry in catalogue if is_ours(entry) and name_of(entry) not in names)
    return together


def with_chinese(entry, its):
    if its is not None and entry.msgid_plural:
        entry.msgstr_plural = its.msgstr_plural
    elif its is not None:
        entry.msgstr = its.msgstr
    entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    return entry


def write(catalogue: polib.POFile) -> None:
    catalogue.save(str(CATALOGUE))
    compiled = CATALOGUE.with_suffix(".mo")
    subprocess.run(["msgfmt", "--check-format", "--output-file", str(compiled), str(CATALOGUE)], check=True)


if __name__ == "__main__":
    write(merged(collected(), kept()))
    for words in [entry.msgid for entry in kept() if not chinese(entry)]:
        print(f"no Chinese yet: {words}")
