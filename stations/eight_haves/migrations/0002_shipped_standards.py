"""The seed's eight haves with few criteria and no points, published."""

import json
from datetime import date, datetime, timezone
from pathlib import Path

from django.db import migrations

FILE = Path(__file__).parent.parent / "data" / "standards.json"


def ship(apps, schema_editor):
    models = {name: apps.get_model("eight_haves", name) for name in ("Standard", "Have", "Criterion", "Threshold")}
    for facts in json.loads(FILE.read_text(encoding="utf-8")):
        _make(models, facts)


def _make(models, facts):
    first_day = date.fromisoformat(facts["valid_from"])
    published = {"state": "published", "published_at": datetime(first_day.year, first_day.month, first_day.day, tzinfo=timezone.utc)}
    standard = models["Standard"].objects.create(
        name=facts["name"],
        version=facts["version"],
        kinds=facts["kinds"],
        valid_from=first_day,
        note=facts.get("note", ""),
        **(published if facts["published"] else {}),
    )
    for place, (key, criteria) in enumerate(facts["haves"], 1):
        have = models["Have"].objects.create(standard=standard, key=key, place=place)
        for number, criterion in enumerate(criteria, 1):
            _ask(models, have, number, *criterion)


def _ask(models, have, place, measure, options, comparison, met, basically, points, is_required=True):
    facts = {"measure": measure, "options": options, "comparison": comparison, "points": points, "place": place}
    criterion = models["Criterion"].objects.create(have=have, is_required=is_required, **facts)
    models["Threshold"].objects.create(criterion=criterion, kind="", met=met, basically=basically)


class Migration(migrations.Migration):
    dependencies = [("eight_haves", "0001_standards")]

    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
