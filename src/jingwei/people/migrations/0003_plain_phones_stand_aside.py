import django.core.validators
import jingwei.kernel.encryption
from django.db import migrations, models


class Migration(migrations.Migration):
    """Room for encrypted phones. Sign-in codes that were sent live ten minutes: whoever waits for one asks again."""

    dependencies = [("people", "0002_sessions_and_roles_apart")]

    operations = [
        migrations.RemoveConstraint(model_name="member", name="member_has_way_in"),
        migrations.RenameField(model_name="member", old_name="phone", new_name="phone_plain"),
        migrations.AddField(
            model_name="member",
            name="phone",
            field=jingwei.kernel.encryption.EncryptedField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.RegexValidator(
                        "^1[3-9][0-9]{9}$", "A mobile number has 11 digits and begins with 1."
                    )
                ],
                verbose_name="phone",
            ),
        ),
        migrations.AddField(
            model_name="member",
            name="phone_index",
            field=jingwei.kernel.encryption.BlindIndexField(
                editable=False, null=True, of="phone", purpose="member.phone", unique=True
            ),
        ),
        migrations.DeleteModel(name="SignInCode"),
        migrations.CreateModel(
            name="SignInCode",
            fields=[
                ("phone_index", models.BinaryField(primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=64)),
                ("sent_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("used_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "sign_in_code",
                "indexes": [models.Index(models.F("expires_at"), name="sign_in_code_by_expiry")],
            },
        ),
    ]
