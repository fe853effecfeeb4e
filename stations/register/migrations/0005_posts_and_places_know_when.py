from datetime import datetime, time

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone


def known_from_their_first_day(apps, schema_editor):
    """When they were entered is not on record."""
    for name in ("StaffPost", "StationAssignment"):
        rows = list(apps.get_model("stations", name).objects.all())
        for row in rows:
            row.entered_at = timezone.make_aware(datetime.combine(row.valid_from, time.min))
        apps.get_model("stations", name).objects.bulk_update(rows, ["entered_at"], batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('stations', '0004_history_funds_files_plans'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='staffpost',
            name='entered_at',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='entered at'),
        ),
        migrations.AddField(
            model_name='staffpost',
            name='entered_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by'),
        ),
        migrations.AddField(
            model_name='stationassignment',
            name='entered_at',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='entered at'),
        ),
        migrations.AddField(
            model_name='stationassignment',
            name='entered_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by'),
        ),
        migrations.RunPython(known_from_their_first_day, migrations.RunPython.noop),
    ]
