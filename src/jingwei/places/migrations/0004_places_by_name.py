"""Areas and buildings are found by what their names and addresses hold, as written and as spoken."""

from django.db import migrations

INDEXES = {
    "area_name_parts": ("area", "name"),
    "area_name_en_parts": ("area", "name_en"),
    "building_name_parts": ("building", "name"),
    "building_address_parts": ("building", "address"),
}


class Migration(migrations.Migration):
    dependencies = [("kernel", "0008_parts_of_words"), ("places", "0003_boundary_drafts")]

    operations = [
        migrations.RunSQL(
            f"CREATE INDEX {name} ON {table} USING gin (name_parts({column}))",
            f"DROP INDEX {name}",
        )
        for name, (table, column) in INDEXES.items()
    ]
