"""How Chinese characters are spoken: a table made once, which is not Django's to change or to empty."""

import django.contrib.postgres.fields
from django.db import migrations, models

READING = """
CREATE TABLE reading (
    character text PRIMARY KEY,
    syllables text[] NOT NULL CHECK (cardinality(syllables) > 0)
)
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0005_partitions_by_the_worker")]

    operations = [
        migrations.RunSQL(READING, "DROP TABLE reading"),
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("character", models.TextField(primary_key=True, serialize=False)),
                ("syllables", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
            ],
            options={"db_table": "reading", "managed": False},
        ),
    ]
