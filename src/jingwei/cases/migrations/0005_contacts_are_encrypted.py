from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import migrations

BATCH = 1000
COLUMNS = ("name", "phone")


def encrypt(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 - Django's
    move(apps, {name: f"{name}_plain" for name in COLUMNS}, without={f"{name}_plain": "" for name in COLUMNS})


def decrypt(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001
    move(apps, {f"{name}_plain": name for name in COLUMNS}, without={})


def move(apps: Any, copies: dict[str, str], without: dict[str, str]) -> None:
    """Copy columns into others, batch by batch; rows that have nothing in them are left as they are."""
    reports = apps.get_model("cases", "Report").objects
    rows: Iterator[Any] = reports.exclude(**without).only(*copies.values()).iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        for row in batch:
            for target, source in copies.items():
                setattr(row, target, getattr(row, source))
        reports.bulk_update(batch, list(copies))


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_plain_contacts_stand_aside")]
    operations = [migrations.RunPython(encrypt, decrypt)]
