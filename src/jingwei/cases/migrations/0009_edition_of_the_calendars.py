from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_steps_on_behalf")]

    operations = [
        migrations.AddField("case", "calendar", models.BigIntegerField(null=True)),
        migrations.AddField("stage", "calendar", models.BigIntegerField(null=True)),
    ]
