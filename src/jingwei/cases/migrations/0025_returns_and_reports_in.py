"""From when returns count, and by which calendars assistants report in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0024_suspended"),
    ]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="calendar",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="returns_from",
            field=models.DateTimeField(null=True),
        ),
    ]
