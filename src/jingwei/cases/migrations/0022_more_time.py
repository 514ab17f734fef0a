"""More time may be granted: the date promised first is kept, and the request waits on the docket."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0021_learned"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="extended_from",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="docketentry",
            name="tray",
            field=models.CharField(
                choices=[
                    ("file", "To file"),
                    ("dispatch", "To dispatch"),
                    ("below", "Filed at another level"),
                    ("accept", "To accept"),
                    ("hand", "In hand"),
                    ("check", "To check"),
                    ("answer", "Supervised"),
                    ("call", "To call back"),
                    ("meeting", "Review meeting"),
                    ("extend", "Asked for more time"),
                    ("appeal", "Appeals"),
                    ("inspect", "To inspect"),
                ],
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="errand",
            name="kind",
            field=models.CharField(
                choices=[
                    ("supervision", "Supervised: a written answer"),
                    ("call_back", "Call back"),
                    ("rectify", "Put right"),
                    ("meeting", "Review meeting"),
                    ("extension", "Asked for more time"),
                    ("appeal", "Appeal"),
                    ("spot_check", "Check of what was solved on the spot"),
                ],
                max_length=11,
                verbose_name="kind",
            ),
        ),
    ]
