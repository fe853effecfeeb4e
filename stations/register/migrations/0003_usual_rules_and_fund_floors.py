"""What the product ships with: the usual rules of a station, and the least funds of a year."""

import csv
from pathlib import Path

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data"


def rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fill(apps, schema_editor):
    if schema_editor.connection.alias != "default":
        return
    for row in rows("rule_kinds.csv"):
        apps.get_model("stations", "RuleKind").objects.create(**row | {"is_required": row["is_required"] == "1"})
    for row in rows("fund_floors.csv"):
        apps.get_model("stations", "FundFloor").objects.create(**row)


class Migration(migrations.Migration):
    dependencies = [("stations", "0002_records_of_the_eight_haves")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
