from typing import Any

from django.db import migrations

from jingwei.kernel.encryption import blind_index

BATCH = 1000


def encrypt(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 - Django's
    members = apps.get_model("people", "Member").objects
    rows = list(members.exclude(phone_plain=None).only("phone_plain"))
    for row in rows:
        row.phone, row.phone_index = row.phone_plain, blind_index(row.phone_plain, "member.phone")
    members.bulk_update(rows, ["phone", "phone_index"], batch_size=BATCH)


def decrypt(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001
    members = apps.get_model("people", "Member").objects
    rows = list(members.exclude(phone__isnull=True).only("phone"))
    for row in rows:
        row.phone_plain = row.phone
    members.bulk_update(rows, ["phone_plain"], batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("people", "0003_plain_phones_stand_aside")]
    operations = [migrations.RunPython(encrypt, decrypt)]
