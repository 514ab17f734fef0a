"""What an appeal took out of the figures stays on record, marked."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0027_confirmed"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="is_excluded",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="rating",
            name="is_excluded",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="stage",
            name="is_excluded",
            field=models.BooleanField(default=False),
        ),
    ]
