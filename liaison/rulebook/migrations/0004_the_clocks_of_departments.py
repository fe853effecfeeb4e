"""Five working days to hand a matter back and to answer an urging, as before; now an office may set its own."""

from django.db import migrations, models

CHOICES = [
    ("accept", "until an opinion is accepted or refused"),
    ("assign", "until an accepted opinion is assigned"),
    ("reply", "until a handling department replies"),
    ("feed_back", "until the resident is told"),
    ("proposal_reply", "until a proposal is replied to"),
    ("hand_back", "until a department says that a matter is not its own"),
    ("answer_urging", "until an urged department answers"),
]


def set_clocks(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        for key in ("hand_back", "answer_urging"):
            clock = {"amount": 5, "unit": "working_days"}
            apps.get_model("rulebook", "Clock").objects.get_or_create(key=key, division=None, defaults=clock)


class Migration(migrations.Migration):
    dependencies = [("rulebook", "0003_the_clock_of_proposals")]
    operations = [
        migrations.AlterField("clock", "key", models.CharField("clock", max_length=30, choices=CHOICES)),
        migrations.RunPython(set_clocks, migrations.RunPython.noop),
    ]
