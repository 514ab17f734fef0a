"""A part may be called by a whistle."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0025_returns_and_reports_in"),
    ]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="is_whistled",
            field=models.BooleanField(default=False),
        ),
    ]
