"""What is there already was always known: it has no moment, and only later rows get one."""

import django.utils.timezone
from django.db import migrations, models

NAMES = ("fundfloor", "rulekind")


def field(**told):
    return models.DateTimeField(editable=False, null=True, verbose_name="entered at", **told)


def added(**told):
    return [migrations.AddField(name, "entered_at", field(**told)) for name in NAMES]


class Migration(migrations.Migration):
    dependencies = [("stations", "0006_rules_are_reviewed")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=added(), state_operations=added(default=django.utils.timezone.now)
        )
    ]
