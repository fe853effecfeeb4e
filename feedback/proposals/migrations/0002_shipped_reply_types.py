"""The four types of the national marking; an office may change their words and add its own."""

from django.db import migrations

SHIPPED = {
    "A": "所提问题已经解决或者基本解决",
    "B": "所提问题正在解决或者列入规划逐步解决",
    "C": "所提问题因目前条件限制或者其他原因需待以后解决",
    "D": "所提问题留作参考",
}


def fill(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        for code, name in SHIPPED.items():
            apps.get_model("proposals", "ReplyType").objects.get_or_create(code=code, defaults={"name": name})


class Migration(migrations.Migration):
    dependencies = [("proposals", "0001_initial"), ("rulebook", "0003_the_clock_of_proposals")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
