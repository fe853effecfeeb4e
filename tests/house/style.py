"""House style that no linter knows, each rule a function over sources that returns what breaks it."""

import ast
import re
import statistics
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PACKAGES = ["liaison", "representatives", "stations", "feedback"]
NOT_OURS = {
    ".git",
    ".hypothesis",
    ".ruff_cache",
    ".mypy_cache",
    ".pytest_cache",
    ".import_linter_cache",
    ".venv",
    "var",
    "vendor",
    "htmlcov",
    "staticfiles",
    "locale",
    "migrations",
    "__pycache__",
}
TEXT = {".py", ".html", ".css", ".js", ".txt", ".md", ".toml", ".sh", ".svg", ".csv", ".yml", ".yaml", ".po", ""}
LONGEST_FILE = 400
LONGEST_MEDIAN, LONGEST_NINTH_DECILE = 8, 25
DRAWERS = {"utils", "helpers", "services", "common", "misc", "manager", "managers"}
DOMAIN_SIGNALS = {"pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed", "pre_init", "post_init"}
# In brackets, so that this line does not name them itself.
FOREIGN = re.compile(r"/[w]ork/|/[r]oot/|/[t]mp/[a-z]|[p]ypi\.(org|com)|[n]pmjs\.(org|com)|python[h]osted\.")


def files(*suffixes, under=(".",), without=NOT_OURS):
    """Our files of these kinds below the given folders."""
    paths = (path for folder in under for path in (ROOT / folder).rglob("*") if path.is_file())
    return sorted(
        path
        for path in paths
        if path.suffix in suffixes
        and not without & set(path.relative_to(ROOT).parts)
        and not path.name.endswith(".min.js")
    )


def source_files():
    return files(".py", under=PACKAGES)


def functions(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def imports_inside_functions(source):
    """Lines where a function imports something of ours; AppConfig.ready must."""
    return sorted(
        {
            node.lineno
            for function in functions(ast.parse(source))
            if function.name != "ready"
            for node in ast.walk(function)
            if isinstance(node, ast.Import | ast.ImportFrom) and is_ours(node)
        }
    )


def is_ours(node):
    names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
    return getattr(node, "level", 0) > 0 or any(name.partition(".")[0] in PACKAGES for name in names)


def lengths(source):
    return [node.end_lineno - node.lineno + 1 for node in functions(ast.parse(source))]


def median_and_ninth_decile(numbers):
    return statistics.median(numbers), statistics.quantiles(numbers, n=10, method="inclusive")[8]


def junk_drawers(paths):
    return [str(path) for path in paths if DRAWERS & {*path.parts, path.stem}]


def domain_signals(source):
    """Signals of models that a source names."""
    nodes = list(ast.walk(ast.parse(source)))
    names = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    names |= {node.id for node in nodes if isinstance(node, ast.Name)}
    names |= {alias.name for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names}
    return sorted(names & DOMAIN_SIGNALS)


def foreign_places(text):
    """Lines that name a path of somebody's machine or the host of a package registry."""
    return [number for number, line in enumerate(text.splitlines(), 1) if FOREIGN.search(line)]
