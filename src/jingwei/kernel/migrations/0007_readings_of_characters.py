"""The readings of some 20,900 characters: in pinyin without tones, the most usual first."""

from django.db import migrations

from jingwei.kernel.searching.pinyin import readings


def fill(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor, cursor.copy("COPY reading FROM STDIN") as copy:
        for row in readings():
            copy.write_row(row)


def empty(apps, schema_editor):
    schema_editor.execute("DELETE FROM reading")


class Migration(migrations.Migration):
    dependencies = [("kernel", "0006_reading")]

    operations = [migrations.RunPython(fill, empty)]
