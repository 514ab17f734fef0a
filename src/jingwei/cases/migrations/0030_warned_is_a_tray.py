"""What is warned lies in a tray of its own besides."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0029_alarms")]

    operations = [
        migrations.AlterField(
            "docketentry",
            "tray",
            models.CharField(
                choices=[
                    ("file", "To file"),
                    ("dispatch", "To dispatch"),
                    ("below", "Filed at another level"),
                    ("accept", "To accept"),
                    ("hand", "In hand"),
                    ("check", "To check"),
                    ("pause", "Suspended"),
                    ("answer", "Supervised"),
                    ("call", "To call back"),
                    ("meeting", "Review meeting"),
                    ("extend", "Asked for more time"),
                    ("confirm", "To confirm"),
                    ("suspend", "Asked to suspend"),
                    ("appeal", "Appeals"),
                    ("inspect", "To inspect"),
                    ("warned", "Warned"),
                ],
                max_length=8,
            ),
        ),
    ]
