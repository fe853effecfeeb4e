"""The sample was shipped with a measure by a name that nobody knew."""

from django.db import migrations


def rename(apps, schema_editor):
    criteria = apps.get_model("eight_haves", "Criterion").objects.filter(measure="called_back")
    criteria.filter(have__standard__state="draft").update(measure="residents_called_back")


class Migration(migrations.Migration):
    dependencies = [("eight_haves", "0002_shipped_standards")]
    operations = [migrations.RunPython(rename, migrations.RunPython.noop)]
