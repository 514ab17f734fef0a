"""An alarm may be on for a case, and has a stage clock of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0028_appeals")]

    operations = [
        migrations.AddField("case", "alarm_at", models.DateTimeField(null=True)),
        migrations.AlterField(
            "stage",
            "name",
            models.CharField(
                choices=[
                    ("file", "Filing"),
                    ("dispatch", "Dispatch"),
                    ("accept", "Acceptance"),
                    ("alarm", "Answering the alarm"),
                    ("handle", "Handling"),
                    ("check", "Checking"),
                ],
                max_length=8,
            ),
        ),
    ]
