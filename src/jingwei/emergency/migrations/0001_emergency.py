"""Incidents, calls, plans, rosters and the log; what names persons is there for those of the place."""

import django.db.models.deletion
import jingwei.kernel.fields
import jingwei.kernel.ids
from jingwei.kernel.row_security import Protect
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0029_alarms"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("category_code", models.CharField(blank=True, max_length=4, unique=True)),
                ("title_zh", models.CharField(max_length=40)),
                ("title_en", models.CharField(blank=True, max_length=80)),
                ("steps_zh", models.TextField(max_length=4000)),
                ("steps_en", models.TextField(blank=True, max_length=6000)),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "db_table": "emergency_plan",
            },
        ),
        migrations.CreateModel(
            name="Incident",
            fields=[
                ("id", models.UUIDField(default=jingwei.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ("code", jingwei.kernel.fields.AreaCodeField()),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("button", "The emergency button"),
                            ("condition", "A condition marked as an emergency"),
                            ("officer", "The duty officer"),
                        ],
                        max_length=9,
                    ),
                ),
                ("raised_at", models.DateTimeField()),
                ("round", models.PositiveSmallIntegerField(default=1)),
                ("next_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("handled", "Over and dealt with"),
                            ("filed", "No danger any more, goes on as an ordinary case"),
                        ],
                        default="",
                        max_length=7,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="incidents", to="cases.case"
                    ),
                ),
            ],
            options={
                "db_table": "emergency_incident",
            },
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("code", jingwei.kernel.fields.AreaCodeField()),
                ("turn", models.PositiveSmallIntegerField()),
                ("round", models.PositiveSmallIntegerField()),
                ("called_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calls",
                        to="emergency.incident",
                    ),
                ),
            ],
            options={
                "db_table": "emergency_call",
            },
        ),
        migrations.CreateModel(
            name="PlanStep",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("code", jingwei.kernel.fields.AreaCodeField()),
                ("number", models.PositiveSmallIntegerField()),
                ("text_zh", models.CharField(max_length=200)),
                ("text_en", models.CharField(blank=True, max_length=300)),
                (
                    "answer",
                    models.CharField(
                        blank=True, choices=[("done", "Done"), ("not_needed", "Not needed")], default="", max_length=10
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="emergency.incident",
                    ),
                ),
            ],
            options={
                "db_table": "emergency_step",
            },
        ),
        migrations.CreateModel(
            name="LogEntry",
            fields=[
                ("id", models.UUIDField(default=jingwei.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ("code", jingwei.kernel.fields.AreaCodeField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("raised", "Alarm raised"),
                            ("called", "Called"),
                            ("nobody", "Nobody on duty to call; leaders told"),
                            ("anew", "Nobody has answered: leaders told, the chain begins again"),
                            ("answered", "Answered, and leads"),
                            ("step", "Step of the plan"),
                            ("note", "Note"),
                            ("stood_down", "Stood down: over and dealt with"),
                            ("called_off", "Stood down: goes on as an ordinary case"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("answer", models.CharField(blank=True, default="", max_length=10)),
                ("words", models.TextField(blank=True, default="")),
                (
                    "called",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="log", to="emergency.incident"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="emergency.planstep",
                    ),
                ),
            ],
            options={
                "db_table": "emergency_log",
            },
        ),
        migrations.CreateModel(
            name="Shift",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("code", jingwei.kernel.fields.AreaCodeField()),
                ("rank", models.PositiveSmallIntegerField()),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "emergency_shift",
            },
        ),
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(
                models.F("next_at"), condition=models.Q(("next_at__isnull", False)), name="emergency_next"
            ),
        ),
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(
                models.F("code"), models.OrderBy(models.F("raised_at"), descending=True), name="emergency_newest"
            ),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.UniqueConstraint(
                models.F("case"), condition=models.Q(("ended_at", None)), name="one_running_incident_a_case"
            ),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at", None), ("ended_at", None), ("next_at__isnull", False)),
                    models.Q(
                        models.Q(("answered_at__isnull", False), ("ended_at__isnull", False), _connector="OR"),
                        ("next_at", None),
                    ),
                    _connector="OR",
                ),
                name="calls_go_on_until_answered",
            ),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("outcome", "")), ("ended_at__isnull", False), _connector="OR"
                ),
                name="ended_incident_has_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.UniqueConstraint(models.F("incident"), models.F("turn"), name="one_call_a_turn"),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.UniqueConstraint(
                models.F("incident"), models.F("round"), models.F("member"), name="called_once_a_round"
            ),
        ),
        migrations.AddConstraint(
            model_name="planstep",
            constraint=models.UniqueConstraint(models.F("incident"), models.F("number"), name="one_step_a_number"),
        ),
        migrations.AddConstraint(
            model_name="planstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_at", None)),
                    models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                    _connector="OR",
                ),
                name="answered_step_has_time",
            ),
        ),
        migrations.AddIndex(
            model_name="shift",
            index=models.Index(models.F("code"), models.F("ends_at"), name="emergency_shift_times"),
        ),
        migrations.AddConstraint(
            model_name="shift",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="a_shift_ends_after_it_begins"
            ),
        ),
        migrations.AddConstraint(
            model_name="shift",
            constraint=models.CheckConstraint(condition=models.Q(("rank__gte", 1)), name="ranks_begin_with_one"),
        ),
        migrations.AddConstraint(
            model_name="shift",
            constraint=models.UniqueConstraint(
                fields=("code", "rank", "starts_at"), name="one_shift_a_rank_and_beginning"
            ),
        ),
        Protect("emergency_shift", own=["member_id"], area="code", also="jw_holds('emergency.manage')"),
        Protect("emergency_call", own=["member_id"], area="code"),
        Protect("emergency_step", area="code"),
        Protect("emergency_log", area="code"),
    ]
