"""Encrypted columns, encrypted anew with the key that encrypts now: in batches, and as often as one likes."""

from collections import Counter
from collections.abc import Iterable

from django.apps import apps
from django.db.models import Count, Model, QuerySet, TextField
from django.db.models.expressions import RawSQL

from jingwei.kernel.encryption import BlindIndexField, EncryptedField, current_key, ring
from jingwei.kernel.reach import WHOLE, opened

BATCH = 1000


def encrypted_models() -> list[type[Model]]:
    """The models that have encrypted columns."""
    return [model for model in apps.get_models() if encrypted_fields(model)]


def encrypted_fields(model: type[Model]) -> list[EncryptedField]:
    return [field for field in model._meta.concrete_fields if isinstance(field, EncryptedField)]  # noqa: SLF001


def rotate(model: type[Model]) -> int:
    """Encrypt the rows of `model` that any other key holds; gives how many. Each batch is a transaction."""
    changed = 0
    while batch := _rotate_batch(model):
        changed += batch
    return changed


@opened(WHOLE)
def _rotate_batch(model: type[Model]) -> int:
    names = [field.name for field in encrypted_fields(model)]
    indexes = [field for field in model._meta.concrete_fields if isinstance(field, BlindIndexField)]  # noqa: SLF001
    rows = list(_under_other_keys(model).only("pk", *names).select_for_update(skip_locked=True)[:BATCH])
    for row in rows:
        for index in indexes:
            index.pre_save(row, add=False)
    model._base_manager.bulk_update(rows, [*names, *(index.name for index in indexes)])  # noqa: SLF001
    return len(rows)


def _under_other_keys(model: type[Model]) -> QuerySet[Model]:
    head = current_key().head
    conditions = [
        f"(length({field.column}) > 0 AND substring({field.column} FOR %s) <> %s)" for field in encrypted_fields(model)
    ]
    given = [value for _condition in conditions for value in (len(head), head)]
    is_due = RawSQL(" OR ".join(conditions), given)  # noqa: S611 - names of our own columns
    return model._base_manager.annotate(is_due=is_due).filter(is_due=True)  # noqa: SLF001


@opened(WHOLE)
def values_by_key(models: Iterable[type[Model]]) -> Counter[str]:
    """How many values each key holds; keys of the ring that hold none are there with 0."""
    held = Counter(dict.fromkeys(ring(), 0))
    for model in models:
        for field in encrypted_fields(model):
            held.update(_keys_of(model, str(field.column)))
    return held


def _keys_of(model: type[Model], column: str) -> dict[str, int]:
    read = f"convert_from(substring({column} FROM 3 FOR get_byte({column}, 1)), 'UTF8')"
    is_held = RawSQL(f"length({column}) > 0", ())  # noqa: S611
    rows = model._base_manager.annotate(is_held=is_held).filter(is_held=True)  # noqa: SLF001
    key = RawSQL(read, (), output_field=TextField())  # noqa: S611
    return dict(rows.annotate(key=key).values_list("key").annotate(Count("pk")))
