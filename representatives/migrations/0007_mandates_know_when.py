from datetime import datetime, time

import django.utils.timezone
from django.db import migrations, models
from django.utils import timezone


def known_from_their_first_day(apps, schema_editor):
    """When they were entered is not on record."""
    mandates = apps.get_model("representatives", "Mandate").objects
    rows = list(mandates.only("starts_on"))
    for row in rows:
        row.entered_at = timezone.make_aware(datetime.combine(row.starts_on, time.min))
    mandates.bulk_update(rows, ["entered_at"], batch_size=500)


class Migration(migrations.Migration):

    dependencies = [("representatives", "0006_corrections_withdrawn")]

    operations = [
        migrations.AddField(
            model_name="mandate",
            name="entered_at",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="entered at"),
        ),
        migrations.RunPython(known_from_their_first_day, migrations.RunPython.noop),
    ]
