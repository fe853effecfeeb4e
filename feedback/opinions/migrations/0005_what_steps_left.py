from django.db import migrations, models
from django.db.models import OuterRef, Subquery

ANSWERS = ("reply", "reply_for", "answer_elsewhere", "answer_on_spot")
REACHED = ("reached", "接通")  # in the languages there were


def told_by_the_reply(apps, schema_editor):
    steps, replies = apps.get_model("opinions", "OpinionStep").objects, apps.get_model("opinions", "OpinionReply").objects
    same = replies.filter(opinion=OuterRef("opinion"), replied_at=OuterRef("at"))
    said = same.order_by("-id").values("outcome")[:1]
    known = steps.filter(move__in=ANSWERS, opinion__replies__replied_at=models.F("at"))
    steps.filter(pk__in=known.values("pk")).update(outcome=Subquery(said))


def told_by_the_call(apps, schema_editor):
    calls = apps.get_model("opinions", "OpinionStep").objects.filter(move="call", detail__in=REACHED)
    calls.update(source="phone")


class Migration(migrations.Migration):
    dependencies = [("opinions", "0004_urging")]

    operations = [
        migrations.AddField("opinionstep", "due_on", models.DateField(null=True)),
        migrations.AddField(
            "opinionstep", "outcome", models.CharField(blank=True, default="", max_length=20), preserve_default=False
        ),
        migrations.AddField("opinionstep", "taken_from", models.BigIntegerField(null=True)),
        migrations.RunPython(told_by_the_reply, migrations.RunPython.noop),
        migrations.RunPython(told_by_the_call, migrations.RunPython.noop),
    ]
