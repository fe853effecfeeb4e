"""Findings on the spot and frozen scorecards are only ever added: triggers refuse the rest, whoever asks."""

from django.db import migrations

TABLES = ("assessment_determination", "assessment_frozen")


def sqlite(table):
    for act in ("update", "delete"):
        yield (
            f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def postgresql(table):
    yield (
        f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
    )
    yield (
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()"
    )
    yield (
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"
    )


def lock(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        statements_for = {"sqlite": sqlite, "postgresql": postgresql}[schema_editor.connection.vendor]
        for table in TABLES:
            for statement in statements_for(table):
                schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("assessment", "0001_assessments")]
    operations = [migrations.RunPython(lock, elidable=False)]
