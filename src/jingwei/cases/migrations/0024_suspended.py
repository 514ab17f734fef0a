"""A case may be suspended: since when its clocks stand, why, until when, and when it was before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0023_cases_that_follow"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="pauses",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="case",
            name="review_at",
            field=models.DateTimeField(null=True, verbose_name="review"),
        ),
        migrations.AddField(
            model_name="case",
            name="suspended_at",
            field=models.DateTimeField(null=True, verbose_name="suspended"),
        ),
        migrations.AddField(
            model_name="case",
            name="suspended_for",
            field=models.CharField(blank=True, default="", max_length=12),
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
                    ("appeal", "Appeal"),
                    ("spot_check", "Check of what was solved on the spot"),
                ],
                max_length=11,
                verbose_name="kind",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("review_at"),
                models.F("id"),
                condition=models.Q(("review_at__isnull", False)),
                name="case_review",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("review_at", None), ("suspended_at", None)),
                    models.Q(
                        ("review_at__isnull", False),
                        ("status__in", ["dispatched", "in_hand"]),
                        ("suspended_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="suspended_case_has_party_and_review",
            ),
        ),
    ]
