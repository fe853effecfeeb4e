"""What the layers contract in pyproject.toml says, and what stands in the tree."""

import tomllib
from pathlib import Path

from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent.parent
WITHOUT_LAYER = {"__init__", "apps"}  # Django's own door into an app and the package itself
NOT_BUILT_YET = {
    "feedback.desk",
    "feedback.consultations",
    "feedback.surveys",
}


def read(config):
    """The floors from the top down, each a list of module names."""
    contract = tomllib.loads(config.read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"][0]
    return [[name.strip(" ()") for name in floor.split("|")] for floor in contract["layers"]]


def are_kept(config):
    """Runs import-linter in this process; what it found goes to the output, a mistake in the contract is raised."""
    return lint_imports(config_filename=str(config), no_cache=True, no_logo=True, is_debug_mode=True) == 0


def room_of(module, floors):
    """(floor, layer) of a module, the ground floor having the highest number; None for a module of nobody's."""
    for number, floor in enumerate(floors):
        for layer in floor:
            if module == layer or module.startswith(f"{layer}."):
                return number, layer
    return None


def modules_under(folder):
    """The dotted names of what lies directly in a package's folder: its modules and packages."""
    files = {path.stem for path in folder.glob("*.py")}
    packages = {path.name for path in folder.iterdir() if path.is_dir() and any(path.rglob("*.py"))}
    return {f"{folder.name}.{name}" for name in (files | packages) - WITHOUT_LAYER}


def unnamed(modules, floors):
    return sorted(set(modules) - {layer for floor in floors for layer in floor})


def missing(root, floors):
    """Layers for which the tree has neither a module nor a package."""
    layers = {layer for floor in floors for layer in floor}
    paths = {layer: root / Path(*layer.split(".")) for layer in layers}
    return {layer for layer, path in paths.items() if not path.with_suffix(".py").exists() and not path.is_dir()}


def upward_relations(models, floors):
    """Each relation from a model to one above it or beside it on the same floor, in words."""
    found = []
    for model in models:
        meta = model._meta
        for field in [*meta.local_fields, *meta.local_many_to_many, *meta.private_fields]:
            target = field.related_model if field.is_relation else None
            if target and not leads_down(room_of(model.__module__, floors), room_of(target.__module__, floors)):
                found.append(f"{model._meta.label}.{field.name} -> {target._meta.label}")
    return found


def leads_down(here, there):
    return here is None or there is None or here == there or here[0] < there[0]
