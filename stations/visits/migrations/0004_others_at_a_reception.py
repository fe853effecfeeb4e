from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('visits', '0003_commitments_by_name'),
    ]

    operations = [
        migrations.AddField(
            model_name='attendance',
            name='was_expected',
            field=models.BooleanField(default=True, editable=False),
        ),
    ]
