from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("people", "0004_phones_are_encrypted")]

    operations = [
        migrations.RemoveField(model_name="member", name="phone_plain"),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                name="member_has_way_in",
                condition=Q(kind="staff", username__isnull=False)
                | Q(kind="resident", phone__isnull=False)
                | Q(kind="software", username__isnull=True, phone__isnull=True),
            ),
        ),
    ]
