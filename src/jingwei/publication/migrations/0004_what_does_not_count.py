"""Whether a promise was kept does not count where an appeal against it was upheld."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("publication", "0003_figures"),
    ]

    operations = [
        migrations.AddField(
            model_name="publiccase",
            name="is_excluded",
            field=models.BooleanField(default=False),
        ),
    ]
