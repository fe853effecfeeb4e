"""The rules the product ships with: two years of the official calendar, four clocks, the category tree."""

import csv
from pathlib import Path

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data"


def rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fill(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        calendar(apps)
        clocks(apps)
        categories(apps)


def calendar(apps):
    Year, Day = apps.get_model("rulebook", "CalendarYear"), apps.get_model("rulebook", "CalendarDay")
    for row in rows("calendar_years.csv"):
        Year.objects.create(year=int(row["year"]), notice=row["notice"], is_official=True)
    for row in rows("calendar_days.csv"):
        year = int(row["date"][:4])
        Day.objects.create(date=row["date"], year_id=year, is_working=row["is_working"] == "1", name=row["name"])


def clocks(apps):
    for row in rows("clocks.csv"):
        apps.get_model("rulebook", "Clock").objects.create(**row)


def categories(apps):
    Category, kept = apps.get_model("rulebook", "Category"), {}
    for row in rows("categories.csv"):
        kept[row["code"]] = Category.objects.create(
            code=row["code"], name=row["name"], parent=kept.get(row["parent"])
        )


class Migration(migrations.Migration):
    dependencies = [("rulebook", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
