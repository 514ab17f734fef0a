import django.db.models.deletion
import jingwei.kernel.fields
import jingwei.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_case_number"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PendingReport",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("browser", models.CharField(max_length=64)),
                ("words", models.TextField(blank=True, default="", max_length=2000)),
                ("category_code", models.CharField(blank=True, default="", max_length=4)),
                ("code", jingwei.kernel.fields.AreaCodeField(null=True)),
                ("longitude", models.FloatField(null=True)),
                ("latitude", models.FloatField(null=True)),
                ("place", models.CharField(blank=True, default="", max_length=120)),
                ("detail", models.CharField(blank=True, default="", max_length=80)),
                ("changed_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "case_pending",
            },
        ),
        migrations.CreateModel(
            name="PendingPhoto",
            fields=[
                ("id", models.UUIDField(default=jingwei.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ("file", models.CharField(max_length=120)),
                ("digest", models.BinaryField(max_length=32)),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("longitude", models.FloatField(null=True)),
                ("latitude", models.FloatField(null=True)),
                ("taken_at", models.DateTimeField(null=True)),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="photos", to="cases.pendingreport"
                    ),
                ),
            ],
            options={
                "db_table": "case_pending_photo",
            },
        ),
        migrations.AddIndex(
            model_name="pendingreport",
            index=models.Index(models.F("changed_at"), name="case_pending_age"),
        ),
        migrations.AddIndex(
            model_name="pendingreport",
            index=models.Index(models.F("browser"), models.F("changed_at"), name="case_pending_browser"),
        ),
        migrations.AddConstraint(
            model_name="pendingphoto",
            constraint=models.UniqueConstraint(
                fields=("report", "digest"), name="one_copy_of_a_photo_a_pending_report"
            ),
        ),
    ]
