"""A department may confirm what its handler did."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0026_whistled"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="confirmed_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="category",
            name="needs_confirmation",
            field=models.BooleanField(default=False),
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
                    ("pause", "Suspended"),
                    ("answer", "Supervised"),
                    ("call", "To call back"),
                    ("meeting", "Review meeting"),
                    ("extend", "Asked for more time"),
                    ("confirm", "To confirm"),
                    ("suspend", "Asked to suspend"),
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
                    ("suspension", "Asked to suspend"),
                    ("confirm", "To be confirmed"),
                    ("appeal", "Appeal"),
                    ("spot_check", "Check of what was solved on the spot"),
                ],
                max_length=11,
                verbose_name="kind",
            ),
        ),
    ]
