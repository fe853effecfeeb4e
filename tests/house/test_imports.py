"""Who may import whom: downward only, never a neighbour on the same floor. A house that breaks it is caught too."""

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from tests.house import layers

CONFIG = layers.ROOT / "pyproject.toml"
FLOORS = layers.read(CONFIG)
PACKAGES = ["liaison", "stations", "feedback", "representatives"]
EXAMPLE = """
[tool.importlinter]
root_package = "{name}"

[[tool.importlinter.contracts]]
id = "layers"
name = "example"
type = "layers"
layers = ["({name}.roof)", "({name}.left) | ({name}.right)", "({name}.ground)", "({name}.cellar)"]
"""


def house(folder, name, **rooms):
    """A package whose rooms import what is given, with a contract of its own; returns the contract's path."""
    package = folder / name
    package.mkdir()
    (package / "__init__.py").touch()
    for room, line in rooms.items():
        (package / f"{room}.py").write_text(line + "\n")
    config = folder / "pyproject.toml"
    config.write_text(EXAMPLE.format(name=name))
    return config


def test_imports_lead_downward():
    assert layers.are_kept(CONFIG)


@pytest.mark.parametrize(
    ("name", "rooms", "kept"),
    [
        ("house_in_order", {"roof": "import house_in_order.ground", "ground": ""}, True),
        ("house_with_upward_import", {"roof": "", "ground": "import house_with_upward_import.roof"}, False),
        (
            "house_with_hidden_import",
            {"roof": "", "ground": "def f():\n    import house_with_hidden_import.roof"},
            False,
        ),
        ("house_with_neighbours", {"left": "import house_with_neighbours.right", "right": ""}, False),
    ],
)
def test_a_wrong_import_is_caught(tmp_path, monkeypatch, name, rooms, kept):
    monkeypatch.syspath_prepend(tmp_path)
    assert layers.are_kept(house(tmp_path, name, **rooms)) is kept


def test_every_app_and_module_has_its_layer():
    installed = {app.name for app in apps.get_app_configs() if app.name.partition(".")[0] in PACKAGES}
    modules = set.union(*(layers.modules_under(layers.ROOT / name) for name in PACKAGES[:3]))
    assert layers.unnamed(installed - {"liaison"} | modules, FLOORS) == []


def test_every_layer_stands_or_is_to_come():
    assert layers.missing(layers.ROOT, FLOORS) == layers.NOT_BUILT_YET


def test_a_mistyped_layer_and_a_module_without_one_are_caught(tmp_path):
    config = house(tmp_path, "manor", roof="", ground="", gruond="")
    floors = layers.read(config)
    assert layers.unnamed(layers.modules_under(tmp_path / "manor"), floors) == ["manor.gruond"]
    assert layers.missing(tmp_path, floors) == {"manor.left", "manor.right", "manor.cellar"}


def test_relations_lead_downward():
    assert layers.upward_relations(apps.get_models(include_auto_created=True), FLOORS) == []


@isolate_apps("liaison.keys", "liaison.divisions", "liaison.audit", "liaison.organisations")
def test_an_upward_relation_is_caught():
    def model(name, app, **fields):
        meta = type("Meta", (), {"app_label": app})
        return type(name, (models.Model,), {"__module__": f"liaison.{app}.models", "Meta": meta, **fields})

    division = model("Division", "divisions")
    key = model("Key", "keys", division=models.ForeignKey("divisions.Division", models.PROTECT, related_name="+"))
    entry = model("Entry", "audit", divisions=models.ManyToManyField("divisions.Division", related_name="+"))
    office = model("Office", "organisations", entry=models.OneToOneField("audit.Entry", models.PROTECT))
    assert layers.upward_relations([division, key, entry, office], FLOORS) == [
        "keys.Key.division -> divisions.Division",
        "organisations.Office.entry -> audit.Entry",
    ]
