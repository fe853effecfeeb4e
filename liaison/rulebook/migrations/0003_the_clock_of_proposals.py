"""A proposal is answered within three months of its assignment (代表法 art. 51); an office may set its own."""

from django.db import migrations, models

CHOICES = [
    ("accept", "until an opinion is accepted or refused"),
    ("assign", "until an accepted opinion is assigned"),
    ("reply", "until a handling department replies"),
    ("feed_back", "until the resident is told"),
    ("proposal_reply", "until a proposal is replied to"),
]


def set_clock(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        clock = {"amount": 3, "unit": "months"}
        apps.get_model("rulebook", "Clock").objects.get_or_create(
            key="proposal_reply", division=None, defaults=clock
        )


class Migration(migrations.Migration):
    dependencies = [("rulebook", "0002_shipped_rules")]
    operations = [
        migrations.AlterField("clock", "key", models.CharField("clock", max_length=30, choices=CHOICES)),
        migrations.RunPython(set_clock, migrations.RunPython.noop),
    ]
