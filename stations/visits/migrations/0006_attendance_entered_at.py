import django.utils.timezone
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def known_with_their_visit(apps, schema_editor):
    attendances, visits = apps.get_model("visits", "Attendance").objects, apps.get_model("visits", "Visit").objects
    entered = visits.filter(pk=OuterRef("visit")).values("entered_at")
    attendances.update(entered_at=Subquery(entered))


class Migration(migrations.Migration):

    dependencies = [("visits", "0005_a_later_draft_stands")]

    operations = [
        migrations.AddField(
            model_name="attendance",
            name="entered_at",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.RunPython(known_with_their_visit, migrations.RunPython.noop),
    ]
