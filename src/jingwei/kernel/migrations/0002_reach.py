"""What policies ask: the reach that is open, or nothing where none is.

Plain SQL, so that PostgreSQL writes them into the query and an index serves the bounds.
"""

from django.db import migrations

# After a transaction a setting is '', not NULL: hence nullif.
FUNCTIONS = {
    "jw_member()": ("bigint", "nullif(current_setting('jw.member', true), '')::bigint"),
    "jw_bearer()": ("text", "nullif(current_setting('jw.bearer', true), '')"),
    "jw_low()": ("bigint", "nullif(current_setting('jw.low', true), '')::bigint"),
    "jw_high()": ("bigint", "nullif(current_setting('jw.high', true), '')::bigint"),
    "jw_ranges()": ("int8multirange", "nullif(current_setting('jw.ranges', true), '')::int8multirange"),
    "jw_departments()": ("bigint[]", "nullif(current_setting('jw.departments', true), '')::bigint[]"),
    "jw_holds(duty text)": (
        "boolean",
        "coalesce(duty = ANY (nullif(current_setting('jw.duties', true), '')::text[]), false)",
    ),
    "jw_whole()": ("boolean", "coalesce(current_setting('jw.whole', true), '') = 'yes'"),
    "jw_someone()": (
        "boolean",
        "coalesce(current_setting('jw.member', true), '') <> '' OR coalesce(current_setting('jw.bearer', true), '') <> ''"
        " OR coalesce(current_setting('jw.whole', true), '') = 'yes'",
    ),
}


def create(apps, schema_editor):
    for name, (kind, asked) in FUNCTIONS.items():
        schema_editor.execute(
            f"CREATE FUNCTION {name} RETURNS {kind} LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT {asked} $$"
        )


def drop(apps, schema_editor):
    for name in FUNCTIONS:
        schema_editor.execute(f"DROP FUNCTION {name}")


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
