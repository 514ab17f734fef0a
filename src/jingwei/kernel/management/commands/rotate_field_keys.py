"""`manage.py rotate_field_keys`: encrypts columns anew with the last key of the ring."""

from typing import Any

from django.core.management.base import BaseCommand

from jingwei.kernel.encryption import current_key
from jingwei.kernel.rotation import encrypted_models, rotate, values_by_key


class Command(BaseCommand):
    help = (
        "Encrypts what older keys hold with the last key of JINGWEI_FIELD_KEYS, and says which keys are still needed."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        for model in encrypted_models():
            self.stdout.write(f"{model._meta.db_table}: {rotate(model)} rows encrypted anew")  # noqa: SLF001
        held = values_by_key(encrypted_models())
        current = current_key().id
        self.stdout.write(f"{current} encrypts; it holds {held.pop(current)} values")
        for key, amount in held.items():
            left = f"still holds {amount} values" if amount else "holds nothing any more: it may go"
            self.stdout.write(f"{key} {left}")
