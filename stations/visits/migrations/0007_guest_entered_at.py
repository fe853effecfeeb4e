import django.utils.timezone
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def known_with_their_visit(apps, schema_editor):
    guests, visits = apps.get_model("visits", "Guest").objects, apps.get_model("visits", "Visit").objects
    guests.update(entered_at=Subquery(visits.filter(pk=OuterRef("visit")).values("entered_at")))


class Migration(migrations.Migration):

    dependencies = [("visits", "0006_attendance_entered_at")]

    operations = [
        migrations.AddField(
            model_name="guest",
            name="entered_at",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.RunPython(known_with_their_visit, migrations.RunPython.noop),
    ]
