from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('representatives', '0005_contact_network'),
    ]

    operations = [
        migrations.AlterField(
            model_name='correctionrequest',
            name='state',
            field=models.CharField(choices=[('open', 'waiting for an answer'), ('accepted', 'accepted'), ('declined', 'declined'), ('withdrawn', 'withdrawn')], default='open', max_length=10, verbose_name='status'),
        ),
    ]
