from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("stations", "0005_posts_and_places_know_when")]

    operations = [
        migrations.AddField(
            model_name="ruledocument",
            name="reviewed_on",
            field=models.DateField(blank=True, null=True, verbose_name="last reviewed on"),
        ),
    ]
